"""Service requests as a kind of case: answered within the policy's reply period."""

from flask_babel import lazy_gettext as _l

from silah.cases import kinds, responsibility
from silah.cases.models import Case
from silah.intake import attestations, next_steps
from silah.intake.models import KIND
from silah.language.localization import locale
from silah.web.access import Permission

CHECKING = (Permission.CHECK_COMPLETENESS, Permission.ASSIGN_CASES)
"""Who handles requests that nobody holds, and who does where nobody at work may."""


def _noun(case: Case) -> str:
    """Return what the association calls such a request: of service, of support or of aid."""
    noun = case.policy_version.policy.request_noun.for_locale(locale())
    return noun[:1].upper() + noun[1:]


def _next_steps(case: Case, language: str | None) -> list[str]:
    return next_steps.next_steps(case, language, attestation_owed=attestations.is_owed(case))


REQUEST = kinds.Kind(
    key=KIND,
    letter="R",
    name=_l("Service request"),
    period=lambda case: case.policy_version.policy.reply_period,
    next_steps=_next_steps,
    noun=_noun,
    responsible=responsibility.list_who_hold(*CHECKING),
    awaits=lambda member: responsibility.holds(member, *CHECKING),
)
