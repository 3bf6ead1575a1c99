"""A draft becomes a case: the person's file, the reference and receipt code, what is owed, and the clock."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from silah import clock, jobs
from silah.cases import clocks, creation, notifications, paper_day, receipts, reply_promises, timeline
from silah.cases.models import Case, CaseDocument
from silah.cases.receipts import ReceivedCase
from silah.cases.workflow import perform
from silah.errors import Forbidden, Invalid
from silah.intake import drafts, duplicates
from silah.intake.completeness import Missing
from silah.intake.errors import NotComplete
from silah.intake.models import KIND, Draft, ServiceRequest
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.policy import Policy
from tenants.versions import PolicyVersion


def submit(draft: Draft, *, by: Member | None = None, channel: str, came_on: date | None = None) -> ReceivedCase:
    """Receive the request that a draft holds, under the policy in force on the day on which it came.

    ``came_on`` is that day where staff record paper of another day: the clock starts there.

    Raises ``NotComplete`` with the dated list where the policy receives only complete requests (the draft stays),
    ``AlreadySent`` for a draft that has become a case, and ``Invalid`` for an unknown channel or a nameless applicant.
    """
    if (by is None and came_on) or (by is not None and not by.may(Permission.RECEIVE_REQUESTS)):
        raise Forbidden
    paper_day.check_day(came_on)
    drafts.lock(draft)
    version = paper_day.get_policy_version(came_on)
    policy, lacking = version.policy, drafts.lacking(draft)
    _check(policy, channel, drafts.answers(draft)["person"])
    if lacking and not policy.takes_incomplete:
        raise NotComplete(lacking, clock.today())
    drafts.drop_hidden(draft)
    code = receipts.new_code()
    case, came = _case(draft, version, channel, by, code, came_on)
    _files(draft, case, by)
    draft.case_id = case.id
    jobs.settle(drafts.EXPIRE, str(draft.id))
    _received(case, came, lacking)
    return ReceivedCase(case, code)


def _received(case: Case, came: creation.Received, lacking: Sequence[Missing]) -> None:
    """Record, ask for what is lacking or find complete, set the clock, and tell the applicant.

    Other requests of the person are looked for where staff record it: what the portal does never hangs on them.
    """
    data = {"channel": case.channel, "policy": case.policy_version.number, "relation": case.relation}
    creation.record_received(case, came, data)
    others = duplicates.alike(case) if came.by is not None else []
    if others:
        timeline.record(case, "alike", data={"references": [one.reference for one in others]}, private=True)
    if lacking:
        perform(case, "ask_at_receipt", None, {"items": [(one.kind, one.key) for one in lacking]})
    else:
        perform(case, "complete_at_receipt", None)
    if case.completed_on is None:
        clocks.set_clock(case)
    notifications.confirm_receipt("received", case, {"promise": reply_promises.promise(case)})
    if lacking:
        notifications.confirm_receipt(
            "missing", case, {"items": [one.label.for_locale(case.locale) for one in lacking]}
        )


def _check(policy: Policy, channel: str, given: dict[str, Any]) -> None:
    known = policy.channel(channel)
    if known is None or not known.inbound or known.retired:
        raise Invalid({"channel": _("The policy has no such channel for requests.")})
    wrong: dict[str, Any] = {}
    relation = given.get("relation", "self")
    if not given.get("name"):
        wrong["name"] = _("The applicant's name is needed.")
    if relation != "self" and not given.get("beneficiary_name"):
        wrong["beneficiary_name"] = _("The beneficiary's name is needed.")
    reply = policy.channel(given.get("reply_channel") or "")
    if reply is None or not reply.outbound:
        wrong["reply_channel"] = _("Choose the means of the reply.")
    if wrong:
        raise Invalid(wrong)


def _case(
    draft: Draft, version: PolicyVersion, channel: str, by: Member | None, code: str, came_on: date | None
) -> tuple[Case, creation.Received]:
    given, form = drafts.answers(draft)["person"], drafts.definition(draft)
    came = creation.Received(
        titles=(form.title.for_locale("ar"), form.title.for_locale("en")),
        channel=channel,
        version=version,
        person=given,
        by=by,
        came_on=came_on,
    )
    case = creation.opened(KIND, code, came)
    answers = json.dumps(drafts.answers(draft), ensure_ascii=False)
    db.session.add(ServiceRequest(case_id=case.id, revision_id=draft.revision_id, answers=answers))
    return case, came


def _files(draft: Draft, case: Case, by: Member | None) -> None:
    for key, entry in draft.files.items():
        until = entry.get("valid_until")
        db.session.add(
            CaseDocument(
                case_id=case.id,
                file_id=UUID(entry["file_id"]),
                purpose=key,
                valid_until=date.fromisoformat(until) if until else None,
                added_by=by.id if by else None,
            )
        )
    db.session.flush()
