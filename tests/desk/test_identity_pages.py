"""How the pages on which an identity is confirmed look, on a desk and on a phone, in both languages."""

from typing import Any

import pytest

from tests.browsing import faults, picture
from tests.complaints.test_portal import PERSON, followed, sent
from tests.desk.test_identity import known, typed


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_they_fit_and_are_for_everybody(office: Any, seated: Any, client: Any, width: int, lang: str) -> None:
    place = office("hayat-arar")
    number = 400 + width % 7 + (lang == "en") * 10
    _first, file = known(place, number)
    case = typed(place, number)
    desk = seated(place.tenant, place.desk("relations_officer"), width).new_page()
    paths = {
        "case": case,
        "compared": f"{case}/identity/beneficiary",
        "own": f"{case}/identity/beneficiary?file=own",
        "correct": f"{case}/parties/beneficiary",
        "file": file,
        "record": "/desk/record/inquiry",
    }
    found = []
    for name, path in paths.items():
        desk.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        picture(desk, f"identity/{name}-{width}-{lang}")
        found += faults(desk, name)
    visitor = client(place.tenant)
    told = {"kind": "inquiry", "text": "متى؟", **PERSON, "national_id": place.person(number)["national_id"]}
    page = followed(visitor, *sent(visitor, "/inquiries/new", told))
    public = seated(place.tenant, visitor, width).new_page()
    for name, path in {"tracking": page, "prove": f"{page}/identity", "code": f"{page}/identity/code"}.items():
        public.goto(f"{path}?lang={lang}")
        picture(public, f"identity/{name}-{width}-{lang}")
        found += faults(public, name)
    assert found == []
