"""The files of beneficiaries: found in every way, gathering all cases, opened in full only on record."""

from typing import Any

import pytest
from stdnum import luhn

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as beneficiaries
from silah.cases import timeline
from silah.cases.party_models import write
from tenants.database import db

OFFICER = "relations_officer"


@pytest.fixture
def place(office: Any, monday: Any) -> Any:
    return office("hayat-arar")


def file_of(place: Any, address: str) -> str:
    with place.serve():
        return f"/desk/beneficiaries/{place.case(address).beneficiary_id}"


class TestAFile:
    def test_gathers_all_the_cases_of_a_person(self, place: Any) -> None:
        first, second = place.record(61), place.record(61)
        page = place.desk(OFFICER).get(file_of(place, first)).text
        assert file_of(place, first) == file_of(place, second)
        assert first in page
        assert second in page

    def test_is_found_by_name_mobile_and_national_id(self, place: Any) -> None:
        file, person = file_of(place, place.record(62)), place.person(62)
        for q in (person["national_id"], person["mobile"], "نوره سعد"):
            assert file in place.desk(OFFICER).get("/desk/beneficiaries", query_string={"q": q}).text, q
        assert file not in place.desk(OFFICER).get("/desk/beneficiaries", query_string={"q": "1000000016"}).text

    def test_is_masked_until_somebody_who_may_asks_and_that_is_recorded(self, place: Any) -> None:
        address = place.record(63)
        file, number = file_of(place, address), place.person(63)["national_id"]
        assert number not in place.desk(OFFICER).get(file).text
        assert number in place.desk(OFFICER).post(f"{file}/reveal").text
        with place.serve():
            verbs = [line.verb for line in timeline.entries(place.case(address), for_applicant=False)]
        assert verbs[0] == "looked"
        assert place.desk("management").post(f"{file}/reveal").status_code == 403

    def test_shows_the_files_that_are_likely_the_same_person_s_by_which_signs(self, place: Any) -> None:
        file = file_of(place, place.record(65))
        with place.serve():
            other = Beneficiary(name=place.person(65)["name"])
            write(other, "mobile", f"+966{place.person(65)['mobile'][1:]}")
            db.session.add(other)
            db.session.commit()
            twin = f"/desk/beneficiaries/{other.id}"
        for one, another in ((file, twin), (twin, file)):
            page = place.desk(OFFICER).get(f"{one}?lang=en").text
            assert f'href="{another}"' in page
            assert "Same mobile" in page

    def test_is_closed_to_whoever_may_not_see_files(self, place: Any) -> None:
        file = file_of(place, place.record(64))
        assert place.desk("volunteer").get(file).status_code == 403


class TestCorrecting:
    @pytest.fixture
    def file(self, place: Any) -> tuple[str, str]:
        """A person's file and the case that opened it."""
        address = place.record(71)
        return file_of(place, address), address

    def said(self, place: Any, **changes: Any) -> dict[str, Any]:
        known = {"name": place.person(71)["name"], "locale": "ar", "member_number": "", "mobile": "", "email": ""}
        return known | {"reason": "كُتب الاسم خطأ"} | changes

    def test_changes_the_file_and_is_on_record_with_its_reason(self, place: Any, file: tuple[str, str]) -> None:
        path, address = file
        shown = place.desk(OFFICER).get(f"{path}/correct")
        assert shown.status_code == 200
        assert place.person(71)["mobile"] not in shown.text
        new = self.said(place, name="نورة بنت سعيد العتيبي", mobile="٠٥٥١١١٢٢٣٣")
        assert place.desk(OFFICER).post(f"{path}/correct", data=new).status_code == 302
        with place.serve():
            case = place.case(address)
            line = timeline.entries(case, for_applicant=False)[0]
            person = beneficiaries.get(case.beneficiary_id)
            assert (person.name, person.mobile) == ("نورة بنت سعيد العتيبي", "+966551112233")
            assert case.beneficiary.name == place.person(71)["name"]
            assert (line.verb, line.data["fields"], line.body) == (
                "file_corrected",
                ["name", "mobile"],
                "كُتب الاسم خطأ",
            )
            assert timeline.verify(case) == []
        story = place.desk(OFFICER).get(f"{address}?lang=en").text
        assert "Name and Mobile" in story

    def test_leaves_what_is_left_empty(self, place: Any, file: tuple[str, str]) -> None:
        place.desk(OFFICER).post(f"{file[0]}/correct", data=self.said(place))
        with place.serve():
            assert beneficiaries.get(place.case(file[1]).beneficiary_id).mobile
        page = place.desk(OFFICER).post(f"{file[0]}/correct?lang=en", data=self.said(place), follow_redirects=True)
        assert "Nothing was changed." in page.text

    def test_mends_a_national_id_unless_another_file_has_it(self, place: Any, file: tuple[str, str]) -> None:
        other = file_of(place, place.record(72))
        fresh = [digits + luhn.calc_check_digit(digits) for digits in ("100007301", "100007302")]
        desk = place.desk(OFFICER)
        assert desk.post(f"{other}/correct", data=self.said(place, national_id=fresh[0])).status_code == 302
        taken = desk.post(f"{file[0]}/correct?lang=en", data=self.said(place, national_id=fresh[0]))
        assert taken.status_code == 422
        assert "Another file has this number already" in taken.text
        assert desk.post(f"{file[0]}/correct", data=self.said(place, national_id=fresh[1])).status_code == 302
        with place.serve():
            case = place.case(file[1])
            assert beneficiaries.get(case.beneficiary_id).national_id == fresh[1]
            assert timeline.entries(case, for_applicant=False)[0].data["fields"] == ["national_id"]

    def test_wants_a_reason_and_a_number_that_is_one(self, place: Any, file: tuple[str, str]) -> None:
        for wrong in (
            {"reason": " "},
            {"mobile": "12"},
            {"national_id": "1234567890"},
            {"email": "nobody"},
            {"name": ""},
        ):
            answer = place.desk(OFFICER).post(f"{file[0]}/correct", data=self.said(place, **wrong))
            assert answer.status_code == 422, wrong

    def test_is_for_those_who_check_and_may_see_files(self, place: Any, file: tuple[str, str]) -> None:
        assert place.desk("volunteer").get(f"{file[0]}/correct").status_code == 403
