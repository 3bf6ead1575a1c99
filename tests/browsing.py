"""A real browser for tests: Debian's Chromium without a window, a server before it, and what is wrong with a page."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from werkzeug.serving import make_server

from tests.waiting import PATIENCE

ARTEFACTS = Path(__file__).parents[1] / ".artefacts"
CHROMIUM = (
    os.environ.get("SILAH_CHROMIUM")
    or shutil.which("chromium-headless-shell")  # the same engine without the parts that draw a window
    or shutil.which("chromium")
    or "/usr/bin/chromium"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
    "--host-resolver-rules=MAP *.silah.test 127.0.0.1",
)
expect.set_options(timeout=PATIENCE * 1000)
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def listening(app: Any) -> Iterator[int]:
    """The port of this machine at which an app is served meanwhile."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()


@pytest.fixture(scope="module")
def port(app: Any) -> Iterator[int]:
    """Where the application is served to browsers, at *.silah.test."""
    with listening(app) as port:
        yield port


@pytest.fixture(scope="session")
def playing() -> Iterator[Playwright]:
    """Playwright; it keeps a loop of asyncio on the main thread, where no test can run another one."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playing: Playwright) -> Iterator[Browser]:
    browser = playing.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS), timeout=PATIENCE * 1000)
    open_context = browser.new_context

    def patient(**options: Any) -> BrowserContext:
        context = open_context(**options)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    browser.new_context = patient  # type: ignore[method-assign]  # whoever opens one
    yield browser
    browser.close()


@pytest.fixture
def seated(chromium: Browser, port: int) -> Iterator[Callable[..., BrowserContext]]:
    """`seated(tenant, client, width)` is a browser at an association's desk, signed in as a test client is."""
    made = []

    def sit(tenant: Any, client: Any, width: int = 1280, **options: Any) -> BrowserContext:
        host = f"{tenant.slug}.silah.test"
        base = f"http://{host}:{port}"
        context = chromium.new_context(
            base_url=base, viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        made.append(context)
        cookie = client.get_cookie("silah", domain=host)
        context.add_cookies([{"name": "silah", "value": cookie.value, "url": base}])
        return context

    yield sit
    for context in made:
        context.close()


def picture(page: Page, name: str) -> None:
    """Keep how the whole page looks, for whoever looks; ``name`` is a folder and a file."""
    path = ARTEFACTS / f"{name}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True, type="jpeg", quality=80)


def faults(page: Page, name: str) -> list[str]:
    """Whether the page is wider than its screen, and what axe finds on it."""
    return too_wide(page, name) + found_by_axe(page, name)


def too_wide(page: Page, name: str) -> list[str]:
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name} is {wide} px wider than the screen"] if wide > 0 else []


def found_by_axe(page: Page, name: str) -> list[str]:
    broken = Axe().run(page).response["violations"]
    return [
        f"{name}: {rule['id']} {[node['html'][:120] for node in rule['nodes']][:3]} at {page.url}" for rule in broken
    ]
