"""The results of a round as its page and its tables show them; ``results`` says what is left out."""

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from silah.documents import tables
from silah.figures import charts
from silah.figures.view import branch_names, channel_names, kind_names
from silah.folding import fold
from silah.i18n import locale, number
from silah.intake.offers import definition, offered
from silah.staff.models import Membership
from silah.surveys import aggregates, masks, results, rounds
from silah.surveys.models import SurveyResponse, SurveyRound
from silah.surveys.results import Finding, Line
from silah.surveys.rules import rules
from silah.surveys.scores import Score
from silah.surveys.words import SCORES, point_words
from tenants.database import db

READ_AT_MOST = 1000


def waits(found: SurveyRound) -> bool:
    """Whether nothing is shown yet: of an anonymous round nobody watches the figures move with one more answer."""
    if found.state == "closed":
        return aggregates.unfinished(found)
    return found.anonymous


def shown(found: SurveyRound) -> dict[str, Any]:
    """Everything on the page."""
    fewest, seen = rules().fewest, findings(found)
    answered, used = aggregates.responses(found), aggregates.used(found)
    return {
        "it": found,
        "waits": waits(found),
        "fewest": fewest,
        "answered": answered,
        "used": used,
        "rate": used / found.told if found.told else None,
        "findings": seen,
        "bars": {one.key: bars(one) for one in seen if one.n is not None and one.lines},
        "texts": texts(found, seen),
        "files": files(found, seen),
        "segments": segment_names(found),
        "scores": SCORES,
    }


def findings(found: SurveyRound) -> list[Finding]:
    """Every question with what may be shown of it now."""
    if waits(found):
        return []
    return results.findings(found.asks, aggregates.as_of_now(found), rules().fewest)


def bars(found: Finding) -> charts.Bars:
    """How often each answer was given."""
    return charts.bars([(label(found, line), line.count) for line in found.lines], rtl=locale() == "ar")


def label(found: Finding, line: Line) -> str:
    """What an answer is called: points of a rating with their words."""
    text = line.label.for_locale(locale())
    if found.question.kind in ("rating", "matrix"):
        return f"{number(int(text))} – {point_words(found.question.measures, text)}"
    return number(int(text)) if found.question.kind == "scale" else text


def score_words(score: Score) -> str:
    """A figure as it is written."""
    if score.unit == "share":
        return f"{number(round(score.value * 100))}%"
    return number(round(score.value)) if score.unit == "points" else number(round(score.value, 2))


def segment_names(found: SurveyRound) -> dict[str, str]:
    """What the parts are called by which this round's results are told apart."""
    if found.split == "service":
        return {str(one.type.id): definition(one).title.for_locale(locale()) for one in offered()}
    named = {"branch": branch_names, "channel": channel_names, "kind": kind_names}.get(found.split)
    return named() if named else {}


def texts(found: SurveyRound, seen: list[Finding]) -> dict[str, list[str]]:
    """What was written, by question, where enough wrote: names and numbers taken out, in the order of the alphabet."""
    wanted = {one.key for one in seen if one.n is not None and one.question.kind in ("short", "long")}
    if not wanted:
        return {}
    hidden = masks.names(db.session.scalars(select(Membership.name)))
    rows = select(SurveyResponse.texts).where(SurveyResponse.round_id == found.id)
    kept: dict[str, list[str]] = {key: [] for key in wanted}
    for row in db.session.scalars(rows.order_by(SurveyResponse.id).limit(READ_AT_MOST)):
        for key, text in json.loads(row).items():
            if key in wanted:
                kept[key].append(masks.masked(text, hidden))
    return {key: sorted(several, key=fold) for key, several in kept.items()}


def files(found: SurveyRound, seen: list[Finding]) -> dict[str, list[str]]:
    """The files that came with answers, by question, where enough sent one; an anonymous round takes none."""
    wanted = [one.key for one in seen if one.n is not None and one.question.kind == "file"]
    mine = (SurveyResponse.round_id == found.id,)
    kept = {}
    for key in wanted:
        rows = select(SurveyResponse.answers[key].astext).where(*mine, SurveyResponse.answers.has_key(key))
        kept[key] = [str(one) for one in db.session.scalars(rows.order_by(SurveyResponse.id).limit(READ_AT_MOST))]
    return kept


def table(found: SurveyRound, form: str) -> bytes:
    """The same as a table: one line an answer that could be given."""
    heads = [
        _("Question"), _("Answer"), _("Chosen by"), _("Share"), _("Answered by"), _("Mean"), _("Figure"), _("Part"),
    ]  # fmt: skip
    if form == "xlsx":
        return tables.xlsx(_("Results"), heads, rows(found), rtl=locale() == "ar")
    return tables.csv(heads, rows(found))


def rows(found: SurveyRound) -> Iterator[list[tables.Cell]]:
    """The lines of the table; what the page leaves out is left out here."""
    names = segment_names(found)
    for one in findings(found):
        asked = one.text.for_locale(locale())
        if one.n is None:
            yield [asked, _("Too few to show"), None, None, None, None, None, None]
            continue
        mean = None if one.mean is None else round(one.mean, 2)
        figure = score_words(one.score) if one.score else None
        for line in one.lines or (None,):
            chosen = (label(one, line), line.count, round(line.share, 4)) if line else ("", None, None)
            yield [asked, *chosen, one.n, mean, figure, None]
        for part in one.parts:
            shown_mean = None if part.mean is None else round(part.mean, 2)
            words = "" if part.n is not None else _("Too few to show")
            yield [asked, words, None, None, part.n, shown_mean, None, names.get(part.segment, part.segment)]


def name(found: SurveyRound) -> str:
    """What the round is called."""
    return rounds.name(found, locale())
