"""The blueprint's page in a real browser: nothing for axe to find, nothing wider than a telephone, decided by hand."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browsing import faults, picture
from tests.policies.conftest import Chancery
from tests.policies.offering import EASE, ELECTRONIC, FORTNIGHT, NAME, PAGE, SAID, WEEK, Improve, improve

__all__ = ["improve"]


@pytest.fixture
def place(app: Flask, make_association: Any, signed_in: Any) -> Chancery:
    """The server's threads know no time but the real one, so this association lives in it too."""
    return Chancery(app, make_association(blueprint=NAME), signed_in)


@pytest.fixture
def page(seated: Any, place: Chancery) -> Page:
    """A browser in which the administrator is signed in; addresses are paths."""
    made: Page = seated(place.tenant, place.desk()).new_page()
    return made


def check(page: Page, name: str) -> list[str]:
    """What is wrong with the page as it stands, wide and narrow."""
    found = []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"policies/{name}-{width}")
        found += faults(page, f"{name} at {width} px")
    return found


def test_an_administrator_takes_some_and_leaves_some(place: Chancery, page: Page, improve: Improve) -> None:
    draft = place.draft()
    steps = f"/admin/policy/{draft}/steps"
    sent = place.form(steps)
    (own,) = [name for name, values in sent.items() if values == [SAID]]
    place.save(steps, sent | {own: ["We answer in ten days."]})
    improve((WEEK, FORTNIGHT), (SAID, "They are answered in two weeks."), (EASE + ELECTRONIC, ELECTRONIC + EASE))
    found = []
    for lang in ("ar", "en"):
        page.goto(f"/admin/policy?lang={lang}")
        found += check(page, f"overview-{lang}")
        page.goto(f"{PAGE}?lang={lang}")
        found += check(page, f"blueprint-{lang}")
    page.get_by_role("group", name="You changed this too").get_by_label("Leave", exact=True).check()
    page.get_by_role("group", name="Reply period").get_by_label("Take", exact=True).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Record what I chose").click()
    assert "1 change is taken into the draft. 1 change is left." in page.content()
    page.goto(f"{PAGE}?lang=en")
    assert "1 change awaits your decision" in page.content()
    found += check(page, "blueprint-decided")
    page.get_by_text("Take everything", exact=True).first.click()
    with page.expect_navigation():
        page.locator(".confirm-form button[type=submit]:visible").click()
    assert "1 change is taken into the draft." in page.content()
    policy = place.policy(draft)
    assert policy.reply_period.amount == 2
    assert policy.step("reply").text.en == "We answer in ten days."
    assert policy.objectives.detailed[0].text.en.startswith("Complete services")
    assert not found, "\n".join(found)
