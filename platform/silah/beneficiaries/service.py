"""The files of beneficiaries: one person, one file, which gathers all their cases and is never overwritten silently."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from silah import clock
from silah.access import Member, Permission
from silah.beneficiaries.models import Beneficiary
from silah.cases import timeline
from silah.cases.finding import folded
from silah.cases.models import Case
from silah.documents.sealing import fingerprint
from silah.errors import Conflict, Forbidden, NotFound
from silah.i18n import fold
from tenants.database import db


class NumberTaken(Conflict):
    """Another file has this national ID."""

    message = _l("Another file has this number already. Look it up under Beneficiaries to see which is right.")


CORRECTABLE = ("name", "national_id", "mobile", "email", "member_number", "locale")


@dataclass(frozen=True)
class Found:
    """A file, whether it was just opened, and which of its entries differ from what was given this time."""

    file: Beneficiary
    fresh: bool = False
    differs: tuple[str, ...] = ()


def find_or_create(
    *,
    name: str,
    national_id: str | None = None,
    mobile: str | None = None,
    email: str | None = None,
    member_number: str | None = None,
    locale: str = "ar",
) -> Found:
    """The person's file, found by the keyed hash of the national ID, else by mobile and name; opened if there is none.

    What the file leaves blank is filled in. What it has stays, and ``differs`` names what was given otherwise, for
    somebody to look at.
    """
    given = {"name": name, "mobile": mobile, "email": email, "member_number": member_number}
    if national_id is None:
        file = _by_mobile(name, mobile)
        return _met(file, given) if file else Found(_opened(None, given, locale), fresh=True)
    digest = fingerprint(national_id, "national_id")
    file = db.session.scalars(select(Beneficiary).where(Beneficiary.national_id_hash == digest)).one_or_none()
    if file is not None:
        return _met(file, given)
    return Found(_opened(national_id, given, locale), fresh=True)


def identify(file: Beneficiary, national_id: str) -> Found:
    """Whose file it is, now that the national ID is known: another one that has it, or this one, which gets it."""
    digest = fingerprint(national_id, "national_id")
    other = db.session.scalars(select(Beneficiary).where(Beneficiary.national_id_hash == digest)).one_or_none()
    if other is not None and other is not file:
        return _met(other, {"name": file.name, "mobile": file.mobile, "email": file.email})
    if file.national_id_hash is not None and bytes(file.national_id_hash) != digest:
        given = {"name": file.name, "mobile": file.mobile, "email": file.email}
        return Found(_opened(national_id, given, file.locale), fresh=True)
    file.national_id, file.national_id_hash = national_id, digest
    return Found(file)


def get(file_id: UUID) -> Beneficiary:
    """The file of this id; raises NotFound."""
    file = db.session.get(Beneficiary, file_id)
    if file is None:
        raise NotFound
    return file


def cases_of(file: Beneficiary, *conditions: Any) -> Sequence[Case]:
    """All cases about this person or brought by them, newest first; ``conditions`` narrow (visibility)."""
    theirs = or_(Case.beneficiary_id == file.id, Case.applicant_id == file.id)
    return db.session.scalars(
        select(Case)
        .where(theirs, *conditions)
        .options(joinedload(Case.beneficiary), joinedload(Case.holder))
        .order_by(Case.received_at.desc(), Case.id)
    ).all()


def correct(file: Beneficiary, *, by: Member, reason: str | None = None, **changes: str | None) -> tuple[str, ...]:
    """Change entries of a file knowingly, which each of the person's cases records; gives what changed.

    Raises NumberTaken where another file has the national ID: that file is the person's, or one of the two is wrong.
    """
    if not by.may(Permission.CHECK_COMPLETENESS):
        raise Forbidden
    changed = [key for key in CORRECTABLE if key in changes and getattr(file, key) != changes[key]]
    try:
        with db.session.begin_nested():
            for key in changed:
                _set(file, key, changes[key])
    except IntegrityError:
        raise NumberTaken from None
    for case in cases_of(file) if changed else ():
        case.folded = folded(case)
        timeline.record(case, "file_corrected", by=by, data={"fields": changed}, note=reason, private=True)
    return tuple(changed)


def _by_mobile(name: str, mobile: str | None) -> Beneficiary | None:
    if not mobile:
        return None
    same = Beneficiary.mobile_hash == fingerprint(mobile, "mobile"), Beneficiary.name_folded == fold(name)
    return db.session.scalars(select(Beneficiary).where(*same).order_by(Beneficiary.created_at).limit(1)).first()


def _met(file: Beneficiary, given: dict[str, str | None]) -> Found:
    differs = []
    for key, value in given.items():
        kept = getattr(file, key)
        if value and not kept:
            _set(file, key, value)
        elif value and (fold(value) != fold(kept) if key == "name" else value != kept):
            differs.append(key)
    return Found(file, differs=tuple(differs))


def _opened(national_id: str | None, given: dict[str, str | None], locale: str) -> Beneficiary:
    """Open a file; if the same person's is opened by two at once, both get the one."""
    fresh = Beneficiary(national_id=national_id, locale=locale)
    for key, value in given.items():
        _set(fresh, key, value)
    if national_id is None:
        db.session.add(fresh)
        db.session.flush()
        return fresh
    digest = fingerprint(national_id, "national_id")
    columns = {key: getattr(fresh, key) for key in (*given, "name_folded", "mobile_hash", "locale", "national_id")}
    row = insert(Beneficiary).values(**columns, national_id_hash=digest, created_at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=[Beneficiary.national_id_hash]))
    return db.session.scalars(select(Beneficiary).where(Beneficiary.national_id_hash == digest)).one()


def _set(file: Beneficiary, key: str, value: str | None) -> None:
    setattr(file, key, value)
    if key == "name":
        file.name_folded = fold(value or "")
    if key == "national_id":
        file.national_id_hash = fingerprint(value, "national_id") if value else None
    if key == "mobile":
        file.mobile_hash = fingerprint(value, "mobile") if value else None
