"""Where tests put folders that go with them: in memory where it has room, else where the machine puts such folders.

A thousand associations are some four hundred thousand small files; making and removing them on a disk takes a fifth of
all tests' time.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.reaper import reaped

ROOM = 8 * 2**30
MEMORY = Path("/dev/shm")  # noqa: S108 - folders in it are made by tempfile


def _place() -> str:
    if MEMORY.is_dir() and min(shutil.disk_usage(MEMORY).free, psutil.virtual_memory().available) > ROOM:
        return str(MEMORY)
    return tempfile.gettempdir()


SCRATCH = _place()


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Make a folder that any user may enter, as PostgreSQL does where root starts it; all that works in it ends too."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SCRATCH))
    folder.chmod(0o755)
    with reaped(folder):
        yield folder
