"""Consent, which comes first, and the notes of an interview."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, Optional

from silah import clock
from silah.desk.action_forms import long_text, needed, options, stripped
from silah.interviews.models import Interview
from silah.interviews.service import Consent, asked
from silah.language.bilingual import join_words
from silah.language.localization import locale
from silah.language.typed_days import PAST
from silah.surveys import questionnaires
from silah.surveys.definition import Question, piped
from silah.web.fields import DateField
from tenants.texts import Text

HOW: dict[str, Any] = {
    "spoken": _l("Agreed in words"),
    "signed": _l("Agreed with a signature on paper, which the association keeps"),
    "guardian": _l("Agreed through the guardian"),
}
REFUSED = "refused"
LONGEST = _l("Write at most %(max)d characters.")


class ConsentForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What is asked, of whom, and whether they agree."""

    questionnaire = SelectField(_l("Questionnaire that guides it"), [needed(_l("Choose the questionnaire."))])
    reference = StringField(
        _l("Reference of a case"),
        [Optional(), Length(max=40, message=LONGEST)],
        filters=[stripped],
        description=_l("Empty: nobody is named."),
    )
    consent = RadioField(
        _l("Does the person agree?"),
        [InputRequired(_l("Choose the answer that was given."))],
        choices=options([*HOW.items(), (REFUSED, _l("Does not agree: nothing is kept but the count"))]),
    )
    on = DateField(_l("Day of the consent"), [Optional()], bounds=PAST)
    at = TimeField(_l("Hour of the consent"), [Optional()])

    def given(self) -> Consent:
        """How and when they agreed."""
        now = clock.now().astimezone(clock.RIYADH)
        day, hour = self.on.data or now.date(), self.at.data or now.time()
        return Consent(self.consent.data, datetime.combine(day, hour, clock.RIYADH))


def consent_form() -> ConsentForm:
    """Among the questionnaires that are in order."""
    now = clock.now().astimezone(clock.RIYADH)
    form = ConsentForm(data={"on": now.date(), "at": now.time().replace(second=0, microsecond=0)})
    ready = [one for one in questionnaires.listing(withdrawn=False) if not questionnaires.problems(one.draft)]
    form.questionnaire.choices = options((str(one.id), one.draft.title.for_locale(locale())) for one in ready)
    return form


def chosen(form: ConsentForm) -> UUID:
    """The questionnaire."""
    return UUID(form.questionnaire.data)


def notes_form(interview: Interview, known: Mapping[str, str]) -> Any:
    """A field for what was said to each question, and one for the whole."""
    given: dict[str, Any] = {}
    for one in asked(interview):
        kinds = [Optional(), Length(max=4000, message=LONGEST)]
        hint = choices(one) or words(one.hint)
        given[f"note-{one.key}"] = TextAreaField(words(one.text), kinds, filters=[stripped], description=hint)
    given["summary"] = long_text(_l("Summary"), description=_l("What is to be learnt from it, without names."))
    data = {f"note-{key}": text for key, text in known.items()} | {"summary": interview.summary}
    return type("NotesForm", (FlaskForm,), given)(data=data)


def notes_said(interview: Interview, form: Any) -> dict[str, str]:
    """What the form says, by question."""
    return {one.key: form[f"note-{one.key}"].data or "" for one in asked(interview)}


def words(text: Text) -> str:
    """A text of the guide in the reader's language."""
    return piped(text.for_locale(locale()), _("our service"))


def choices(one: Question) -> str:
    """What a respondent would choose from, as a help to whoever asks."""
    return join_words(words(part.label) for part in (*one.options, *one.rows))
