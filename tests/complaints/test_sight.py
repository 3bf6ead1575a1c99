"""Who sees a complaint: its body, never whom it is about; and what is kept of an anonymous complainant."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import confidentiality, messages, references, timeline, visibility
from silah.cases import jobs as case_jobs
from silah.cases.models import Case, CaseBar, CaseMessage, TimelineEntry
from silah.cases.workflow import perform
from silah.complaints import bodies, confidential_readers, orphaned_complaints, rules
from silah.complaints.errors import NotAnonymous, NotYours
from silah.complaints.models import complaint_of
from silah.desk.search import matching
from silah.errors import Invalid, NotFound
from silah.notifications.models import OutboxMessage
from silah.web.request_origin import coming_from
from tenants.database import db
from tenants.registry import DueWork

BODY = "follow_up_committee"


def sees(case, member):
    return db.session.scalar(select(Case.id).where(Case.id == case.id, visibility.visible(member))) is not None


def suspended(office, body):
    """Nobody sits on the body any more."""
    for one in bodies.seated(body):
        one.state = "suspended"
    db.session.flush()


class TestGuard:
    def test_who_sees_all_requests_does_not_see_complaints(self, office):
        case = office.complain().case
        assert not sees(case, office.member("relations_officer"))
        assert not sees(case, office.member("administrator"))
        assert sees(case, office.member(f"{BODY}_member"))
        assert sees(case, office.member("senior_management"))

    def test_who_recorded_it_sees_it_and_a_confidential_one_no_more(self, office):
        officer, chair = office.member("relations_officer"), office.member(f"{BODY}_chair")
        case = office.complain(by=officer).case
        assert sees(case, officer)
        perform(case, "classify", chair, {"topic": "conduct", "severity": "high", "confidential": True})
        assert not sees(case, officer)
        assert sees(case, chair)

    def test_whom_it_is_about_neither_handles_nor_sees_it(self, office):
        subject = office.person(f"{BODY}_member", "فهد بن ناصر الشمري")
        case = office.complain(about="person", name="فهد الشمري").case
        member = office.member(subject)
        assert not sees(case, member)
        with pytest.raises(NotFound):
            confidential_readers.opened(case.id, member)
        found = select(Case.id).where(visibility.visible(member), matching(case.reference))
        assert db.session.scalar(found) is None
        written = select(OutboxMessage.address).where(OutboxMessage.case_id == case.id)
        assert subject.email not in set(db.session.scalars(written))

    def test_the_holder_who_turns_out_to_be_meant_loses_it(self, office):
        chair, subject = office.member(f"{BODY}_chair"), office.person(f"{BODY}_member")
        case = office.complain(about="person", name="موظف الاستقبال").case
        case.holder_id = subject.id
        db.session.flush()
        perform(case, "classify", chair, {"topic": "conduct", "severity": "high", "member": subject.id})
        assert case.holder_id != subject.id
        assert not sees(case, office.member(subject))

    def test_once_it_is_said_who_is_meant_the_others_see_it_again(self, office):
        chair = office.member(f"{BODY}_chair")
        meant, other = (office.person(f"{BODY}_member", f"فهد بن {of} الشمري") for of in ("ناصر", "سالم"))
        case = office.complain(about="person", name="فهد الشمري").case
        assert not sees(case, office.member(meant))
        assert not sees(case, office.member(other))
        perform(case, "classify", chair, {"topic": "conduct", "severity": "high", "member": meant.id})
        assert not sees(case, office.member(meant))
        assert sees(case, office.member(other))
        reasons = select(CaseBar.reason).where(CaseBar.case_id == case.id)
        assert db.session.scalars(reasons).all() == ["subject"]

    def test_one_about_the_whole_body_goes_to_a_higher_one(self, office):
        for one in bodies.seated(BODY):
            one.state = "suspended"
        alone, _above = office.person(f"{BODY}_chair"), office.person("senior_management")
        case = office.complain(about="person", member=alone.id).case
        assert complaint_of(case).body == "senior_management"
        assert bodies.handles(office.member("senior_management"), complaint_of(case))

    def test_whom_it_may_be_about_does_not_record_it(self, office):
        officer = office.member("relations_officer", "بدر بن فهد المالكي")
        for told in ({"name": "بدر المالكي"}, {"member": officer.id}, {"name": "بدر المالكي", "anonymous": True}):
            with pytest.raises(Invalid) as refused:
                office.complain(about="person", by=officer, channel="fax", **told)
            assert set(refused.value.fields) == {"named"}
        assert office.complain(about="person", name="سعيد القرني", by=officer, channel="fax").case.taken_in_by

    def test_one_about_management_goes_to_the_boards_nominee_alone(self, office):
        head = office.person("secretary_general", "ماجد بن صالح الدوسري")
        nominee, chair = office.member("board_nominee"), office.member(f"{BODY}_chair")
        case = office.complain(about="person", name="ماجد بن صالح الدوسري").case
        assert complaint_of(case).body == "board_nominee"
        assert sees(case, nominee)
        assert not any(sees(case, one) for one in (chair, office.member(head), office.member("senior_management")))

    def test_one_about_management_is_opened_to_the_nominee_who_comes_later(self, office):
        """There was none, or theirs has left: a day later whoever is the nominee by then can open it."""
        office.person("secretary_general", "ماجد بن صالح الدوسري")
        suspended(office, "board_nominee")
        case = office.complain(about="person", name="ماجد بن صالح الدوسري", anonymous=True).case
        orphaned_complaints.look(case.id)
        assert confidentiality.readers(case) == []
        first = office.person("board_nominee")
        orphaned_complaints.look(case.id)
        assert sees(case, office.member(first))
        second = office.person("board_nominee")
        orphaned_complaints.look(case.id)
        assert not sees(case, office.member(second))
        first.state = "suspended"
        orphaned_complaints.look(case.id)
        assert sees(case, office.member(second))
        due = select(DueWork.due_at).where(DueWork.kind == orphaned_complaints.KIND, DueWork.key == str(case.id))
        assert db.session.scalar(due) == clock.morning_after(clock.today())
        assert {line.when for line in timeline.entries(case, for_applicant=False)} == {clock.day_start()}

    def test_a_confidential_one_is_open_to_the_body_that_hears_the_objection(self, office):
        chair = office.member(f"{BODY}_chair")
        higher = office.member("senior_management")
        case = office.handled(chair)
        perform(case, "classify", chair, {"topic": "privacy", "severity": "high", "confidential": True})
        perform(case, "find", chair, {"finding": "not_upheld", "findings": "x", "answer": "y"})
        perform(case, "answer", chair)
        assert not sees(case, higher)
        perform(case, "object", None, {"reasons": "لم يُنظر فيها"})
        assert sees(case, higher)
        assert bodies.handles(higher, complaint_of(case))

    def test_one_whose_body_is_empty_is_told_to_and_handled_by_who_oversees(self, office):
        suspended(office, BODY)
        above = office.person("senior_management")
        case = office.complain().case
        rows = select(OutboxMessage.address).where(OutboxMessage.case_id == case.id)
        assert above.email in db.session.scalars(rows.where(OutboxMessage.template == "complaint_came")).all()
        perform(case, "classify", office.member(above), {"topic": "delay", "severity": "low"})
        office.person(f"{BODY}_chair")
        with pytest.raises(NotYours):
            perform(case, "find", office.member(above), {"finding": "upheld", "findings": "x", "answer": "y"})

    def test_each_reading_of_a_confidential_one_is_on_its_timeline(self, office):
        chair, colleague = office.person(f"{BODY}_chair"), office.person(f"{BODY}_member")
        case = office.complain().case
        perform(case, "classify", office.member(chair), {"topic": "privacy", "severity": "high", "confidential": True})
        perform(case, "name_reader", office.member(chair), {"member": colleague.id})
        complaint = confidential_readers.opened(case.id, office.member(colleague))
        confidentiality.read(complaint.case, office.member(colleague))
        confidentiality.read(complaint.case, office.member(colleague))
        assert office.verbs(case).count("read") == 1

    def test_late_ones_climb_step_by_step(self, office):
        chair, above = office.person(f"{BODY}_chair"), office.person("senior_management")
        case = office.complain().case
        told = []
        for step, days in ((0, 1), (1, 2), (2, 4)):
            with clock.at(datetime.combine(case.latest + timedelta(days=days), time(9), UTC)):
                payload = {"day": case.latest.isoformat()} | ({"step": step} if step else {})
                case_jobs.overdue(str(case.id), payload)
            rows = select(OutboxMessage.address).where(OutboxMessage.template == "overdue")
            told.append(set(db.session.scalars(rows.where(OutboxMessage.case_id == case.id))))
        assert chair.email in told[0]
        assert above.email in told[2]
        assert complaint_of(case).level == 2


class TestAnonymity:
    def test_needs_the_associations_leave(self, office):
        rules.save(rules.ComplaintRules(anonymous=False))
        with pytest.raises(NotAnonymous):
            office.complain(anonymous=True)
        rules.save(rules.ComplaintRules())

    def test_keeps_the_day_alone_and_no_origin(self, office):
        with coming_from("203.0.113.9"):
            case = office.complain(anonymous=True).case
            perform(case, "write", None, {"body": "تذكرت أمرًا آخر"})
        midnight = clock.day_start()
        assert case.received_at == midnight
        assert case.applicant_id is None
        assert case.reply_address is None
        entries = db.session.scalars(select(TimelineEntry).where(TimelineEntry.case_id == case.id)).all()
        assert {(one.at, one.origin) for one in entries} == {(midnight, None)}
        kept = db.session.scalars(select(CaseMessage).where(CaseMessage.case_id == case.id)).all()
        assert {one.written_at for one in kept} == {midnight}
        assert timeline.verify(case) == []

    def test_owes_nothing_before_the_morning(self, office):
        office.person(f"{BODY}_chair")
        case = office.complain(anonymous=True).case
        morning = datetime.combine(clock.today() + timedelta(days=1), time(8), clock.RIYADH)
        sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == case.id)).all()
        assert sent
        assert {one.created_at for one in sent} == {clock.day_start()}
        keys = [str(one.id) for one in sent]
        owed = db.session.scalars(select(DueWork).where(DueWork.key.in_(keys))).all()
        assert owed
        assert all(row.due_at >= morning for row in owed)

    def test_has_a_reference_that_tells_no_order(self, office):
        numbers = [int(office.complain(anonymous=True).case.reference.rsplit("-", 1)[1]) for _ in range(3)]
        assert all(number >= 100_000_000 for number in numbers)
        assert references.read(f"C1448{numbers[0]}") is not None

    def test_is_answered_without_being_written_to(self, office):
        chair = office.member(f"{BODY}_chair")
        case = office.answered(chair, anonymous=True)
        assert not any(
            one.template == "complaint_answered"
            for one in db.session.scalars(select(OutboxMessage).where(OutboxMessage.case_id == case.id))
        )
        perform(case, "rate", None, {"satisfied": False})
        assert messages.list_messages(case, for_applicant=True) == []
