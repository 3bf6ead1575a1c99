"""Adding a tool, saying where it is offered, and a new version of it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from silah.cases.states import ENDED, STATE_WORDS, State
from silah.desk.action_choices import role_names
from silah.desk.action_forms import Checkboxes, options, stripped
from silah.library.models import LibraryTool
from silah.library.service import ALL

KINDS: dict[str, Any] = {"guide": _l("Guide"), "form": _l("Form"), "bylaw": _l("By-law"), "policy": _l("Policy")}
LONGEST = _l("Write at most %(max)d characters.")


class ToolForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """What a tool is called, to whom it is open, when it is offered and who must read it."""

    kind = RadioField(_l("Kind"), choices=options(KINDS.items()), default="guide")
    name_ar = StringField(_l("Name in Arabic"), [Optional(), Length(max=200)], filters=[stripped])
    name_en = StringField(_l("Name in English"), [Optional(), Length(max=200)], filters=[stripped])
    public = BooleanField(_l("The public may take it too"))
    moments = Checkboxes(_l("Offered on the page of a case while it is"), [Optional()])
    readers = Checkboxes(_l("Who must read it"), [Optional()])
    withdrawn = BooleanField(_l("No longer in use"))


def tool_form(tool: LibraryTool | None = None) -> ToolForm:
    """Filled with what is known of the tool."""
    form = ToolForm(obj=tool)
    states = [(state.value, STATE_WORDS[state]) for state in State if state not in ENDED]
    form.moments.choices = options(states)
    form.readers.choices = options([(ALL, _l("Everybody")), *role_names().items()])
    return form


class VersionForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """A new version: a file, or the text itself in both languages."""

    file = FileField(_l("The file"), [Optional()])
    text_ar = TextAreaField(_l("Or the text in Arabic"), [Optional(), Length(max=40_000, message=LONGEST)])
    text_en = TextAreaField(_l("And in English"), [Optional(), Length(max=40_000, message=LONGEST)])
    note = StringField(_l("What changed"), [Optional(), Length(max=300)], filters=[stripped])
