"""What a visitor does while parts fall: opens every public address, and sends a complaint as its page does."""

import re
from uuid import uuid4

from flask import Flask

from tests.conftest import Browser
from tests.walls import catalogue

COMPLAINT = {
    "about": "service",
    "text": "تأخر تسليم السلة الغذائية شهرًا كاملًا",
    "how": "named",
    "name": "هيا بنت منصور",
    "mobile": "0550000077",
    "email": "haya@example.com",
    "relation": "self",
    "reply_channel": "email",
    "locale": "ar",
    "branch": "",
}


def complain(browser: Browser) -> None:
    """Send a complaint as the page does, its token included."""
    token = token_of(browser.get("/complaints/new").text)
    answer = browser.post("/complaints/new", data={**COMPLAINT, "csrf_token": token})
    assert answer.status_code == 302, re.sub(r"\s+", " ", answer.text)[-2000:]


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]


def public_addresses(app: Flask) -> list[tuple[str, str]]:
    """Every method and address of every view that is open to all."""
    found = []
    for rule in catalogue.rules(app):
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if rule.endpoint != "static" and (access is None or access.kind != "public"):
            continue
        for words in catalogue.words(rule):
            values = {**words, **{name: uuid4() for name in catalogue.ids(rule)}}
            found += catalogue.calls(app, rule, values)
    return found
