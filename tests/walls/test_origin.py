"""A form with a right token that is refused for its origin says so: the proxy lost a port, or the browser a name."""

import re
from typing import Any

import pytest
from flask import Flask

FOREIGN = "https://evil.example/"


@pytest.fixture
def sent(app: Flask, association: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`sent(referer)` sends the sign-in form over HTTPS, with the token of its page, from such an origin."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    host = f"https://{association.slug}.silah.test"
    browser = client(association)
    browser.base_url = host
    page = browser.get("/sign-in?lang=en")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]  # type: ignore[index]

    def send(referer: str | None, token: str = token) -> Any:
        headers = {"Referer": referer.format(host=host)} if referer else {}
        return browser.post("/sign-in", data={"csrf_token": token, "email": "a@b.example"}, headers=headers)

    return send


def test_a_port_that_the_proxy_did_not_pass_on_is_named(sent: Any) -> None:
    answer = sent("{host}:8443/sign-in")
    assert answer.status_code == 400
    assert "the proxy must pass Host and port" in answer.text
    assert ":8443" in answer.text
    assert "too long" not in answer.text


def test_a_form_of_another_site_is_refused_and_its_address_shown_as_text(sent: Any) -> None:
    answer = sent("https://evil.example<script>/")
    assert answer.status_code == 400
    assert "<script>" not in answer.text.partition("<main")[2]


def test_a_browser_that_names_no_page_is_told(sent: Any) -> None:
    answer = sent(None)
    assert answer.status_code == 400
    assert "Referer" in answer.text


def test_from_its_own_page_the_form_is_taken(sent: Any) -> None:
    assert sent("{host}/sign-in").status_code == 422


def test_a_wrong_token_is_no_matter_of_the_proxy(sent: Any) -> None:
    answer = sent("{host}:8443/sign-in", token="made-up")
    assert answer.status_code == 400
    assert "the proxy must pass" not in answer.text
