"""The poster that tells people how to complain: a code to scan, the short address in large letters, both languages."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.complaints.rules import rules
from silah.documents import pdf
from silah.documents.addresses import association_address
from silah.documents.letterhead import letterhead
from silah.language.bilingual import other_language
from silah.language.localization import locale
from tenants import versions
from tenants.policy import Policy
from tenants.policy_parts import Channel

ADDRESS = "/c"
WIDEST = 700
"""How many points of type a line holds of an address: the shorter it is, the larger it stands."""
LARGEST, SMALLEST = 30, 13


def paper(language: str) -> bytes:
    """The poster as a PDF of one A4 page; the language given stands first, the other one under it."""
    address = association_address(ADDRESS)
    shown = address.partition("://")[2]
    first, second = (language, other_language(language))
    with force_locale(language):
        data = {
            "title": _("How to complain"),
            "letterhead": letterhead(),
            "labels": {},
            "scan": _("Scan to complain"),
            "qr": pdf.qr(address),
            "shown": shown,
            "size": min(LARGEST, max(SMALLEST, WIDEST // max(len(shown), 1))),
            "halves": [_half(first), _half(second)],
            "ways": [[one.name.for_locale(locale()), one.address] for one in by_hand(_policy()) if one.address],
        }
        return pdf.render("complaints_poster", data, locale())


def by_hand(policy: Policy) -> list[Channel]:
    """The channels beside the website by which the policy has complaints come."""
    named = [policy.channel(key) for key in policy.complaints.channels]
    return [one for one in named if one and not one.retired and one.kind not in ("website", "web", "portal", "app")]


def _half(language: str) -> dict[str, Any]:
    with force_locale(language):
        points = [
            _("Whom you complain about neither sees nor handles it."),
            _("You get a reference and a receipt code, and follow it with them."),
            _("You can object to the answer once."),
        ]
        if rules().anonymous:
            points.insert(0, _("With your name or without."))
        return {
            "locale": language,
            "question": _("Do you have a complaint?"),
            "lead": _("Tell us. Scan the code, or open this address:"),
            "points": [str(point) for point in points],
        }


def _policy() -> Policy:
    return versions.in_force(clock.today()).policy
