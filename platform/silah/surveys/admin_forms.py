"""The forms of the builder: what a questionnaire is, its sections, one question of any kind."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from silah.desk.action_forms import Checkboxes, options, stripped
from silah.language.localization import locale, shown_digits
from silah.surveys.definition import Definition, Option, Question, When
from silah.surveys.labels import point_words
from silah.web.fields import IntegerField
from tenants.texts import Text

KIND_WORDS: dict[str, Any] = {
    "rating": _l("Rating from 1 to 5"),
    "scale": _l("A number from 0 to 10"),
    "one": _l("One of several"),
    "many": _l("Several of several"),
    "matrix": _l("Several lines, each rated from 1 to 5"),
    "ranking": _l("Several put in order"),
    "number": _l("A number"),
    "date": _l("A date"),
    "short": _l("A short text"),
    "long": _l("A long text"),
    "file": _l("A file"),
    "statement": _l("A statement, nothing to answer"),
}
MEASURE_WORDS: dict[str, Any] = {
    "": _l("None"),
    "csat": _l("Satisfied share (CSAT), from a rating of 1 to 5"),
    "nps": _l("Recommendation (NPS), from 0 to 10"),
    "ces": _l("Ease (CES), from a rating of 1 to 5"),
}
LOOKS: dict[str, Any] = {"words": _l("Words"), "faces": _l("Faces")}
LINES = _l("One on each line: the Arabic words, a vertical bar, the English words. For example: نعم | Yes")
SHORT, LONG = 300, 2000


def words(label: Any, longest: int = SHORT, hint: Any = "", *, wanted: bool = False) -> StringField:
    """One line of words; one that is wanted may still be missing from a draft."""
    first = [] if wanted else [Optional()]
    return StringField(label, [*first, Length(max=longest)], filters=[stripped], description=hint)


def lines(label: Any, hint: Any = "") -> TextAreaField:
    """Several lines of words."""
    return TextAreaField(label, [Optional(), Length(max=LONG)], filters=[stripped], description=hint)


class AboutForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What a questionnaire is called, and what it says before and after."""

    title_ar, title_en = words(_l("Title in Arabic"), wanted=True), words(_l("Title in English"), wanted=True)
    intro_ar, intro_en = lines(_l("Introduction in Arabic")), lines(_l("Introduction in English"))
    thanks_ar, thanks_en = lines(_l("Thanks in Arabic")), lines(_l("Thanks in English"))
    readers = RadioField(
        _l("Who answers it"),
        choices=options([("beneficiaries", _l("Beneficiaries")), ("staff", _l("The staff: internal beneficiaries"))]),
        default="beneficiaries",
    )
    withdrawn = BooleanField(_l("No longer in use"))

    def texts(self) -> dict[str, Any]:
        """What was typed, as parts of a definition."""
        return {name: both(self, name) for name in ("title", "intro", "thanks")} | {"readers": self.readers.data}


class SectionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A page of a questionnaire."""

    title_ar, title_en = words(_l("Title in Arabic")), words(_l("Title in English"))
    intro_ar, intro_en = lines(_l("Introduction in Arabic")), lines(_l("Introduction in English"))

    def texts(self) -> dict[str, Any]:
        """What was typed, as parts of a section."""
        return {name: both(self, name) for name in ("title", "intro")}


class QuestionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """One question; which fields matter follows from its kind."""

    kind = SelectField(_l("Kind"), choices=options(KIND_WORDS.items()))
    text_ar = words(_l("Question in Arabic"), 600, _l("{الخدمة} stands for the name of the service."), wanted=True)
    text_en = words(_l("Question in English"), 600, _l("{service} stands for the name of the service."), wanted=True)
    hint_ar, hint_en = words(_l("Hint in Arabic")), words(_l("Hint in English"))
    required = BooleanField(_l("It must be answered"))
    look = RadioField(
        _l("Shown as"), choices=options([("words", _l("Words")), ("faces", _l("Faces"))]), default="words"
    )
    measures = SelectField(_l("Figure worked out from it"), choices=options(MEASURE_WORDS.items()), default="")
    options = lines(_l("What can be chosen"), LINES)
    rows = lines(_l("Lines that are rated"), LINES)
    least, most = IntegerField(_l("Smallest number"), [Optional()]), IntegerField(_l("Largest number"), [Optional()])
    when = Checkboxes(_l("Asked only where an earlier page was answered so"), [Optional()])


def both(form: Any, name: str) -> Text:
    """A text from its two fields."""
    return Text(ar=form[f"{name}_ar"].data or "", en=form[f"{name}_en"].data or "")


def spread(part: Any, *names: str) -> dict[str, Any]:
    """Texts as the fields of a form."""
    return {f"{name}_{tongue}": getattr(getattr(part, name), tongue) for name in names for tongue in ("ar", "en")}


def question_form(draft: Definition, section: str, held: Question | None, kind: str = "rating") -> QuestionForm:
    """The form of a question, filled with what is known of it."""
    known: dict[str, Any] = {"kind": kind}
    if held is not None:
        known = spread(held, "text", "hint") | held.model_dump(include={"kind", "required", "look", "measures"})
        known |= {"least": held.least, "most": held.most, "options": written(held.options), "rows": written(held.rows)}
        known["when"] = [f"{held.when.question}={one}" for one in held.when.any_of] if held.when else []
    form = QuestionForm(data=known)
    form.when.choices = options(conditions(draft, section))
    return form


def conditions(draft: Definition, section: str) -> list[tuple[str, str]]:
    """What a condition may wait for: each answer of each question of the earlier pages."""
    found = []
    for one in draft.before(section):
        labels = {option.key: option.label.for_locale(locale()) for option in one.options}
        if one.kind == "rating":
            labels = {point: point_words(one.measures, point) for point in one.points}
        found += [(f"{one.key}={point}", labels.get(point) or shown_digits(point)) for point in one.points]
    return found


def condition_groups(draft: Definition, form: QuestionForm) -> list[tuple[str, list[Any], bool]]:
    """The same by question: what it asks, its answers, and whether one of them is waited for."""
    held: dict[str, list[Any]] = {}
    for choice in form.when:
        held.setdefault(choice.data.split("=", 1)[0], []).append(choice)
    asked = {one.key: one.text.for_locale(locale()) or one.key for one in draft.questions}
    return [(asked[key], choices, any(one.checked for one in choices)) for key, choices in held.items()]


def question_of(form: QuestionForm, key: str, held: Question | None) -> Question | None:
    """The question as it was typed; None where it cannot be taken, with the reason at its field."""
    chosen = [one.split("=", 1) for one in form.when.data or []]
    if len({asked for asked, _point in chosen}) > 1:
        form.when.errors = [_("A condition looks at one question only.")]
        return None
    when = When(question=chosen[0][0], any_of=tuple(point for _asked, point in chosen)) if chosen else None
    return Question(
        key=key,
        kind=form.kind.data,
        text=both(form, "text"),
        hint=both(form, "hint"),
        required=form.required.data,
        look=form.look.data or "words",
        measures=form.measures.data or "",
        options=parsed(form.options.data, held.options if held else ()),
        rows=parsed(form.rows.data, held.rows if held else ()),
        least=form.least.data,
        most=form.most.data,
        when=when,
    )


def parsed(typed: str | None, known: tuple[Option, ...]) -> tuple[Option, ...]:
    """Choices from their lines; one that stands already keeps its key."""
    keys = {one.label: one.key for one in known}
    taken, found = set(keys.values()), []
    for line in (typed or "").splitlines():
        ar, _bar, en = (part.strip() for part in line.partition("|"))
        if ar or en:
            label = Text(ar=ar, en=en)
            key = keys.pop(label, None) or next(f"o{n}" for n in range(1, 1000) if f"o{n}" not in taken)
            taken.add(key)
            found.append(Option(key=key, label=label))
    return tuple(found)


def written(parts: tuple[Option, ...]) -> str:
    """Choices as lines."""
    return "\n".join(f"{one.label.ar} | {one.label.en}" for one in parts)
