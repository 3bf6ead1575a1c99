"""The forms of a page as a browser would send them: where to, by which method, with which fields and values."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pair = tuple[str, str, str]


@dataclass
class PageForm:
    """One form: its fields in order, as name, type and value; a choice stands once, with one of its values."""

    action: str
    method: str
    fields: list[Pair] = field(default_factory=list)


class FormReader(HTMLParser):
    """Gathers the forms of a page, and the names that its links put into queries."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is None:
            return
        name = given.get("name", "")
        if tag == "select":
            self._select = name
            self._open.fields.append((name, "select", ""))
        elif tag == "option" and self._select and given.get("value"):
            self._set(self._select, given["value"])
        elif tag == "textarea":
            self._open.fields.append((name, "textarea", "نص"))
        elif tag in ("input", "button") and name:
            self._open.fields.append((name, given.get("type", "text"), given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""

    def _set(self, name: str, value: str) -> None:
        assert self._open is not None
        self._open.fields[-1] = (name, "select", value)


def forms_of(text: str) -> list[PageForm]:
    """Return the forms of a page."""
    reader = FormReader()
    reader.feed(text)
    return reader.forms
