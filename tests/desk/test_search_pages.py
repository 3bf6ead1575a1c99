"""How a person's likely duplicates and the progress of indexing look, on a desk and on a phone, in both languages."""

from typing import Any

import pytest

from silah import clock as time
from silah import jobs
from silah.beneficiaries.models import Beneficiary
from silah.cases import reindexing
from silah.cases.party_models import write
from tenants.database import db
from tests.browsing import faults, picture

TWINS = ("عبد الله بن سعد الحربي", "عبدالله سعد الحربي", "राम कुमार श्रीवास्तव", "মোহাম্মদ রহিম")


def put_twins() -> str:
    """Put several files of one mobile; return the first one's address."""
    people = []
    for number, name in enumerate(TWINS):
        people.append(person := Beneficiary(name=name, member_number=f"{number}"))
        write(person, "mobile", "+966551112233")
        db.session.add(person)
    db.session.commit()
    return f"/desk/beneficiaries/{people[0].id}"


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_they_fit_and_are_for_everybody(office: Any, seated: Any, width: int, lang: str) -> None:
    place = office("hayat-arar")
    with place.serve():
        file = put_twins()
        jobs.owe(reindexing.REINDEX, "pages", time.now(), {"table": "case", "after": None, "done": 400, "total": 1200})
        db.session.commit()
    found = []
    for role, name, path in (
        ("relations_officer", "file", file),
        ("relations_officer", "people", "/desk/beneficiaries?q=2233"),
        ("administrator", "administration", "/admin/"),
    ):
        page = seated(place.tenant, place.desk(role), width).new_page()
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        picture(page, f"search/{name}-{width}-{lang}")
        found += faults(page, name)
        if name == "administration":
            assert page.locator("progress[value='400'][max='1200']").count() == 1
    assert found == []
    with place.serve():
        jobs.settle(reindexing.REINDEX, "pages")
        db.session.commit()
