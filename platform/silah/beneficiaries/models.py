"""Beneficiaries: the people an association serves, one file for each, which gathers all their cases."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from silah.beneficiaries.search import list_person_tokens
from silah.documents.sealing import Sealed
from silah.language.search_columns import SearchTokens
from silah.language.tokenizer import VERSION, make_name_key
from tenants.database import Base


class Beneficiary(Base):
    """A person served, or who applies for one; identifiers are sealed, and found by their keyed hash.

    ``name_folded``: equal for two ways of writing one name. ``search``: the tokens by which it is found, made by the
    tokenizer of ``search_version``. ``level`` says what was proved of it: ``typed`` is nobody's word.
    ``mobile_confirmed_at``, ``email_confirmed_at``: since when a contact is known to be the person's own, because
    whoever wrote it down had seen the original.
    """

    __tablename__ = "beneficiary"
    __table_args__ = (
        CheckConstraint("level in ('typed', 'contact_proved', 'original_seen', 'verified_online')", name="level"),
        Index("ix_beneficiary_search", "search", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str]
    name_folded: Mapped[str]
    national_id: Mapped[str | None] = mapped_column(Sealed("national_id"))
    national_id_hash: Mapped[bytes | None] = mapped_column(unique=True)
    mobile: Mapped[str | None] = mapped_column(Sealed("mobile"))
    mobile_hash: Mapped[bytes | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Sealed("email"))
    member_number: Mapped[str | None] = mapped_column(index=True)
    locale: Mapped[str] = mapped_column(default="ar")
    level: Mapped[str] = mapped_column(default="typed", server_default=text("'typed'"))
    mobile_confirmed_at: Mapped[datetime | None]
    mobile_confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    email_confirmed_at: Mapped[datetime | None]
    email_confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    search: Mapped[list[str]] = mapped_column(SearchTokens, default=list, server_default=text("''"), deferred=True)
    search_version: Mapped[int] = mapped_column(default=0, server_default=text("0"))


INDEXED = ("name", "national_id", "mobile", "email")


def index_person(person: Beneficiary) -> None:
    """Keep by what a person is found and compared."""
    person.name_folded = make_name_key(person.name)
    person.search, person.search_version = list_person_tokens(person), VERSION


@event.listens_for(Beneficiary, "before_insert")
@event.listens_for(Beneficiary, "before_update")
def _index_changed(mapper: object, connection: object, person: Beneficiary) -> None:
    """Index whatever is written, so that no way of changing a file can forget it."""
    state = inspect(person)
    if not state.persistent or any(state.attrs[key].history.has_changes() for key in INDEXED):
        index_person(person)
