"""Files that are likely one person's: found by the words of search and keyed hashes, never by a name among many."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from silah.beneficiaries.duplicates import SHOWN, find_likely_duplicates
from silah.beneficiaries.models import Beneficiary
from silah.cases.party_models import write
from tenants.database import db

NAME = "محمد بن عبدالله الزهراني"
ID, OTHER_ID, ID_OF_SAME_TAIL = "1000000008", "1000000016", "1098760008"
MOBILE, OTHER_MOBILE, MOBILE_OF_SAME_TAIL = "+966550001234", "+966559999999", "+966531111234"


@pytest.fixture(scope="module")
def tenant(make_association: Any) -> Any:
    return make_association()


@pytest.fixture
def here(serve: Any, tenant: Any) -> Iterator[None]:
    with serve(tenant):
        db.session.execute(delete(Beneficiary))
        yield


def put(name: str = NAME, **given: str) -> Beneficiary:
    person = Beneficiary(name=name)
    for key, value in given.items():
        write(person, key, value)
    db.session.add(person)
    db.session.flush()
    return person


LIKELY: list[tuple[dict[str, str], dict[str, str], set[str]]] = [
    ({"mobile": MOBILE}, {"mobile": MOBILE, "name": "نورة"}, {"mobile"}),
    ({"email": "A@x.example"}, {"email": "a@x.example", "name": "نورة"}, {"email"}),
    ({"member_number": "7"}, {"member_number": "7", "name": "نورة"}, {"member_number"}),
    ({"mobile": MOBILE}, {"mobile": MOBILE_OF_SAME_TAIL, "name": "محمد الزهراني"}, {"part_of_name", "mobile_tail"}),
    ({"national_id": ID, "mobile": MOBILE}, {"mobile": MOBILE, "name": "محمد عبد الله زهراني"}, {"name", "mobile"}),
    ({}, {"name": "محمد ابن عبد الله الزهرانى"}, {"name"}),
    ({"national_id": ID}, {"national_id": ID_OF_SAME_TAIL}, {"name", "national_id_tail"}),
    ({"national_id": ID, "mobile": MOBILE}, {"national_id": OTHER_ID, "mobile": MOBILE}, {"name", "mobile"}),
]
UNLIKE: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"national_id": ID}, {"national_id": OTHER_ID}),
    ({"national_id": ID, "mobile": MOBILE}, {"national_id": OTHER_ID, "mobile": MOBILE, "name": "نورة محمد"}),
    ({"mobile": MOBILE}, {"mobile": MOBILE_OF_SAME_TAIL, "name": "نورة سعد"}),
    ({"mobile": MOBILE}, {"mobile": OTHER_MOBILE, "name": "محمد سعد الزهراني"}),
    ({"name": "محمد سعد"}, {"name": "محمد سعد"}),
]


class TestLikely:
    @pytest.mark.parametrize(("one", "other", "signs"), LIKELY)
    def test_one_person_in_two_files(self, here: None, one: Any, other: Any, signs: set[str]) -> None:
        first, second = put(**one), put(**other)
        for person, found in ((first, second), (second, first)):
            assert [(it.person, set(it.signs)) for it in find_likely_duplicates(person)] == [(found, signs)]

    @pytest.mark.parametrize(("one", "other"), UNLIKE)
    def test_two_people_are_not(self, here: None, one: Any, other: Any) -> None:
        first, second = put(**one), put(**other)
        assert find_likely_duplicates(first) == find_likely_duplicates(second) == []

    def test_the_likeliest_come_first_and_cost_one_statement(self, here: None, queries: Any) -> None:
        person = put(mobile=MOBILE)
        for _ in range(80):
            put()
        best = put(mobile=MOBILE, national_id=ID)
        with queries() as sent:
            found = find_likely_duplicates(person)
        assert found[0].person is best
        assert len(found) == SHOWN
        assert len(sent) == 1

    def test_a_person_of_no_words_and_no_numbers_is_like_nobody(self, here: None) -> None:
        put("")
        assert find_likely_duplicates(put("")) == []
