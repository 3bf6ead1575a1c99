"""A phone in the field: a real browser, whose connection, tab and battery can be cut off."""

import json
import re
import socket
from contextlib import suppress
from types import SimpleNamespace

import pytest
from playwright.sync_api import Error, expect
from playwright.sync_api import TimeoutError as TooLate
from sqlalchemy import select

from silah.organisation.models import Membership
from silah.surveys import field_work
from silah.surveys.models import SurveyResponse
from tenants import registering
from tenants.context import PLATFORM, serving
from tenants.database import db
from tests.browsing import CHROMIUM, FLAGS, PHONE, faults, listening, picture
from tests.surveys.conftest import answers_in, opened
from tests.waiting import PATIENCE

SECRET = "سر لا يقرؤه أحد"

DUMP = """async () => {
  const open = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("silah-field");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const all = (name) => new Promise((resolve) => {
    open.transaction(name).objectStore(name).getAll().onsuccess = (event) => resolve(event.target.result);
  });
  const text = (value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value instanceof CryptoKey
    ? `key ${value.extractable}` : ArrayBuffer.isView(value) ? "" : value && typeof value === "object"
    ? Object.entries(value).map(([k, v]) => `${k}=${text(v)}`).join(";") : String(value);
  const told = { answers: (await all("answers")).map(text), meta: (await all("meta")).map(text) };
  told.beside = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
  for (const name of await caches.keys())
    for (const kept of await (await caches.open(name)).keys())
      told.beside.push(await (await caches.match(kept)).clone().text());
  open.close();
  return told;
}"""


class Mast:
    """The way to the server: as long as it is ``broken``, answers are taken, and no word of it comes back."""

    def __init__(self, app):
        self.app, self.broken, self.cut = app, False, 0

    def __call__(self, environ, start_response):
        answer = b"".join(self.app.wsgi_app(environ, start_response))
        if self.broken and environ["REQUEST_METHOD"] == "POST":
            self.cut += 1
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return [answer]


@pytest.fixture(scope="module")
def mast(app):
    return Mast(app)


@pytest.fixture(scope="module")
def served(mast):
    with listening(mast) as port:
        yield port


@pytest.fixture(scope="module")
def host(app, home):
    """The association's own domain; what ends in localhost a browser trusts as it does https."""
    with app.app_context(), serving(PLATFORM):
        own = registering.answer_at(home.slug, f"{home.slug}.localhost").host
        db.session.commit()
    return own


@pytest.fixture
def field(app, home, serve, signed_in, host, served, playing, tmp_path, monkeypatch):
    """A round in the field, and a phone of the delegate to whom it was given."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    browser = signed_in(home, "delegate")
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    with serve(home):
        newest = select(Membership.id).where(Membership.roles.any(key="delegate"))
        who = db.session.scalars(newest.order_by(Membership.created_at.desc())).first()
        found = opened(anonymous=True)
        field_work.assign(found, [who])
        db.session.commit()
        id_ = found.id
    base = f"http://{host}:{served}"
    value = browser.get_cookie("silah", domain=f"{home.slug}.silah.test").value
    cookie = {"name": "silah", "value": value, "url": base}

    def launch():
        context = playing.chromium.launch_persistent_context(
            tmp_path / "phone",
            executable_path=CHROMIUM,
            args=list(FLAGS),
            viewport=PHONE,
            base_url=base,
            locale="ar",
            reduced_motion="reduce",
            timeout=PATIENCE * 1000,
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_cookies([cookie])
        return context

    place = SimpleNamespace(launch=launch, context=launch(), id=id_, base=base, home=home, serve=serve)
    yield place
    place.context.close()


def taken_along(field, lang="ar"):
    """The page, once it opens without a connection too."""
    page = field.context.new_page()
    page.goto(f"/desk/field/?lang={lang}")
    expect(page.locator("[data-ready]")).to_be_visible()
    expect(page.locator("[data-rounds] li")).to_have_count(1)
    return page


def stored(page):
    """Wait until all that was typed stands on the phone's disk."""
    expect(page.locator("form[data-unsaved]")).to_have_count(0)


def take(page, name, *, keep=True):
    """Ask one person; the second page stays open where the answers are not kept yet."""
    page.locator("[data-begin]").click()
    page.locator('label[for="happy-0"]').click()
    page.locator('label[for="office-1"]').click()
    page.locator("[data-next]").click()
    page.fill("#why", SECRET)
    page.fill("#times", "١٢")
    page.fill("#name", name)
    if keep:
        page.locator("[data-last]").click()
        expect(page.locator('[data-screen="home"]')).to_be_visible()


def arrived(field):
    with field.serve(field.home):
        rows = db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == field.id)).all()
        found = [answers_in(row) for row in rows]
        return sorted((json.dumps(words, ensure_ascii=False), answers["times"]) for answers, words in found)


def names(field):
    return [re.search(r'"name": "([^"]+)"', texts)[1] for texts, _times in arrived(field)]


def waiting(page, count):
    expect(page.locator("[data-answers] li")).to_have_count(count)


def send(page):
    """Press the button, unless the page has sent everything by itself since the connection came back."""
    button = page.locator("[data-send]")
    while button.is_visible():
        with suppress(TooLate):
            return button.click(timeout=2000)


def check(page, name):
    """What is wrong with the screen as it stands on a phone."""
    picture(page, f"field/{name}")
    return faults(page, name)


def die(field):
    """The battery is empty: the browser is gone at once, with nothing of it asked to finish; then the phone starts."""
    dying = field.context.new_page()
    session = field.context.new_cdp_session(dying)
    with pytest.raises(Error, match="closed"):
        session.send("Browser.crash")
    field.context = field.launch()
    field.context.set_offline(True)
