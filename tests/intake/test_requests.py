"""Drafts, submission, completeness, and changes of a request."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import beneficiary_files as files
from silah.cases import receipts
from silah.cases.models import Case, CaseDocument
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.documents.models import StoredFile
from silah.errors import Forbidden, Invalid
from silah.intake import drafts, duplicates, requests, submitting
from silah.intake.errors import AlreadySent, NoSuchDraft, NotAskedFor, NotComplete, StillMissing
from silah.notifications.models import OutboxMessage
from silah.organisation.models import BranchOffice
from tenants.database import db

PNG = b"\x89PNG\r\n\x1a\n"


def later(days: float):
    return clock.at(clock.now() + timedelta(days=days))


def told(case: Case) -> list[str]:
    return list(db.session.scalars(select(OutboxMessage.template).where(OutboxMessage.case_id == case.id)))


class TestDrafts:
    def test_are_found_by_their_secret_only(self, madinah):
        draft, secret = drafts.start(madinah.revision())
        assert drafts.find(secret) is draft
        with pytest.raises(NoSuchDraft):
            drafts.find(secret + "x")

    def test_of_staff_are_found_by_who_they_are(self, madinah):
        officer = madinah.member("relations_officer")
        draft, _ = drafts.start(madinah.revision(), by=officer)
        assert drafts.of_member(draft.id, officer) is draft
        assert drafts.mine(officer) == [draft]
        with pytest.raises(NoSuchDraft):
            drafts.of_member(draft.id, madinah.member("delegate"))

    def test_drop_what_a_later_answer_hides(self, madinah):
        draft = madinah.draft()
        drafts.save(draft, "fields", {"debts": True, "debt_amount": "5.00"})
        assert drafts.answers(draft)["fields"]["debt_amount"] == "5.00"
        drafts.save(draft, "fields", {"debts": False})
        assert "debt_amount" not in drafts.answers(draft)["fields"]

    def test_keep_one_file_for_each_document(self, madinah, make_png):
        draft = madinah.draft(complete=False)
        first = drafts.attach(draft, "id_card", make_png("red"), date(2030, 1, 1)).id
        drafts.attach(draft, "id_card", make_png("blue"), "١/٩/١٤٥٠")
        assert db.session.get(StoredFile, first) is None
        assert draft.files["id_card"]["valid_until"] == "2029-01-16"
        with pytest.raises(Invalid):
            drafts.attach(draft, "nonsense", make_png())

    def test_end_after_two_weeks_unless_written_on(self, madinah):
        draft, secret = drafts.start(madinah.revision())
        with later(10):
            drafts.save(draft, "fields", {"purpose": "علاج"})
        with later(15):
            drafts.expire(str(draft.id))
            assert drafts.find(secret) is draft
        with later(25):
            drafts.expire(str(draft.id))
            with pytest.raises(NoSuchDraft):
                drafts.find(secret)


class TestSubmitting:
    def test_gives_a_reference_and_a_code_that_open_the_case(self, madinah):
        done = madinah.submitted()
        assert done.case.reference.startswith("R-1448-")
        assert receipts.find(done.case.reference, done.receipt_code) is done.case
        assert told(done.case) == ["received"]

    def test_belongs_to_the_first_office_where_none_was_chosen(self, madinah):
        offices = db.session.scalars(select(BranchOffice).order_by(BranchOffice.position)).all()
        assert len(offices) > 1
        assert madinah.case().branch_id == offices[0].id

    def test_twice_sends_nothing_twice(self, madinah):
        draft = madinah.draft()
        submitting.submit(draft, channel="website")
        with pytest.raises(AlreadySent):
            submitting.submit(draft, channel="website")

    def test_with_something_lacking_owes_it(self, madinah):
        case = madinah.case(complete=False)
        assert case.state is State.INCOMPLETE
        assert [(item.kind, item.key) for item in requests.owed(case)] == [("document", "id_card")]
        assert told(case) == ["received", "missing"]

    def test_leaves_out_files_that_are_not_asked_for(self, madinah, make_png):
        draft = madinah.draft()
        drafts.attach(draft, "debt_paper", make_png("red"))
        case = submitting.submit(draft, channel="website").case
        assert [one.purpose for one in requests.documents(case)] == ["id_card"]

    def test_where_only_complete_requests_are_received_gives_the_dated_list_and_keeps_the_draft(self, samtah):
        draft = samtah.draft(complete=False)
        with pytest.raises(NotComplete) as refused:
            submitting.submit(draft, channel="website")
        assert [one.key for one in refused.value.missing] == ["id_card"]
        assert refused.value.on == date(2026, 9, 7)
        assert draft.case_id is None
        assert db.session.scalars(select(Case.id).where(Case.title_en == "Aid request")).all() == []

    def test_on_behalf_is_the_same_and_says_who_took_it_in(self, madinah):
        delegate = madinah.member("delegate")
        case = submitting.submit(madinah.draft(by=delegate), by=delegate, channel="phone").case
        assert (case.taken_in_by, case.channel, case.earliest) == (delegate.id, "phone", date(2026, 9, 21))

    def test_on_behalf_takes_the_permission(self, madinah):
        with pytest.raises(Forbidden):
            submitting.submit(madinah.draft(), by=madinah.member("research_committee_member"), channel="phone")

    @pytest.mark.parametrize("channel", ["fax", "sms", "nonsense"])
    def test_comes_by_a_channel_of_the_policy(self, madinah, channel):
        with pytest.raises(Invalid) as refused:
            submitting.submit(madinah.draft(), channel=channel)
        assert "channel" in refused.value.fields

    def test_for_somebody_else_opens_two_files_and_needs_proof(self, madinah):
        case = madinah.case(
            relation="guardian",
            number=31,
            beneficiary_name="سالم",
            beneficiary_national_id=None,
            beneficiary_mobile=None,
        )
        assert (case.applicant.name, case.beneficiary.name) == ("نورة بنت سعد", "سالم")
        assert "proof_of_authority" in {item.key for item in requests.owed(case)}

    def test_keeps_the_form_it_was_written_on(self, madinah):
        case = madinah.case()
        revision = requests.of(case).revision
        revision.current = False
        db.session.flush()
        assert requests.definition(case).title.en == "Aid request"

    def test_points_out_others_of_the_same_person_and_type(self, madinah):
        first = madinah.case(number=41)
        draft = madinah.draft(number=41)
        assert duplicates.alike(draft) == [first]
        officer = madinah.member("relations_officer")
        second = submitting.submit(draft, channel="website", by=officer).case
        assert duplicates.alike(second) == [first]
        assert "alike" in madinah.verbs(second)
        third = madinah.case(number=41)
        assert set(duplicates.alike(third)) == {first, second}
        assert "alike" not in madinah.verbs(third)
        assert duplicates.alike(madinah.draft(number=42)) == []

    def test_needs_no_more_statements_for_a_longer_history(self, madinah, queries):
        def cost() -> int:
            draft = madinah.draft(number=51)
            with queries() as sent:
                submitting.submit(draft, channel="website")
            return len(sent)

        few = cost()
        for _ in range(4):
            madinah.case(number=51)
        assert cost() <= few + 2
        assert few <= 45


class TestCompleteness:
    def test_is_dated_on_the_day_the_last_piece_came(self, samtah, make_png):
        case = samtah.case()
        officer = samtah.member("relations_officer")
        perform(case, "ask_for", officer, {"items": ["document:id_card"], "remark": "الصورة غير واضحة"})
        assert (case.state, case.completed_on, case.latest) == (State.INCOMPLETE, None, None)
        with later(3):
            perform(
                case,
                "provide_document",
                None,
                {"key": "id_card", "upload": make_png("red"), "valid_until": date(2030, 1, 1)},
            )
        assert case.state is State.RECEIVED
        with later(7):
            perform(case, "find_complete", officer)
        assert case.completed_on == date(2026, 9, 10)
        assert case.latest == date(2026, 10, 4)

    def test_is_refused_while_something_is_lacking(self, madinah):
        case = madinah.case(complete=False)
        with pytest.raises(StillMissing) as refused:
            perform(case, "find_complete", madinah.member("relations_officer"))
        assert [one.key for one in refused.value.missing] == ["id_card"]

    def test_takes_the_permission(self, madinah):
        with pytest.raises(Forbidden):
            perform(madinah.case(), "find_complete", madinah.member("delegate"))

    def test_a_document_that_is_no_longer_valid_is_refused(self, madinah, make_png):
        case = madinah.case(complete=False)
        for until in (date(2026, 9, 6), None, "not a date"):
            with pytest.raises(Invalid) as refused:
                perform(case, "provide_document", None, {"key": "id_card", "upload": make_png(), "valid_until": until})
            assert "valid_until" in refused.value.fields

    def test_an_answer_may_call_for_more(self, madinah, make_png):
        case = madinah.case()
        perform(case, "ask_for", madinah.member("relations_officer"), {"items": [("field", "debts")]})
        perform(case, "provide_answers", None, {"step": "need", "answers": {"debts": True, "debt_amount": "50.00"}})
        assert case.state is State.INCOMPLETE
        assert {item.key for item in requests.owed(case)} == {"debt_paper"}
        perform(case, "provide_document", None, {"key": "debt_paper", "upload": make_png("red")})
        assert case.state is State.RECEIVED

    def test_the_applicant_changes_only_what_was_asked_for(self, madinah, make_png):
        case = madinah.case()
        with pytest.raises(NotAskedFor):
            perform(case, "provide_answers", None, {"step": "need", "answers": {"amount": "99999.00"}})
        with pytest.raises(NotAskedFor):
            perform(
                case,
                "provide_document",
                None,
                {"key": "id_card", "upload": make_png("red"), "valid_until": date(2030, 1, 1)},
            )

    def test_what_was_proved_of_one_person_proves_nothing_of_the_one_whose_number_is_given_later(self, madinah):
        delegate = madinah.member("delegate")
        known = madinah.case(number=71, by=delegate, identity="original")
        draft = madinah.draft(number=72, national_id=None, name="نورة", mobile=None, identity="spoke")
        case = submitting.submit(draft, by=delegate, channel="phone").case
        assert [item.key for item in requests.owed(case)] == ["applicant_national_id"]
        assert case.beneficiary_id not in (None, known.beneficiary_id)
        number = {"applicant_national_id": requests.answers(known)["person"]["national_id"]}
        perform(case, "provide_answers", delegate, {"step": "person", "answers": number})
        assert (case.applicant_id, case.beneficiary_id) == (None, None)
        party = case.beneficiary
        assert (party.confirmed_how, party.confirmed_by, party.confirmed_at) == (None, None, None)
        assert party.candidate_id == known.beneficiary_id
        assert case.state is State.RECEIVED
        assert "identity_rejected" in madinah.verbs(case)
        assert files.get(known.beneficiary_id).name != "نورة"
        assert duplicates.alike(case) == [known]

    def test_an_identity_that_the_applicant_types_later_links_nothing(self, madinah):
        delegate = madinah.member("delegate")
        known = madinah.case(number=74, by=delegate, identity="original")
        case = submitting.submit(madinah.draft(national_id=None, identity="spoke"), by=delegate, channel="phone").case
        before = case.beneficiary_id
        number = {"applicant_national_id": requests.answers(known)["person"]["national_id"]}
        perform(case, "provide_answers", None, {"step": "person", "answers": number})
        assert (case.applicant_id, case.beneficiary_id) == (before, before)
        assert (case.beneficiary.candidate_id, case.beneficiary.confirmed_how) == (before, "spoke")
        assert files.get(before).national_id is None

    def test_an_identity_not_known_before_is_put_in_the_file(self, madinah):
        delegate = madinah.member("delegate")
        case = madinah.case(number=73, national_id=None, name="من لا ملف له", by=delegate, identity="spoke")
        number = {"applicant_national_id": "1000000073", "beneficiary_national_id": None}
        file = files.get(case.beneficiary_id)
        perform(case, "provide_answers", delegate, {"step": "person", "answers": number})
        assert case.beneficiary_id == file.id
        assert file.national_id == "1000000073"

    def test_nothing_changes_once_it_is_studied(self, madinah, make_png):
        case = madinah.under_study()
        with pytest.raises(NotAskedFor):
            perform(
                case,
                "provide_answers",
                madinah.member("relations_officer"),
                {"step": "need", "answers": {"amount": "1.00"}},
            )

    def test_a_later_document_takes_the_place_of_the_one_before(self, madinah, make_png):
        case = madinah.case()
        officer = madinah.member("relations_officer")
        perform(
            case,
            "provide_document",
            officer,
            {"key": "id_card", "upload": make_png("red"), "valid_until": date(2031, 1, 1)},
        )
        rows = db.session.scalars(select(CaseDocument).where(CaseDocument.case_id == case.id)).all()
        assert sorted(row.superseded for row in rows) == [False, True]

    def test_asking_for_what_the_form_has_not_is_refused(self, madinah):
        with pytest.raises(Invalid):
            perform(madinah.case(), "ask_for", madinah.member("relations_officer"), {"items": ["document:passport"]})
