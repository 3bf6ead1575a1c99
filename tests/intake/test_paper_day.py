"""Paper has its own day: the clock of what staff record later starts on the day on which it came."""

import copy
from datetime import date, timedelta
from typing import Any

import pytest

from silah import clock
from silah.cases import clocks, paper_day, papers, timeline
from silah.cases.errors import NotLegal
from silah.cases.states import State
from silah.cases.workflow import list_possible, perform
from silah.errors import Forbidden, Invalid
from silah.intake import attestations, submitting
from tenants import versions
from tenants.database import db
from tests.committees.conftest import later
from tests.intake.conftest import MONDAY, png

TODAY = MONDAY.date()
THURSDAY = TODAY - timedelta(days=4)


def recorded(place: Any, came_on: date | None, **options: Any) -> Any:
    officer = place.member("relations_officer")
    draft = place.draft(by=officer, **options)
    return submitting.submit(draft, by=officer, channel="website", came_on=came_on).case


class TestTheDay:
    def test_starts_the_clock_and_stands_on_the_timeline(self, madinah: Any) -> None:
        today, before = recorded(madinah, None), recorded(madinah, THURSDAY, number=2)
        assert clock.day_of(before.received_at) == THURSDAY
        assert before.earliest == today.earliest - timedelta(days=4)
        entry = timeline.entries(before, for_applicant=False)[-1]
        assert entry.data["came_on"] == THURSDAY.isoformat()
        assert clock.day_of(entry.when) == TODAY, "what happened today is not written as if it had been earlier"
        assert timeline.verify(before) == []
        assert "came_on" not in timeline.entries(today, for_applicant=False)[-1].data

    def test_completeness_is_no_earlier_and_no_later_than_the_last_piece(self, madinah: Any) -> None:
        case = recorded(madinah, THURSDAY)
        perform(case, "find_complete", madinah.member("relations_officer"))
        assert case.completed_on == THURSDAY

    def test_a_request_taken_in_complete_is_complete_since_it_came(self, at: Any) -> None:
        with at("samtah-cooperative") as place:
            assert not versions.in_force(clock.today()).policy.takes_incomplete
            case = recorded(place, THURSDAY)
            assert case.completed_on == THURSDAY
            assert clocks.reckoning(case).latest == case.latest

    @pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=400), date(1448, 3, 1)])
    def test_is_neither_to_come_nor_long_past(self, madinah: Any, day: date) -> None:
        with pytest.raises(Invalid) as refused:
            recorded(madinah, day)
        assert set(refused.value.fields) == {paper_day.KEY}

    def test_is_said_by_staff_alone(self, madinah: Any) -> None:
        with pytest.raises(Forbidden):
            submitting.submit(madinah.draft(), channel="website", came_on=THURSDAY)

    def test_has_no_hour_on_the_receipt(self, madinah: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        told: list[Any] = []
        monkeypatch.setattr(papers, "_rendered", lambda name, data: told.append(data) or b"")
        for day in (THURSDAY, None):
            papers.receipt(recorded(madinah, day), code=None, next_steps=[], locale="en")
        facts = [dict(one["facts"])["Received on"] for one in told]
        assert ":" not in facts[0]
        assert ":" in facts[1]


def with_signature(place: Any) -> None:
    """Have the policy's completeness include the signature."""
    version = versions.in_force(clock.today())
    document = copy.deepcopy(version.document)
    for step in document["steps"]:
        if step["kind"] == "attest":
            step["completes"] = True
    version.document = document
    db.session.flush()
    assert version.policy.signature_completes


class TestTheOwedSignature:
    def test_by_itself_does_not_delay_completeness(self, madinah: Any) -> None:
        case = madinah.case()
        perform(case, "find_complete", madinah.member("relations_officer"))
        assert case.state is State.COMPLETE
        assert attestations.is_owed(case)

    def test_included_completes_the_request_on_the_day_of_the_signature(self, madinah: Any) -> None:
        with_signature(madinah)
        officer = madinah.member("relations_officer")
        case = madinah.case()
        with pytest.raises(NotLegal):
            perform(case, "find_complete", officer)
        assert "find_complete" not in {one.key for one in list_possible(case, officer)}
        with later(3):
            perform(
                case, "attest", None, {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()}
            )
        with later(5):
            perform(case, "find_complete", officer)
        assert case.completed_on == TODAY + timedelta(days=3)

    def test_that_counts_no_longer_is_waited_for_again(self, madinah: Any) -> None:
        with_signature(madinah)
        officer = madinah.member("relations_officer")
        case = madinah.case()
        perform(case, "attest", None, {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()})
        perform(case, "find_complete", officer)
        perform(case, "provide_answers", officer, {"step": "need", "answers": {"amount": "99.00"}})
        assert (case.state, case.completed_on) == (State.RECEIVED, None)
        with later(2):
            perform(
                case, "attest", None, {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()}
            )
            perform(case, "find_complete", officer)
        assert case.completed_on == TODAY + timedelta(days=2)

    def test_completes_by_itself_what_is_taken_in_complete_only(self, madinah: Any) -> None:
        with_signature(madinah)
        version = versions.in_force(clock.today())
        version.document = version.document | {"intake": version.document["intake"] | {"incomplete": "not_received"}}
        db.session.flush()
        assert not version.policy.takes_incomplete
        case = madinah.case()
        assert (case.state, case.completed_on) == (State.RECEIVED, None)
        with later(1):
            perform(
                case, "attest", None, {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()}
            )
        assert (case.state, case.completed_on) == (State.COMPLETE, TODAY + timedelta(days=1))

    @pytest.mark.parametrize("included", [False, True])
    def test_starts_the_ceiling_only_where_it_is_included(self, at: Any, included: bool) -> None:
        with at("samtah-cooperative") as place:
            if included:
                with_signature(place)
            case = place.case()
            before = clocks.reckoning(case).latest
            assert (before is None) is included
            with later(3):
                perform(
                    case,
                    "attest",
                    None,
                    {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()},
                )
            assert case.completed_on == TODAY + timedelta(days=3 if included else 0)
            assert case.latest == clocks.reckoning(case).latest
            assert case.latest - case.completed_on >= timedelta(days=15), "of working days, from completeness"
            assert included or case.latest == before
