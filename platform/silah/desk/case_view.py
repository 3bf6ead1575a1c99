"""What the page of a case shows beside its story, whatever its kind: papers, reckoning, referrals, how it came."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from silah.cases import clocks, referrals
from silah.cases.models import Case, CaseDocument
from silah.desk import case_panels, identity, presenters, timeline_presenter
from silah.desk.action_choices import role_names
from silah.desk.queue_rows import Row, row
from silah.language.bilingual import localized
from silah.language.localization import locale
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.period_words import day_words

__all__ = ["Row", "beside", "row"]


def beside(case: Case, member: Member, *, in_full: bool = False) -> dict[str, Any]:
    """Every fact of the case, in a fixed number of queries."""
    presenter, asked = presenters.of(case), referrals.list_referrals(case)
    own = presenter.facts(case, member, in_full)
    ids = own.pop("named", set()) | {one.asked_by for one in asked} | {one.ended_by for one in asked}
    return {
        "presenter": presenter,
        "policy": case.policy_version.policy,
        "in_full": in_full,
        "may_reveal": member.may(Permission.SEE_SENSITIVE_FIELDS),
        "channel": channel(case),
        "documents": documents(case, presenter),
        "reckoning": clocks.reckoning(case),
        "day_words": day_words,
        "referrals": [referred(one, member) for one in asked],
        "people": timeline_presenter.names({id_ for id_ in ids if id_}),
        "roles": role_names(),
        "branch": branch(case),
        "identities": identity.states(case, member),
        "panels": case_panels.list_shown(case, member),
        **own,
    }


def documents(case: Case, presenter: presenters.CasePresenter) -> list[dict[str, Any]]:
    """The papers of the case that count, with what each is called."""
    called = presenter.labels(case)
    rows = db.session.scalars(
        select(CaseDocument)
        .where(CaseDocument.case_id == case.id, ~CaseDocument.superseded)
        .options(joinedload(CaseDocument.file))
        .order_by(CaseDocument.added_at, CaseDocument.id)
    )
    return [
        {
            "label": called(one.purpose),
            "file": one.file,
            "valid_until": one.valid_until,
            "added_at": one.added_at,
        }
        for one in rows
    ]


def referred(one: Any, member: Member) -> dict[str, Any]:
    """A referral, and whether this member may answer it or call it back."""
    is_open = one.ended_at is None
    return {
        "it": one,
        "open": is_open,
        "mine": is_open and member.may(Permission.ANSWER_REFERRALS) and referrals.is_for(one, member),
        "late": referrals.is_late(one),
        "recallable": is_open and (one.asked_by == member.id or member.may(Permission.ASSIGN_CASES)),
    }


def channel(case: Case) -> str:
    """The channel by which the case came, as the policy calls it."""
    found = case.policy_version.policy.channel(case.channel)
    return found.name.for_locale(locale()) if found else case.channel


def branch(case: Case) -> str:
    """The branch office that the case belongs to, or nothing."""
    if case.branch is None:
        return ""
    return localized(case.branch, "name")
