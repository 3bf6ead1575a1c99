"""A complaint about a decision takes its request up again: on record on both, and read by nobody who may not."""

import pytest

from silah.cases import timeline
from silah.cases.errors import ChangedMeanwhile, NotLegal
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.desk import timeline_presenter
from silah.errors import Conflict, Forbidden
from silah.intake.facts import decision_of
from tests.intake.conftest import Place

BODY = "follow_up_committee"


@pytest.fixture
def place(office):
    return Place(office.tenant)


@pytest.fixture
def chair(office):
    return office.member(f"{BODY}_chair")


@pytest.fixture
def boss(office):
    return office.member("management")


@pytest.fixture
def request_(place):
    """A request that was rejected and answered, and is not closed yet."""
    case = place.decided("rejected")
    perform(case, "release", place.member("competent_committee_chair"))
    return case


def upheld(office, chair, request, finding="upheld", **told):
    case = office.complain(about="decision", reference=request.reference, **told).case
    perform(case, "classify", chair, {"topic": "decision", "severity": "high", "member": told.get("member")})
    perform(case, "find", chair, {"finding": finding, "findings": "القرار بلا سبب", "answer": "يعاد النظر في طلبك"})
    return case


class TestTheRequest:
    def test_is_taken_up_although_it_was_only_answered(self, office, chair, boss, request_):
        assert request_.state is State.REPLIED
        case = upheld(office, chair, request_)
        perform(case, "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        assert (request_.state, request_.replied_at, request_.completed_on is None) == (State.COMPLETE, None, False)
        assert decision_of(request_) is None
        assert "request_reopened" in office.verbs(case)
        assert office.verbs(request_)[-2:] == ["reopened", "reopened_by_complaint"]
        assert timeline.verify(request_) == timeline.verify(case) == []

    def test_is_taken_up_once_it_was_closed(self, office, place, chair, boss, request_):
        perform(request_, "close", place.member("relations_officer"))
        perform(upheld(office, chair, request_), "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        assert request_.state is State.COMPLETE

    def test_is_not_taken_up_twice(self, office, chair, boss, request_):
        case = upheld(office, chair, request_)
        perform(case, "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        with pytest.raises(NotLegal):
            perform(case, "reopen_request", boss, {"reason": "مرة أخرى"})

    def test_stays_where_the_complaint_was_not_justified_or_one_may_not(self, office, chair, boss, request_):
        case = upheld(office, chair, request_, "not_upheld")
        with pytest.raises(Conflict):
            perform(case, "reopen_request", boss, {"reason": "x"})
        with pytest.raises(Forbidden):
            perform(request_, "revise", office.member("delegate"), {"reason": "x"})


class TestTheRecordOnTheRequest:
    def test_names_the_complaint_to_who_may_see_it_alone(self, office, chair, boss, request_):
        subject = office.person("relations_officer")
        case = upheld(office, chair, request_, member=subject.id)
        perform(case, "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        assert case.reference in str(timeline_presenter.of(request_, chair))
        for other in (office.member(subject), office.member("relations_officer")):
            told = timeline_presenter.of(request_, other)
            assert case.reference not in str(told)
            assert not any("complaint" in str(entry["title"]).lower() for entry in told)

    def test_is_not_told_to_whoever_acted_on_a_page_that_was_older(self, office, chair, boss, request_):
        case, seen = upheld(office, chair, request_), request_.version
        perform(case, "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        with pytest.raises(ChangedMeanwhile) as refused:
            timeline.hold(request_, seen)
        assert [line.verb for line in refused.value.entries] == ["reopened"]

    def test_tells_its_applicant_nothing_of_the_complaint(self, office, chair, boss, request_):
        case = upheld(office, chair, request_, anonymous=True)
        perform(case, "reopen_request", boss, {"reason": "ظهرت وثيقة"})
        told = timeline.entries(request_, for_applicant=True)
        assert "reopened" in {line.verb for line in told}
        assert "reopened_by_complaint" not in {line.verb for line in told}
