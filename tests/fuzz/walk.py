"""A walk over every route with hostile requests, as a visitor, an officer, an administrator and the operator.

The same seed walks the same way, as far as ids that are made anew allow it.
"""

import io
import random
import re
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from flask import Flask
from werkzeug.routing import AnyConverter, Rule, UUIDConverter
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from tests.fuzz import values
from tests.fuzz.pages import PageForm, forms_of
from tests.walls import catalogue

PLATFORM = Path(__file__).parents[2] / "platform" / "silah"
QUERY = re.compile(r"args(?:\.get\(|\[)\s*\"(\w+)\"|\"(\w+)\" in request\.args")
FRESH = 400
"""After so many requests somebody signs in anew, since a request may have ended their session."""


@dataclass
class Fault:
    """A request that was answered with a server's error, and the error."""

    status: int
    request: str
    error: str = ""

    @property
    def kind(self) -> str:
        """What errors of one cause have in common."""
        lines = [line for line in self.error.splitlines() if "/silah/" in line or "/tenants/" in line]
        last = self.error.strip().splitlines()[-1:] or [str(self.status)]
        return f"{last[0][:160]} | {lines[-1].strip() if lines else ''}"


@dataclass
class Actor:
    """Somebody who sends requests: a browser, how it is made anew, and ids of what they may look at."""

    name: str
    make: Callable[[], Any]
    ids: Callable[[Any], list[Any]]
    browser: Any = None
    sent: int = 0

    def sitting(self) -> Any:
        """Return the browser, made anew from time to time."""
        if self.browser is None or self.sent % FRESH == 0:
            self.browser = self.make()
        self.sent += 1
        return self.browser


@dataclass
class Walk:
    """What a walk found: how often each status was answered, which rules were reached, and faults."""

    app: Flask
    actors: list[Actor]
    luck: random.Random
    told: Counter[int] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    forms: dict[tuple[str, str], PageForm] = field(default_factory=dict)
    count: int = 0
    reported: int = 0
    report: Callable[[str], Any] | None = None
    """Called with the summary from time to time."""

    def __post_init__(self) -> None:
        self.rules = [rule for rule in catalogue.rules(self.app) if rule.endpoint != "static"]
        self.names = query_names()
        self.app.log_exception = lambda info: self.errors.append("".join(traceback.format_exception(*info)))  # type: ignore[method-assign]

    def run(self, requests: int) -> None:
        """Send so many requests, the rules in turn."""
        order: list[Rule] = []
        while self.count < requests:
            if self.report and self.count // 500 > self.reported:
                self.reported = self.count // 500
                self.report(self.summary())
            if not order:
                order = self.rules[:]
                self.luck.shuffle(order)
            self.step(order.pop())

    def step(self, rule: Rule) -> None:
        """Send one hostile request to a rule; first, for a form, the request that shows it."""
        console = rule.rule.startswith("/console") != (self.luck.random() < 0.1)
        actor = self.luck.choice([one for one in self.actors if one.name.startswith("operator") == console])
        method = self.luck.choice(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        if self.luck.random() < 0.03:
            method = self.luck.choice(("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "POST", "GET"))
        path = self.path(rule, actor)
        options: dict[str, Any] = {"method": method, "headers": self.headers()}
        if method in ("POST", "PUT", "PATCH"):
            options |= self.body(rule, path, actor)
        if self.luck.random() < (0.7 if method == "GET" else 0.15):
            options["query_string"] = self.query(rule)
        self.reached[rule.rule] += 1
        self.send(actor, path, options)

    def send(self, actor: Actor, path: str, options: dict[str, Any]) -> str:
        """Send a request and note its answer; gives the page."""
        self.count += 1
        self.errors.clear()
        try:
            answer = self.answer_of(actor, path, options)
            status, text = answer.status_code, answer.get_data().decode("utf-8", "replace")
        except Exception:
            status, text = 599, ""
            self.errors.append(traceback.format_exc())
        self.told[status] += 1
        if status >= 500 or self.errors:
            self.faults.append(Fault(status, f"{actor.name} {path} {options}"[:1500], "".join(self.errors)[-6000:]))
        return text

    def answer_of(self, actor: Actor, path: str, options: dict[str, Any]) -> Any:
        """Send a request by a browser; one to a made-up host goes without, since a browser goes to none such."""
        host = dict(options.get("headers", ())).get("Host")
        if host is None:
            return actor.sitting().open(path, buffered=True, **options)
        environ = create_environ(path, **{**options, "headers": None})
        environ["HTTP_HOST"] = host
        return Response(*run_wsgi_app(self.app, environ, buffered=True))

    def path(self, rule: Rule, actor: Actor) -> str:
        """An address of a rule, each part as it should be, or hostile."""

        def part(found: re.Match[str]) -> str:
            name = found[1].rpartition(":")[2]
            if self.luck.random() < 0.15:
                return values.escaped(self.luck, values.any_text(self.luck)) or "x"
            converter = rule._converters[name]
            if isinstance(converter, UUIDConverter):
                return str(self.luck.choice(actor.ids(catalogue.ids(rule)[name]) or [values.IDS[2]]))
            if isinstance(converter, AnyConverter):
                return self.luck.choice(sorted(converter.items))
            return self.luck.choice(catalogue.WORDS[catalogue.shape(rule, name)])

        return re.sub(r"<([^<>]+)>", part, rule.rule)

    def query(self, rule: Rule) -> str:
        """The query of an address, with names that pages read, some of them twice."""
        pairs = []
        for _ in range(self.luck.randint(1, 4)):
            name = self.luck.choice(self.names)
            value = values.cursor(self.luck) if name in ("from", "after") and self.luck.random() < 0.6 else None
            value = values.value_for(self.luck, name) if value is None else value
            pairs.append(f"{name}={values.escaped(self.luck, value)}")
        if self.luck.random() < 0.3:
            pairs.append("span=own")
        if self.luck.random() < 0.1:
            pairs.append(self.luck.choice(("=", "&&", "a", "%00=%00", "[]=1", pairs[0])))
        return "&".join(pairs)

    def headers(self) -> list[tuple[str, str]]:
        """Headers, seldom hostile."""
        found = []
        for name, options in (
            ("Accept-Language", values.LANGUAGES),
            ("Range", values.RANGES),
            ("If-None-Match", ("*", '"x"', "W/", "\xff")),
            ("If-Modified-Since", ("x", "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT")),
            ("X-Forwarded-For", ("x", "1.2.3.4, ::1")),
            ("X-Forwarded-Host", values.HOSTS),
            ("Referer", ("x", "http://[", "https://evil.example/")),
            ("User-Agent", ("", "\xff", "x" * 3000)),
            ("Host", values.HOSTS),
        ):
            if self.luck.random() < 0.03:
                found.append((name, self.luck.choice(options)))
        if self.luck.random() < 0.02:
            found.append(("Cookie", self.luck.choice(values.COOKIES)))
        return found

    def body(self, rule: Rule, path: str, actor: Actor) -> dict[str, Any]:
        """What a request brings: a form as the page has it, a few fields hostile; or something else altogether."""
        turn = self.luck.random()
        if turn < 0.06:
            return {
                "data": self.luck.choice(values.JSONS).encode("utf-8", "surrogatepass"),
                "content_type": "application/json",
            }
        if turn < 0.12:
            return {"data": self.luck.randbytes(40), "content_type": self.luck.choice(values.KINDS)}
        if turn < 0.18:
            return {"data": self.luck.choice(values.PARTS), "content_type": "multipart/form-data; boundary=b"}
        form = self.form(rule, path, actor)
        pairs = [self.pair(one, actor) for one in form.fields]
        data: dict[str, list[Any]] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        if self.luck.random() < 0.2:
            data.setdefault(values.any_text(self.luck) or "x", []).append(values.any_text(self.luck))
        return {"data": data}

    def pair(self, one: tuple[str, str, str], actor: Actor) -> tuple[str, Any]:
        """A field with its value, or a hostile one; a file with hostile bytes and name."""
        name, kind, value = one
        if kind == "file":
            return name, (io.BytesIO(self.luck.choice(values.FILES)), self.luck.choice(values.NAMES))
        if self.luck.random() < 0.35:
            return name, values.value_for(self.luck, name, kind)
        return name, value

    def form(self, rule: Rule, path: str, actor: Actor) -> PageForm:
        """The form that is sent to a rule, as it stood on a page that shows it; else one with made-up fields."""
        known = self.forms.get((actor.name, rule.rule))
        if (known is None or self.luck.random() < 0.1) and (known := self.find_form(rule, path, actor)):
            self.forms[actor.name, rule.rule] = known
        names = [self.luck.choice(self.names) for _ in range(3)]
        return known or PageForm(path, "post", [(name, "text", "") for name in names])

    def find_form(self, rule: Rule, path: str, actor: Actor) -> PageForm | None:
        """Look for a form that is sent to an address on the page there, and on those above it."""
        for where in [path, *(str(one) for one in PurePosixPath(path).parents)][:4]:
            for form in forms_of(self.send(actor, where, {"method": "GET"})):
                if form.method == "post" and (form.action or where).partition("?")[0] == path and form.fields:
                    return form
        return None

    def summary(self) -> str:
        """What was sent, what was answered, and the faults, those of one cause once."""
        kinds = Counter(fault.kind for fault in self.faults)
        shown = []
        for kind, times in kinds.most_common():
            first = next(fault for fault in self.faults if fault.kind == kind)
            shown.append(f"--- {times} x {kind}\n{first.request}\n{first.error}")
        told = ", ".join(f"{status}: {times}" for status, times in sorted(self.told.items()))
        return "\n".join([f"{self.count} requests, {len(self.reached)} of {len(self.rules)} rules; {told}", *shown])


def query_names() -> list[str]:
    """Return the names that pages read from queries, as the code has them."""
    found = {"from", "after", "since", "until", "q", "sort", "order", "view", "page", "lang"}
    for file in PLATFORM.rglob("*.py"):
        found |= {one or two for one, two in QUERY.findall(file.read_text("utf-8"))}
    return sorted(found)
