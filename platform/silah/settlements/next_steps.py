"""What happens next with a dispute or a claim, in words that promise nothing the policy does not."""

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases.models import Case
from silah.settlements.registration import COMPENSATION


def next_steps(case: Case, language: str | None = None) -> list[str]:
    """The next steps, one sentence each, in the case's language by default."""
    with force_locale(language or case.locale):
        return [str(one) for one in (_claim() if case.kind == COMPENSATION else _dispute())]


def _dispute() -> list[str]:
    return [
        _("We look for a settlement with you. Each side can make an offer, and the other accepts, refuses or answers."),
        _("You are told of each offer. You accept with your receipt code and a one-time code that is sent to you."),
        _("Once both sides have accepted, the agreement stands as a paper on the tracking page."),
    ]


def _claim() -> list[str]:
    return [
        _("We first look at the grounds of your claim: what happened, who caused it, and how great the harm is."),
        _("If something is unclear, we write to you."),
        _("Once the grounds are complete, an amount is negotiated. You accept it with your receipt code and a code."),
    ]
