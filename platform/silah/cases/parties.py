"""The people of a case as they gave themselves there: what was typed on it, and whose file that was proved to be.

A case writes to nobody but these. A person's file is a matter of its own (``silah.cases.beneficiary_links``): until
it was proved whose it is, the file that has the same number is a candidate, and nothing passes between the two.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import md5
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Uuid, and_, cast, exists, func
from sqlalchemy import case as when
from sqlalchemy.orm import Mapped, mapped_column

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.documents.sealing import Sealed, fingerprint
from silah.language.localization import fold
from silah.organisation.models import Membership
from tenants.database import Base

SIDES = ("applicant", "beneficiary")
TYPED = ("name", "national_id", "mobile", "email", "member_number")
HOW = ("original", "spoke", "code", "recorded")


class CaseParty(Base):
    """A person on a case, in the words of that case; ``beneficiary`` is the applicant too, where nobody else applies.

    ``candidate_id``: the file with the same national ID. ``confirmed_how``, ``_by``, ``_at``: how, by whom and when it
    was proved whose file it is; the case then names that file. ``recorded``: by staff, before they were asked how.
    """

    __tablename__ = "case_party"
    __table_args__ = (
        CheckConstraint("side in ('applicant', 'beneficiary')", name="side"),
        CheckConstraint("confirmed_how in ('original', 'spoke', 'code', 'recorded')", name="confirmed_how"),
        CheckConstraint("(confirmed_how is null) = (confirmed_at is null)", name="confirmed"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_folded: Mapped[str]
    national_id: Mapped[str | None] = mapped_column(Sealed("national_id"))
    national_id_hash: Mapped[bytes | None] = mapped_column(index=True)
    mobile: Mapped[str | None] = mapped_column(Sealed("mobile"))
    mobile_hash: Mapped[bytes | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Sealed("email"))
    member_number: Mapped[str | None]
    locale: Mapped[str]
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("beneficiary.id"), index=True)
    confirmed_how: Mapped[str | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey(Membership.id))
    confirmed_at: Mapped[datetime | None]

    @property
    def is_provable(self) -> bool:
        """Whether a national ID was typed, and nobody has proved whose it is."""
        return self.national_id_hash is not None and self.confirmed_how is None

    def write(self, key: str, value: str | None) -> None:
        """Keep one entry as it was typed, with what it is found by."""
        write(self, key, value)


def write(entry: CaseParty | Beneficiary, key: str, value: str | None) -> None:
    """Set one entry of a party or a file, with what it is found by."""
    setattr(entry, key, value)
    if key == "name":
        entry.name_folded = fold(value or "")
    if key == "national_id":
        entry.national_id_hash = fingerprint(value, "national_id") if value else None
    if key == "mobile":
        entry.mobile_hash = fingerprint(value, "mobile") if value else None


def make(side: str, given: Mapping[str, Any], *, prefix: str = "") -> CaseParty:
    """Make a party of the answers of the person's page."""
    party = CaseParty(side=side, locale=given.get("locale") or "ar")
    for key in TYPED:
        party.write(key, given.get(f"{prefix}{key}") or None)
    party.name = party.name or ""
    return party


def from_answers(given: Mapping[str, Any]) -> list[CaseParty]:
    """Make the parties that the answers of the person's page name; none where they name nobody."""
    if not given.get("name"):
        return []
    if given.get("relation", "self") == "self":
        return [make("beneficiary", given)]
    return [make("applicant", given), make("beneficiary", given, prefix="beneficiary_")]


def copies(parent: Case) -> list[CaseParty]:
    """Copy the parties of a case for one that is opened out of it."""
    names = [one.key for one in CaseParty.__table__.columns if one.key != "case_id"]
    return [CaseParty(**{name: getattr(one, name) for name in names}) for one in of(parent)]


def attach(to: Case, parties: list[CaseParty]) -> None:
    """Put the parties on a new case."""
    for one in parties:
        setattr(to, "beneficiary" if one.side == "beneficiary" else "representative", one)


def of(case: Case) -> list[CaseParty]:
    """Return the parties of a case: whoever applies first."""
    found = (case.applicant, case.beneficiary) if case.relation != "self" else (case.beneficiary,)
    return [one for one in found if one is not None]


def side_of_applicant() -> ColumnElement[str]:
    """Return on which side the applicant of a case stands, as an expression."""
    return when((Case.relation == "self", "beneficiary"), else_="applicant")


def same_person(
    file_id: UUID | None, party: CaseParty | None, side: ColumnElement[str] | str
) -> list[ColumnElement[bool]]:
    """Return conditions on cases whose person on a side has this file, or typed the same number.

    Where none was typed, the same mobile and name count. Staff are shown what is found so; nothing else hangs on it.
    """
    column = Case.beneficiary_id if isinstance(side, str) and side == "beneficiary" else Case.applicant_id
    ways: list[ColumnElement[bool]] = [column == file_id] if file_id else []
    if party is not None and party.national_id_hash:
        typed = CaseParty.national_id_hash == party.national_id_hash
    elif party is not None and party.mobile_hash:
        typed = and_(CaseParty.mobile_hash == party.mobile_hash, CaseParty.name_folded == party.name_folded)
    else:
        return ways
    return [*ways, exists().where(CaseParty.case_id == Case.id, CaseParty.side == side, typed)]


def reached_person() -> ColumnElement[Any]:
    """Return whom a message to the applicant of a case reaches: one file, else one address, else this case alone.

    A file counts only once it was confirmed, so that nobody stands in for another by typing their number; and only the
    applicant's: a message to whoever speaks for somebody does not reach that person.
    """
    address = cast(func.md5(Case.reply_hash), Uuid)
    return func.coalesce(Case.applicant_id, address, Case.id)


def reached_person_of(case: Case) -> UUID:
    """Return what ``reached_person`` is for a case that is loaded."""
    address = UUID(bytes=md5(bytes(case.reply_hash), usedforsecurity=False).digest()) if case.reply_hash else None
    return case.applicant_id or address or case.id
