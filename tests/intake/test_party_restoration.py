"""Cases that are older than their parties get back what was typed on them, and nothing of anybody's file."""

from sqlalchemy import select

from silah.cases import beneficiary_links, parties
from silah.cases.models import Case
from silah.complaints import inquiries
from silah.intake import party_restoration
from silah.language.tokenizer import make_name_key
from tenants.database import db


def emptied(case: Case) -> None:
    """Leave of a case's person what the revision leaves."""
    for one in parties.list_parties(case):
        for key in ("mobile", "email", "member_number"):
            one.write(key, None)
        one.write("name", "")
    case.reply_hash, case.search = None, []
    db.session.flush()


class TestRestoring:
    def test_a_request_gets_back_what_its_answers_say(self, madinah):
        case = madinah.case(number=91)
        emptied(case)
        party_restoration.restore(None)
        assert case.applicant is not None
        assert (case.applicant.name, case.applicant.mobile) == ("نورة بنت سعد", "+966550000091")
        assert case.applicant.email == "noura@example.com"
        assert make_name_key("نورة") in case.search
        assert case.reply_hash is not None

    def test_any_other_case_gets_back_the_address_of_its_reply_alone(self, madinah):
        known = madinah.case(number=92, by=madinah.member("relations_officer"), identity="original")
        assert known.applicant is not None
        given = {"name": "غريب", "national_id": known.applicant.national_id, "mobile": "+966509990000"}
        person = {**given, "email": "stranger@evil.example", "reply_channel": "email", "relation": "self"}
        case = inquiries.ask("inquiry", "متى؟", person, channel="website").case
        emptied(case)
        party_restoration.restore(None)
        assert case.applicant is not None
        assert (case.applicant.name, case.applicant.mobile) == ("", None)
        assert case.applicant.email == "stranger@evil.example"

    def test_leaves_what_staff_recorded(self, madinah):
        case = madinah.case(number=93, by=madinah.member("relations_officer"), identity="original")
        emptied(case)
        party_restoration.restore(None)
        assert case.applicant is not None
        assert case.applicant.mobile is None
        assert beneficiary_links.file_of(case, case.applicant) is not None

    def test_goes_on_part_by_part(self, madinah, monkeypatch):
        monkeypatch.setattr(party_restoration, "PART", 1)
        cases = [madinah.case(number=number) for number in (94, 95)]
        for case in cases:
            emptied(case)
        ids = sorted(db.session.scalars(select(Case.id)))
        party_restoration.restore(None)
        for id_ in ids:
            party_restoration.restore(str(id_))
        assert all(case.applicant is not None and case.applicant.mobile for case in cases)
