"""What was typed on cases that are older than their parties, brought back from what each case itself keeps.

A request keeps the answers of the person's page; any other case only the address of its reply. Nothing is taken from a
file, whose entries may be somebody else's. It is done in parts, each in a transaction of its own.
"""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah import clock, jobs
from silah.cases import parties, person
from silah.cases.models import Case
from silah.cases.search import index_case
from silah.intake.models import ServiceRequest
from tenants.database import db

RESTORE = "parties.restore"
PART = 300


def restore(after: str | None) -> None:
    """Bring back the parties of the next cases, and owe the part after it."""
    rows = select(Case).where(~Case.anonymous).order_by(Case.id).limit(PART)
    rows = rows.options(joinedload(Case.beneficiary), joinedload(Case.representative), joinedload(Case.policy_version))
    found = list(db.session.scalars(rows.where(Case.id > UUID(after)) if after else rows))
    of_requests = select(ServiceRequest.case_id, ServiceRequest.answers).where(
        ServiceRequest.case_id.in_([case.id for case in found])
    )
    answers = {row.case_id: row.answers for row in db.session.execute(of_requests)}
    for case in found:
        case.reply_address = case.reply_address  # by which its hash is kept
        _restore(case, json.loads(answers[case.id]).get("person", {}) if case.id in answers else {})
        index_case(case)
    if len(found) == PART:
        jobs.owe(RESTORE, str(found[-1].id), clock.now(), {"after": str(found[-1].id)})


def _restore(case: Case, given: dict[str, Any]) -> None:
    """Write what was typed on a case that came by the portal; what staff recorded has its parties already."""
    if case.taken_in_by is not None:
        return
    typed = {one.side: one for one in parties.from_answers(given)}
    for one in parties.list_parties(case):
        for entry in parties.TYPED if one.side in typed else ():
            one.write(entry, getattr(typed[one.side], entry))
    applicant, channel = case.applicant, case.policy_version.policy.channel(case.reply_channel)
    key = person.needed_for(channel) if channel else None
    if applicant is not None and key in ("mobile", "email") and not getattr(applicant, key):
        applicant.write(key, case.reply_address)
