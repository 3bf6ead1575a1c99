"""The case that a browser follows, of whatever kind, and the papers its applicant may open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.cases import tracking_session
from silah.cases.models import Case, CaseDocument
from silah.errors import NotFound
from tenants.database import db

_pages: dict[str, Callable[[Case], Any]] = {}


def register_page(kind: str, page: Callable[[Case], Any]) -> None:
    """Have the tracking page of cases of a kind drawn by this function."""
    _pages[kind] = page


def draw_page(case: Case) -> Any:
    """Return the tracking page of a case, as its kind draws it."""
    return _pages[case.kind](case)


class NotFollowed(NotFound):
    """This browser does not follow the case, or no longer; a case that there is not is answered alike."""

    message = _l("To see a request, open it with its reference and receipt code. After a while it closes by itself.")


def followed(case_id: UUID) -> Case:
    """The case, if this browser follows it; raises NotFollowed for another's and for none alike."""
    if not tracking_session.holds(case_id):
        raise NotFollowed
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotFollowed
    return case


def papers(case: Case) -> list[CaseDocument]:
    """The files that the applicant may open: their own, and what the association wrote."""
    rows = (
        select(CaseDocument)
        .where(CaseDocument.case_id == case.id, CaseDocument.for_applicant, ~CaseDocument.superseded)
        .options(joinedload(CaseDocument.file))
        .order_by(CaseDocument.added_at, CaseDocument.id)
    )
    return list(db.session.scalars(rows))
