"""Cookies lie in the browser for one host alone, under names that no sister host and no page over HTTP can plant."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from silah.app import create_app
from silah.config import Settings
from tenants.context import Tenant
from tenants.database import db
from tests.conftest import BASE, Staff


@pytest.fixture(scope="module")
def over_https(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings.model_copy(update={"scheme": "https"}))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


def test_every_cookie_is_host_only_where_https_serves(over_https: Flask, association: Tenant, staff: Staff) -> None:
    email, password = staff(association, "relations_officer")
    browser, base = over_https.test_client(), f"https://{association.slug}.{BASE}"
    answers = [
        browser.get("/?lang=en", base_url=base),
        browser.get("/sign-in", base_url=base),
        browser.post("/sign-in", base_url=base, data={"email": email, "password": password}),
        *begin_a_request(browser, base),
    ]
    found = [one for answer in answers for one in answer.headers.getlist("Set-Cookie")]
    names = {one.partition("=")[0] for one in found}
    assert {"__Host-silah", "__Host-lang"} <= names
    for one in found:
        assert one.startswith("__Host-")
        attributes = {part.strip().lower() for part in one.split(";")[1:]}
        assert {"secure", "path=/", "httponly"} <= attributes
        assert not any(part.startswith("domain") for part in attributes)
    assert browser.get("/desk/", base_url=base).status_code == 200
    assert browser.get("/", base_url=base).text.count('lang="en"') >= 1


def test_one_planted_under_the_bare_name_counts_for_nothing(over_https: Flask, association: Tenant) -> None:
    base, browser = f"https://{association.slug}.{BASE}", over_https.test_client()
    browser.set_cookie("lang", "en", domain=f"{association.slug}.{BASE}")
    assert '<html lang="ar"' in browser.get("/", base_url=base).text


def begin_a_request(browser: Any, base: str) -> list[Any]:
    """The answers of the first steps of a request, one of which sets the draft's cookie."""
    page = browser.get("/requests/new", base_url=base).text
    link = page.partition('href="/requests/types/')[2].partition('"')[0]
    path = f"/requests/types/{link}"
    return [browser.get(path, base_url=base), browser.post(path, base_url=base, data={})]
