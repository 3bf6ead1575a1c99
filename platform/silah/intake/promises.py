"""What the applicant is told about when: in words that suit a floor or a ceiling."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases import clocks
from silah.cases.models import Case
from silah.i18n import dates
from tenants.periods import Reckoning


def promise(case: Case, locale: str | None = None) -> str:
    """When the reply may be expected, as far as the policy says."""
    with force_locale(locale or case.locale):
        return _words(clocks.reckoning(case))


def _words(found: Reckoning) -> str:
    return str(_said(found))


def _said(found: Reckoning) -> Any:
    if found.bound == "ceiling":
        if found.latest:
            return _("You will have our reply by %(date)s at the latest.", date=dates(found.latest))
        return _(
            "You will have our reply within the period of the policy, counted from the day your request is complete."
        )
    if found.earliest:
        return _(
            "Under the policy requests are studied for a set time, so our reply will not come before %(date)s.",
            date=dates(found.earliest),
        )
    return _("Under the policy requests are studied for a set time, counted from the day your request is complete.")


def next_steps(case: Case, lacking: bool, attestation_owed: bool) -> list[str]:
    """What happens next and by when, for the receipt and the tracking page."""
    policy = case.policy_version.policy
    with force_locale(case.locale):
        steps = []
        if lacking:
            steps.append(_("Send us what is still missing; you can add it on the tracking page."))
        if attestation_owed:
            steps.append(_("Attest that your data are true, on the tracking page or at the association."))
        if not case.completed_on and not lacking:
            steps.append(_("We check that your request is complete."))
        body = _("A committee studies your request.") if policy.studied_by_committee else _("Your request is studied.")
        return [*steps, body, _words(clocks.reckoning(case))]
