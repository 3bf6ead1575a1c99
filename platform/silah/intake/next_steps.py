"""What happens next with a case and by when, in words that suit a floor or a ceiling.

Messages, pages and papers say it in these words alone.
"""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases import clocks, reply_promises
from silah.cases.models import Case
from silah.cases.states import UNANSWERED, State
from silah.language import localization
from tenants.policy import Policy


def next_steps(case: Case, locale: str | None = None, *, attestation_owed: bool = False) -> list[str]:
    """The next steps, one sentence or two each, in the order in which they come; in the case's language by default."""
    with force_locale(locale or case.locale):
        policy = clocks.policy_of(case)
        steps = [_first(case), _study(policy)]
        if attestation_owed:
            steps.insert(1, _("Attest that your data are true, on the tracking page or at the association."))
        if case.state in UNANSWERED:
            steps.append(reply_promises.promised(clocks.reckoning(case)))
        channel = policy.channel(case.reply_channel)
        if channel:
            steps.append(
                _("The reply comes to you by: %(means)s.", means=channel.name.for_locale(localization.locale()))
            )
        return steps


def _first(case: Case) -> str:
    if case.state is State.INCOMPLETE:
        return str(_("Add what is still missing. Your request is studied once it is complete."))
    if case.completed_on is None:
        return str(_("First we check your data and documents. If something is missing, we tell you what."))
    return str(_("Your data and documents are complete since %(date)s.", date=localization.dates(case.completed_on)))


def _study(policy: Policy) -> str:
    words: dict[Any, str] = {
        "research_committee": _("Then the research committee studies your request and decides on it."),
        "competent_committee": _("Then the competent committee studies your request and decides on it."),
        "management": _("Then the management studies your request and decides on it."),
    }
    return str(words.get(policy.studied_by, _("Then your request is studied and decided on.")))
