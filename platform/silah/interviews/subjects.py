"""Whom an interview is with: a case by its reference, a file, or nobody named; and what of it a reader may see."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases import visibility
from silah.cases.models import Case
from silah.desk import search
from silah.errors import Invalid
from silah.interviews.models import Interview
from silah.language.text_cleaning import normalize_typed
from silah.web.access import Member, Permission
from tenants.database import db


def case_of(reference: str, member: Member) -> Case | None:
    """The case of a reference that this member may see; None where none was written, Invalid where there is none."""
    if not reference.strip():
        return None
    meant = search.references(normalize_typed(reference).upper())
    found = db.session.scalars(
        select(Case)
        .where(Case.reference.in_(meant), ~Case.anonymous, ~Case.confidential, visibility.visible(member))
        .order_by(Case.reference.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        raise Invalid({"reference": _("There is no case of this reference that you may name here.")})
    return found


def file_of(file_id: UUID | None, member: Member) -> Beneficiary | None:
    """A beneficiary's file that this member may open; raises NotFound."""
    return files.get(file_id) if file_id and member.may(Permission.SEE_BENEFICIARIES) else None


def named(interviews: Iterable[Interview], member: Member) -> dict[UUID, tuple[str, str]]:
    """For each interview with somebody named whom this member may know: (what is shown, its address)."""
    held = list(interviews)
    found: dict[UUID, tuple[str, str]] = {}
    cases = {one.case_id for one in held if one.case_id}
    people = {one.beneficiary_id for one in held if one.beneficiary_id}
    seen = select(Case.id, Case.reference).where(Case.id.in_(cases), visibility.visible(member))
    references = {row.id: row.reference for row in db.session.execute(seen)} if cases else {}
    known: dict[UUID, str] = {}
    if people and member.may(Permission.SEE_BENEFICIARIES):
        rows = select(Beneficiary.id, Beneficiary.name).where(Beneficiary.id.in_(people))
        known = {row.id: row.name for row in db.session.execute(rows)}
    for one in held:
        if one.beneficiary_id in known:
            found[one.id] = (known[one.beneficiary_id], f"/desk/beneficiaries/{one.beneficiary_id}")
        elif one.case_id in references:
            found[one.id] = (references[one.case_id], f"/desk/cases/{one.case_id}")
    return found
