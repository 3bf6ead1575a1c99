"""A fresh association is turned into each of the others through pages alone, and behaves so from that moment."""

from typing import Any

import pytest

from silah.cases import clocks
from silah.cases.states import State
from silah.intake.bodies import sits_on
from tenants import blueprints

from .becoming import OFFICER, approve, give_roles, move, newest, plan_of, requested, visitor
from .converting import Converter

PLAINEST = "madinah-centers"
"""It lists no channels, names no tools and no complaints: everything that the others have must be made."""
OTHERS = [name for name in blueprints.NAMES if name != PLAINEST]
WORDS = {"outcome": "accepted", "reasons": "تنطبق الشروط"}


@pytest.fixture(autouse=True)
def _unlimited(app: Any) -> Any:
    """Rate limits have their own tests."""
    from silah.extensions import limiter

    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.mark.parametrize("name", OTHERS)
def test_the_plainest_becomes_any_other_by_its_pages_and_behaves_so(chancery: Any, client: Any, name: str) -> None:
    place, plan = chancery(PLAINEST), plan_of(name)
    draft, target = place.draft(), plan.policy
    Converter(place.desk(), draft, lambda: place.policy(draft), target).convert()
    made = place.policy(draft)
    give_roles(place, plan)
    with place.serve():
        from silah.staff.models import Role
        from tenants.database import db

        roles = [role.key for role in db.session.query(Role)]
    for role in roles:
        place.desk(role)  # somebody works in it
    approve(place, draft, made)
    behaves(place, client, draft, roles)


def behaves(place: Any, client: Any, draft: Any, roles: list[str]) -> None:
    """A request from the portal to the decision, as the policy in force has it."""
    policy = place.policy(draft)
    incomplete = visitor(place, client, policy)
    if policy.takes_incomplete:
        assert requested(incomplete, policy, documents=False).headers["Location"].endswith("/requests/sent")
    else:  # the page of a document does not let one go on without it
        with pytest.raises(AssertionError, match="file-error"):
            requested(incomplete, policy, documents=False)
    assert requested(visitor(place, client, policy), policy).headers["Location"].endswith("/requests/sent")
    with place.serve():
        case = newest(place)
        case_id, state = case.id, case.state
    if state is State.RECEIVED:
        assert move(place, OFFICER, case_id, "find_complete") == 302
    assert move(place, OFFICER, case_id, "send") == 302
    body = policy.studied_by
    seated = [role for role in roles if sits_on(role, body)]
    if policy.studied_by_committee:
        member = next(role for role in seated if role.endswith("_member"))
        assert move(place, member, case_id, "recommend", **WORDS) == 302
        seated = [role for role in seated if role.endswith("_chair")]
    assert move(place, "liaison_officer", case_id, "decide", **WORDS) in (403, 404)
    assert move(place, seated[0], case_id, "decide", **WORDS) == 302
    with place.serve():
        case = newest(place)
        reckoned = clocks.reckoning(case)
        assert case.state is State.DECIDED
        assert case.policy_version_id == draft
        assert (case.earliest is None) is (policy.reply_period.bound == "ceiling")
        assert (case.earliest, case.latest) == (reckoned.earliest, reckoned.latest)
        assert reckoned.period == policy.reply_period
