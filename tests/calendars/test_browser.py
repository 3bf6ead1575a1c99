"""The calendar in a real browser: a day closed in a hurry, by who sees it, with nothing for axe to find."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browsing import faults

SCREENS = (("ar", 390), ("en", 1280))


@pytest.fixture
def pages(seated: Any, association: Any, signed_in: Any) -> list[tuple[str, Page]]:
    """A page for each screen, at which an administrator has signed in."""
    client = signed_in(association, "administrator")
    return [(lang, seated(association, client, width).new_page()) for lang, width in SCREENS]


def test_a_day_is_closed_in_a_hurry_and_nothing_is_amiss_on_the_way(pages: Any) -> None:
    found: list[str] = []
    for number, (lang, page) in enumerate(pages):
        page.goto(f"/admin/calendar?lang={lang}")
        found += faults(page, f"year {lang}")
        page.locator("a[href$='/hurry']").click()
        page.locator("input[name=name]").fill("أمطار غزيرة")
        page.locator("main form.card button[type=submit]").click()
        found += faults(page, f"what is missing {lang}")
        day = datetime.now(UTC) + timedelta(days=20 + number)
        page.locator("input[name=reason]").fill("إنذار")
        page.locator("input[value=another]").check()
        page.locator("input[name=on]").fill(day.date().isoformat())
        page.locator("main form.card button[type=submit]").click()
        found += faults(page, f"what follows {lang}")
        page.locator("button[value=confirm]").click()
        page.wait_for_load_state()
        assert "/admin/calendar/" in page.url
        assert page.locator(".notice.good").count() == 1
        found += faults(page, f"what was done {lang}")
        page.goto(f"/admin/calendar/holidays/{day.date().isoformat()}?lang={lang}")
        found += faults(page, f"holiday {lang}")
    assert not found, "\n".join(found)
