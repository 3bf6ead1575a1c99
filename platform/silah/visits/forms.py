"""Planning a visit, writing down what it finds, and the checklist it goes by."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from silah import clock
from silah.desk.action_forms import long_text, needed, options, stripped
from silah.language.localization import locale
from silah.language.typed_days import FUTURE
from silah.organisation.models import BranchOffice, Membership
from silah.organisation.names import named
from silah.visits import checklists
from silah.visits.models import Visit, VisitChecklist
from silah.visits.recording import Mark
from silah.web.fields import DateField, read_id
from tenants.database import db

MARKS: dict[str, Any] = {
    "5": _l("5 – entirely so"),
    "4": _l("4 – mostly so"),
    "3": _l("3 – partly so"),
    "2": _l("2 – hardly so"),
    "1": _l("1 – not so"),
}
GRADES: dict[str, Any] = {
    "strength": _l("Strength"),
    "weakness": _l("Weakness"),
    "serious": _l("Serious weakness"),
}
LONGEST = _l("Write at most %(max)d characters.")
SPARE = 3
"""Empty lines at the end of a checklist's page, for further items."""


class PlanForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Which office, by which checklist, who goes and when."""

    branch = SelectField(_l("Office"), [needed(_l("Choose the office."))])
    checklist = SelectField(_l("Checklist"), [needed(_l("Choose the checklist."))])
    visitor = SelectField(_l("Who makes the visit"), [needed(_l("Choose who makes the visit."))])
    on = DateField(_l("Day"), [needed(_l("Choose the day of the visit."))], default=clock.today)


class MoveForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Another day."""

    on = DateField(_l("Day"), [needed(_l("Choose the day of the visit."))])


class CancelForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """Why a visit is not made."""

    reason = long_text(_l("Reason"), _l("Write the reason; it is kept on record."))


class FindingForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """One thing that was found."""

    grade = RadioField(_l("What it is"), [needed(_l("Choose what it is."))], choices=options(GRADES.items()))
    what = long_text(_l("What was found"), _l("Write what was found."))


class ActionForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """What is to be put right, by whom and by when."""

    what = long_text(_l("What is to be done"), _l("Write what is to be done."))
    owner = SelectField(_l("Who does it"), [needed(_l("Choose who does it."))])
    due_on = DateField(_l("By when"), [needed(_l("Choose the day."))], FUTURE)


class PhotoForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A photo, of an item or of the office."""

    photo = FileField(_l("Photo"))
    item = SelectField(_l("What the photo shows"), [Optional()])


def plan_form() -> PlanForm:
    """Planning, among the offices, checklists and members there are."""
    form = PlanForm()
    offices = db.session.scalars(
        select(BranchOffice).where(BranchOffice.active).order_by(BranchOffice.position, BranchOffice.name_ar)
    )
    form.branch.choices = options([("", _l("Choose")), *((str(one.id), named(one)) for one in offices)])
    form.checklist.choices = options([(str(one.id), named(one)) for one in checklists.every()])
    form.visitor.choices = colleagues()
    return form


def action_form() -> ActionForm:
    """A corrective action, to be done by any active member."""
    form = ActionForm()
    form.owner.choices = colleagues()
    return form


def photo_form(visit: Visit) -> PhotoForm:
    """A photo, of one of the visit's items."""
    form = PhotoForm()
    form.item.choices = options([("", _l("The office")), *((item["key"], words(item)) for item in visit.items)])
    return form


def colleagues() -> list[Any]:
    """The active members, for choosing one."""
    rows = select(Membership.id, Membership.name).where(Membership.state == "active").order_by(Membership.name)
    return options([("", _l("Choose")), *((str(row.id), row.name) for row in db.session.execute(rows))])


def words(item: dict[str, Any]) -> str:
    """An item of a checklist in the reader's language."""
    return str(item[locale()])


def record_form(visit: Visit, known: dict[str, Mark]) -> Any:
    """The checklist as a form: a mark and a remark for each item, and remarks on the whole."""
    given: dict[str, Any] = {"remarks": long_text(_l("Remarks on the whole visit"))}
    data = {"remarks": visit.remarks}
    for item in visit.items:
        key, was = item["key"], known.get(item["key"])
        given[f"mark-{key}"] = SelectField(
            words(item), [Optional()], choices=options([("", _l("Does not apply")), *MARKS.items()])
        )
        given[f"remark-{key}"] = StringField(
            _l("Remark"), [Optional(), Length(max=500, message=LONGEST)], filters=[stripped]
        )
        data[f"mark-{key}"] = str(was.mark or "") if was else ""
        data[f"remark-{key}"] = was.remark if was else ""
    return type("RecordForm", (FlaskForm,), given)(data=data)


def marks_said(visit: Visit, form: Any) -> dict[str, Mark]:
    """What the form says of each item."""
    said = {}
    for item in visit.items:
        chosen = form[f"mark-{item['key']}"].data
        said[item["key"]] = Mark(int(chosen) if chosen else None, form[f"remark-{item['key']}"].data or "")
    return said


def checklist_form(checklist: VisitChecklist | None = None) -> Any:
    """The names of a checklist and a line for each item, with some to spare."""
    items = checklist.items if checklist else []
    name = [needed(_l("Write the name.")), Length(max=200, message=LONGEST)]
    given: dict[str, Any] = {
        "name_ar": StringField(_l("Name in Arabic"), name, filters=[stripped]),
        "name_en": StringField(_l("Name in English"), name, filters=[stripped]),
        "withdrawn": BooleanField(_l("No longer in use")),
    }
    data: dict[str, Any] = {}
    if checklist:
        data = {"name_ar": checklist.name_ar, "name_en": checklist.name_en, "withdrawn": checklist.withdrawn}
    for index in range(min(len(items) + SPARE, checklists.MOST_ITEMS)):
        for language, label in (("ar", _l("In Arabic")), ("en", _l("In English"))):
            line = TextAreaField(label, [Optional(), Length(max=300, message=LONGEST)], filters=[stripped])
            given[f"items-{index}-{language}"] = line
            data[f"items-{index}-{language}"] = items[index][language] if index < len(items) else ""
    return type("ChecklistForm", (FlaskForm,), given)(data=data)


def items_said(checklist: VisitChecklist | None, form: Any) -> list[dict[str, Any]]:
    """The items as the form says them; one that stays keeps its key."""
    known = checklist.items if checklist else []
    said: list[dict[str, Any]] = []
    while f"items-{len(said)}-ar" in form:
        index = len(said)
        key = known[index]["key"] if index < len(known) else ""
        said.append({"key": key, **{name: form[f"items-{index}-{name}"].data or "" for name in ("ar", "en")}})
    return said


def chosen(value: str | None) -> UUID | None:
    """What was chosen in a list of rows."""
    return read_id(value)
