"""The files of beneficiaries: one person, one file, which gathers the cases that were confirmed to be theirs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_links, timeline
from silah.cases.errors import NumberTaken
from silah.cases.models import Case
from silah.cases.party_models import CaseParty
from silah.errors import Forbidden, NotFound
from silah.web.access import Member, Permission
from tenants.database import db

CORRECTABLE = ("name", "national_id", "mobile", "email", "member_number", "locale")


def get(file_id: UUID) -> Beneficiary:
    """The file of this id; raises NotFound."""
    file = db.session.get(Beneficiary, file_id)
    if file is None:
        raise NotFound
    return file


def cases_of(file: Beneficiary, *conditions: Any) -> Sequence[Case]:
    """All cases confirmed to be about this person or brought by them, newest first; ``conditions`` narrow."""
    return _cases(or_(Case.beneficiary_id == file.id, Case.applicant_id == file.id), *conditions)


def candidates_of(file: Beneficiary, *conditions: Any) -> Sequence[Case]:
    """Cases on which somebody typed this person's number, and nobody confirmed that it was them, newest first."""
    typed = select(CaseParty.case_id).where(CaseParty.candidate_id == file.id, CaseParty.confirmed_how.is_(None))
    return _cases(Case.id.in_(typed), *conditions)


def _cases(*conditions: Any) -> Sequence[Case]:
    return db.session.scalars(
        select(Case)
        .where(*conditions)
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
                beneficiary_links.put(file, key, changes[key])
    except IntegrityError:
        raise NumberTaken from None
    record_corrections(file, changed, by=by, reason=reason)
    return tuple(changed)


def record_corrections(file: Beneficiary, fields: Sequence[str], *, by: Member, reason: str | None) -> None:
    """Put on each of the person's cases which entries of the file were corrected, by whom and why."""
    for case in cases_of(file) if fields else ():
        timeline.record(case, "file_corrected", by=by, data={"fields": list(fields)}, note=reason, private=True)
