"""What the page of a case says about whose file it is, and the comparison by which somebody confirms it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_links, identity, parties
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.cases.person import HOW_WORDS
from silah.desk.timeline_presenter import FILE_WORDS
from silah.forms.texts import masked
from silah.language.tokenizer import is_spelling_of
from silah.organisation.models import Membership
from silah.web.access import Member
from tenants.database import db

LEVEL_WORDS: dict[str, Any] = {
    "typed": _l("Details not verified"),
    "contact_proved": _l("Verified by contact"),
    "original_seen": _l("Original seen"),
    "verified_online": _l("Verified online"),
}
LEVEL_TONES = {"typed": "warn", "contact_proved": "info", "original_seen": "good", "verified_online": "good"}
SIDE_WORDS: dict[str, Any] = {"applicant": _l("The applicant"), "beneficiary": _l("The beneficiary")}
SECRET = frozenset({"national_id", "mobile", "email"})


@dataclass(frozen=True, slots=True)
class LinkState:
    """One person of a case, and whether it was confirmed whose file this is."""

    side: str
    title: Any
    how: Any
    by: str
    at: datetime | None
    is_pointed_at: bool


@dataclass(frozen=True, slots=True)
class ComparedEntry:
    """One entry as it was typed on the case and as the file has it, masked where it is sensitive."""

    key: str
    label: Any
    typed: str
    kept: str
    is_same: bool
    is_confirmed: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody has to choose which of the two the file keeps."""
        return bool(self.typed) and not self.is_same


def states(case: Case, member: Member) -> list[LinkState]:
    """Describe the people of a case for who may see files; nobody of a nameless one."""
    found = parties.list_parties(case) if not case.anonymous and identity.may_confirm(member) else []
    names = _names([one.confirmed_by for one in found if one.confirmed_by])
    return [
        LinkState(
            side=one.side,
            title=SIDE_WORDS[one.side] if len(found) > 1 else "",
            how=HOW_WORDS[one.confirmed_how] if one.confirmed_how else "",
            by=names.get(one.confirmed_by, ""),
            at=one.confirmed_at,
            is_pointed_at=one.candidate_id is not None,
        )
        for one in found
    ]


def compared(party: CaseParty, file: Beneficiary | None) -> Sequence[ComparedEntry]:
    """Compare what was typed with what a file has, entry by entry."""
    found = []
    for key in parties.TYPED:
        typed, kept = getattr(party, key) or "", (getattr(file, key) or "") if file else ""
        same = bool(kept) and (is_spelling_of(typed, kept) if key == "name" else typed == kept)
        confirmed = (
            key in beneficiary_links.CONTACTS and file is not None and getattr(file, f"{key}_confirmed_at") is not None
        )
        if typed or kept:
            shown = [_masked(key, one) for one in (typed, kept)]
            found.append(ComparedEntry(key, FILE_WORDS[key], shown[0], shown[1], same, confirmed))
    return found


def _masked(key: str, value: str) -> str:
    """A sensitive entry, of which enough is left to tell two apart."""
    if key == "email" and "@" in value:
        name, _at, domain = value.partition("@")
        return f"{name[:2]}••••@{domain}"
    return masked(value) if key in SECRET else value


def _names(ids: list[Any]) -> dict[Any, str]:
    if not ids:
        return {}
    rows = db.session.execute(select(Membership.id, Membership.name).where(Membership.id.in_(ids)))
    return {row.id: row.name for row in rows}
