"""Journeys are walked in a real browser through `silah demo`, which runs whole: servers, workers, mail."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import DESKTOP, PHONE, found_by_axe, picture, too_wide
from tests.journeys.one_demo import Demo, one_demo


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """The demo of this test run, or the running one in the folder that SILAH_DEMO names."""
    if running := os.environ.get("SILAH_DEMO"):
        yield Demo(Path(running))
        return
    with one_demo() as started:
        yield started


@pytest.fixture
def visit(chromium: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """`visit(slug, locale)` is a new person's browser at an association's first page."""
    contexts = []

    def open_at(slug: str, locale: str, *, phone: bool = False, script: bool = True) -> Page:
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP,
            locale=locale,
            java_script_enabled=script,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{demo.association(slug)['url']}/?lang={locale}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """The names of the pages that axe has looked at."""
    return set()


@pytest.fixture
def sound(seen: set[str]) -> Iterator[Callable[[Page, str], None]]:
    """`sound(page, name)` keeps a picture, and notes what axe finds and what sticks out sideways; none may."""
    found = []

    def check(page: Page, name: str) -> None:
        found.extend(too_wide(page, name))
        if name not in seen:
            seen.add(name)
            picture(page, f"journeys/{name}")
            found.extend(found_by_axe(page, name))

    yield check
    assert not found, "\n\n".join(found)
