"""Which tests open a browser or take long, and the order in which all are run."""

import gc

import pytest

from silah.web.worker import GARBAGE

LONG = ("journeys", "benchmarks", "demo", "jobs")
"""Folders whose files take longest: begun with, so that no process waits at the end for another's last file."""


BROWSING = {"playing", "chromium", "seated"}
"""Fixtures of which a test that uses one, however far down, needs Chromium."""
SLOW = {"journeys", "benchmarks", "demo", "jobs", "faults", "fuzz", "cli"}
"""Folders whose tests start programs, or repeat a thing many times."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or takes long, put the longest first, and collect garbage as the web server does."""
    gc.freeze()  # the tests themselves stay to the end
    gc.set_threshold(GARBAGE)
    for item in items:
        mark(item)
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if name in item.path.parts), len(LONG)))


def mark(item: pytest.Item) -> None:
    """Give a test the marks `browser`, `slow` and `demo` by what it uses and where it stands."""
    if BROWSING.intersection(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.browser)
    if SLOW.intersection(item.path.parts):
        item.add_marker(pytest.mark.slow)
    if "demo" in item.path.parts:
        item.add_marker(pytest.mark.demo)
