"""Files that come with answers: kept where a question that was asked wants one, and all of them or none."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import SilahError
from silah.surveys.definition import Definition, asked
from tenants.database import db


def kept(
    asks: Definition, answers: Mapping[str, Any], sent: Mapping[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """The ids of the files that were sent (as werkzeug's FileStorage), and what is wrong with them, by question.

    Where something is wrong, none is kept.
    """
    found: dict[str, StoredFile] = {}
    wrong: dict[str, str] = {}
    for question in (one for _section, here in asked(asks, answers) for one in here if one.kind == "file"):
        file = sent.get(question.key)
        try:
            if file and file.filename:
                found[question.key] = documents.keep(file.stream.read(), file.filename, purpose="survey")
            elif question.required:
                wrong[question.key] = _("Choose a file.")
        except SilahError as refused:
            wrong[question.key] = str(refused)
    if wrong:
        db.session.flush()
        for one in found.values():
            documents.forget(one)
        return {}, wrong
    return {key: str(one.id) for key, one in found.items()}, {}
