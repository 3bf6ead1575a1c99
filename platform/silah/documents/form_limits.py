"""What the files of one form may take together: how many they are, their bytes, and the time to open them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from flask import current_app, has_request_context, request
from flask_babel import lazy_gettext as _l

from silah.documents import content, sandbox

MOST_FILES = 20
MOST_TIMES = 4
"""How many times the limit of one file all of them may have."""
MOST_SECONDS = 40.0
LEAST_SECONDS = 0.5
KEY = "silah.files"


class TooManyFiles(content.NotTaken):
    """More files than one form may bring."""

    message = _l("At most 20 files can be sent at once. Send the others afterwards.")


class TooLargeTogether(content.NotTaken):
    """Files that are small enough each, and too large together."""

    message = _l("Together these files are too large. Send fewer of them at once, and the others afterwards.")


class TooLongTogether(content.NotTaken):
    """Files that take too long to open together."""

    message = _l("Together these files take too long to open. Send fewer of them at once, and the others afterwards.")


@dataclass
class FormFiles:
    """What was taken of one request's files so far."""

    files: int = 0
    bytes: int = 0
    seconds: float = 0.0


@contextmanager
def taking(sent: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Count a file in, and the time of the block, with the limits for opening it; raise one of ``content.NotTaken``.

    Files that are not of a request are not counted.
    """
    if not has_request_context():
        sent.seek(0)
        yield {}
        return
    taken: FormFiles = request.environ.setdefault(KEY, FormFiles())
    taken.files += 1
    taken.bytes += sent.seek(0, os.SEEK_END)
    sent.seek(0)
    left = MOST_SECONDS - taken.seconds
    if taken.files > MOST_FILES:
        raise TooManyFiles
    if taken.bytes > MOST_TIMES * current_app.config["SILAH"].upload_limit_mb * sandbox.MEGABYTE:
        raise TooLargeTogether
    if left < LEAST_SECONDS:
        raise TooLongTogether
    began = time.monotonic()
    try:
        yield {"wall_seconds": min(sandbox.LIMITS["wall_seconds"], left)}
    finally:
        taken.seconds += time.monotonic() - began
