"""A complaint from its receipt to the end: classified, asked about, found upon, answered, objected to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from silah import clock as time
from silah.cases import clocks, messages, notifications, timeline
from silah.cases.errors import NotLegal
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.complaints import bodies, merging
from silah.complaints.errors import NotYours, ObjectedAlready, TooLate
from silah.complaints.models import complaint_of
from silah.corrective import service as corrective
from silah.errors import Conflict, Forbidden, Invalid
from silah.jobs import handlers
from silah.notifications.models import OutboxMessage
from silah.organisation import holders
from tenants.database import db
from tenants.registry import DueWork

BODY = "follow_up_committee"


@pytest.fixture
def chair(office):
    return office.member(f"{BODY}_chair")


def told(case, template):
    rows = select(OutboxMessage).where(OutboxMessage.case_id == case.id, OutboxMessage.template == template)
    return db.session.scalars(rows).all()


class TestReceipt:
    def test_is_acknowledged_at_once_and_put_to_the_policys_body(self, office, chair):
        case = office.complain().case
        assert case.reference.startswith("C-1448-")
        assert [one.address for one in told(case, "complaint_received")] == ["haya@example.com"]
        assert chair.name in {one.name for one in holders.holders_of_role(f"{BODY}_chair")}
        assert told(case, "complaint_came")
        assert complaint_of(case).body == BODY

    def test_has_a_period_of_its_own_that_is_internal(self, office):
        case = office.complain().case
        # Ten working days after Monday 7 September 2026.
        assert clocks.reckoning(case).latest == date(2026, 9, 21)
        assert case.latest == date(2026, 9, 21)
        assert case.earliest is None

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"text": " "}, "text"),
            ({"about": "nothing"}, "about"),
            ({"person": {}}, "name"),
            ({"channel": "no"}, "channel"),
        ],
    )
    def test_says_what_is_wrong(self, office, wrong, field):
        with pytest.raises(Invalid) as refused:
            office.complain(**wrong)
        assert field in refused.value.fields

    def test_by_fax_through_staff(self, office):
        officer = office.member("relations_officer")
        case = office.complain(by=officer, channel="fax").case
        assert (case.taken_in_by, case.channel) == (officer.id, "fax")


class TestHandling:
    def test_is_classified_before_anything_else(self, office, chair):
        case = office.complain().case
        with pytest.raises(NotLegal):
            perform(case, "find", chair, {"finding": "upheld", "findings": "x", "answer": "y"})
        perform(case, "classify", chair, {"topic": "delay", "severity": "high"})
        assert (case.state, case.holder_id) == (State.UNDER_STUDY, chair.id)

    def test_only_its_body_handles_it(self, office):
        case = office.complain().case
        with pytest.raises(NotYours):
            perform(
                case, "classify", office.member("investigation_committee_chair"), {"topic": "delay", "severity": "low"}
            )
        with pytest.raises(Forbidden):
            perform(case, "classify", office.member("relations_officer"), {"topic": "delay", "severity": "low"})

    def test_the_clock_stands_still_while_the_complainant_is_asked(self, office, chair):
        case = office.handled(chair)
        perform(case, "ask", chair, {"question": "متى كان ذلك؟"})
        assert (case.state, case.latest) == (State.INCOMPLETE, None)
        with time.at(datetime(2026, 9, 10, 9, tzinfo=UTC)):
            perform(case, "write", None, {"body": "يوم الأحد"})
            assert case.state is State.UNDER_STUDY
            assert case.latest == date(2026, 9, 27)  # three working days and National Day's two later

    def test_the_answer_goes_to_the_complainant_and_stops_the_clock(self, office, chair):
        case = office.answered(chair)
        assert case.state is State.REPLIED
        (message,) = told(case, "complaint_answered")
        assert "وستصلكم السلة غدًا" in message.body
        open_ = select(DueWork).where(DueWork.key == str(case.id), DueWork.done_at.is_(None))
        assert {row.kind for row in db.session.scalars(open_)} <= {"case.target"}

    def test_findings_need_all_three(self, office, chair):
        case = office.handled(chair)
        with pytest.raises(Invalid) as refused:
            perform(case, "find", chair, {"finding": "", "findings": "", "answer": ""})
        assert set(refused.value.fields) == {"finding", "findings", "answer"}

    def test_corrective_action_is_its_owners_without_the_complaint(self, office, chair):
        case = office.handled(chair)
        owner = office.person("delegate")
        action = perform(
            case,
            "set_action",
            chair,
            {"what": "تدريب المندوبين", "owner": owner.id, "due_on": time.today() + timedelta(days=7)},
        )
        assert corrective.mine(office.member(owner)) == [action]
        corrective.done(action, by=office.member(owner), remark="تم التدريب")
        assert corrective.mine(office.member(owner)) == []
        with pytest.raises(Forbidden):
            corrective.done(action, by=office.member("volunteer"), remark="x")


class TestAfterwards:
    def test_who_is_satisfied_closes_it(self, office, chair):
        case = office.answered(chair)
        perform(case, "rate", None, {"satisfied": True})
        assert case.state is State.CLOSED
        with pytest.raises(Conflict):
            perform(case, "rate", None, {"satisfied": False})

    def test_one_objection_to_a_higher_body_with_the_period_anew(self, office, chair):
        case, above = office.answered(chair), office.member("senior_management")
        with time.at(datetime(2026, 9, 14, 9, tzinfo=UTC)):
            perform(case, "rate", None, {"satisfied": False})
            perform(case, "object", None, {"reasons": "لم يصلني شيء"})
            assert complaint_of(case).body == "senior_management"
            assert case.latest == date(2026, 9, 29)
            with pytest.raises(NotYours):
                perform(case, "find", chair, {"finding": "upheld", "findings": "x", "answer": "y"})
            perform(case, "find", above, {"finding": "partly", "findings": "x", "answer": "y"})
            perform(case, "answer", above)
            assert case.state is State.REPLIED
            with pytest.raises(ObjectedAlready):
                perform(case, "object", None, {"reasons": "مرة أخرى"})

    def test_an_objection_passes_over_a_body_in_which_nobody_sits(self, office, chair):
        for one in bodies.seated("senior_management"):
            one.state = "suspended"
        db.session.flush()
        nominee = office.person("board_nominee")
        assert bodies.after_objection(BODY) == "board_nominee"
        assert bodies.after_objection("board_nominee") == "board_nominee"
        nominee.state = "suspended"
        db.session.flush()
        office.person("senior_management")
        assert bodies.after_objection(BODY) == "senior_management"

    @pytest.mark.parametrize("nameless", [True, False])
    def test_what_was_answered_before_an_objection_stays_to_be_read(self, office, chair, nameless):
        case = office.answered(chair, anonymous=nameless)
        first = complaint_of(case).answer
        with time.at(datetime(2026, 9, 8, 9, tzinfo=UTC)):
            perform(case, "object", None, {"reasons": "لم يصلني شيء"})
        assert (complaint_of(case).answer, complaint_of(case).finding) == (None, None)
        theirs = [(one.direction, one.body) for one in messages.list_messages(case, for_applicant=True)]
        assert theirs == [("out", first), ("in", "لم يصلني شيء")]
        assert [one.direction for one in messages.list_messages(case, for_applicant=False)].count("note") == 1

    def test_too_late_for_an_objection(self, office, chair):
        case = office.answered(chair)
        with time.at(datetime(2026, 10, 20, 9, tzinfo=UTC)), pytest.raises(TooLate):
            perform(case, "object", None, {"reasons": "متأخر"})

    def test_merged_ones_are_answered_together(self, office, chair):
        first, second = office.handled(chair), office.handled(chair)
        assert [one.case_id for one in merging.alike(second, chair)] == [first.id]
        perform(second, "merge", chair, {"into": first})
        with pytest.raises(NotLegal):
            perform(second, "find", chair, {"finding": "upheld", "findings": "x", "answer": "y"})
        perform(first, "find", chair, {"finding": "partly", "findings": "x", "answer": "جواب واحد"})
        perform(first, "answer", chair)
        assert (first.state, second.state) == (State.REPLIED, State.REPLIED)
        assert "جواب واحد" in told(second, "complaint_answered")[0].body

    def test_merged_ones_have_a_way_on_of_their_own(self, office, chair):
        """After an objection, after a withdrawal of the other, and none is answered that was withdrawn."""
        first, second, third = (office.handled(chair) for _ in range(3))
        for one in (second, third):
            perform(one, "merge", chair, {"into": first})
        perform(third, "withdraw", None)
        perform(first, "find", chair, {"finding": "partly", "findings": "x", "answer": "جواب"})
        perform(first, "answer", chair)
        assert third.state is State.WITHDRAWN
        assert told(third, "complaint_answered") == []
        higher = office.member("senior_management")
        perform(second, "object", None, {"reasons": "لا يكفي"})
        perform(second, "find", higher, {"finding": "upheld", "findings": "y", "answer": "جواب أعلى"})
        perform(second, "answer", higher)
        assert (first.state, complaint_of(first).answer) == (State.REPLIED, "جواب")

    def test_merged_into_one_that_is_withdrawn_is_handled_by_itself(self, office, chair):
        first, second = office.handled(chair), office.handled(chair)
        perform(second, "merge", chair, {"into": first})
        perform(first, "withdraw", None)
        assert office.verbs(second)[-1] == "parted"
        perform(second, "find", chair, {"finding": "upheld", "findings": "x", "answer": "y"})

    def test_a_nameless_one_that_is_withdrawn_leaves_no_hour_on_the_others(self, office, chair):
        first, second = office.handled(chair, anonymous=True), office.handled(chair)
        perform(second, "merge", chair, {"into": first})
        perform(first, "withdraw", None)
        last = max(timeline.entries(second, for_applicant=False), key=lambda line: line.seq)
        assert (last.verb, last.when) == ("parted", time.day_start())

    def test_findings_can_be_put_right_until_the_answer_is_sent(self, office, chair):
        case = office.handled(chair)
        perform(case, "find", chair, {"finding": "partly", "findings": "خطأ", "answer": "جواب فيه خطأ"})
        perform(case, "find", chair, {"finding": "upheld", "findings": "صواب", "answer": "جواب صحيح"})
        perform(case, "answer", chair)
        assert "جواب صحيح" in told(case, "complaint_answered")[0].body
        with pytest.raises(NotLegal):
            perform(case, "find", chair, {"finding": "upheld", "findings": "x", "answer": "y"})

    def test_is_taken_back_until_the_answer_is_sent(self, office, chair):
        case = office.handled(chair)
        perform(case, "find", chair, {"finding": "partly", "findings": "x", "answer": "y"})
        perform(case, "withdraw", None)
        assert case.state is State.WITHDRAWN

    def test_whom_a_merged_one_is_about_sees_neither(self, office, chair):
        subject, other = office.person(f"{BODY}_member"), office.person(f"{BODY}_member")
        first, second = office.handled(chair), office.complain().case
        perform(second, "classify", chair, {"topic": "conduct", "severity": "high", "member": subject.id})
        perform(second, "merge", chair, {"into": first})
        assert notifications.barred(first) == notifications.barred(second) == {subject.id}
        perform(first, "classify", chair, {"topic": "conduct", "severity": "high", "member": other.id})
        assert notifications.barred(first) == notifications.barred(second) == {subject.id, other.id}

    def test_a_confidential_one_is_not_merged_into_one_that_is_open(self, office, chair):
        first, second = office.handled(chair), office.complain().case
        perform(second, "classify", chair, {"topic": "delay", "severity": "high", "confidential": True})
        assert merging.alike(second, chair) == []
        with pytest.raises(Invalid):
            perform(second, "merge", chair, {"into": first})

    def test_withdrawn_and_reopened(self, office, chair):
        case = office.complain().case
        perform(case, "withdraw", None)
        assert case.state is State.WITHDRAWN
        perform(case, "reopen", chair, {"reason": "طلب مقدّمها"})
        assert case.state is State.UNDER_STUDY


class TestLateActions:
    def test_remind_their_owner_until_they_are_done(self, office, chair):
        handlers.load()
        case, owner = office.handled(chair), office.person("delegate")
        action = perform(case, "set_action", chair, {"what": "تدريب", "owner": owner.id, "due_on": time.today()})
        rows = select(func.count()).where(OutboxMessage.template == "action_set")
        before = db.session.scalar(rows)
        with time.at(datetime(2026, 9, 9, 6, tzinfo=UTC)):
            handlers.handler_of(corrective.LATE)(str(action.id), {})
            assert db.session.scalar(rows) == before + 1
            corrective.done(action, by=office.member(owner), remark="تم")
            handlers.handler_of(corrective.LATE)(str(action.id), {})
            assert db.session.scalar(rows) == before + 1
