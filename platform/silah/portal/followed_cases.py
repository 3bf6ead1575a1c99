"""The case that a browser follows, of whatever kind, and the papers its applicant may open."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.cases import tracking_session
from silah.cases.models import Case, CaseDocument
from silah.errors import NotFound
from tenants.database import db


class NotFollowed(NotFound):
    """This browser does not follow the case, or no longer; a case that there is not is answered alike."""

    message = _l("To see a request, open it with its reference and receipt code. After a while it closes by itself.")


def followed(case_id: UUID, *of_kinds: str) -> Case:
    """The case, if this browser follows it; raises NotFollowed for another's and for none alike.

    Raises NotFound for one that is of none of these kinds, where some are named.
    """
    if not tracking_session.holds(case_id):
        raise NotFollowed
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotFollowed
    if of_kinds and case.kind not in of_kinds:
        raise NotFound
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
