"""What is not in order about a questionnaire, said in words: a round takes none with faults. Pure but for the words."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _

from silah.language.localization import locale
from silah.surveys.definition import CHOSEN, Definition, Question
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
