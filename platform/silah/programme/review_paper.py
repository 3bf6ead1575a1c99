"""A standing review on letterhead: its figures, remarks and decisions."""

from typing import Any

from flask_babel import gettext as _

from silah import clock
from silah.documents import pdf
from silah.documents.letterhead import letterhead
from silah.language.localization import dates, locale
from silah.programme import labels
from silah.programme.models import StandingReview


def paper(review: StandingReview) -> bytes:
    """The review in the reader's language."""
    facts = [
        (_("What is reviewed"), str(labels.INSTRUMENTS[review.instrument])),
        (_("From"), dates(review.since)),
        (_("To"), dates(review.until)),
    ]
    if review.held_on and review.held_by:
        facts += [(_("Held on"), dates(review.held_on)), (_("Held by"), review.held_by.name)]
    data = {
        "title": _("Standing review"),
        "facts": facts,
        "heads": [_("What is counted"), *(str(labels.COLUMNS[name]) for name in labels.COLUMNS)],
        "rows": [[labels.line(review, one), *cells(one)] for one in review.figures],
        "remarks": _parts(review.remarks),
        "decisions": _parts(review.decisions),
        "labels": {
            "remarks": _("Remarks"),
            "decisions": _("Decisions"),
            "figures": _("Figures of the period"),
            "signature": _("Signature"),
        },
        "letterhead": letterhead(lines=[(_("Date"), dates(clock.today()))]),
    }
    return pdf.render("review", data, locale())


def cells(line: dict[str, Any]) -> list[str]:
    """One line of figures as it is written."""
    return [labels.written(name, line[name]) for name in labels.COLUMNS]


def _parts(text: str) -> list[str]:
    return [part for part in text.splitlines() if part.strip()]
