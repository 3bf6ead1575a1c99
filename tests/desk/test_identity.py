"""Confirming whose file a case is: compared entry by entry, chosen, on record; and saying that it is another person."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases import timeline
from silah.cases.models import Case
from silah.complaints import inquiries
from silah.portal.public_context import find_portal_channel
from tenants.database import db

OFFICER = "relations_officer"
MOBILE, MAIL = "+966555000111", "typed@example.com"


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("hayat-arar")


def known(place: Any, number: int) -> tuple[str, str]:
    """A case that staff recorded with the original in hand; its address and that of the file."""
    address = place.record(number)
    with place.serve():
        return address, f"/desk/beneficiaries/{place.case(address).beneficiary_id}"


def typed(place: Any, number: int, **changes: Any) -> str:
    """An inquiry from the portal with the same national ID and other contacts; the address of its case."""
    with place.serve():
        person = {**place.person(number), "mobile": MOBILE, "email": MAIL, "name": "نورة الحربي", **changes}
        person.pop("branch"), person.pop("identity"), person.pop("identity_paper")
        made = inquiries.ask("inquiry", "متى؟", person, channel=find_portal_channel(place.policy)).case
        db.session.commit()
        return f"/desk/cases/{made.id}"


def confirm(place: Any, address: str, side: str = "beneficiary", **changes: Any) -> Any:
    path = f"{address}/identity/{side}"
    page = place.desk(OFFICER).get(path).text
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|file)" value="([^"]*)"', page))
    said = {"how": "original", "paper": "national_id", **hidden, **changes}
    return place.desk(OFFICER).post(path, data=said)


class TestTheCase:
    def test_says_that_nobody_confirmed_whose_it_is_and_the_file_lists_it_apart(self, place: Any) -> None:
        first, file = known(place, 301)
        address = typed(place, 301)
        page = place.desk(OFFICER).get(f"{address}?lang=en").text
        assert "Identity not confirmed" in page
        assert file not in page
        listed = place.desk(OFFICER).get(f"{file}?lang=en").text
        confirmed, candidates = listed.split("Cases that may be this person", 1)
        assert first in confirmed
        assert address not in confirmed
        assert address in candidates

    def test_says_how_who_and_when_once_it_is(self, place: Any) -> None:
        address, file = known(place, 302)
        page = place.desk(OFFICER).get(f"{address}?lang=en").text
        assert "Identity confirmed" in page
        assert "I saw the original" in page
        assert "National ID card" in page
        assert file in page


class TestComparing:
    def test_shows_what_differs_masked(self, place: Any) -> None:
        known(place, 303)
        page = place.desk(OFFICER).get(f"{typed(place, 303)}/identity/beneficiary?lang=en").text
        assert page.count("Differs") >= 3  # the name, the mobile and the e-mail
        assert "The same" in page
        assert MOBILE not in page
        assert place.person(303)["national_id"] not in page

    def test_wants_a_choice_for_each_entry_that_differs_and_how_it_is_known(self, place: Any) -> None:
        known(place, 304)
        address = typed(place, 304)
        refused = confirm(place, address, takes_name="kept")
        assert refused.status_code == 422
        assert confirm(place, address, how="", paper="").status_code == 422
        chosen = {"takes_name": "kept", "takes_mobile": "kept", "takes_email": "kept"}
        assert confirm(place, address, paper="", **chosen).status_code == 422
        with place.serve():
            assert place.case(address).beneficiary_id is None

    def test_the_file_keeps_what_was_chosen_and_each_case_says_so(self, place: Any) -> None:
        first, file = known(place, 305)
        address = typed(place, 305)
        chosen = {"takes_name": "kept", "takes_mobile": "typed", "takes_email": "kept"}
        answer = confirm(place, address, own_contacts="y", **chosen)
        assert answer.status_code == 302, answer.text
        with place.serve():
            case, before = place.case(address), place.case(first)
            person = files.get(case.beneficiary_id)
            assert case.applicant_id == case.beneficiary_id == before.beneficiary_id
            assert (person.name, person.mobile) == (place.person(305)["name"], MOBILE)
            assert person.mobile_confirmed_at is not None
            assert person.email == place.person(305)["email"]
            assert case.beneficiary.email == MAIL
            lines = {line.verb: line for line in timeline.entries(case, for_applicant=False)}
            assert lines["identity_confirmed"].data == {
                "side": "beneficiary",
                "how": "original",
                "paper": "national_id",
            }
            assert lines["identity_confirmed"].who
            corrected = timeline.entries(before, for_applicant=False)[0]
            assert (corrected.verb, corrected.data["fields"]) == ("file_corrected", ["mobile"])
            assert not [line for line in timeline.entries(case, for_applicant=True) if "identity" in line.verb]
        assert address in place.desk(OFFICER).get(file).text

    def test_a_contact_is_the_persons_own_only_where_they_said_so_over_the_original(self, place: Any) -> None:
        for number, said in ((306, {"how": "spoke", "own_contacts": "y"}), (307, {"how": "original"})):
            address = typed(place, number)
            assert confirm(place, address, **said).status_code == 302
            with place.serve():
                person = files.get(place.case(address).beneficiary_id)
                assert (person.mobile, person.mobile_confirmed_at) == (MOBILE, None)
                assert person.level == ("contact_proved" if number == 306 else "original_seen")

    def test_two_who_confirm_at_once_are_told(self, place: Any) -> None:
        known(place, 308)
        address = typed(place, 308)
        chosen = {"takes_name": "kept", "takes_mobile": "kept", "takes_email": "kept"}
        stale = confirm(place, address, seen="1", **chosen)
        place.desk(OFFICER).post(f"{address}/identity/beneficiary/another", data={"seen": str(place.version(address))})
        with place.serve():
            version = place.version(address)
        assert stale.status_code in (302, 409)
        assert confirm(place, address, file="own", seen=str(version - 1)).status_code in (302, 409)


class TestAnotherPerson:
    def test_leaves_the_case_in_nobodys_file(self, place: Any) -> None:
        _first, file = known(place, 309)
        address = typed(place, 309)
        path = f"{address}/identity/beneficiary"
        said = {"seen": str(place.version(address))}
        assert place.desk(OFFICER).post(f"{path}/another", data=said).status_code == 302
        with place.serve():
            case = place.case(address)
            assert (case.beneficiary_id, case.beneficiary.candidate_id) == (None, None)
            assert timeline.entries(case, for_applicant=False)[0].verb == "identity_rejected"
        assert address not in place.desk(OFFICER).get(file).text

    def test_gets_a_file_of_their_own_without_the_number_that_is_anothers(self, place: Any) -> None:
        _first, file = known(place, 310)
        address = typed(place, 310)
        assert "own" in place.desk(OFFICER).get(f"{address}/identity/beneficiary?file=own").text
        assert confirm(place, address, file="own").status_code == 302
        with place.serve():
            person = files.get(place.case(address).beneficiary_id)
            assert f"/desk/beneficiaries/{person.id}" != file
            assert (person.name, person.national_id, person.mobile) == ("نورة الحربي", None, MOBILE)

    def test_can_be_said_of_what_was_confirmed_by_mistake(self, place: Any) -> None:
        address, file = known(place, 311)
        said = {"seen": str(place.version(address))}
        place.desk(OFFICER).post(f"{address}/identity/beneficiary/another", data=said)
        assert address not in place.desk(OFFICER).get(file).text


class TestWho:
    def test_may_confirm_receives_or_answers_and_sees_files_and_the_case(self, place: Any) -> None:
        known(place, 312)
        address = typed(place, 312)
        assert place.desk("volunteer").get(f"{address}/identity/beneficiary").status_code in (403, 404)
        assert place.desk(OFFICER).get(f"{address}/identity/applicant").status_code == 404
        stranger = f"{address}/identity/beneficiary?file=00000000-0000-0000-0000-000000000000"
        assert place.desk(OFFICER).get(stranger).status_code == 404
        with place.serve():
            other = db.session.scalars(select(Beneficiary.id).where(Beneficiary.name != "نورة الحربي").limit(1)).first()
            theirs = db.session.scalars(select(Case.id).where(Case.beneficiary_id == other)).first()
        assert (
            theirs is None
            or place.desk("volunteer").get(f"/desk/cases/{theirs}/identity/beneficiary").status_code != 200
        )
