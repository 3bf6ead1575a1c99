"""What a browser asks and sends, as the rest of the code may rely on it."""

import json
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Request, current_app, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter

from silah.language.text_cleaning import clean_value, remove_unkeepable

ROOM = 8
"""How many times the limit of one file a form with files may be."""

MEGABYTE = 1024 * 1024
IN_MEMORY = 500_000
LARGEST = 2**31 - 1
"""The largest number of an address that a column of the database can be compared with."""
DEEPEST = 20
"""How many lists and objects of JSON may stand in one another."""


class LimitedUpload(SpooledTemporaryFile[bytes]):
    """A file as it arrives, of which no more is kept than is needed to see that it is too large."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY, mode="w+b")
        self.room = most

    def write(self, data: Any) -> int:
        """Keep what there is room for, and let go of the rest."""
        kept = super().write(data[: self.room])
        self.room -= kept
        return len(data)


class CleanMultiDict(ImmutableMultiDict[str, Any]):
    """The fields of a form, of an address or of cookies, without what no text has (`clean_value`).

    A part of a multipart body that bears no name is no field.
    """

    def __init__(self, mapping: Any = None) -> None:
        named = [(key, value) for key, value in iter_multi_items(mapping or ()) if key is not None]
        super().__init__([(clean(key), clean(value)) for key, value in named])

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]
        """Return a value; one that is to be a number and is none, or one beyond the database's, is not there."""
        if type is not int:
            return super().get(key, default, type)
        found: int | None = super().get(key, None, _small)
        return default if found is None else found


class CleanJson:
    """JSON as it is sent: of bounded depth, and its texts without what no text has."""

    @staticmethod
    def loads(text: str | bytes, **_options: Any) -> Any:
        """Read JSON; raises ValueError for what is none, or too deep."""
        try:
            return clean_json(json.loads(text, parse_constant=_no_number))
        except RecursionError:
            raise ValueError("too deep") from None

    dumps = staticmethod(json.dumps)


def clean(value: Any) -> Any:
    """Return a text, or the name of a file, as `clean_value` leaves it; anything else as it is."""
    if isinstance(value, FileStorage):
        value.filename = remove_unkeepable(value.filename) if value.filename else value.filename
    return clean_value(value) if isinstance(value, str) else value


def clean_json(value: Any, depth: int = 0) -> Any:
    """Return what was read from JSON with clean texts; raises ValueError where it is too deep."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, dict):
        return {clean_value(key): clean_json(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [clean_json(one, depth + 1) for one in value]
    return clean(value)


def _small(text: str) -> int:
    number = int(text) if len(text) <= len(str(LARGEST)) + 1 else LARGEST + 1
    if abs(number) > LARGEST:
        raise ValueError
    return number


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")


class SmallIntegerConverter(IntegerConverter):
    """A number in a path, no larger than the database's."""

    regex = r"\d{1,9}"


def refuse_unreadable_path() -> None:
    """Answer that there is nothing at an address that holds what no text has; raises NotFound."""
    if remove_unkeepable(request.path) != request.path:
        raise NotFound


class AppRequest(Request):
    """A request whose texts are clean, and whose files are read to just beyond the limit and no further.

    A file that is too large is so refused at its field, with all else that was typed; only what is far beyond the
    limit is not read at all.
    """

    parameter_storage_class = CleanMultiDict
    dict_storage_class = CleanMultiDict
    json_module = CleanJson
    is_json = False
    """Forms are sent as forms: flask-wtf would take JSON for one, with numbers and lists where texts belong."""

    @property
    def max_content_length(self) -> int | None:
        """How long a body may be; a form with files is given room to be answered on its own page."""
        most = super().max_content_length
        return most * ROOM if most and self.mimetype == "multipart/form-data" else most

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._max_content_length = value

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> Any:
        return LimitedUpload(current_app.config["SILAH"].upload_limit_mb * MEGABYTE + 1)
