"""A whole request through the desk's pages in each of the five associations, as its policy has it."""

from datetime import timedelta
from typing import Any

import pytest

from silah import clock as time

BODIES = {
    "madinah-centers": "research_committee",
    "tamkeen-qassim": None,
    "hayat-arar": "research_committee",
    "samtah-cooperative": "competent_committee",
    "nobough-talents": "research_committee",
}
LATER = timedelta(days=15)
OFFICER = "relations_officer"


def studied(office: Any, address: str, body: str | None, outcome: str = "accepted") -> None:
    """From a recorded request to a decision, page by page."""
    with office.serve():
        policy = office.case(address).policy_version.policy
    if office.state(address) == "received":
        office.done(address, OFFICER, "find_complete")
    if policy.attestation:
        signed = {"method": "drawn", "signed_by": "نورة بنت سعد الحربي", "signature": office.DRAWN}
        office.done(address, OFFICER, "attest", **signed)
    office.done(address, OFFICER, "send")
    said = {"outcome": outcome, "reasons": "تنطبق الشروط على مقدم الطلب."}
    if body:
        office.done(address, f"{body}_member", "recommend", **said)
    office.done(address, f"{body}_chair" if body else "management", "decide", **said)


@pytest.mark.parametrize("blueprint", BODIES)
class TestARequest:
    def test_goes_from_the_desk_to_its_end(self, office: Any, monday: Any, blueprint: str) -> None:
        place, body = office(blueprint), BODIES[blueprint]
        address = place.record(11)
        studied(place, address, body)
        releaser = f"{body}_chair" if body else OFFICER
        with time.at(monday + LATER):
            place.done(address, releaser, "release")
            with place.serve():
                policy = place.case(address).policy_version.policy
            if policy.has_registration:
                place.done(address, OFFICER, "register")
            if policy.has_delivery:
                place.done(address, OFFICER, "deliver", what="سلة غذائية", on="2026-09-22")
                place.done(address, OFFICER, "confirm", how="in_person")
            place.done(address, OFFICER, "close")
            page = place.desk(OFFICER).get(address)
        assert place.state(address) == "closed"
        assert page.status_code == 200
        assert "تنطبق الشروط" in page.text

    def test_every_page_on_its_way_opens_in_both_languages(self, office: Any, monday: Any, blueprint: str) -> None:
        place, body = office(blueprint), BODIES[blueprint]
        address = place.record(12)
        for role in {OFFICER, f"{body}_chair" if body else "management"}:
            for language in ("ar", "en"):
                page = place.desk(role).get(f"{address}?lang={language}")
                assert page.status_code == 200
                assert f'<html lang="{language}"' in page.text
        for key in ("ask_for", "withdraw", "assign", *(["attest"] if place_attests(place, address) else [])):
            assert place.desk(OFFICER).get(f"{address}/moves/{key}").status_code == 200

    def test_rejected_is_replied_and_closed_without_delivery(self, office: Any, monday: Any, blueprint: str) -> None:
        place, body = office(blueprint), BODIES[blueprint]
        address = place.record(13)
        studied(place, address, body, "rejected")
        with time.at(monday + LATER):
            place.done(address, f"{body}_chair" if body else OFFICER, "release")
            assert place.move(address, OFFICER, "deliver", what="شيء", on="2026-09-22").status_code == 409
            place.done(address, OFFICER, "close")
        assert place.state(address) == "closed"


def place_attests(place: Any, address: str) -> bool:
    with place.serve():
        return place.case(address).policy_version.policy.attestation is not None
