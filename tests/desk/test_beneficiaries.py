"""The files of beneficiaries: found in every way, gathering all cases, opened in full only on record."""

from typing import Any

import pytest

from silah.cases import timeline

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

    def test_is_closed_to_whoever_may_not_see_files(self, place: Any) -> None:
        file = file_of(place, place.record(64))
        assert place.desk("volunteer").get(file).status_code == 403
