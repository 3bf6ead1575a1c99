"""What a browser asks and sends, as the rest of the code may rely on it."""

from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items


class Sent(ImmutableMultiDict[str, str]):
    """The fields of a form or of an address, without NUL, which no text has and PostgreSQL does not keep."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__([(key, plain(value)) for key, value in iter_multi_items(mapping or ())])


def plain(value: Any) -> Any:
    """A text without NUL; anything else as it is."""
    return value.replace("\0", "") if isinstance(value, str) else value


class Asked(Request):
    """A request whose texts hold no NUL."""

    parameter_storage_class = Sent
