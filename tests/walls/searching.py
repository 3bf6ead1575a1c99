"""Every page there is, as one who is barred from a complaint would search them; and all that an answer says."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tenants.registry import Association
from tests import paper_text
from tests.walls import catalogue
from tests.walls.conftest import Town

WORDS = (
    "زعفرانقرمزي", "فسيفساءزرقاء", "قرنفلمخبأ", "سنديانمنسي", "ياقوتمطفأ", "مرجانمهاجر", "بيلسانمكتوم", "لازوردناطق",
)  # fmt: skip
"""What is said in the complaint and nowhere else."""

TEXT, OUT, IN, NOTE, QUESTION, FINDINGS, ANSWER, ACTION = WORDS
SEARCHES = ("", "?q={reference}", "?view=all&q={reference}", "?view=all", "?q=0550000088&view=all", "?q=" + TEXT)
NEVER_SHOWN = ("/console", "/demo")


@dataclass
class Trace:
    """The complaint that must not be found: what it is called, its parts, and what would betray it."""

    reference: str = ""
    ids: dict[str, list[Any]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in catalogue.rules(app) if not rule.rule.startswith(NEVER_SHOWN)]


def opened(app: Flask, browser: FlaskClient) -> dict[str, str]:
    """Every page that has no id in its address, without what changes by itself."""
    found = {}
    for rule in rules_of(app):
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.rule not in LEAVING:
            found[rule.rule] = plain(browser.get(rule.rule).data, rule.rule)
    return found


PARTS = {"Case", "StoredFile", "OutboxMessage", "CorrectiveAction"}
"""What an address of the complaint may name."""

LEAVING = {"/sign-out", "/statistics"}
"""What ends the session; what is the public's, with its own suppression."""


def plain(data: bytes, path: str) -> str:
    text = data.decode("utf-8", "replace")
    text = re.sub(r'name="(csrf_token|idempotency_key)"[^>]*>', "", text)
    text = re.sub(r'(nonce|content)="[^"]*"', "", text)
    text = re.sub(r'"(proof|at)":"[^"]*"', "", text)
    return re.sub(r"\?v=[0-9a-f]+", "", text)


def addresses(app: Flask, told: Trace, home: Town) -> Iterator[str]:
    """Each page there is, with every id of the complaint that may stand in it, and every search for it."""
    for rule in rules_of(app):
        if "GET" not in (rule.methods or ()) or rule.rule in LEAVING:
            continue
        named = catalogue.ids(rule)
        choices = {name: some_ids(told, home, model) for name, model in named.items()}
        for words in catalogue.words(rule):
            for number in range(max([len(ids) for ids in choices.values()], default=1)):
                values = {**words, **{name: ids[number % len(ids)] for name, ids in choices.items()}}
                for method, path in catalogue.calls(app, rule, values):
                    if method == "GET":
                        for query in SEARCHES if searched(rule) and not named else SEARCHES[:1]:
                            yield path + query.format(reference=told.reference)


def searched(rule: Rule) -> bool:
    """Whether a page may be narrowed by its query: those of the desk, the public's answers, and tables."""
    return rule.rule.startswith(("/desk", "/answers", "/admin/staff", "/admin/changes"))


def some_ids(told: Trace, home: Town, model: Any) -> list[Any]:
    """What the complaint has of this model, else what the association has, else nothing that there is."""
    if model is Association:
        return [home.tenant.id]
    return told.ids.get(model.__name__) or home.ids(model, most=1) or [uuid4()]


def read(answer: Any) -> str:
    """All that an answer says: a table's cells and a paper's text too; a redirect repeats where it leads."""
    if 300 <= answer.status_code < 400:
        return str(answer.headers)
    data: bytes = answer.data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    if data[:5] == b"%PDF-":
        return paper_text.everything(data) + str(answer.headers)
    return data.decode("utf-8", "replace") + str(answer.headers)


def found_beside_the_search(word: str, said: str) -> bool:
    """Whether a page says a word outside of links and the search box, which repeat what was asked for."""
    bare = re.sub(r'(value|href|action|content)="[^"]*"', "", said)
    bare = re.sub(r"<(title|h1|q|mark|search)[^>]*>.*?</\1>", "", bare, flags=re.S)
    return re.search(rf"<(td|li|a|bdi)[^>]*>[^<]*{re.escape(word)}", bare) is not None
