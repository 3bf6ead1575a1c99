"""The printed policy: its sections as printed, and the control block with its blanks."""

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.documents import pdf, service
from silah.documents.letterhead import letterhead
from silah.language.localization import date_g, date_h, dates, shown_digits
from silah.policies import approval_signatures as pictures
from silah.policies import approvals
from silah.policies.labels import ACT_WORDS
from tenants.clauses import printed
from tenants.policy import Policy
from tenants.policy_parts import Channel, Clause, Section
from tenants.versions import PolicyVersion

BLANK = "……………………"


def policy(version: PolicyVersion, locale: str) -> bytes:
    """Return the policy as a PDF in one language: clauses as printed, and the control of the document."""
    with force_locale(locale):
        return pdf.render("policy", data(version, locale), locale)


def data(version: PolicyVersion, locale: str) -> dict[str, Any]:
    """The data of the template, in the language of the moment."""
    policy = version.policy
    numbered = policy.lettering == "numbered"
    return {
        "title": policy.title.for_locale(locale),
        "sections": [
            {
                "heading": section.heading.for_locale(locale),
                "mark": _mark(section, index, numbered, locale),
                "items": [_clause(clause, locale) for clause in section.items],
            }
            for index, section in enumerate(printed(policy), 1)
        ],
        "numbered": numbered,
        "control": control(version, policy, locale),
        "marks": marks(version),
        "channels": [_channel(channel, locale) for channel in policy.public_channels],
        "labels": {
            "control": _("Control of the document"),
            "channels": _("How to reach us"),
            "superseded": _old(version),
        },
        "letterhead": letterhead(lines=_blanks(policy), licence=policy.identity.licence_shown),
    }


def _blanks(policy: Policy) -> list[tuple[str, str]]:
    """The lines that the letterhead leaves to be filled in by hand."""
    words = {"number": _("Number"), "date": _("Date"), "attachments": _("Attachments")}
    return [(words[name], BLANK) for name in policy.identity.letterhead]


def marks(version: PolicyVersion) -> list[tuple[str, str]]:
    """The signatures and seals with which a version was approved: (of which act it is what, the drawing)."""
    words = {"signature": _("The signature"), "seal": _("The seal")}
    return [
        (f"{ACT_WORDS[name]} – {words[kind]}", pdf.picture(service.open(stored), stored.media_type))
        for name, act in approvals.standing(version).items()
        for kind, stored in pictures.of(act)
    ]


def _channel(channel: Channel, locale: str) -> dict[str, str]:
    """One line of the table of channels: its name, its address with what it leads to, and its hours."""
    hours = channel.hours.for_locale(locale) if channel.hours else ""
    return {"name": channel.name.for_locale(locale), "address": channel.address, "link": channel.link, "hours": hours}


def _old(version: PolicyVersion) -> str:
    """What a version that counts no longer says of itself, over its title."""
    if version.state != "superseded" or version.in_force_until is None:
        return ""
    return str(_("This version counted until %(date)s. Another is in force now.", date=date_g(version.in_force_until)))


def _mark(section: Section, index: int, numbered: bool, locale: str) -> str:
    """What stands before a heading: the letter as printed, a number, or nothing."""
    if section.letter:
        return f"{section.letter})" if locale == "ar" else f"({section.letter})"
    return shown_digits(f"{index}.") if numbered else ""


def _clause(clause: Clause, locale: str) -> dict[str, Any]:
    return {
        "text": clause.text.for_locale(locale),
        "items": [_clause(item, locale) for item in clause.items],
    }


def control(version: PolicyVersion, policy: Policy, locale: str) -> list[tuple[str, str]]:
    """Number, dates and acts of the document; what is blank in the original stays blank."""
    block = policy.control
    rows = [(_("Version"), shown_digits(version.number)), (_("Issued"), block.issued_printed)]
    rows += [
        (_("Amendment"), version.amendment or (BLANK if block.amended_printed else "")),
        (_("Date of the amendment"), block.amended_printed),
    ]
    rows.append((_("Copyright"), shown_digits(block.copyright_year)))
    acts = {"prepared": _("Prepared by"), "reviewed": _("Reviewed by"), "approved": _("Approved by")}
    rows += [
        (acts[one.act], " · ".join(part for part in (one.role.for_locale(locale), one.printed) if part))
        for one in block.sign_offs
    ]
    if block.board:
        days = [part for part in (block.board.printed_hijri, block.board.printed) if part]
        session = [_("session %(number)s", number=shown_digits(block.board.number))] if block.board.number else []
        rows.append((_("Adopted by the board"), " — ".join([*session, *days]) or BLANK))
    if block.ratification:
        one = block.ratification
        days = [part for part in (one.printed_hijri, one.printed) if part]
        ratified = " — ".join(days) or (dates(one.on) if one.on else BLANK)
        rows.append((_("Ratified by"), f"{one.by.for_locale(locale)} {ratified}"))
        words = {"signature": _("The signature"), "seal": _("The seal")}
        rows += [(words[mark], BLANK) for mark in one.marks if mark in words and one.on is None]
    if version.in_force_from:
        rows.append((_("In force from"), f"{date_h(version.in_force_from)} — {date_g(version.in_force_from)}"))
    return [(label, value) for label, value in rows if value]
