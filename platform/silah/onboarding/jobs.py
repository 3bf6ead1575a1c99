"""The platform's owed work: making the associations that were asked for on the console."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from silah.console.making import ASKED, KIND, is_made, refuse
from silah.jobs import handles
from silah.onboarding import setup
from tenants.database import db
from tenants.errors import BadName, BadSlug, SlugTaken


@handles(KIND)
def make_association(key: str, payload: dict[str, Any]) -> None:
    """Make the association that was asked for on the console."""
    make(UUID(key), payload)


def make(id: UUID, asked: Mapping[str, Any]) -> None:
    """The owed part. A slug that cannot be had is noted for the asker; anything else that fails is tried again."""
    if is_made(id):
        return
    db.session.rollback()  # the making takes its own transactions, and as long as it takes
    try:
        setup.create(**{name: asked[name] for name in ASKED}, tenant_id=id)
    except (SlugTaken, BadSlug, BadName) as error:
        db.session.rollback()
        if is_made(id) is None:
            refuse(id, {**asked, "refused": type(error).__name__})
        elif not is_made(id):
            raise  # another worker is at it just now
