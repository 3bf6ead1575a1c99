"""The story of a case: what happened, what was written and what was noted, in one line of time, newest first."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah import clock
from silah.cases import messages, paper_day, responsibility, timeline, visibility
from silah.cases.models import Case, CaseMessage
from silah.cases.person import HOW_WORDS, PAPERS
from silah.cases.timeline_items import Line
from silah.desk import presenters
from silah.desk.action_choices import role_names
from silah.documents.sealing import unseal
from silah.forms.texts import masked
from silah.language.bilingual import join_words
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db

SAID = frozenset({"message_out", "message_in", "noted"})
"""Entries whose text stands in a message of its own."""

OTHERS = ("complaint", "into", "from")
"""Where an entry names another case by its reference."""

FILE_WORDS = {
    "national_id": _l("National ID or iqama"),
    "name": _l("Name"),
    "mobile": _l("Mobile"),
    "email": _l("E-mail"),
    "member_number": _l("Membership number"),
    "locale": _l("Language of letters"),
}
"""The entries of a beneficiary's file that can be corrected."""

WRITTEN: dict[str, tuple[Any, str]] = {
    "out": (_l("To the applicant"), "info"),
    "in": (_l("From the applicant"), "good"),
    "note": (_l("Internal note"), "neutral"),
}


def of(case: Case, member: Member, roles: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The entries as the timeline part takes them; ``roles`` are the names of the roles where they are known."""
    written = messages.list_messages(case, for_applicant=False)
    if any(message.direction == "in" and message.seen_at is None for message in written):
        messages.mark_seen(case, by_applicant=False)
    responsibility.mark_read(case, member)
    people = names({message.written_by for message in written if message.written_by})
    lines = [line for line in timeline.entries(case, for_applicant=False) if line.verb not in SAID]
    lines = without_unseen(lines, member)
    explain = Explained(case, role_names() if roles is None else roles)
    entries = [happened(line, explain) for line in lines] + [said(message, people) for message in written]
    if case.anonymous:  # of whom no hour is kept, none is shown
        entries = [{**entry, "when": clock.day_of(entry["when"])} for entry in entries]
    return sorted(entries, key=lambda entry: (entry["when"], entry["seq"]), reverse=True)


def without_unseen(lines: list[Line], member: Member) -> list[Line]:
    """The lines without those that name another case which this member may not see, a complaint above all."""
    named = {line.data[key] for line in lines for key in OTHERS if key in line.data}
    if not named:
        return lines
    rows = select(Case.reference).where(Case.reference.in_(named), visibility.visible(member))
    unseen = named - set(db.session.scalars(rows))
    return [line for line in lines if unseen.isdisjoint(line.data.get(key) for key in OTHERS)]


def happened(line: Line, explain: "Explained") -> dict[str, Any]:
    """One entry of the timeline, with what its data say in words."""
    body = "\n".join(part for part in (explain(line), paper_day.read_day(line.data), line.body) if part)
    return {
        "title": line.title,
        "when": line.when,
        "seq": line.seq,
        "who": line.who,
        "body": body,
        "tone": line.tone,
        "private": line.private,
    }


def said(message: CaseMessage, people: dict[UUID, str]) -> dict[str, Any]:
    """One message or note."""
    title, tone = WRITTEN[message.direction]
    return {
        "title": title,
        "when": message.written_at,
        "seq": 0,
        "who": people.get(message.written_by, "") if message.written_by else _("The applicant"),
        "body": message.body,
        "tone": tone,
        "private": message.direction == "note",
    }


class Explained:
    """Puts an entry's data into words: to whom it went, what was found alike, and what its kind has to say."""

    def __init__(self, case: Case, roles: Mapping[str, str]) -> None:
        self.roles = roles
        self.own = presenters.of(case).explain(case)

    def __call__(self, line: Line) -> str:
        """The words, or nothing where the title says it all."""
        data = line.data
        if line.verb in ("referred", "objected"):
            return str(_("To: %(role)s", role=self.roles.get(data.get("to", ""), data.get("to", ""))))
        if line.verb == "alike":
            return join_words(data.get("references", ()))
        if line.verb == "identity_confirmed":
            words = (HOW_WORDS.get(data.get("how", "")), PAPERS.get(data.get("paper", "")))
            return " · ".join(str(one) for one in words if one)
        if line.verb == "party_corrected":
            return corrected(line.data)
        if line.verb == "file_corrected":
            return join_words(FILE_WORDS[field] for field in data["fields"])
        if line.verb == "reopened_by_complaint":
            return str(data["complaint"])
        return self.own(line)


def corrected(data: Mapping[str, Any]) -> str:
    """Return which entries of a person were corrected, with what stood there before, masked where it is sensitive."""
    words = [HOW_WORDS.get(data.get("how", ""), "")]
    for key in data["fields"]:
        was = data["was"].get(key)
        value = unseal(b64decode(was), f"was_{key}") if was else ""
        shown = value if key == "name" else masked(value)
        words.append(_("%(entry)s (before: %(value)s)", entry=FILE_WORDS[key], value=f"\u2068{shown or '—'}\u2069"))
    return " · ".join(str(one) for one in words if one)


def names(ids: set[UUID]) -> dict[UUID, str]:
    """The names of members of staff."""
    if not ids:
        return {}
    rows = db.session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(ids)))
    return {row.id: row.name for row in rows}
