"""A message as its reader will get it, before it is sent: its words, language, means and papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.models import Case
from silah.forms.texts import masked
from silah.language.localization import locale
from silah.notifications import service as notifications
from silah.notifications.placeholders import Value
from silah.notifications.service import Recipient

LANGUAGE_WORDS = {"ar": _l("Arabic"), "en": _l("English")}
MEANS_WORDS = {
    "email": _l("By e-mail"),
    "sms": _l("By text message"),
    "hand": _l("By a member of staff: a letter, a call or a visit"),
}


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A message to an applicant that has not been sent; ``papers`` are names and addresses of what goes with it."""

    subject: str
    body: str
    language: str
    language_words: Any
    means_words: Any
    channel: str
    address: str
    papers: Sequence[tuple[str, str]]


def preview_message(
    template: str, case: Case, context: Mapping[str, Value], papers: Sequence[tuple[str, str]] = ()
) -> LetterPreview | None:
    """Return a message to the applicant of a case as it would go out now; None where nobody can be reached."""
    if case.anonymous:
        return None
    to = Recipient.of_case(case)
    said = notifications.compose(template, to, case.locale, context, case)
    channel = case.policy_version.policy.channel(case.reply_channel)
    return LetterPreview(
        subject=said.subject,
        body=said.body,
        language=case.locale,
        language_words=LANGUAGE_WORDS.get(case.locale, case.locale),
        means_words=MEANS_WORDS[to.means],
        channel=channel.name.for_locale(locale()) if channel else "",
        address=hide_address(to.address),
        papers=papers,
    )


def hide_address(address: str) -> str:
    """Return enough of an address to recognise it, and no more."""
    name, at, host = address.partition("@")
    return f"{name[:2]}•••@{host}" if at else masked(address)
