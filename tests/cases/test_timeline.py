"""The timeline on PostgreSQL: append-only, one unbroken chain however many write, and the second is told."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import joinedload

from silah import clock
from silah.cases import messages, timeline
from silah.cases.errors import ChangedMeanwhile
from silah.cases.models import Case, TimelineEntry
from silah.web import request_origin
from tenants.context import serving
from tenants.database import db


class TestTimeline:
    def test_each_entry_makes_the_version_one_more(self, here, new_case):
        case = new_case()
        before = case.version
        timeline.record(case, "noted")
        assert (case.version, case.head_seq) == (before + 1, 2)

    def test_what_is_written_outside_the_chain_shows(self, here, new_case):
        case = new_case()
        for _ in range(3):
            timeline.record(case, "noted", data={"n": 1})
        assert timeline.verify(case) == []
        case.head_seq, case.version = 3, 4
        db.session.flush()
        assert timeline.verify(case)

    def test_the_associations_role_can_neither_change_nor_remove_an_entry(self, here, new_case):
        case = new_case()
        for statement in ("UPDATE timeline_entry SET verb = 'x'", "DELETE FROM timeline_entry"):
            with pytest.raises(ProgrammingError, match="permission denied"), db.session.begin_nested():
                db.session.execute(text(statement))
        assert timeline.verify(case) == []

    def test_erasing_a_note_breaks_no_chain(self, here, new_case):
        case = new_case()
        with request_origin.coming_from("203.0.113.7"):
            entry = timeline.record(case, "noted", note="0550000001")
        assert entry.origin == "203.0.113.7"
        db.session.expunge(entry)
        entry.note = entry.origin = None
        rows = [*timeline._of(case.id)[:-1], entry]
        from silah.cases import chain

        assert chain.faults(rows, case.head_seq, case.head_hash) == []

    def test_the_applicant_sees_no_notes_no_names_and_nothing_private(self, here, new_case, new_member):
        case, officer = new_case(), new_member("relations_officer")
        messages.note(case, by=officer, body="سري")
        messages.write(case, by=officer, body="أهلًا")
        theirs = timeline.entries(case, for_applicant=True)
        assert [line.verb for line in theirs] == ["message_out", "received"]
        assert {str(line.who) for line in theirs} == {""}
        assert officer.name in {line.who for line in timeline.entries(case, for_applicant=False)}


class TestTwoAtOnce:
    def test_four_writers_leave_one_intact_chain(self, app, at, new_case, tenants_of_cases):
        with at():
            case = new_case()
            db.session.commit()
            case_id = case.id
        tenant = tenants_of_cases["madinah-centers"]

        def write() -> None:
            for _ in range(15):
                with app.app_context(), serving(tenant):
                    timeline.record(db.session.get_one(Case, case_id), "noted")
                    db.session.commit()

        writers = [threading.Thread(target=write) for _ in range(4)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        with at():
            kept = db.session.get_one(Case, case_id)
            assert kept.head_seq == 61
            assert timeline.verify(kept) == []

    def test_the_second_is_told_what_the_first_did(self, app, at, new_case, tenants_of_cases):
        with at():
            case = new_case()
            db.session.commit()
            seen = case.version
            with app.app_context(), serving(tenants_of_cases["madinah-centers"]):
                timeline.record(db.session.get_one(Case, case.id), "assigned")
                db.session.commit()
            with pytest.raises(ChangedMeanwhile) as told:
                timeline.hold(case, seen)
            assert [line.verb for line in told.value.entries] == ["assigned"]

    def test_an_old_page_is_told_too(self, here, new_case):
        case = new_case()
        shown = case.version
        timeline.record(case, "assigned")
        with pytest.raises(ChangedMeanwhile):
            timeline.hold(case, shown)
        timeline.hold(case, case.version)

    def test_somebody_who_only_looked_disturbs_nobody(self, here, new_case):
        case = new_case()
        shown = case.version
        timeline.record(case, "looked", private=True)
        timeline.hold(case, shown)

    def test_entries_are_dated_by_the_clock(self, here, new_case):
        case = new_case()
        with clock.at(clock.now() + timedelta(days=1)):
            entry = timeline.record(case, "noted")
        assert db.session.get_one(TimelineEntry, (case.id, entry.seq)).at == entry.at

    def test_a_case_that_was_read_together_with_its_people_can_be_held(self, here, new_case):
        case = new_case()
        db.session.expire_all()
        together = (joinedload(Case.beneficiary), joinedload(Case.policy_version))
        again = db.session.scalars(select(Case).where(Case.id == case.id).options(*together)).one()
        timeline.hold(again)
        assert again.version == case.version
