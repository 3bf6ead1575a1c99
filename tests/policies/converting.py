"""Turns the policy of an association into another one through the editor's pages alone, as an administrator would.

Every field that is filled must be on the page, and every value that is chosen among those offered: what a page cannot
do, this cannot.
"""

from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from silah.policies.field_schema import Shape, fields_of, of_policy
from silah.policies.sections import SECTIONS, Section, shown
from tenants.policy import Policy

Document = dict[str, Any]
KEYED = ("channels", "tools", "committees", "sections", "evidence", "instruments")
ROUNDS = 4


class Page(HTMLParser):
    """What the editor's form holds and offers: names with what is sent, and with what could be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.offers: dict[str, list[str]] = {}
        self.deeds: set[str] = set()
        self._inside, self._area, self._select = False, "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in pairs}
        name = given.get("name", "")
        if tag == "form":
            self._inside = given.get("id") == "edit"
        if not self._inside:
            return
        if tag == "button" and name == "deed":
            self.deeds.add(given.get("value", ""))
        elif tag == "input" and name:
            self.offers.setdefault(name, []).append(given.get("value", ""))
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.sent.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.offers.setdefault(name, [])
            self.sent[name] = [""]
        elif tag == "select":
            self._select = name
            self.offers.setdefault(name, [])
        elif tag == "option":
            self.offers[self._select].append(given.get("value", ""))
            if "selected" in given:
                self.sent.setdefault(self._select, []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._inside and self._area:
            self.sent[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._inside = False


class Converter:
    """An administrator at the editor, with another association's policy beside them."""

    def __init__(self, desk: Any, draft: Any, read: Any, target: Policy) -> None:
        self.desk, self.draft, self._read = desk, draft, read
        self.target: Document = target.document()

    def convert(self) -> None:
        """Edit section after section, some again once what they point at is there, until nothing differs."""
        for _round in range(ROUNDS):
            for section in SECTIONS:
                if not self.is_done(section):
                    self.edit(section)
            if not self.left():
                return
        raise AssertionError(f"still different: {self.left()} {self.why()}")

    def left(self) -> list[str]:
        """The sections that still differ."""
        return [section.key for section in SECTIONS if not self.is_done(section)]

    def why(self) -> str:
        """The first thing that differs, for whoever mends it."""
        mine = self._read().document()
        for section in SECTIONS:
            ours, theirs = plain(shown(section, mine), mine), plain(shown(section, self.target), self.target)
            for name in section.fields:
                if ours[name] != theirs[name]:
                    pairs = zip(ours[name] or [], theirs[name] or [], strict=False)
                    return f"{name}: {next((one for one in pairs if one[0] != one[1]), (ours[name], theirs[name]))}"
        return ""

    def is_done(self, section: Section) -> bool:
        """Whether the section says what the other policy says, by whatever keys its parts are called."""
        mine = self._read().document()
        return plain(shown(section, mine), mine) == plain(shown(section, self.target), self.target)

    def edit(self, section: Section) -> None:
        """Open the section's page, make room for all its parts, fill it in and save it."""
        self.address = f"/admin/policy/{self.draft}/{section.key}"
        self.page = Page(self.desk.get(self.address).text)
        wanted = shown(section, self.target)
        for name in section.fields:
            self.make_room(of_policy(name), name, wanted[name])
        for name in section.fields:
            self.fill(of_policy(name), name, wanted[name])
        self.press("preview")  # parts that were just named get their keys
        for name in section.fields:
            self.fill(of_policy(name), name, wanted[name], pointing=True)
        self.answer = self.desk.post(self.address, data={**self.page.sent, "deed": "save"})

    def press(self, deed: str) -> None:
        """Press a button of the form; it must be there."""
        assert deed in self.page.deeds, (self.address, deed)
        answer = self.desk.post(self.address, data={**self.page.sent, "deed": deed})
        assert answer.status_code in (200, 422), (self.address, deed, answer.status_code)
        self.page = Page(answer.text)

    def make_room(self, shape: Shape, path: str, value: Any) -> None:
        """Add and remove parts until the page has as many as are wanted."""
        if shape.kind == "part":
            if shape.optional and (path in self.page.sent) != (value is not None):
                self.press(f"{'add' if value is not None else 'drop'}:{path}")
            for name, inner in fields_of(shape.model).items() if value is not None and shape.model else ():
                self.make_room(inner, f"{path}.{name}", value.get(name))
        elif shape.kind == "list":
            while self.page_has(path):
                self.press(f"remove:{path}.{self.page_has(path) - 1}")
            for place, item in enumerate(value or ()):
                self.press(f"add={item['kind']}:{path}" if shape.steps else f"add:{path}")
                for name, inner in self.parts(shape, item).items():
                    self.make_room(inner, f"{path}.{place}.{name}", item.get(name))

    def page_has(self, path: str) -> int:
        """How many items the page shows in a list."""
        depth = path.count(".") + 1
        places = {
            name.split(".")[depth]
            for name in self.page.offers
            if name.startswith(f"{path}.") and name.count(".") >= depth
        }
        return sum(place.partition("|")[0].isdigit() for place in places)

    def parts(self, shape: Shape, item: Document) -> Mapping[str, Shape]:
        """The fields of one item of a list."""
        if shape.steps:
            return fields_of(of_policy(item["kind"]).model)  # type: ignore[arg-type]  # a step has a model
        return fields_of(shape.model) if shape.model else {}

    def fill(self, shape: Shape, path: str, value: Any, *, pointing: bool = False) -> None:
        """Write a value into its field; what points at other parts only once those have their keys."""
        kind = shape.kind
        if kind == "part" and value is not None and shape.model:
            for name, inner in fields_of(shape.model).items():
                self.fill(inner, f"{path}.{name}", value.get(name), pointing=pointing)
        elif kind == "list":
            for place, item in enumerate(value or ()):
                for name, inner in self.parts(shape, item).items():
                    self.fill(inner, f"{path}.{place}.{name}", item.get(name), pointing=pointing)
        elif shape.refers in ("channel", "evidence") or kind == "facts":
            if pointing:
                self.point(shape, path, value)
        elif kind not in ("key", "part", "list") and not pointing:
            self.write(shape, path, value)

    def write(self, shape: Shape, path: str, value: Any) -> None:
        """One line, text, number, tick or choice."""
        sent = self.page.sent
        if shape.kind == "pair":
            for language in ("ar", "en"):
                assert f"{path}.{language}" in self.page.offers, path
                sent[f"{path}.{language}"] = [(value or {}).get(language, "")]
        elif shape.kind == "tick":
            assert path in self.page.offers, path
            sent[path] = ["y"] if value else []
        elif shape.kind == "many":
            self.tick(path, value or ())
        elif shape.kind == "one":
            self.choose(shape, path, value)
        else:
            assert path in self.page.offers, path
            sent[path] = ["" if value is None else str(value)]

    def choose(self, shape: Shape, path: str, value: Any) -> None:
        """One of the values offered; a kind of channel may be a new one."""
        offered = self.page.offers.get(path, [])
        if value is not None and value not in offered and shape.refers == "channel_kind":
            assert f"{path}+" in self.page.offers, path
            self.page.sent[f"{path}+"] = [value]
        elif value is not None:
            value = self.keys("committees").get(value, value) if shape.refers == "body" else value
            assert value in offered, (path, value, sorted(offered))
            self.page.sent[path] = [value]
        else:
            self.page.sent[path] = [""]

    def point(self, shape: Shape, path: str, value: Any) -> None:
        """What points at channels or evidence, by the keys that they have here; and what a wording fixes."""
        if shape.kind == "facts":
            for setting in value or {}:
                if f"{path}|{setting}" not in self.page.offers:  # one at a time, as the page has it
                    assert setting in self.page.offers[f"{path}+"], (path, setting)
                    self.page.sent[f"{path}+"] = [setting]
                    self.press("preview")
            return
        here = self.keys("channels" if shape.refers == "channel" else "compensation.evidence")
        if shape.kind == "groups":
            for place, group in enumerate(value or ()):
                if f"{path}.{place}" not in self.page.offers:
                    self.press(f"add:{path}")
                self.tick(f"{path}.{place}", [here[key] for key in group])
        else:
            self.tick(path, [here[key] for key in value or ()])

    def tick(self, path: str, wanted: Iterable[str]) -> None:
        """The boxes of a field, which a browser sends in the order in which they stand."""
        boxes = self.page.offers.get(path, [])
        assert set(wanted) <= set(boxes), (path, wanted, boxes)
        self.page.sent[path] = [one for one in boxes if one in set(wanted)]

    def keys(self, path: str) -> dict[str, str]:
        """The key of each part here, by its key in the other policy: they stand in the same order."""
        theirs: Any = self.target
        for part in path.split("."):
            theirs = theirs[part]
        if path in ("channels", "committees"):
            mine = [one["key"] for one in self._read().document()[path]]
        else:
            mine = [self.page.sent[f"{path}.{place}.key"][0] for place in range(len(theirs))]
        return {one["key"]: key for one, key in zip(theirs, mine, strict=False)}


def plain(held: Any, document: Document) -> Any:
    """Part of a policy with keys of its parts told by their place, so that two policies can be compared."""
    names: dict[str, str] = {}
    for part in ("channels", "tools", "sections", "committees"):
        names |= {one["key"]: f"{part} {place}" for place, one in enumerate(document.get(part) or ())}
    evidence = (document.get("compensation") or {}).get("evidence") or ()
    names |= {one["key"]: f"evidence {place}" for place, one in enumerate(evidence)}
    instruments = document["satisfaction"]["instruments"]
    return _renamed(held, names | {one["key"]: f"instrument {place}" for place, one in enumerate(instruments)})


def _renamed(held: Any, names: Mapping[str, str], owner: str = "") -> Any:
    if isinstance(held, dict):
        return {key: _renamed(value, names, key) for key, value in held.items()}
    if isinstance(held, list) and all(isinstance(one, str) for one in held):  # ticks, in whatever order
        return sorted(_renamed(one, names, owner) for one in held)
    if isinstance(held, list):
        return [_renamed(one, names, owner) for one in held]
    return names.get(held, held) if owner in ("key", "channels", "enough", "body") and isinstance(held, str) else held
