"""The timeline of a case as its applicant is told it: what we did and what they did, in plain words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from silah import clock
from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.timeline_items import Line

WORDS: dict[str, Any] = {
    "received": _l("We received it"),
    "closed": _l("It was closed"),
    "reopened": _l("It was taken up again"),
    "withdrawn": _l("It was taken back"),
    "message_out": _l("We wrote to you"),
    "message_in": _l("You wrote to us"),
    "overdue": _l("The latest day for the reply has passed, and those responsible were told"),
}
"""What happens to cases of every kind; a kind adds its own words, or says it in others."""

SILENT = frozenset(
    {
        "assigned",
        "referral_returned",
        "referral_withdrawn",
        "target_passed",
        "escalated",
        "code_sent",
        "looked",
        "message_failed",
    }
)
"""What is the association's own business."""


def told(case: Case, words: Mapping[str, Any], tones: Mapping[str, str]) -> list[Line]:
    """Return the entries that concern the applicant, newest first, in the words and tones of the case's kind."""
    known = {**WORDS, **words}
    lines = timeline.entries(case, for_applicant=True)
    return [_retold(line, known, tones, case) for line in lines if line.verb not in SILENT]


def _retold(line: Line, words: Mapping[str, Any], tones: Mapping[str, str], case: Case) -> Line:
    tone = tones.get(line.verb, line.tone)
    when = clock.day_of(line.when) if case.anonymous else line.when  # of a nameless one the day alone
    return replace(line, title=words.get(line.verb, line.title), tone=tone, when=when)  # type: ignore[arg-type]
