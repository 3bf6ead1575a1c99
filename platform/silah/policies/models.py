"""What was done about a version of the policy, by whom; and what the association had of its blueprint."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from silah import clock
from silah.organisation.models import Membership
from tenants.database import Base
from tenants.versions import PolicyVersion


class PolicyAct(Base):
    """One act about a version, never changed; it goes only with a draft that is thrown away.

    ``digest`` is of the text that the act covers: an act on a text that changed since no longer stands.
    """

    __tablename__ = "policy_act"
    __table_args__ = ({"info": {"grant": "SELECT, INSERT"}},)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("policy_version.id", ondelete="CASCADE"), index=True)
    act: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))
    digest: Mapped[str] = mapped_column(default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str | None]

    version: Mapped[PolicyVersion] = relationship()
    by: Mapped[Membership | None] = relationship()


class BlueprintBase(Base):
    """What the association had of its blueprint when it was furnished: one row.

    ``document`` is the policy as a tree (`silah.policies.diff_trees`); what was taken or left since is laid over it,
    act by act. ``version`` is the newest version of the blueprint of which everything is decided. ``house`` is what
    else it had: its roles and request types by key, each as it was when last decided about; empty where not kept.
    """

    __tablename__ = "blueprint_base"
    __table_args__ = (
        CheckConstraint('"only" = 1', name="only_one"),
        {"info": {"grant": "SELECT, INSERT, UPDATE"}},
    )

    only: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str]
    version: Mapped[int]
    document: Mapped[dict[str, Any]]
    house: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    furnished_at: Mapped[datetime] = mapped_column(default=clock.now)
