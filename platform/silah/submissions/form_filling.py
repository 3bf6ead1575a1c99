"""A page's form, filled with what was typed on it before: the page stays what its view made of it.

So whatever view a form belongs to, the same form can be shown once more: in the other language, after signing in anew,
beside the files that came with it. Passwords, one-time codes, and what proves where a form stood are never filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

OWN = {"csrf_token", "idempotency_key", "sitting"}
"""Fields that belong to the page as it was shown, never to what was typed."""
BUTTONS = {"submit", "button", "image", "reset"}
CHOSEN = {"checkbox", "radio"}
Attributes = Mapping[str, str | None]
Typed = Iterable[tuple[str, str]]


@dataclass
class Form:
    """A form of a page: where it is sent, the names of its fields and buttons, and which files inputs take several."""

    action: str
    names: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)
    files: dict[str, bool] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Reads the forms of a page that are sent by POST, in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[Form | None] = []
        self._open: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, or a control of the form that is open."""
        given = dict(attrs)
        if tag == "form":
            posts = (given.get("method") or "").lower() == "post"
            self._open = Form(given.get("action") or "") if posts else None
            self.forms.append(self._open)
        elif self._open is not None and (name := given.get("name")):
            kind = kind_of(tag, given)
            if kind == "button":
                self._open.buttons.add(name)
            elif kind == "file":
                self._open.files[name] = "multiple" in given
            elif kind:
                self._open.names.add(name)

    def handle_endtag(self, tag: str) -> None:
        """Note where a form ends."""
        if tag == "form":
            self._open = None


class FormFiller(HTMLParser):
    """Writes a page anew, with the controls of one of its forms filled."""

    def __init__(self, place: int, typed: Typed, extras: Mapping[str, str], form: Form, *, fill: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._place, self._fill = place, fill
        self._values: dict[str, list[str]] = {}
        for name, value in typed:
            self._values.setdefault(name, []).append(value)
        self._extras, self._form = dict(extras), form
        self._seen, self._inside = -1, False
        self._select: list[str] | None = None
        self._swallow = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag: a control of the form with what was typed, anything else as it was."""
        given = dict(attrs)
        raw = self.get_starttag_text() or ""
        if tag == "form":
            self._seen += 1
            self._inside = self._seen == self._place
        kind = kind_of(tag, given) if self._inside else None
        name = given.get("name") or ""
        if kind == "file":
            self.written.append(raw + self._extras.pop(name, ""))
        elif not self._fill or not self._inside:
            self.written.append(raw)
        elif tag == "option" and self._select is not None:
            self.written.append(tag_of(tag, marked(given, "selected", given.get("value", "") in self._select)))
        elif kind is None or kind == "button" or name in OWN or is_secret(given):
            self.written.append(raw)
        else:
            self._write_control(tag, kind, name, given, raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write a tag that closes itself."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Write an end; before that of the form, what stands in none of its controls."""
        if tag == "textarea":
            self._swallow = False
        if tag == "select":
            self._select = None
        if tag == "form" and self._inside:
            self._inside = False
            self.written.append("".join(self._extras.values()) + self._left_over())
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text, unless what was typed stands in its place."""
        if not self._swallow:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character as it was."""
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character as it was."""
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Write a comment as it was."""
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Write the declaration as it was."""
        self.written.append(f"<!{decl}>")

    def _write_control(self, tag: str, kind: str, name: str, given: Attributes, raw: str) -> None:
        values = self._values.get(name)
        if kind in CHOSEN and (kind == "checkbox" or values is not None):
            value = given.get("value") or "on"
            self.written.append(tag_of(tag, marked(given, "checked", value in (values or ()))))
        elif tag == "select":
            self._select = values
            self.written.append(raw)
        elif not values:
            self.written.append(raw)
        elif tag == "textarea":
            self.written.append(f"{raw}\n{escape(values.pop(0))}")
            self._swallow = True
        else:
            self.written.append(tag_of(tag, {**given, "value": values.pop(0)}))

    def _left_over(self) -> str:
        """Return what was typed in fields that the fresh page does not have, such as rows added by script."""
        if not self._fill:
            return ""
        known = OWN | self._form.names | self._form.buttons | set(self._form.files)
        left = [(name, value) for name, values in self._values.items() if name not in known for value in values]
        return hidden_inputs(left)


def fill(page: str, found: tuple[int, Form], typed: Typed, extras: Mapping[str, str], *, fill: bool = True) -> str:
    """Return the page with a form of it filled.

    ``found`` is what ``find_form`` gave, ``extras`` markup that belongs after a file input, by the input's name.
    Without ``fill`` only that is added.
    """
    filler = FormFiller(found[0], typed, extras, found[1], fill=fill)
    filler.feed(page)
    filler.close()
    return "".join(filler.written)


def find_form(page: str, path: str, names: set[str]) -> tuple[int, Form] | None:
    """Return the place and the reading of the form that is sent to a path and has most of these fields."""
    reader = FormReader()
    reader.feed(page)
    there = [(place, one) for place, one in enumerate(reader.forms) if one is not None]
    fitting = [(place, one) for place, one in there if urlsplit(one.action).path in ("", path)]
    if not fitting:
        return None
    return max(fitting, key=lambda one: (len(names & (one[1].names | set(one[1].files))), -one[0]))


def hidden_inputs(typed: Typed) -> str:
    """Return hidden inputs that send these values along."""
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in typed
        if name not in OWN
    )


def kind_of(tag: str, given: Attributes) -> str | None:
    """Return what a control is: its input type, textarea, select or button; None for what is no control."""
    if tag in ("textarea", "select", "button"):
        return tag
    if tag != "input":
        return None
    kind = (given.get("type") or "text").lower()
    return "button" if kind in BUTTONS else kind


def is_secret(given: Attributes) -> bool:
    """Tell whether a control takes a password or a code that is good once."""
    return given.get("type") == "password" or given.get("autocomplete") == "one-time-code"


def marked(given: Attributes, name: str, on: bool) -> dict[str, str | None]:
    """Return the attributes with a mark that has no value set or taken away."""
    rest = {key: value for key, value in given.items() if key != name}
    return {**rest, name: None} if on else rest


def tag_of(tag: str, given: Attributes) -> str:
    """Write a start tag."""
    parts = [name if value is None else f'{name}="{escape(value)}"' for name, value in given.items()]
    return f"<{' '.join([tag, *parts])}>"
