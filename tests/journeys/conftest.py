"""Journeys are walked in a real browser through `silah demo`, which runs whole: servers, workers, mail."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ARTEFACTS = Path(__file__).parents[2] / ".artefacts" / "journeys"
CHROMIUM = os.environ.get("SILAH_CHROMIUM", "/usr/bin/chromium")
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
START_SECONDS = 180
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")


class Demo:
    """A running demo: where each association answers, who may sign in, and the mail that went out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.described = json.loads((folder / "demo.json").read_text())

    def association(self, slug: str) -> Any:
        return next(one for one in self.described["associations"] if one["slug"] == slug)

    def account(self, slug: str, role: str) -> Any:
        return next(one for one in self.association(slug)["accounts"] if role in one["roles"])


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """A demo of the tests' own, or the running one in the folder that SILAH_DEMO names."""
    if running := os.environ.get("SILAH_DEMO"):
        yield Demo(Path(running))
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="silah-journeys-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        out = (folder / "out").open("w")
        command = [sys.executable, "-m", "silah", "demo", "--port", str(port), "--data", str(folder), "--workers", "1"]
        process = subprocess.Popen(command, stdout=out, stderr=out)
        try:
            until = time.monotonic() + START_SECONDS
            while "Ready" not in (printed := (folder / "out").read_text()):
                assert process.poll() is None, printed
                assert time.monotonic() < until, printed
                time.sleep(0.2)
            yield Demo(folder)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            out.close()


@pytest.fixture(scope="module")
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playing: Playwright) -> Iterator[Browser]:
    browser = playing.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
    yield browser
    browser.close()


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """`visit(slug, locale)` is a new person's browser at an association's first page."""
    contexts = []

    def open_at(slug: str, locale: str, *, phone: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
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
def seen() -> set[str]:
    """The pages that axe has looked at."""
    return set()


@pytest.fixture
def sound(seen: set[str]) -> Iterator[Callable[[Page, str], None]]:
    """`sound(page, name)` keeps a picture, and notes what axe finds and what sticks out sideways; none may."""
    axe, found = Axe(), []

    def check(page: Page, name: str) -> None:
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found.append(f"{name} is {wide} px wider than the screen")
        if name not in seen:
            seen.add(name)
            report = axe.run(page)
            if report.violations_count:
                found.append(f"{name} ({page.url}):\n{report.generate_report()}")

    yield check
    assert not found, "\n\n".join(found)
