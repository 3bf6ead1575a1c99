"""What reached the association from the field: the ids that phones made, so that each is taken once."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base


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
