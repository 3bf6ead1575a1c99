"""What a form takes from a request that sends it: what was sent, also where that is nothing at all.

Flask-WTF takes a POST without a body for a page that is opened, and fills the form from the object that it edits: a box
that nobody ticked counts as ticked, and the form as valid. It has no setting for that, so its own way is replaced once,
for every form.
"""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto, _is_submitted
from werkzeug.datastructures import CombinedMultiDict


def init_sent_forms() -> None:
    """Have every form read what was sent."""
    FlaskForm.Meta.wrap_formdata = take_sent


def take_sent(_meta: Any, _form: Any, formdata: Any) -> Any:
    """Return the fields and files of the request where it sends a form, None where it opens a page."""
    if formdata is not _Auto:
        return formdata
    if not _is_submitted():
        return None
    return CombinedMultiDict((request.files, request.form)) if request.files else request.form
