"""The table of the people of a case, as they gave themselves there, and whose file each was proved to be."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from silah.beneficiaries.models import Beneficiary
from silah.documents.sealing import Sealed, fingerprint
from silah.language.tokenizer import make_name_key
from silah.organisation.models import Membership
from tenants.database import Base


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
        entry.name_folded = make_name_key(value or "")
    if key == "national_id":
        entry.national_id_hash = fingerprint(value, "national_id") if value else None
    if key == "mobile":
        entry.mobile_hash = fingerprint(value, "mobile") if value else None
