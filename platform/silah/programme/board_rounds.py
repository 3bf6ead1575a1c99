"""What the board's report says of a round: figures with their bounds, how they are worked out, and who took part."""

from flask_babel import gettext as _

from silah.documents import tables
from silah.language.localization import locale, number
from silah.surveys import aggregates, results_presenters
from silah.surveys.definition import piped
from silah.surveys.labels import SCORES, WITHIN, bounds, mean_bounds
from silah.surveys.models import SurveyRound
from silah.surveys.results import Finding

Row = list[tables.Cell]


def told(found: SurveyRound) -> tuple[str, list[str], list[Row], list[str]]:
    """Title, heads, lines and texts of one round: what was rated, and by how many; nothing that its page leaves out."""
    several = results_presenters.findings(found)
    heads = [_("Question"), _("Answered by"), _("Mean"), _("Figure"), _("Bounds (95 per cent)")]
    rows: list[Row] = [_found(one) for one in several]
    texts = [_taking_part(found)]
    kinds = {one.score.kind: one.score.unit for one in several if one.score}
    texts += [f"{SCORES[kind][1]}. {WITHIN[unit]}." for kind, unit in sorted(kinds.items())]
    return _("Survey: %(name)s", name=results_presenters.name(found)), heads, rows, texts


def _found(one: Finding) -> Row:
    asked = piped(one.text.for_locale(locale()), _("our service"))
    if one.n is None:
        return [asked, _("Too few to show"), None, None, None]
    mean = None if one.mean is None else round(one.mean, 2)
    figure = f"{one.score.kind.upper()} {results_presenters.score_words(one.score)}" if one.score else None
    return [asked, one.n, mean, figure, bounds(one.score) if one.score else mean_bounds(one.within)]


def _taking_part(found: SurveyRound) -> str:
    answered = number(aggregates.responses(found))
    if not found.told:
        return str(_("Answers received: %(number)s.", number=answered))
    used = aggregates.used(found)
    rate = f"{number(round(100 * used / found.told))}%"
    said = {"number": answered, "told": number(found.told), "used": number(used), "rate": rate}
    words = _(
        "Answers received: %(number)s. Of %(told)s who were written to, %(used)s answered by their link: %(rate)s.",
        **said,
    )
    return str(words)
