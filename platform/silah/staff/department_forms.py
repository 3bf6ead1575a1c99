"""The form of a department."""

from typing import Any, Self

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from silah.organisation.models import Department
from silah.staff import members
from silah.staff.forms import ADDRESS, Checkboxes, plausible, short_text
from silah.staff.service import address


class DepartmentForm(FlaskForm):  # type: ignore[misc]  # flask_wtf has no types
    """A department's names, to whom its copies go, and who works there."""

    name_ar = short_text(_l("Name in Arabic"), _l("Write the name in Arabic."))
    name_en = short_text(_l("Name in English"), _l("Write the name in English."))
    email = StringField(
        _l("E-mail address for copies"),
        [Optional(), Length(max=ADDRESS), plausible],
        filters=[lambda text: address(text) if text else ""],
        description=_l("Where it is empty, each of its members gets the copy."),
        render_kw={"type": "email", "dir": "ltr"},
    )
    members = Checkboxes(_l("Who works there"), description=_l("Whoever is ticked leaves the department before."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = [one for one in members.listing() if one.state != "suspended"]
        self.members.choices = [SelectChoice(str(one.id), one.name) for one in staff]

    @classmethod
    def of(cls, department: Department) -> Self:
        """The form as it stands."""
        here = [str(one.id) for one in members.listing() if one.department_id == department.id]
        said = {"name_ar": department.name_ar, "name_en": department.name_en, "email": department.email}
        return cls(data={**said, "members": here})
