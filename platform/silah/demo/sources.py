"""Which files the processes of a developer's demo have read, and whether one has changed since."""

from collections.abc import Iterable
from pathlib import Path

import silah
import tenants
from silah.language.localization import translations_folder

READ_ONCE = (".py", ".mo", ".toml", ".json")
"""Kinds of files that a process reads when it starts; templates, styles and scripts are read anew by themselves."""


class Sources:
    """The sources of the platform, as they were when last asked."""

    def __init__(self, roots: Iterable[Path] | None = None) -> None:
        self.roots = [*(roots or source_roots())]
        self._seen = self._stamps()

    def has_changed(self) -> bool:
        """Tell whether a file came, went or was written since this was asked."""
        before, self._seen = self._seen, self._stamps()
        return before != self._seen

    def _stamps(self) -> dict[Path, int]:
        stamps = {}
        for root in self.roots:
            for path in root.rglob("*"):
                if path.suffix in READ_ONCE:
                    try:
                        stamps[path] = path.stat().st_mtime_ns
                    except FileNotFoundError:  # an editor puts another in its place
                        continue
        return stamps


def source_roots() -> list[Path]:
    """Return the packages' folders, and the catalogues where they stand beside them."""
    return [Path(silah.__file__).parent, Path(tenants.__file__).parent, translations_folder()]
