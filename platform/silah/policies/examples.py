"""The internal periods of a section reckoned from today, in words, as the reply period's is."""

from flask_babel import gettext as _

from silah import clock
from silah.cases import referrals
from silah.language.localization import dates, locale
from silah.policies import service
from tenants import versions
from tenants.periods import last_day
from tenants.policy import Policy


def limits(policy: Policy, section: str) -> list[str]:
    """What the periods of this section come to for something asked today."""
    today, calendar = clock.today(), versions.calendar(policy)
    if section == "complaints" and policy.complaints.answer_within:
        day = dates(last_day(today, policy.complaints.answer_within, calendar))
        return [str(_("A complaint that is received today is to be answered by %(date)s.", date=day))]
    if section != "referral":
        return []
    names = service.roles()
    return [
        str(
            _(
                "A question put today to %(role)s is to be answered by %(date)s.",
                role=names[one.role].for_locale(locale()) if one.role in names else one.role,
                date=dates(last_day(today, one.within, calendar)),
            )
        )
        for one in referrals.answerers(policy)
        if one.within
    ]
