"""Every form of every page keeps what is typed on the way to the other language, and nothing is written meanwhile."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import create_engine

from tests.walls.conftest import Town
from tests.walls.test_pages import WRITES, paths, state, watched

TYPED = 'كُتب "هنا" <b>&amp;</b> ١٢'
QUIET = {"staff.set_up", "staff.switch", "shell.parts_page"}
"""Pages that show a fresh secret each time they are opened, or parts of pages whose forms lead nowhere."""
FEWEST = 60


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: each control as its kind, name, value and whether it is chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[list[Any]]]] = []
        self._open: list[list[Any]] | None = None
        self._area: list[Any] | None = None
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        if tag == "form":
            self._open = [] if given.get("method") == "post" else None
            if self._open is not None:
                self.found.append((given.get("action") or "", self._open))
        elif self._open is None:
            return
        elif tag == "textarea":
            self._area = ["area", given.get("name"), "", True]
            self._open.append(self._area)
        elif tag == "select":
            self._select = given.get("name") or ""
        elif tag == "option":
            self._open.append(["option", self._select, given.get("value") or "", "selected" in given])
        elif tag == "input" and given.get("name"):
            kind = given.get("type") or "text"
            kind = "password" if given.get("autocomplete") == "one-time-code" else kind
            chosen = "checked" in given if kind in ("checkbox", "radio") else True
            self._open.append([kind, given["name"], given.get("value") or "", chosen])

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[2] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._area[2] = self._area[2].removeprefix("\n")
            self._area = None
        if tag == "form":
            self._open = None


def filled(controls: list[list[Any]]) -> list[list[Any]]:
    """The controls as somebody might leave them: texts typed, the last option and box chosen, boxes turned over."""
    changed = [list(one) for one in controls]
    last = {one[1]: n for n, one in enumerate(changed) if one[0] in ("option", "radio")}
    for n, one in enumerate(changed):
        if one[0] in ("option", "radio"):
            one[3] = last[one[1]] == n
        elif one[0] == "checkbox":
            one[3] = not one[3]
        elif one[0] in ("text", "area", "email", "tel", "number", "search", "date", "url"):
            one[2] = TYPED
    return changed


def sent(controls: list[list[Any]]) -> list[tuple[str, str]]:
    return [(name, value) for kind, name, value, chosen in controls if chosen and kind not in ("file", "password")]


def by_hand(controls: list[list[Any]]) -> list[tuple[str, str]]:
    """What a person left on the form, without what belongs to the page."""
    return [pair for pair in sent(controls) if pair[0] not in ("csrf_token", "idempotency_key", "sitting")]


def test_what_is_typed_stays_on_every_form_and_nothing_is_recorded(
    app: Flask, a: Town, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, tried, lost = a.insider(), 0, list[Any]()
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    owner = create_engine(settings.owner_url)
    tables = watched(owner, a.tenant.role)
    before = state(owner, tables)
    seen: set[tuple[str, str]] = set()
    for path, endpoint in paths(app, a):
        answer = browser.get(path) if endpoint not in QUIET else None
        if answer is None or answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        offered = re.findall(r'name="switch_language" value="([^"]*)" formaction="([^"]*)"', answer.text)
        for action, controls in Forms(answer.text).found:
            where = urlsplit(action).path
            mine = next((address for value, address in offered if value == where), None)
            if mine is None or (endpoint, where and endpoint) in seen:
                continue
            seen.add((endpoint, where and endpoint))
            left = filled(controls)
            other = browser.post(mine.replace("&amp;", "&"), data=_form([*sent(left), ("switch_language", where)]))
            found = [by_hand(one) for _action, one in Forms(other.text).found]
            tried += 1
            if other.status_code != 200 or by_hand(left) not in found:
                lost.append((path, where, other.status_code))
    after = state(owner, tables)
    owner.dispose()
    assert lost == []
    assert tried >= FEWEST
    assert {name for name, kept in after.items() if kept != before[name]} <= set().union(*WRITES.values())


def _form(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form
