"""The calendar in a real browser: a day closed in a hurry, by who sees it, with nothing for axe to find."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = os.environ.get("SILAH_CHROMIUM", "/usr/bin/chromium")
SCREENS = (("ar", 390), ("en", 1280))


@pytest.fixture
def base(app: Flask, association: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{association.slug}.silah.test:{server.server_port}"
    server.shutdown()


@pytest.fixture
def pages(base: str, association: Any, signed_in: Any) -> Iterator[list[tuple[str, Page]]]:
    """A page for each screen, at which an administrator has signed in."""
    cookie = signed_in(association, "administrator").get_cookie("silah", domain=f"{association.slug}.silah.test")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--host-resolver-rules=MAP *.silah.test 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        made = []
        for lang, width in SCREENS:
            context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
            context.add_cookies([{"name": "silah", "value": cookie.value, "url": base}])
            made.append((lang, context.new_page()))
        yield made
        browser.close()


def faults(page: Page, name: str) -> list[str]:
    """What axe finds, and whether the page is wider than its screen."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    found = [f"{name} is {wide} px too wide"] if wide > 0 else []
    for rule in Axe().run(page).response["violations"]:
        found.append(f"{name}: {rule['id']} {[node['html'][:120] for node in rule['nodes']][:3]}")
    return found


def test_a_day_is_closed_in_a_hurry_and_nothing_is_amiss_on_the_way(base: str, pages: Any) -> None:
    found: list[str] = []
    for number, (lang, page) in enumerate(pages):
        page.goto(f"{base}/admin/calendar?lang={lang}")
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
        page.goto(f"{base}/admin/calendar/holidays/{day.date().isoformat()}?lang={lang}")
        found += faults(page, f"holiday {lang}")
    assert not found, "\n".join(found)
