"""What the files of one form may take together: how many they are, their bytes, and the time to open them."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from flask import current_app, has_request_context, request

from silah.documents import sandbox
from silah.documents.errors import TooLargeTogether, TooLongTogether, TooManyFiles

MOST_FILES = 20
MOST_TIMES = 4
"""How many times the limit of one file all of them may have."""
MOST_SECONDS = 40.0
LEAST_SECONDS = 0.5
KEY = "silah.files"


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
