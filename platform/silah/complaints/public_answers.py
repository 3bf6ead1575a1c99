"""Answers for everybody: published in both languages, found however a word is written, telling nothing of who asked."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from silah import clock
from silah.cases.models import Case
from silah.complaints.models import PublicAnswer
from silah.errors import Forbidden, Invalid, NotFound
from silah.forms.texts import clean
from silah.language.search_columns import match
from silah.language.tokenizer import VERSION, list_alternatives, list_tokens
from silah.web.access import Member, Permission
from tenants.database import db

FIELDS = ("question_ar", "question_en", "answer_ar", "answer_en")
PAGE_SIZE = 20
LONGEST = 4000


def publish(
    *, by: Member, texts: dict[str, str], area: UUID | None = None, case: Case | None = None,
    answer: PublicAnswer | None = None,
) -> PublicAnswer:  # fmt: skip
    """Publish an answer, or change one that stands; all four texts are needed."""
    if not by.may(Permission.PUBLISH_ANSWERS):
        raise Forbidden
    wrong = {key: _("Write this in both languages.") for key in FIELDS if not clean(texts.get(key))}
    wrong |= {
        key: _("Write at most %(count)s characters.", count=LONGEST)
        for key in FIELDS
        if len(texts.get(key) or "") > LONGEST
    }
    if wrong:
        raise Invalid(wrong)
    answer = answer or PublicAnswer(case_id=case.id if case else None, published_by=by.id, published_at=clock.now())
    for key in FIELDS:
        setattr(answer, key, clean(texts[key]))
    answer.area_id, answer.withdrawn_at = area, None
    index_answer(answer)
    db.session.add(answer)
    db.session.flush()
    return answer


def index_answer(answer: PublicAnswer) -> None:
    """Keep by which words an answer is found, in either language."""
    answer.search = list_tokens(" ".join(getattr(answer, key) for key in FIELDS))
    answer.search_version = VERSION


def withdraw(answer: PublicAnswer, *, by: Member) -> None:
    """Show it to the public no longer."""
    if not by.may(Permission.PUBLISH_ANSWERS):
        raise Forbidden
    answer.withdrawn_at = clock.now()


def get(answer_id: UUID) -> PublicAnswer:
    """The answer of this id; raises NotFound."""
    answer = db.session.get(PublicAnswer, answer_id)
    if answer is None:
        raise NotFound
    return answer


def shown(words: str = "", page: int = 1) -> tuple[Sequence[PublicAnswer], bool]:
    """A page of what the public sees, the newest first, and whether there is more; ``words`` narrow it."""
    rows = select(PublicAnswer).where(PublicAnswer.withdrawn_at.is_(None))
    sought = list_alternatives(words)
    if sought:
        rows = rows.where(match(PublicAnswer.search, sought))
    rows = rows.order_by(PublicAnswer.published_at.desc(), PublicAnswer.id)
    found = db.session.scalars(rows.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def every() -> Sequence[PublicAnswer]:
    """All answers, also those withdrawn, for who publishes them."""
    rows = select(PublicAnswer).order_by(PublicAnswer.withdrawn_at.is_(None).desc(), PublicAnswer.published_at.desc())
    return db.session.scalars(rows.limit(500)).all()
