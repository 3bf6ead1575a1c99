"""Writing on the platform's side from within an association's request or job.

An account and a membership are never written in one transaction. What concerns the account is therefore a short
transaction of its own, committed here; whatever must follow it in the association is resumable.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tenants.context import PLATFORM, serving
from tenants.database import db


@contextmanager
def on_platform() -> Iterator[None]:
    """A transaction of the platform's, committed on leaving, rolled back if anything is raised."""
    with serving(PLATFORM):
        try:
            yield
        except BaseException:
            db.session.rollback()
            raise
        db.session.commit()
