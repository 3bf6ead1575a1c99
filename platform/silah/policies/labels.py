"""What states of a version and acts about it are called."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from silah import clock
from silah.language.localization import dates, locale, number
from silah.policies.models import PolicyAct
from silah.policies.sections import BY_KEY
from tenants.policy import Policy

STATE_WORDS: dict[str, Any] = {
    "draft": _l("Draft"),
    "approved": _l("Approved"),
    "in_force": _l("In force"),
    "superseded": _l("Superseded"),
}
STATE_TONES: dict[str, str] = {"draft": "warn", "approved": "info", "in_force": "good", "superseded": "neutral"}

ACT_WORDS: dict[str, Any] = {
    "started": _l("The draft was begun"),
    "edited": _l("A section was changed"),
    "prepared": _l("Prepared"),
    "reviewed": _l("Reviewed"),
    "approved": _l("Approval given"),
    "board": _l("Adopted by the board"),
    "ratified": _l("Ratified"),
    "scheduled": _l("The day from which it is in force was set"),
    "in_force": _l("Came into force"),
    "unchanged": _l("Reviewed, no change"),
    "review_due": _l("Those who keep the policy were reminded of its review"),
    "took": _l("Changes of the blueprint were taken"),
    "left": _l("Changes of the blueprint were left"),
    "blueprint_seen": _l("A version of the blueprint that changes nothing here was noted"),
}
ACT_TONES: dict[str, str] = {"approved": "good", "board": "good", "ratified": "good", "in_force": "good"}


def control_days(policy: Policy) -> list[tuple[Any, str, str]]:
    """The days of the document's control: of what, the day in both calendars, and how it is printed."""
    block = policy.control
    found = [(_l("Issue"), block.issued, block.issued_printed), (_l("Amendment"), block.amended, block.amended_printed)]
    found += [(ACT_WORDS[one.act], one.on, one.printed) for one in block.sign_offs]
    for act, one in (("board", block.board), ("ratified", block.ratification)):
        if one:
            found.append(
                (ACT_WORDS[act], one.on, " – ".join(part for part in (one.printed_hijri, one.printed) if part))
            )
    return [(words, dates(day) if day else "", printed) for words, day, printed in found if day or printed]


def happened(act: PolicyAct) -> dict[str, Any]:
    """An act as the timeline takes it."""
    section = BY_KEY.get(act.data.get("section", ""))
    body = [str(section.title)] if section else []
    body += [act.note] if act.note else []
    if "places" in act.data:
        body.append(_("Version %(number)s of the blueprint", number=number(act.data["to"])))
        body += [one[locale()] for one in act.data["places"]]
    if act.act == "in_force" and act.data.get("open"):
        count = sum(act.data["open"].values())
        body.append(
            ngettext(
                "%(count)s open case stayed under its version",
                "%(count)s open cases stayed under their version",
                count,
                count=number(count),
            )
        )
    on = date.fromisoformat(act.data["on"]) if act.data.get("on") else None
    if on and (act.act == "scheduled" or on != clock.day_of(act.at)):
        body.append(dates(on))
    return {
        "title": ACT_WORDS.get(act.act, act.act),
        "when": act.at,
        "who": act.by.name if act.by else "",
        "body": "\n".join(body),
        "tone": ACT_TONES.get(act.act, "info"),
    }
