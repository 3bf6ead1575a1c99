"""The outcome as the policy words it: accepted or rejected, a reply, or news by the agreed means."""

from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from tenants.policy import Policy

WORDS: dict[tuple[str, str], Any] = {
    ("accept_or_reject", "accepted"): _l("Your request has been accepted."),
    ("accept_or_reject", "rejected"): _l("Your request has been rejected."),
    ("reply", "accepted"): _l("In reply to your request: what you asked for will be provided."),
    ("reply", "rejected"): _l("In reply to your request: we regret that what you asked for cannot be provided."),
    ("news_by_agreed_means", "accepted"): _l("The news of your request: the competent committee has approved it."),
    ("news_by_agreed_means", "rejected"): _l("The news of your request: the competent committee has not approved it."),
}

MOTIONS: dict[tuple[str, str], Any] = {
    ("accept_or_reject", "accepted"): _l("Approve the request of %(person)s: %(title)s."),
    ("accept_or_reject", "rejected"): _l("Decline the request of %(person)s: %(title)s."),
    ("reply", "accepted"): _l("Reply to %(person)s that what was asked for will be provided: %(title)s."),
    ("reply", "rejected"): _l("Reply to %(person)s that what was asked for cannot be provided: %(title)s."),
    ("news_by_agreed_means", "accepted"): _l("Approve the request of %(person)s: %(title)s."),
    ("news_by_agreed_means", "rejected"): _l("Do not approve the request of %(person)s: %(title)s."),
}
"""What a committee votes on, as a sentence."""

CHOICES: dict[str, dict[str, Any]] = {
    "accept_or_reject": {"accepted": _l("Accept"), "rejected": _l("Reject")},
    "reply": {"accepted": _l("Reply: to be provided"), "rejected": _l("Reply: cannot be provided")},
    "news_by_agreed_means": {"accepted": _l("Approve"), "rejected": _l("Do not approve")},
}


def words(policy: Policy, outcome: str, locale: str | None = None) -> str:
    """The outcome for the applicant, in a language or in that of the page."""
    text = WORDS[policy.outcome, outcome]
    if locale is None:
        return str(text)
    with force_locale(locale):
        return str(text)


def choices(policy: Policy) -> list[tuple[str, Any]]:
    """What the body that decides chooses from, as the policy words it."""
    return list(CHOICES[policy.outcome].items())


def motion(policy: Policy, outcome: str, *, person: str, title: str) -> str:
    """Return the sentence on which a committee votes, in the language of the moment."""
    return str(MOTIONS[policy.outcome, outcome]) % {"person": person, "title": title}
