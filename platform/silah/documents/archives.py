"""Archives that do not tell when, where or by whom their parts were written."""

import zipfile
from typing import Any

NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first instant that an archive can name; it stands where a time would."""

PLAIN_FILE = 0o644 << 16


class UndatedZip(zipfile.ZipFile):
    """A ZIP archive whose parts have no time and no owner's permissions."""

    def open(self, name: Any, mode: Any = "r", *args: Any, **options: Any) -> Any:
        """Open a part; of one that is written, only its name is kept."""
        if mode == "w" and isinstance(name, zipfile.ZipInfo):
            name.date_time, name.external_attr = NO_TIME, PLAIN_FILE
        return super().open(name, mode, *args, **options)
