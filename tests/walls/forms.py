"""What a browser would send of a page's form."""

from html.parser import HTMLParser
from typing import Any


class Controls(HTMLParser):
    """What a browser would send of a page's main form, and where: buttons and files aside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._area = self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type") or "text"
        if tag == "form":
            self.forms.append((given.get("action") or "", []))
        if not self.forms:
            return
        into = self.forms[-1][1]
        if tag == "textarea":
            self._area = name
            into.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            into.append((self._select, given.get("value") or ""))
        elif tag == "input" and name and kind not in ("file", "submit"):
            chosen = kind not in ("checkbox", "radio") or "checked" in given
            into += [(name, given.get("value") or "")] * chosen

    def handle_data(self, data: str) -> None:
        if self._area:
            name, before = self.forms[-1][1].pop()
            self.forms[-1][1].append((name, before + data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, text = self.forms[-1][1].pop()
            self.forms[-1][1].append((name, text.removeprefix("\n")))
            self._area = ""


def main_form(page: str) -> tuple[str, dict[str, str]]:
    """Where the largest form of a page is sent, and with what."""
    action, values = max(Controls(page).forms, key=lambda form: len(form[1]))
    return action, dict(values)


def typed_in(page: str) -> dict[str, str]:
    return main_form(page)[1]
