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
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{demo.association(slug)['url']}/?lang={locale}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def seen() -> set[int]:
    """The parts that axe has looked at, as `PARTS` tells them."""
    return set()


@pytest.fixture(scope="session")
def pictured() -> set[str]:
    """The names of the pictures that were taken."""
    return set()


PARTS = """() => {
  const told = /^(role|type|lang|dir|style|aria-(?!labelledby|describedby|controls|owns))/
  const parts = new Map()
  const walk = (one, above) => {
    const traits = [...one.attributes].filter(a => a.value || a.name === 'alt')
      .map(a => told.test(a.name) ? a.name + a.value : a.name).sort()
    const words = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    let part = 0
    for (const letter of [above, one.localName, one.className, ...traits, words].join(' '))
      part = Math.imul(31, part) + letter.charCodeAt(0) | 0
    parts.set(part, parts.has(part) ? 2 : 1)
    for (const below of one.children) walk(below, part)
  }
  walk(document.documentElement, innerWidth)
  return [...parts].map(([part, times]) => part * 4 + times)
}"""
"""The elements of a page as axe judges them, a number for each: its kind, traits and place, once or more often."""


@pytest.fixture
def sound(seen: set[int], pictured: set[str]) -> Iterator[Callable[[Page, str], None]]:
    """`sound(page, name)` keeps a picture, and notes what axe finds and what sticks out sideways; none may.

    Axe looks at every page that holds any part which it has not judged in that place, width and language.
    """
    found = []

    def check(page: Page, name: str) -> None:
        found.extend(too_wide(page, name))
        if name not in pictured:
            pictured.add(name)
            picture(page, f"journeys/{name}")
        if new := set(page.evaluate(PARTS)) - seen:
            seen.update(new)
            found.extend(found_by_axe(page, name))

    yield check
    assert not found, "\n\n".join(found)
