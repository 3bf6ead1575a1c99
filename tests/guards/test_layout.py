"""The layout is what was agreed, and the standard library's `platform` stays importable however one starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

TOP_LEVEL = {"platform", "tenants", "migrations", "translations", "tests", "wsgi.py", "pyproject.toml", "README.md"}

PROBE = """
import platform
assert platform.python_version() and platform.__file__.endswith("platform.py"), platform
import uuid, sqlalchemy, silah, tenants
print("the real one")
"""

FEATURES = """cases intake complaints surveys committees beneficiaries staff notifications documents portal desk console
shell jobs cli""".split()  # noqa: SIM905 - words are read best as words


def kept() -> list[Path]:
    """The files that are in git, or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line) for line in found.stdout.splitlines()]


def run(*command: str, **environment: str) -> str:
    found = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, **environment}
    )
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout + found.stderr


class TestPlaces:
    def test_the_top_level_holds_what_was_agreed(self) -> None:
        assert {path.parts[0] for path in kept() if not path.parts[0].startswith(".")} == TOP_LEVEL

    def test_platform_is_a_source_root_with_one_child_and_no_package(self) -> None:
        assert {path.parts[1] for path in kept() if path.parts[0] == "platform"} == {"silah"}
        assert not (ROOT / "platform" / "__init__.py").exists()
        assert not (ROOT / "tests" / "platform").exists()

    def test_features_hold_files_of_the_same_names(self) -> None:
        for feature in FEATURES:
            folder = ROOT / "platform" / "silah" / feature
            assert not folder.exists() or (folder / "__init__.py").exists(), feature

    def test_no_file_of_code_is_longer_than_300_lines(self) -> None:
        sources = [path for path in kept() if path.suffix == ".py" and "versions" not in path.parts]
        long = {str(path): n for path in sources if (n := len((ROOT / path).read_text("utf-8").splitlines())) > 300}
        assert long == {}


class TestTheRealPlatform:
    """Started from the repository's root, where a folder has the same name."""

    def test_under_python(self) -> None:
        assert "the real one" in run(sys.executable, "-c", PROBE)

    @pytest.mark.parametrize("start", [(str(BIN / "pytest"),), (sys.executable, "-m", "pytest")], ids=["pytest", "-m"])
    def test_under_pytest(self, start: tuple[str, ...], tmp_path: Path) -> None:
        (tmp_path / "test_probe.py").write_text(
            "def test_probe():\n" + "\n".join(f"    {x}" for x in PROBE.splitlines())
        )
        assert "1 passed" in run(*start, "-q", "-p", "no:cacheprovider", "-c", "pyproject.toml", str(tmp_path))

    def test_under_a_script_at_the_root(self, tmp_path: Path) -> None:
        script = f"import runpy, sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['wsgi.py']\n{PROBE}"
        assert "the real one" in run(sys.executable, "-c", script)

    def test_under_python_wsgi_py(self) -> None:
        """Without settings it says what is missing, which it can do only after importing everything."""
        bare = {name: value for name, value in os.environ.items() if not name.startswith("SILAH_")}
        found = subprocess.run(
            [sys.executable, "wsgi.py"], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, env=bare
        )
        assert "SILAH_DATABASE_URL is not set" in found.stderr
        assert "Traceback" not in found.stderr

    def test_under_gunicorn(self, tmp_path: Path) -> None:
        (tmp_path / "probe.py").write_text(PROBE + "\ndef app(environ, start): ...\n")
        run(str(BIN / "gunicorn"), "--check-config", "probe:app", PYTHONPATH=str(tmp_path))

    def test_under_flask(self, tmp_path: Path) -> None:
        (tmp_path / "probe.py").write_text(PROBE + "\nfrom flask import Flask\napp = Flask('probe')\n")
        assert "the real one" in run(str(BIN / "flask"), "--app", "probe", "routes", PYTHONPATH=str(tmp_path))
