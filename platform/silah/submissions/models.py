"""What is known of forms that were sent: each by its key, for as long as it may be sent again."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tenants.database import Base

SENT, KEPT, FILE = "sent", "kept", "file"


class Submission(Base):
    """A form by its key: sent, with the answer that it got; or kept until whoever wrote it has signed in again.

    Or a file of a form that came back, by a key of its own: it waits for the next sending. What is sealed opens only
    with the key itself, which stands on the page. It says a day and no hour, so that it tells nothing of a nameless
    complaint.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("kind in ('sent', 'kept', 'file')", name="kind"),
        {"info": {"grant": "SELECT, INSERT, UPDATE (sealed), DELETE"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sealed: Mapped[bytes | None]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    expires_on: Mapped[date]
