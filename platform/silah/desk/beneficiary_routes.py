"""The files of beneficiaries: finding a person, and one person's file with all their cases."""

from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import load_only

from silah.beneficiaries.duplicates import find_likely_duplicates
from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases import timeline, visibility
from silah.desk import identity, navigation_items, queue_rows, search
from silah.desk.filters import LONGEST_SEARCH
from silah.desk.member import worker
from silah.desk.navigation_items import BENEFICIARY
from silah.desk.routes import bp
from silah.errors import Forbidden
from silah.forms.texts import masked
from silah.web.access import Member, Permission, requires
from tenants.database import db

MOST = 30
SENSITIVE = ("national_id", "mobile", "email")
SIGN_WORDS = {
    "name": _l("Same name"),
    "part_of_name": _l("One name is part of the other"),
    "national_id": _l("Same national ID"),
    "mobile": _l("Same mobile"),
    "email": _l("Same e-mail"),
    "member_number": _l("Same membership number"),
    "national_id_tail": _l("Same last four digits of the national ID"),
    "mobile_tail": _l("Same last four digits of the mobile"),
}
"""By what two files are likely one person's, as staff read it."""


@bp.get("/desk/beneficiaries", endpoint="beneficiaries")
@requires(Permission.SEE_BENEFICIARIES)
def find() -> str:
    """Find a person by name, national ID, mobile or membership number."""
    q = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    return render_template("desk/beneficiaries.html", q=q, people=found(q) if q else [], most=MOST)


@bp.get("/desk/beneficiaries/<uuid:id>", endpoint="beneficiary")
@requires(Permission.SEE_BENEFICIARIES)
def file(id: UUID) -> str:
    """One person's file, sensitive entries masked."""
    return page(files.get(id), worker())


@bp.post("/desk/beneficiaries/<uuid:id>/reveal", endpoint="reveal_beneficiary")
@requires(Permission.SEE_SENSITIVE_FIELDS)
def reveal(id: UUID) -> str:
    """The file in full, this once, to who may open it at all; who looked is recorded on each of the person's cases."""
    if not worker().may(Permission.SEE_BENEFICIARIES):
        raise Forbidden
    return page(files.get(id), worker(), in_full=True)


def page(person: Beneficiary, member: Member, *, in_full: bool = False) -> str:
    """The file: the person's entries and the cases that this member may see."""
    cases = list(files.cases_of(person, visibility.visible(member)))
    maybe = list(files.candidates_of(person, visibility.visible(member)))
    if in_full:
        for case in [*files.cases_of(person), *files.candidates_of(person)]:
            timeline.record(case, "looked", by=member, data={"field": "file"}, private=True)
    return render_template(
        "desk/beneficiary.html",
        offered=[item for item in navigation_items.list_items(BENEFICIARY) if member.may(*item.permissions)],
        person=person,
        entries={key: entry(getattr(person, key), in_full) for key in SENSITIVE},
        rows=queue_rows.of(cases),
        candidates=queue_rows.of(maybe),
        duplicates=[(one.person, [SIGN_WORDS[sign] for sign in one.signs]) for one in find_likely_duplicates(person)],
        level=(identity.LEVEL_WORDS[person.level], identity.LEVEL_TONES[person.level]),
        in_full=in_full,
    )


def entry(value: str | None, in_full: bool) -> str:
    """A sensitive entry, masked unless it was asked for."""
    return (value or "") if in_full else masked(value or "")


def found(q: str) -> list[Any]:
    """The people whom a search means, by name; nothing sealed is opened for the list."""
    statement = (
        select(Beneficiary)
        .options(load_only(Beneficiary.name, Beneficiary.member_number, Beneficiary.created_at))
        .where(search.people(q))
        .order_by(Beneficiary.name_folded, Beneficiary.id)
        .limit(MOST + 1)
    )
    return list(db.session.scalars(statement))
