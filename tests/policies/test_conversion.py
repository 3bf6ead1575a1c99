"""A fresh association is turned into each of the others through pages alone, and behaves so from that moment."""

import re
from typing import Any

import pytest

from silah.cases import clocks, referrals
from silah.cases.states import State
from silah.organisation.bodies import sits_on
from silah.policies.policy_data import facts
from tenants import blueprints
from tenants.policy import Policy

from .becoming import OFFICER, approve, give_roles, move, newest, plan_of, requested, visitor
from .converting import Converter

PLAINEST = "madinah-centers"
"""It lists no channels, names no tools and no complaints: everything that the others have must be made."""
OTHERS = [name for name in blueprints.NAMES if name != PLAINEST]
CHOICE = {"accept_or_reject": "Accept", "reply": "Reply: to be provided", "news_by_agreed_means": "Approve"}
WORDS = {"outcome": "accepted", "reasons": "تنطبق الشروط"}


@pytest.fixture(autouse=True)
def _unlimited(app: Any) -> Any:
    """Rate limits have their own tests."""
    from silah.web.extensions import limiter

    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.mark.parametrize("name", OTHERS)
def test_the_plainest_becomes_any_other_by_its_pages_and_behaves_so(chancery: Any, client: Any, name: str) -> None:
    place, plan = chancery(PLAINEST), plan_of(name)
    draft, target = place.draft(), plan.policy
    Converter(place.desk(), draft, lambda: place.policy(draft), target).convert()
    made = place.policy(draft)
    give_roles(place, plan, made)
    with place.serve():
        from silah.organisation.models import Role
        from tenants.database import db

        roles = [role.key for role in db.session.query(Role)]
    for role in roles:
        place.desk(role)  # somebody works in it
    approve(place, draft, made)
    behaves(place, client, draft, roles)


def published(browser: Any, policy: Policy) -> None:
    """What the public is shown and programs are told is this policy."""
    told = browser.get("/policy.json").json
    assert told["facts"] == facts(policy)
    assert (told["studied_by"], told["attestation"], told["outcome"], told["referral"]) == (
        policy.studied_by,
        policy.attestation,
        policy.outcome,
        policy.clarification_role,
    )
    home = browser.get("/?lang=en").text
    assert f"Request {'a service' if policy.request_word == 'service' else policy.request_word}" in home
    assert ("/settlements/claim" in home or "Claim compensation" in home) is bool(policy.compensation)


def behaves(place: Any, client: Any, draft: Any, roles: list[str]) -> None:
    """A request from the portal to the decision, as the policy in force has it."""
    policy = place.policy(draft)
    published(client(place.tenant), policy)
    incomplete = visitor(place, client, policy)
    if policy.takes_incomplete:
        assert requested(incomplete, policy, documents=False).headers["Location"].endswith("/follow/sent")
    else:  # the page of a document does not let one go on without it
        with pytest.raises(AssertionError, match="file-error"):
            requested(incomplete, policy, documents=False)
    unsigned = requested(visitor(place, client, policy), policy, signed=False)
    assert (unsigned.status_code == 422) is bool(policy.attestation)
    if policy.attestation:
        assert requested(visitor(place, client, policy), policy).headers["Location"].endswith("/follow/sent")
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
    page = place.desk(OFFICER).get(f"/desk/cases/{case_id}/moves/refer")
    assert page.status_code == 200
    assert [key for key in re.findall(r'value="(\w+)"', page.text) if key in roles] == list(referrals.roles(policy))
    page = place.desk(seated[0]).get(f"/desk/cases/{case_id}/moves/decide?lang=en").text
    assert [way for way, words in CHOICE.items() if re.search(rf">{words}[<:]", page)] == [policy.outcome]
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
    ends(place, policy, case_id, seated[0])


def ends(place: Any, policy: Policy, case_id: Any, chair: str) -> None:
    """The reply goes out within the window alone, and is followed by what the policy has follow it."""
    if policy.reply_period.bound == "floor":
        assert move(place, chair, case_id, "release") == 409  # not before its day, but for a reason
        assert move(place, chair, case_id, "release", early_reason="حاجة عاجلة") == 302
    else:
        assert move(place, chair, case_id, "release") == 302
    for name, follows in (("register", policy.has_registration), ("deliver", policy.has_delivery)):
        page = place.desk(OFFICER).get(f"/desk/cases/{case_id}/moves/{name}")
        assert (page.status_code == 200) is follows, name
        if follows and name == "register":
            assert move(place, OFFICER, case_id, name) == 302
