"""Hatchling's build hook: compiles the catalogues, and puts the data beside the packages into a wheel.

An editable install reads migrations and translations where they stand; copies would go stale there.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = ("migrations", "translations")


class DataHook(BuildHookInterface):
    """Named in pyproject.toml as the custom hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every catalogue; a wheel to be shipped gets the data as `silah/_data`, and the WSGI entry."""
        root = Path(self.root)
        for source in root.glob("translations/*/LC_MESSAGES/*.po"):
            compiled = BytesIO()
            write_mo(compiled, read_po(BytesIO(source.read_bytes()), locale=source.parts[-3]))
            source.with_suffix(".mo").write_bytes(compiled.getvalue())
        if version == "standard" and self.target_name == "wheel":
            for path in shipped(root):
                build_data["force_include"][str(path)] = f"silah/_data/{path.relative_to(root)}"
            build_data["force_include"][str(root / "wsgi.py")] = "wsgi.py"


def shipped(root: Path) -> list[Path]:
    """The data files of a wheel: no caches, and no catalogue's source, which is of no use at run time."""
    files = (path for folder in DATA for path in (root / folder).rglob("*") if path.is_file())
    return sorted(path for path in files if "__pycache__" not in path.parts and path.suffix not in {".pyc", ".po"})
