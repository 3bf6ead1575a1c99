"""When a reply may be expected, in words that suit a floor or a ceiling."""

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases import clocks
from silah.cases.models import Case
from silah.cases.states import UNANSWERED
from silah.language import localization
from tenants.period_words import span_words
from tenants.periods import Reckoning


def promise(case: Case, locale: str | None = None) -> str:
    """When the reply may be expected: no earlier than a floor's day, or no later than a ceiling's; nothing after it."""
    if case.state not in UNANSWERED:
        return ""
    with force_locale(locale or case.locale):
        return promised(clocks.reckoning(case))


def promised(reckoning: Reckoning) -> str:
    """The promise of a reckoning. A floor gives an earliest day only, and says so."""
    if reckoning.earliest:
        words = str(
            _(
                "The reply comes on %(date)s or after it, not before. The policy sets no latest day.",
                date=localization.dates(reckoning.earliest),
            )
        )
    elif reckoning.latest:
        words = str(_("The reply comes by %(date)s at the latest.", date=localization.dates(reckoning.latest)))
    else:
        words = pending(reckoning)
    if reckoning.estimated:
        words = f"{words} {_('Some holidays in between are estimates, so the day may move.')}"
    return words


def pending(reckoning: Reckoning) -> str:
    """The promise before the day from which the period counts is known."""
    span = span_words(reckoning.period).for_locale(localization.locale())
    if reckoning.bound == "floor":
        words = _(
            "The reply comes %(span)s or more after your request is complete. The policy sets no latest day.", span=span
        )
    else:
        words = _("Once your request is complete, the reply comes within %(span)s from that day.", span=span)
    return str(words)
