"""What the operator typed is never lost either: by a session or a token that ended, or by a second press."""

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update

from silah import clock
from silah.console import making
from silah.staff import service, session_validity
from silah.submissions import kept_form, operator_form
from tenants.database import db
from tenants.registry import DueWork
from tests.walls.forms import typed_in

NEW, HERE = "/console/associations/new", {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "operator password 1"


@pytest.fixture
def person(app: Any) -> str:
    session_validity.forget()
    email = f"operator-{secrets.token_hex(6)}@silah.test"
    with app.app_context():
        service.choose_password(service.ensure(email, "مشغل المنصة", operator=True).id, PASSWORD)
    return email


@pytest.fixture
def browser(client: Any, person: str) -> Any:
    found = client()
    found.environ_base["REMOTE_ADDR"] = f"10.{secrets.randbelow(250)}.{secrets.randbelow(250)}.1"
    signs_in(found, person)
    return found


@pytest.fixture
def told(serve: Any) -> Iterator[dict[str, str]]:
    """What is typed on the form; what was asked for with it is not made, for other tests count what is owed."""
    slug = f"ghad-{secrets.token_hex(4)}"
    yield {
        "name_ar": "جمعية <الغد> & المستقبل",
        "name_en": "Al-Ghad",
        "slug": slug,
        "blueprint": "tamkeen-qassim",
        "locale": "en",
        "admin_name": "سعاد",
        "admin_email": f"suad-{secrets.token_hex(4)}@silah.test",
    }
    with serve():
        asked = (DueWork.kind == making.KIND, DueWork.payload["slug"].as_string() == slug)
        db.session.execute(update(DueWork).where(*asked).values(done_at=clock.now()))
        db.session.commit()


@pytest.fixture
def asked_for(serve: Any, told: Any) -> Any:
    """How many associations of this address are asked for."""

    def count() -> int:
        with serve():
            of_slug = DueWork.payload["slug"].as_string() == told["slug"]
            return db.session.scalar(select(func.count()).where(DueWork.kind == making.KIND, of_slug)) or 0

    return count


def signs_in(browser: Any, email: str, leads_to: str = "/sign-in") -> Any:
    form = typed_in(browser.get(leads_to).text)
    return browser.post("/sign-in", data=form | {"email": email, "password": PASSWORD})


def session_ends(browser: Any) -> None:
    browser.delete_cookie("silah", domain=browser.base_url.removeprefix("http://"))


def written(browser: Any, told: Any) -> Any:
    """Send the form after the session has ended."""
    form = typed_in(browser.get(NEW).text)
    session_ends(browser)
    return browser.post(NEW, data=form | told, headers=HERE)


@pytest.mark.parametrize("proved", [True, False])
def test_is_filled_after_signing_in_again_and_sent_by_one_press(
    app: Any, monkeypatch: Any, browser: Any, person: str, told: Any, asked_for: Any, proved: bool
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", proved)
    answer = written(browser, told)
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/console/kept")
    assert told["name_en"] not in str(browser._cookies), "the cookie is sealed"
    back = signs_in(browser, person, answer.location)
    assert back.location == "/console/kept"
    page = browser.get(browser.get("/console/kept").location).text
    form = typed_in(page)
    assert {name: form.get(name) for name in told} == told
    assert "ما كتبته ما زال" in page
    assert asked_for() == 0, "nothing is sent by itself"
    assert browser.post(NEW, data=form).status_code == 302
    assert asked_for() == 1
    assert browser.get("/console/kept").location == "/console/associations", "once it is sent nothing is kept"


def test_is_shown_again_at_once_where_only_the_token_ended(
    app: Any, monkeypatch: Any, browser: Any, told: Any, asked_for: Any
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    again = browser.post(NEW, data=told | {"csrf_token": "stale"}, headers=HERE)
    assert again.status_code == 400
    form = typed_in(again.text)
    assert {name: form.get(name) for name in told} == told
    assert asked_for() == 0
    assert browser.post(NEW, data=form).status_code == 302
    assert asked_for() == 1


def test_is_nobody_elses(app: Any, browser: Any, told: Any, person: str) -> None:
    written(browser, told)
    with app.app_context():
        other = f"operator-{secrets.token_hex(6)}@silah.test"
        service.choose_password(service.ensure(other, "مشغل آخر", operator=True).id, PASSWORD)
    signs_in(browser, other)
    assert browser.get("/console/kept").location == "/console/associations"
    assert told["name_en"] not in browser.get(f"{NEW}?kept_form=1").text


@pytest.mark.parametrize("sent", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_of_another_site_is_not_kept(browser: Any, told: Any, sent: Any) -> None:
    form = typed_in(browser.get(NEW).text)
    session_ends(browser)
    assert browser.post(NEW, data=form | told, headers=sent).location == "/sign-in"


def test_is_not_kept_where_it_was_never_shown_or_fills_no_cookie(browser: Any, client: Any, told: Any) -> None:
    assert client().post(NEW, data=told | {"idempotency_key": "made-up"}, headers=HERE).location == "/sign-in"
    assert written(browser, told | {"name_en": "x" * operator_form.MOST_CHARACTERS}).location == "/sign-in"


@pytest.mark.parametrize("held", ["", "nonsense", "A" * 60, "é"])
def test_a_cookie_that_is_none_opens_nothing(browser: Any, held: str) -> None:
    browser.set_cookie(kept_form.COOKIE, held, domain=browser.base_url.removeprefix("http://"))
    assert browser.get("/console/kept").location == "/console/associations"


def test_two_presses_ask_for_one_association(browser: Any, told: Any, asked_for: Any) -> None:
    form = typed_in(browser.get(NEW).text) | told
    first, second = browser.post(NEW, data=form), browser.post(NEW, data=form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert asked_for() == 1


def test_what_was_changed_after_it_was_sent_is_shown_and_sent_knowingly(
    browser: Any, told: Any, asked_for: Any
) -> None:
    form = typed_in(browser.get(NEW).text) | told
    browser.post(NEW, data=form)
    changed = browser.post(NEW, data=form | {"admin_name": "ليلى"}, headers=HERE)
    assert changed.status_code == 409
    assert typed_in(changed.text)["admin_name"] == "ليلى"
    assert asked_for() == 1
