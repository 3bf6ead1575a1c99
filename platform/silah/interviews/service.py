"""An interview's life: agreed to first, noted bit by bit, over once and for all; or refused, and then only counted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import case as when
from sqlalchemy import func, select
from sqlalchemy.orm import defer, joinedload

from silah import clock
from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.interviews.errors import IsOver
from silah.interviews.models import Interview
from silah.surveys import questionnaires
from silah.surveys.definition import Question
from silah.surveys.errors import NotInOrder
from silah.surveys.models import Questionnaire
from silah.web.access import Member, Permission
from tenants.database import db

CONSENT_AR = (
    "نود أن نسألك عن خدمات الجمعية لنحسّنها. المشاركة باختيارك، ولا يتأثر ما تستحقه بقبولك أو رفضك. لك ألا تجيب عن أي "
    "سؤال، وأن توقف المقابلة متى شئت، وأن تطلب بعدها حذف ما دُوّن. نحفظ ملاحظاتنا مشفّرة، ولا يطّلع عليها إلا من يعمل على "
    "تحسين الخدمة، ولا يظهر اسمك في النتائج. فهل توافق؟"
)
CONSENT_EN = (
    "We would like to ask you about the association's services so that we can improve them. You are free to take part "
    "or not, and what you are due does not depend on it. You may leave any question unanswered, stop whenever you "
    "like, and ask afterwards that what was noted is erased. Our notes are kept encrypted and read only by those who "
    "work on improving the service; your name appears in no result. Do you agree?"
)
CONDUCT = (Permission.RUN_SURVEYS, Permission.RECEIVE_REQUESTS, Permission.STUDY_REQUESTS)
READ = (Permission.SEE_SURVEYS, Permission.RUN_SURVEYS)
MOST = 200


@dataclass(frozen=True)
class Consent:
    """How and when somebody agreed; ``how`` is "spoken", "signed" or "guardian"."""

    how: str
    at: datetime


@dataclass(frozen=True)
class Interviewed:
    """How many interviews a period saw: over, still open, and refused (which are counted by month)."""

    over: int
    open: int
    refused: int
    last: date | None
    """The day of the last one that is over."""


def begin(
    *,
    by: Member,
    source: Questionnaire,
    consent: Consent,
    case: Case | None = None,
    beneficiary: Beneficiary | None = None,
) -> Interview:
    """Open an interview of somebody who has agreed; raises `NotInOrder` where the questionnaire has faults."""
    _may_conduct(by)
    if questionnaires.problems(source.draft):
        raise NotInOrder
    if consent.at > clock.now():
        raise Invalid({"on": _("Consent is given before the interview, not later than now.")})
    made = Interview(
        state="open",
        held_on=consent.at.astimezone(clock.RIYADH).date(),
        interviewer_id=by.id,
        case=case,
        beneficiary=beneficiary,
        asks=source.definition,
        consent_how=consent.how,
        consent_at=consent.at,
        consent_ar=CONSENT_AR,
        consent_en=CONSENT_EN,
        notes="{}",
        summary="",
    )
    db.session.add(made)
    db.session.flush()
    return made


def refused(*, by: Member) -> None:
    """Somebody did not agree: that is counted in its month, and nothing else is kept."""
    _may_conduct(by)
    db.session.add(Interview(state="refused", held_on=clock.today().replace(day=1), asks={}))
    db.session.flush()


def write(interview: Interview, *, by: Member, notes: Mapping[str, str], summary: str) -> None:
    """Keep the notes so far, by question; nothing of it is final until the interview is over."""
    _may_write(interview, by)
    _hold(interview)
    kept = {one.key: clean(notes.get(one.key)) for one in asked(interview)}
    interview.notes = json.dumps({key: text for key, text in kept.items() if text}, ensure_ascii=False)
    interview.summary = clean(summary)


def finish(interview: Interview, *, by: Member) -> None:
    """The interview is over: its notes stand. Raises Invalid without a summary."""
    _may_write(interview, by)
    _hold(interview)
    if not interview.summary:
        raise Invalid({"summary": _("Write the summary first.")})
    interview.state, interview.over_at = "over", clock.now()


def withdraw(interview: Interview, *, by: Member) -> None:
    """The person takes consent back: everything about the interview is erased but that there was one."""
    if not (interview.interviewer_id == by.id or by.may(Permission.RUN_SURVEYS)):
        raise Forbidden
    db.session.flush()
    db.session.refresh(interview, with_for_update={"of": Interview})
    gone = ("interviewer_id", "case_id", "beneficiary_id", "consent_how", "consent_at", "notes", "summary", "over_at")
    for name in gone:
        setattr(interview, name, None)
    interview.state, interview.asks, interview.consent_ar, interview.consent_en = "refused", {}, "", ""
    interview.held_on = interview.held_on.replace(day=1)
    db.session.flush()


def get(interview_id: UUID, member: Member) -> Interview:
    """An interview that the member may read: their own, or any where they follow surveys; raises NotFound."""
    loaded = [joinedload(Interview.interviewer), joinedload(Interview.case), joinedload(Interview.beneficiary)]
    found = db.session.get(Interview, interview_id, options=loaded)
    if found is None or found.state == "refused" or not may_read(found, member):
        raise NotFound
    return found


def may_read(interview: Interview, member: Member) -> bool:
    """Whether the member may read what was noted."""
    return interview.interviewer_id == member.id or member.may(*READ)


def may_write(interview: Interview, member: Member) -> bool:
    """Whether the member may still note something."""
    return interview.state == "open" and interview.interviewer_id == member.id


def listing(member: Member) -> Sequence[Interview]:
    """The interviews that the member may read, the newest first, without what was noted."""
    plain = [defer(getattr(Interview, name)) for name in ("notes", "summary", "consent_ar", "consent_en")]
    rows = select(Interview).options(joinedload(Interview.interviewer), *plain).where(Interview.state != "refused")
    if not member.may(*READ):
        rows = rows.where(Interview.interviewer_id == member.id)
    return db.session.scalars(rows.order_by(Interview.held_on.desc(), Interview.id).limit(MOST)).all()


def interviews_between(since: date, until: date) -> Interviewed:
    """How many interviews a period saw; those refused count where their month touches it."""
    state: Any = Interview.state
    begun = when((state == "refused", since.replace(day=1)), else_=since)
    seen = select(state, func.count(), func.max(Interview.held_on))
    rows = db.session.execute(seen.where(Interview.held_on.between(begun, until)).group_by(state))
    found: dict[str, tuple[int, date]] = {row[0]: (row[1], row[2]) for row in rows}
    over, open_, refused_ = (found.get(one, (0, None)) for one in ("over", "open", "refused"))
    return Interviewed(over[0], open_[0], refused_[0], over[1])


def asked(interview: Interview) -> list[Question]:
    """The questions of its guide."""
    return [one for one in interview.guide.questions if one.asks]


def notes_of(interview: Interview) -> dict[str, str]:
    """What was noted, by question."""
    found: dict[str, str] = json.loads(interview.notes or "{}")
    return found


def _hold(interview: Interview) -> None:
    db.session.flush()
    db.session.refresh(interview, with_for_update={"of": Interview})
    if interview.state != "open":
        raise IsOver


def _may_conduct(by: Member) -> None:
    if not by.may(*CONDUCT):
        raise Forbidden


def _may_write(interview: Interview, by: Member) -> None:
    if interview.interviewer_id != by.id:
        raise Forbidden
