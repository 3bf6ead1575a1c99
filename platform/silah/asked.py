"""What a browser asks and sends, as the rest of the code may rely on it."""

from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Request, current_app
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.datastructures.structures import iter_multi_items

ROOM = 8
"""How many times the limit of one file a form with files may be."""

MEGABYTE = 1024 * 1024
IN_MEMORY = 500_000


class Cut(SpooledTemporaryFile[bytes]):
    """A file as it arrives, of which no more is kept than is needed to see that it is too large."""

    def __init__(self, most: int) -> None:
        super().__init__(max_size=IN_MEMORY, mode="w+b")
        self.room = most

    def write(self, data: Any) -> int:
        """Keep what there is room for, and let go of the rest."""
        kept = super().write(data[: self.room])
        self.room -= kept
        return len(data)


class Sent(ImmutableMultiDict[str, str]):
    """The fields of a form or of an address, without NUL, which no text has and PostgreSQL does not keep."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__([(key, plain(value)) for key, value in iter_multi_items(mapping or ())])


def plain(value: Any) -> Any:
    """A text without NUL; anything else as it is."""
    return value.replace("\0", "") if isinstance(value, str) else value


class Asked(Request):
    """A request whose texts hold no NUL, and whose files are read to just beyond the limit and no further.

    A file that is too large is so refused at its field, with all else that was typed; only what is far beyond the
    limit is not read at all.
    """

    parameter_storage_class = Sent

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
        return Cut(current_app.config["SILAH"].upload_limit_mb * MEGABYTE + 1)
