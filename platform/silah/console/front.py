"""The first page of the platform's own host."""

from collections.abc import Sequence

from flask import current_app, render_template
from sqlalchemy import select

from silah.config import Settings
from tenants.database import db
from tenants.registry import ACTIVE, Association


def page() -> str:
    """What Silah is, in a few words. It names no association, but in a demo, which exists to be looked at."""
    settings: Settings = current_app.config["SILAH"]
    return render_template("console/front.html", address=settings.address, shown=active() if settings.demo else ())


def active() -> Sequence[Association]:
    """The associations that answer, by their slugs."""
    return db.session.scalars(select(Association).where(Association.state == ACTIVE).order_by(Association.slug)).all()
