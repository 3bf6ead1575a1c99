"""Where tests put folders that go with them: in memory where it has room, else where the machine puts such folders.

A thousand associations are some four hundred thousand small files; making and removing them on a disk takes a fifth of
all tests' time.
"""

import shutil
import tempfile
from pathlib import Path

import psutil

ROOM = 8 * 2**30
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile


def _place() -> str:
    if MEMORY.is_dir() and min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > ROOM:
        return str(MEMORY)
    return tempfile.gettempdir()


SCRATCH = _place()
