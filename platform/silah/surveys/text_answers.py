"""What came with a round's answers in words and files, as it may be shown, and a search among what is shown.

A search reads the texts as they are shown, after names and numbers were taken out: it finds nothing that the page does
not show without it, so nobody is found by what they are called.
"""

import json

from sqlalchemy import select

from silah.language.text_normalization import fold
from silah.organisation.models import Membership
from silah.surveys import redaction
from silah.surveys.models import SurveyResponse, SurveyRound
from silah.surveys.results import Finding
from tenants.database import db

READ_AT_MOST, SEARCHED_AT_MOST, AT_ONCE = 1000, 50_000, 1000
"""How many people's texts are shown, drawn by lot where there are more; and among how many a search looks."""

LONGEST_SEARCH = 100
Texts = dict[str, list[str]]


def texts(found: SurveyRound, seen: list[Finding], sought: str = "") -> Texts:
    """What was written, by question, where enough wrote: names and numbers taken out, in the order of the alphabet.

    Where words are ``sought``, texts without them are left out.
    """
    wanted = {one.key for one in seen if one.n is not None and one.question.kind in ("short", "long")}
    if not wanted:
        return {}
    hidden = redaction.names(db.session.scalars(select(Membership.name)))
    words = _words(sought)
    rows = select(SurveyResponse.texts).where(SurveyResponse.round_id == found.id).order_by(SurveyResponse.id)
    some = rows.limit(SEARCHED_AT_MOST if words else READ_AT_MOST).execution_options(yield_per=AT_ONCE)
    kept: Texts = {key: [] for key in wanted}
    for row in db.session.scalars(some):
        for key, text in json.loads(row).items():
            if key in wanted and len(kept[key]) < READ_AT_MOST and _has(fold(text), words):
                kept[key].append(redaction.masked(text, hidden))
    return {key: sorted(several, key=fold) for key, several in kept.items()}


def search(shown: Texts, wanted: str) -> Texts:
    """Of the texts that are shown, those in which all these words stand, however they are spelt."""
    words = _words(wanted)
    return {key: [text for text in several if _has(fold(text), words)] for key, several in shown.items()}


def files(found: SurveyRound, seen: list[Finding]) -> dict[str, list[str]]:
    """The files that came with answers, by question, where enough sent one; an anonymous round takes none."""
    wanted = [one.key for one in seen if one.n is not None and one.question.kind == "file"]
    mine = (SurveyResponse.round_id == found.id,)
    kept = {}
    for key in wanted:
        rows = select(SurveyResponse.answers[key].astext).where(*mine, SurveyResponse.answers.has_key(key))
        kept[key] = [str(one) for one in db.session.scalars(rows.order_by(SurveyResponse.id).limit(READ_AT_MOST))]
    return kept


def _words(wanted: str) -> list[str]:
    return fold(wanted[:LONGEST_SEARCH]).split()


def _has(folded: str, words: list[str]) -> bool:
    return all(word in folded for word in words)
