"""Questionnaires, rounds of them, who was invited, and what was answered.

Of an anonymous round the answers hold no link, no day, no way and no fact: the database refuses a row that does, and
gives nobody the right to change what a round asks or whether it is anonymous.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from silah import clock
from silah.documents.sealing import Sealed
from silah.surveys.definition import Definition
from tenants.database import Base

CHANGES = (
    "SELECT, INSERT, UPDATE (title_ar, title_en, state, opens_on, closes_on, quota, reminders, invited, told, "
    "counted, released, closed_on, team)"
)
FACTLESS = "not anonymous or (invitation_id is null and answered_on is null and way is null and facts = '{}'::jsonb)"


class Questionnaire(Base):
    """What is being written; each round takes its own copy, so a change here changes no round.

    ``revision`` counts the texts of which rounds were made, ``fixed`` is the last such text.
    """

    __tablename__ = "questionnaire"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    definition: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=0)
    fixed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def draft(self) -> Definition:
        """What it asks as it stands."""
        return Definition.read(self.definition)


class SurveyRound(Base):
    """One asking of a questionnaire; ``definition``, ``anonymous``, ``rule``, ``split`` and ``fewest`` never change.

    ``rule`` is whom it asks (``audience.Audience``), ``split`` the one fact by which its results are told apart,
    ``code`` what its open link ends in, ``told`` how many of the ``invited`` were written to, ``counted`` the
    aggregates of the answers counted so far (``counting``), ``released`` what of them is shown while it is open
    (``releasing``), ``fewest`` the number of answers below which nothing of it is ever shown. ``period`` names a round
    that the programme made itself. ``team`` are the members who take it along into the field.
    """

    __tablename__ = "survey_round"
    __table_args__ = (
        CheckConstraint("state in ('planned', 'open', 'closed', 'discarded')", name="state"),
        CheckConstraint("split in ('', 'branch', 'channel', 'service', 'kind', 'area')", name="split"),
        CheckConstraint("not anonymous or split = ''", name="anonymous_is_whole"),
        CheckConstraint("fewest >= 5", name="fewest"),
        UniqueConstraint("id", "anonymous"),
        {"info": {"grant": CHANGES}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    questionnaire_id: Mapped[UUID] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    revision: Mapped[int]
    definition: Mapped[dict[str, Any]]
    title_ar: Mapped[str]
    title_en: Mapped[str]
    anonymous: Mapped[bool]
    rule: Mapped[dict[str, Any]]
    split: Mapped[str] = mapped_column(default="")
    code: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="planned")
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    quota: Mapped[int | None]
    reminders: Mapped[int] = mapped_column(default=2)
    invited: Mapped[int] = mapped_column(default=0)
    told: Mapped[int] = mapped_column(default=0)
    counted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    released: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    fewest: Mapped[int] = mapped_column(default=5, server_default=text("5"))
    period: Mapped[str | None] = mapped_column(unique=True)
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_on: Mapped[date | None]
    team: Mapped[list[Any]] = mapped_column(default=list)

    @property
    def asks(self) -> Definition:
        """What this round asks."""
        return Definition.read(self.definition)


class SurveyInvitation(Base):
    """Who is asked in a round, once; ``digest`` is of their single-use link. It holds no time of an answer.

    ``person`` tells people of one round apart: a beneficiary or a member of staff. ``case_id`` is what they are asked
    about. ``means`` is how they were written to, by e-mail or SMS.
    """

    __tablename__ = "survey_invitation"
    __table_args__ = (
        UniqueConstraint("round_id", "person"),
        Index("ix_survey_invitation_case", "case_id", postgresql_where=text("case_id is not null and not answered")),
        Index("ix_survey_invitation_untold", "round_id", "id", postgresql_where=text("told_on is null and reachable")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("survey_round.id"))
    person: Mapped[UUID]
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("case.id"))
    digest: Mapped[bytes | None] = mapped_column(unique=True)
    told_on: Mapped[date | None]
    means: Mapped[str | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    reminded: Mapped[int] = mapped_column(default=0)
    answered: Mapped[bool] = mapped_column(default=False)


class SurveyResponse(Base):
    """One person's answers: ``answers`` are counted, ``texts`` (JSON of words) sealed; never changed, only counted."""

    __tablename__ = "survey_response"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "anonymous"], ["survey_round.id", "survey_round.anonymous"]),
        CheckConstraint(FACTLESS, name="anonymous_has_no_facts"),
        Index("ix_survey_response_round", "round_id", "counted"),
        {"info": {"grant": "SELECT, INSERT, UPDATE (counted), DELETE"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    round_id: Mapped[UUID]
    anonymous: Mapped[bool]
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("survey_invitation.id"), unique=True)
    answered_on: Mapped[date | None]
    way: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answers: Mapped[dict[str, Any]]
    texts: Mapped[str] = mapped_column(Sealed("survey_texts"))
    counted: Mapped[bool] = mapped_column(default=False)


class SurveyReceipt(Base):
    """An answer taken from a phone, by the id that the phone made; in an anonymous round it says no more than that.

    It outlives the id of the answer itself, which an anonymous round gives anew.
    """

    __tablename__ = "survey_receipt"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "anonymous"], ["survey_round.id", "survey_round.anonymous"]),
        CheckConstraint("not anonymous or member_id is null", name="anonymous_names_nobody"),
        {"info": {"grant": "SELECT, INSERT"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[UUID] = mapped_column(index=True)
    anonymous: Mapped[bool]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
