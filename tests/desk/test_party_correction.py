"""Correcting what was typed of a person on a case: on record, told at the old contact, and nothing of a file."""

from typing import Any

import pytest
from sqlalchemy import select

from silah.cases import beneficiary_files as files
from silah.cases import one_time_codes, timeline
from silah.cases.errors import CodeExpired
from silah.notifications.models import OutboxMessage
from tenants.database import db
from tests.desk.test_identity import MAIL, MOBILE, OFFICER, known, typed

CORRECTED = "corrected@example.com"
TOLD = {"how": "spoke", "reason": "كُتب العنوان خطأ"}


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("hayat-arar")


def correct(place: Any, address: str, **changes: Any) -> Any:
    with place.serve():
        version = place.version(address)
    said = {"name": "نورة الحربي", "mobile": "", "email": "", "seen": str(version), **TOLD, **changes}
    return place.desk(OFFICER).post(f"{address}/parties/beneficiary?lang=en", data=said)


def told(case: Any) -> set[str]:
    mine = OutboxMessage.case_id == case.id, OutboxMessage.template == "contact_corrected"
    return set(db.session.scalars(select(OutboxMessage.address).where(*mine)))


class TestACorrection:
    def test_is_reached_from_the_case_and_stays_on_record_with_the_reason_and_what_stood_there(
        self, place: Any
    ) -> None:
        address = typed(place, 331)
        page = place.desk(OFFICER).get(f"{address}?lang=en").text
        assert f"{address}/parties/beneficiary" in page
        assert correct(place, address, mobile="0555000999", email=CORRECTED, name="نورة الحربية").status_code == 302
        page = place.desk(OFFICER).get(f"{address}?lang=en").text
        assert "What was typed of a person on this case was corrected" in page
        assert TOLD["reason"] in page
        assert "نورة الحربي" in page
        assert MOBILE not in page
        assert "(before: " in page
        with place.serve():
            case = place.case(address)
            assert case.beneficiary.mobile == "+966555000999"
            assert case.beneficiary.email == CORRECTED
            assert "حربيه" in case.search
            (line,) = [one for one in timeline.entries(case, for_applicant=False) if one.verb == "party_corrected"]
            assert MOBILE not in str(line.data)
            assert timeline.verify(case) == []

    def test_is_told_at_the_contacts_that_stood_there_and_their_codes_open_nothing(self, place: Any) -> None:
        address = typed(place, 332, reply_channel=email_of(place))
        with place.serve():
            case = place.case(address)
            assert case.reply_address == MAIL
            one_time_codes.send(case, "follow")
            db.session.commit()
        assert correct(place, address, email=CORRECTED).status_code == 302
        with place.serve():
            case = place.case(address)
            assert told(case) == {MAIL}
            assert one_time_codes.recipient(case).address == CORRECTED
            with pytest.raises(CodeExpired):
                one_time_codes.check(case, "follow", "000000")

    def test_changes_no_file_though_the_person_is_known(self, place: Any) -> None:
        address, _file = known(place, 333)
        with place.serve():
            before = files.get(place.case(address).beneficiary_id).email
        assert correct(place, address, name=place.person(333)["name"], email=CORRECTED).status_code == 302
        with place.serve():
            case = place.case(address)
            assert case.beneficiary.email == CORRECTED
            assert files.get(case.beneficiary_id).email == before != CORRECTED

    def test_needs_a_reason_and_how_it_is_known(self, place: Any) -> None:
        address = typed(place, 334)
        for missing in ("how", "reason"):
            assert correct(place, address, email=CORRECTED, **{missing: ""}).status_code == 422
        assert correct(place, address, email="no address").status_code == 422
        with place.serve():
            assert place.case(address).beneficiary.email == MAIL

    def test_by_a_page_that_is_out_of_date_is_refused(self, place: Any) -> None:
        address = typed(place, 335)
        with place.serve():
            version = place.version(address)
        assert correct(place, address, email=CORRECTED).status_code == 302
        assert correct(place, address, email="other@example.com", seen=str(version)).status_code == 409


def email_of(place: Any) -> str:
    """The means of the reply that sends e-mail."""
    with place.serve():
        return str(next(one.key for one in place.policy.outbound_channels if one.sends == "email"))
