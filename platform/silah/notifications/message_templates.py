"""The messages there are: whom each is for, which placeholders it knows, and how the platform words it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from flask_babel import lazy_gettext as _l

LOCALES = ("ar", "en")
CASE_PLACES = ("name", "association", "reference", "request", "link", "date")
ACCOUNT_PLACES = ("name", "association", "link")
MEETING_PLACES = ("meeting", "when", "place", "agenda")


@dataclass(frozen=True)
class Wording:
    """One message in one language, with placeholders like ``{{name}}``."""

    subject: str
    body: str


@dataclass(frozen=True)
class Template:
    """One message: what it says in a few words, to whom, and which placeholders may and must stand in it."""

    key: str
    about: Any
    audience: Literal["applicant", "staff", "account"]
    own: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    awaited: bool = False
    """Whether its reader waits for it at a page; then it overtakes other messages."""

    @property
    def places(self) -> tuple[str, ...]:
        """Every placeholder that this message knows."""
        return (ACCOUNT_PLACES if self.audience == "account" else CASE_PLACES) + self.own

    def wording(self, locale: str) -> Wording:
        """How the platform words it."""
        return _wordings(locale)[self.key]


PLACE_WORDS: dict[str, Any] = {
    "name": _l("the recipient's name"),
    "association": _l("the association's name"),
    "reference": _l("the reference of the case"),
    "request": _l("what the request is called"),
    "link": _l("the address of the page to open"),
    "date": _l("today's date in both calendars"),
    "items": _l("the list of what is missing"),
    "remark": _l("a remark by the officer"),
    "promise": _l("when the reply is to be expected"),
    "text": _l("what was written"),
    "outcome": _l("the outcome"),
    "reasons": _l("the reasons"),
    "what": _l("what was delivered"),
    "reason": _l("the reason"),
    "code": _l("the one-time code"),
    "minutes": _l("how many minutes it is good for"),
    "days": _l("how many days it is good for"),
    "title": _l("what the document is called"),
    "count": _l("how many pieces of work"),
    "from": _l("whose work it was"),
    "question": _l("the question"),
    "answer": _l("the answer"),
    "latest": _l("the latest day for the reply"),
    "target": _l("the internal target"),
    "version": _l("the version of the policy"),
    "open": _l("how many open cases stay under earlier versions"),
    "change": _l("which date moved, and by which holiday"),
    "due": _l("by when it is due"),
    "meeting": _l("which meeting of which committee"),
    "when": _l("when the meeting is, in both calendars"),
    "place": _l("where the meeting is, or its address"),
    "agenda": _l("the cases on the agenda"),
    "changes": _l("what changed"),
    "amount": _l("the amount"),
    "code_of": _l("the reference whose receipt code opens the case"),
    "until": _l("the last day for answering"),
    "office": _l("the office that is visited"),
    "day": _l("the day of the visit"),
    "guessed": _l("what is guessed at"),
    "grant": _l("what is to be granted"),
    "asker": _l("who asked for it"),
    "first": _l("the first day of the period"),
    "last": _l("the last day of the period"),
}

TEMPLATES: dict[str, Template] = {}
"""Every message by its key: those below, and what each feature registers."""


def register(templates: Iterable[Template]) -> None:
    """Make messages known; one of the same key replaces an earlier one."""
    TEMPLATES.update({template.key: template for template in templates})


register(
    (
        Template("message", _l("An officer wrote a message"), "applicant", ("text",), ("text",)),
        Template("contact_corrected", _l("A contact on the case was corrected"), "applicant"),
        Template("closed", _l("The case was closed"), "applicant"),
        Template("reopened", _l("The case was opened again"), "applicant", ("reason",)),
        Template("withdrawn", _l("The request was withdrawn"), "applicant"),
        Template("code", _l("A one-time code"), "applicant", ("code", "minutes"), ("code",), awaited=True),
        Template(
            "identity_code",
            _l("A one-time code that proves who somebody is"),
            "applicant",
            ("code", "minutes"),
            ("code",),
            awaited=True,
        ),
        Template("assigned", _l("A case was assigned"), "staff", needs=("link",)),
        Template("referred", _l("A case was referred"), "staff", ("question",), ("link",)),
        Template("referral_answered", _l("A referral was answered"), "staff", ("answer",), ("link",)),
        Template("referral_returned", _l("A referral was returned"), "staff", ("reason",), ("link",)),
        Template(
            "referral_late",
            _l("The time for answering a referral has passed"),
            "staff",
            ("question", "due"),
            ("link",),
        ),
        Template("applicant_answered", _l("The applicant added or wrote something"), "staff", needs=("link",)),
        Template("overdue", _l("A reply is overdue"), "staff", ("latest",), ("link",)),
        Template("target", _l("An internal target is reached"), "staff", ("target",), ("link",)),
        Template("handed_over", _l("Open work was handed over"), "account", ("count", "from"), ("link",)),
        Template("invitation", _l("A member of staff is invited"), "account", ("days",), ("link",), awaited=True),
        Template("password_reset", _l("A new password is chosen"), "account", ("minutes",), ("link",), awaited=True),
        Template(
            "guessing_alert",
            _l("Someone is guessing codes or passwords"),
            "account",
            ("count", "guessed"),
            ("guessed",),
        ),
        Template(
            "grant_waiting", _l("A grant waits for a second administrator"), "account", ("grant", "asker"), ("link",)
        ),
        Template("code_reset", _l("The code from the telephone was reset"), "account", needs=("link",)),
    )
)


@lru_cache(maxsize=2)
def _wordings(locale: str) -> dict[str, Wording]:
    text = (Path(__file__).parent / "wordings" / f"{locale}.toml").read_text("utf-8")
    return {key: Wording(one["subject"], one["body"].strip()) for key, one in tomllib.loads(text).items()}
