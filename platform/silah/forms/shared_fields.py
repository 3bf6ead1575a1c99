"""Fields that several forms share: hints for keyboards, marks for the page, and many choices as checkboxes."""

from collections.abc import Mapping
from typing import Any

from wtforms.widgets import CheckboxInput, ListWidget

from silah.web.fields import MultipleChoiceField

INPUTS = {
    "number": {"inputmode": "decimal"},
    "money": {"inputmode": "decimal"},
    "national_id": {"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"},
    "iban": {"dir": "ltr", "autocomplete": "off"},
    "email": {"dir": "ltr", "inputmode": "email", "autocomplete": "email"},
    "date": {"inputmode": "text", "dir": "ltr", "autocomplete": "off"},
}


class Required:
    """Marks a field for the page; whether it is answered is decided where conditions are known."""

    field_flags: Mapping[str, Any] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to refuse here."""


class Optional:
    """Marks a field that may be left empty."""

    field_flags: Mapping[str, Any] = {"optional": True}

    def __call__(self, form: Any, field: Any) -> None:
        """Nothing to refuse here."""


class CheckboxesField(MultipleChoiceField):
    """Many choices, as a set of checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
