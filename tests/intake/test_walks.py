"""Requests that take whatever legal way chance has them go: nothing breaks, and nothing leaves the table of moves."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from silah import clock
from silah.cases import clocks, timeline
from silah.cases.models import Case
from silah.cases.states import ENDED, UNANSWERED, State
from silah.cases.workflow import list_possible, perform
from silah.errors import SilahError
from silah.intake.workflow import MAIN
from silah.web.access import Member, Permission
from tenants import blueprints

STEPS = 14


def everybody(place: Any, policy: Any) -> Member:
    """One person with every permission and every role that the policy could ask for."""
    real = place.member("relations_officer")
    roles = {"management", f"{policy.studied_by}_chair", "social_research_officer"}
    return Member(real.id, real.account_id, real.name, None, frozenset(Permission), frozenset(roles))


def acts(case: Case, by: Member, luck: random.Random) -> dict[str, Callable[[], Any]]:
    """What makes each move of the table."""
    outcome, why = luck.choice(["accepted", "rejected"]), "سبب"
    return {
        "ask_for": lambda: perform(case, "ask_for", by, {"items": ["document:id_card"], "remark": why}),
        "find_complete": lambda: perform(case, "find_complete", by),
        "send": lambda: perform(case, "send", by),
        "recommend": lambda: perform(case, "recommend", by, {"outcome": outcome, "reasons": why}),
        "decide": lambda: perform(case, "decide", by, {"outcome": outcome, "reasons": why}),
        "release": lambda: perform(case, "release", by, {"early_reason": why}),
        "schedule": lambda: perform(case, "schedule", by),
        "unschedule": lambda: perform(case, "unschedule", by),
        "register": lambda: perform(case, "register", by),
        "deliver": lambda: perform(case, "deliver", by, {"what": why, "on": clock.today()}),
        "close": lambda: perform(case, "close", by),
        "reopen": lambda: perform(case, "reopen", by, {"reason": why}),
        "withdraw": lambda: perform(case, "withdraw", None, {"reason": why}),
    }


def beside(case: Case, by: Member, png: Callable[[], bytes], luck: random.Random) -> list[Callable[[], Any]]:
    """What may happen to a request without a move."""
    later = clock.today() + timedelta(days=300)
    return [
        lambda: perform(case, "provide_document", by, {"key": "id_card", "upload": png(), "valid_until": later}),
        lambda: perform(
            case, "provide_answers", by, {"step": "need", "answers": {"amount": f"{luck.randint(1, 99)}.00"}}
        ),
        lambda: perform(case, "attest", None, {"method": "drawn", "signed_by": "نورة", "signature": png()}),
    ]


def done(act: Callable[[], Any]) -> bool:
    """Whether it was done; what is refused is refused in words."""
    try:
        act()
    except SilahError as refused:
        return not str(refused)
    return True


class TestWalks:
    @pytest.mark.parametrize("name", blueprints.names())
    @pytest.mark.parametrize("seed", range(2))
    def test_end_nowhere_odd(self, at, make_png, name, seed):
        luck = random.Random(seed)  # noqa: S311  # chance, not secrecy
        with at(name) as place:
            case = place.case(number=9000 + seed)
            by = everybody(place, case.policy_version.policy)
            for _ in range(STEPS):
                with clock.at(clock.now() + timedelta(days=luck.randint(0, 6))):
                    self.step(case, by, make_png, luck)
            assert timeline.verify(case) == []

    def step(self, case: Case, by: Member, png: Callable[[], bytes], luck: random.Random) -> None:
        offered, before = [one for one in list_possible(case, by) if one in MAIN], case.state
        assert offered, f"stuck in {before}"
        if luck.random() < 0.4:
            done(luck.choice(beside(case, by, png, luck)))
            assert case.state is before or case.state in (State.RECEIVED, State.INCOMPLETE)
            return
        move = luck.choice(offered)
        if not done(acts(case, by, luck)[move.key]):
            assert case.state is before
            return
        assert move.target in (case.state, None)
        assert (case.closed_at is not None) == (case.state in ENDED)
        assert (case.replied_at is None) or case.state not in UNANSWERED
        assert clocks.reckoning(case).latest == case.latest
