""" "You said, we did": what people said and what was changed, published in both languages and withdrawn if need be."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.programme.models import SaidAndDone
from silah.web.access import Member, Permission
from tenants.database import db

FIELDS = ("said_ar", "done_ar", "said_en", "done_en")
MOST = 50


def every() -> Sequence[SaidAndDone]:
    """All, those withdrawn last."""
    rows = select(SaidAndDone).order_by(SaidAndDone.withdrawn, SaidAndDone.published_on.desc(), SaidAndDone.id)
    return db.session.scalars(rows).all()


def for_everybody() -> Sequence[SaidAndDone]:
    """What the public reads, the newest first."""
    rows = select(SaidAndDone).where(~SaidAndDone.withdrawn)
    return db.session.scalars(rows.order_by(SaidAndDone.published_on.desc(), SaidAndDone.id).limit(MOST)).all()


def get(said_id: UUID) -> SaidAndDone:
    """One of them; raises NotFound."""
    found = db.session.get(SaidAndDone, said_id)
    if found is None:
        raise NotFound
    return found


def publish(texts: Mapping[str, str], *, by: Member, found: SaidAndDone | None = None) -> SaidAndDone:
    """Publish one, or change one; all four texts are needed. Raises Invalid with an error a field."""
    _may(by)
    wrong = {name: _("Write this in both languages.") for name in FIELDS if not clean(texts.get(name, ""))}
    if wrong:
        raise Invalid(wrong)
    made = found or SaidAndDone(published_by=by.id, published_on=clock.today())
    for name in FIELDS:
        setattr(made, name, clean(texts[name]))
    made.withdrawn = False
    db.session.add(made)
    db.session.flush()
    return made


def withdraw(found: SaidAndDone, *, by: Member) -> None:
    """Show it to the public no longer."""
    _may(by)
    found.withdrawn = True


def _may(by: Member) -> None:
    if not by.may(Permission.PUBLISH_ANSWERS):
        raise Forbidden
