"""A questionnaire as it is written: its sections and questions made, changed, moved, removed and checked.

Rounds keep their own copies; a questionnaire with faults makes none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from silah.errors import Invalid, NotFound
from silah.language.localization import locale
from silah.surveys.bank import QUESTIONS, READY
from silah.surveys.definition import CHOSEN, Definition, Question, Section
from silah.surveys.models import Questionnaire
from tenants.database import db
from tenants.texts import Text

MEASURED = {"csat": "rating", "ces": "rating", "nps": "scale"}


def problems(definition: Definition, *, anonymous: bool = False) -> list[str]:
    """One line for each thing to put right before a round can be made; none where all is well."""
    found = [] if whole(definition.title) else [_("The questionnaire has no title in both languages.")]
    if not any(one.asks for one in definition.questions):
        found.append(_("Nothing is asked yet."))
    twice = Counter([one.key for one in definition.questions] + [one.key for one in definition.sections])
    found += [_("The key %(key)s stands twice.", key=key) for key, n in twice.items() if n > 1]
    for question in definition.questions:
        words = question.text.for_locale(locale()) or question.key
        found += [f"{words}: {fault}" for fault in faults(definition, question, anonymous)]
    return found


def whole(text: Text) -> bool:
    """Written in both languages."""
    return bool(text.ar and text.en)


def faults(definition: Definition, question: Question, anonymous: bool) -> Iterator[str]:
    """What is not in order about one question."""
    if not whole(question.text):
        yield _("write it in both languages.")
    if bool(question.hint.ar) != bool(question.hint.en):
        yield _("write the hint in both languages.")
    yield from _of_choices(question)
    if question.measures and MEASURED[question.measures] != question.kind:
        yield _("this figure is worked out from another kind of question.")
    if question.least is not None and question.most is not None and question.least > question.most:
        yield _("the smallest number is larger than the largest.")
    if question.kind == "file" and anonymous:
        yield _("a file can tell who sent it, so an anonymous round asks for none.")
    last = definition.sections[-1] if definition.sections else None
    if question.kind == "file" and (last is None or question not in last.questions):
        yield _("a question for a file stands on the last page.")
    yield from _of_condition(definition, question)


def _of_choices(question: Question) -> Iterator[str]:
    if question.kind in CHOSEN and len(question.options) < 2:
        yield _("give at least two things to choose from.")
    if question.kind == "matrix" and not question.rows:
        yield _("give the lines that are rated.")
    parts = (*question.options, *question.rows)
    if any(not whole(part.label) for part in parts):
        yield _("write each choice in both languages.")
    keys = [part.key for part in parts]
    if len(set(keys)) != len(keys):
        yield _("two choices have one key.")


def _of_condition(definition: Definition, question: Question) -> Iterator[str]:
    if question.when is None:
        return
    here = definition.section_of(question.key)
    earlier = {one.key: one for one in definition.before(here.key)} if here else {}
    known = earlier.get(question.when.question)
    if known is None:
        yield _("its condition looks at no question of an earlier page.")
    elif not set(question.when.any_of) <= set(known.points):
        yield _("its condition waits for an answer that the earlier question does not have.")


MOST = 80


def listing(*, withdrawn: bool = True) -> Sequence[Questionnaire]:
    """Every questionnaire, those in use first."""
    rows = select(Questionnaire).order_by(Questionnaire.withdrawn, Questionnaire.position, Questionnaire.made_at)
    return db.session.scalars(rows if withdrawn else rows.where(~Questionnaire.withdrawn)).all()


def get(id_: UUID, *, lock: bool = False) -> Questionnaire:
    """One questionnaire; raises NotFound."""
    found = db.session.get(Questionnaire, id_, with_for_update=lock)
    if found is None:
        raise NotFound
    return found


def begin(ready: str = "") -> Questionnaire:
    """A questionnaire with one empty page, or one of the ready ones."""
    empty = Definition(title=Text(), sections=(Section(key="s1"),))
    last = db.session.scalar(select(func.max(Questionnaire.position))) or 0
    definition = READY.get(ready, empty)
    made = Questionnaire(definition=definition.document(), position=last + 1)
    db.session.add(made)
    db.session.flush()
    return made


def keep(found: Questionnaire, definition: Definition) -> None:
    """Write the draft."""
    if sum(1 for _one in definition.questions) > MOST:
        raise Invalid
    found.definition = definition.document()


def describe(found: Questionnaire, **parts: Any) -> None:
    """Title, introduction, thanks, and for whom it is."""
    keep(found, found.draft.model_copy(update=parts))


def put_section(found: Questionnaire, key: str | None, **parts: Any) -> str:
    """Change a section, or add one at the end; gives its key."""
    draft = found.draft
    if key is None:
        key = draft.free_key("s")
        keep(found, draft.with_sections([*draft.sections, Section(key=key, **parts)]))
        return key
    if draft.section(key) is None:
        raise NotFound
    changed = [one.model_copy(update=parts) if one.key == key else one for one in draft.sections]
    keep(found, draft.with_sections(changed))
    return key


def put_question(found: Questionnaire, section: str, question: Question) -> None:
    """Change the question of this key where it stands, or add it to the end of a section."""
    draft = found.draft
    here = draft.section_of(question.key) or draft.section(section)
    if here is None:
        raise NotFound
    held = [question if one.key == question.key else one for one in here.questions]
    held = held if question in held else [*held, question]
    changed = here.model_copy(update={"questions": tuple(held)})
    keep(found, draft.with_sections(changed if one.key == here.key else one for one in draft.sections))


def take(found: Questionnaire, section: str, ready: str) -> None:
    """Add a ready question to a section, under a key of its own."""
    if ready not in QUESTIONS:
        raise NotFound
    question = QUESTIONS[ready]
    if found.draft.question(question.key) is not None or found.draft.section(question.key) is not None:
        question = question.model_copy(update={"key": found.draft.free_key("q")})
    put_question(found, section, question)


def remove(found: Questionnaire, key: str) -> None:
    """Take a section or a question out."""
    draft = found.draft
    _known(draft, key)
    kept = [
        one.model_copy(update={"questions": tuple(q for q in one.questions if q.key != key)})
        for one in draft.sections
        if one.key != key
    ]
    keep(found, draft.with_sections(kept))


def move(found: Questionnaire, key: str, by: int) -> None:
    """Move a section or a question one place up (-1) or down (1); a question at the edge goes to the next section."""
    draft = found.draft
    _known(draft, key)
    if draft.section(key) is not None:
        sections = list(draft.sections)
        _swap(sections, next(n for n, one in enumerate(sections) if one.key == key), by)
        keep(found, draft.with_sections(sections))
        return
    pages = [list(one.questions) for one in draft.sections]
    page, place = next((n, m) for n, held in enumerate(pages) for m, one in enumerate(held) if one.key == key)
    if not _swap(pages[page], place, by) and 0 <= page + by < len(pages):
        question = pages[page].pop(place)
        pages[page + by].insert(0 if by > 0 else len(pages[page + by]), question)
    moved = [one.model_copy(update={"questions": tuple(held)}) for one, held in zip(draft.sections, pages, strict=True)]
    keep(found, draft.with_sections(moved))


def _swap(held: list[Any], place: int, by: int) -> bool:
    if not 0 <= place + by < len(held):
        return False
    held[place], held[place + by] = held[place + by], held[place]
    return True


def _known(draft: Definition, key: str) -> None:
    if draft.section(key) is None and draft.question(key) is None:
        raise NotFound
