"""What a phone takes along: the questions of a round drawn in both languages, and what they ask for, as JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from silah.language.localization import LOCALES
from silah.language.typed_days import pack_month_lengths
from silah.surveys import rounds
from silah.surveys.answers import LONGEST
from silah.surveys.definition import Definition, Question, Section, piped
from silah.surveys.models import SurveyRound
from tenants.texts import Text

PLACE = "/desk/field/"
LINKED = re.compile(r'(?:href|src)="(/(?:static/|theme\.css|logo)[^"]*)"')


@dataclass
class Leaf:
    """What the macros of questions need of a page, without anything typed."""

    definition: Definition
    tongue: str
    given: Mapping[str, Any] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)

    def words(self, text: Text) -> str:
        """A text in the language that is drawn."""
        return piped(text.for_locale(self.tongue), _("our service"))


def packed(found: SurveyRound) -> dict[str, Any]:
    """One round as a phone keeps it."""
    asks = found.asks
    return {
        "id": str(found.id),
        "title": {tongue: rounds.name(found, tongue) for tongue in LOCALES},
        "closes": found.closes_on.isoformat(),
        "anonymous": found.anonymous,
        "heads": {tongue: _drawn("head", asks, tongue, anonymous=found.anonymous) for tongue in LOCALES},
        "pages": [_page(asks, section) for section in asks.sections],
    }


def _page(asks: Definition, section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": {tongue: Leaf(asks, tongue).words(section.title) for tongue in LOCALES},
        "stands": bool(section.intro.ar or section.intro.en),
        "questions": [_question(one) for one in section.questions],
        "html": {tongue: _drawn("section", asks, tongue, section=section) for tongue in LOCALES},
    }


def _question(one: Question) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "required": one.required,
        "when": one.when.model_dump() if one.when else None,
        "least": one.least,
        "most": one.most,
        "longest": LONGEST.get(one.kind),
        "lines": [part.key for part in (one.rows if one.kind == "matrix" else one.options)],
    }


def _drawn(part: str, asks: Definition, tongue: str, **more: Any) -> str:
    with force_locale(tongue):
        return render_template(f"surveys/field/{part}.html", page=Leaf(asks, tongue), tongue=tongue, **more)


def shells() -> dict[str, str]:
    """The page of a phone in each language: nothing of whoever opens it stands in it, so it can be kept."""
    found = {}
    for tongue in LOCALES:
        with force_locale(tongue):
            found[tongue] = render_template("surveys/field/phone.html", hijri_lengths=pack_month_lengths())
    return found


def kept_files() -> tuple[str, list[str]]:
    """What the page is drawn with, and a fingerprint of all of it: another one makes phones take it along anew."""
    drawn = "\n".join(shells().values())
    files = sorted({one.replace("&amp;", "&") for one in LINKED.findall(drawn)})
    return sha256(drawn.encode()).hexdigest()[:12], files
