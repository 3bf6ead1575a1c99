"""What happens next with a complaint or an inquiry, in words that promise nothing the policy does not."""

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.cases.models import Case
from silah.complaints.models import COMPLAINT
from silah.complaints.rules import rules
from silah.language.localization import locale, number


def next_steps(case: Case, language: str | None = None) -> list[str]:
    """The next steps, one sentence each, in the order in which they come; in the case's language by default."""
    with force_locale(language or case.locale):
        steps = _complaint() if case.kind == COMPLAINT else _inquiry()
        return [*steps[:-1], _reply(case), *steps[-1:]]


def _complaint() -> list[str]:
    return [
        str(_("Your complaint goes to those who handle complaints. Whom it is about does not see it.")),
        str(_("If something is unclear, they ask you.")),
        str(
            _(
                "If the answer does not satisfy you, you can object once, within %(days)s days.",
                days=number(rules().objection_days),
            )
        ),
    ]


def _inquiry() -> list[str]:
    return [
        str(_("It goes to the liaison officer who answers for its field.")),
        str(_("If the answer does not help, say so on the tracking page, and it is answered again.")),
    ]


def _reply(case: Case) -> str:
    channel = case.policy_version.policy.channel(case.reply_channel)
    if case.anonymous or channel is None:
        return str(_("The answer stands on the tracking page. Open it with the reference and the receipt code."))
    return str(_("The answer comes to you by: %(means)s.", means=channel.name.for_locale(locale())))
