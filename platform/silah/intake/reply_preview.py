"""The reply to a request as its reader will get it, before it is sent."""

from flask import url_for

from silah.cases.models import Case
from silah.desk.letter_preview import LetterPreview, preview_message
from silah.intake import letters
from silah.intake.facts import decision_of


def preview_reply(case: Case) -> LetterPreview | None:
    """Return the reply to a request that was decided, with its letter."""
    decision = decision_of(case)
    if decision is None:
        return None
    papers = [(f"{case.reference}.pdf", url_for("requests.letter", id=case.id))]
    return preview_message(letters.TEMPLATE, case, letters.context(case, decision), papers)
