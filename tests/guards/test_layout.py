"""The layout is what was agreed, and the standard library's `platform` stays importable however one starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.file_kinds import misplaced
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

SHORT = 25
SHORT_KINDS = {"__init__", "__main__", "errors", "jobs", "models", "notifications", "registration"}
"""Kinds of files that are looked for under their name, however little they hold; and what only gathers views."""
SHORT_FILES = {
    "platform/silah/cli/demo.py": "a command is loaded alone, and says what it needs",
    "platform/silah/console/front.py": "the portal's first page asks for it, and for nothing else of the console",
    "platform/silah/desk/active_entry.py": "the sidebar's one rule",
    "platform/silah/desk/admin_warnings.py": "a registry that features fill, and that no view is needed for",
    "platform/silah/desk/member.py": "every view of the staff asks it, and it asks none of them",
    "platform/silah/desk/message_forms.py": "forms stand in files of forms",
    "platform/silah/documents/archives.py": "tables and evidence packs write archives by it",
    "platform/silah/forms/texts.py": "every service cleans texts by it, and it asks none of them",
    "platform/silah/intake/bodies.py": "committees and complaints ask it, and for nothing else of requests",
    "platform/silah/intake/decision_reasons.py": "committees compare reasons by it, and ask nothing else of requests",
    "platform/silah/intake/reply_preview.py": "what the desk asks of requests for a letter, and nothing else of them",
    "platform/silah/jobs/coarse_time.py": "cases and uploads veil their times by it, and it knows neither",
    "platform/silah/language/digits.py": "what reads numbers imports it, and it imports nothing",
    "platform/silah/organisation/names.py": "whatever has a name in two languages is named by it",
    "platform/silah/organisation/holders.py": "who tells members asks it, above and below cases",
    "platform/silah/policies/in_force_effects.py": "a registry that features fill, and that no service is needed for",
    "platform/silah/portal/rate_limits.py": "every view of the portal is limited by it, and it asks none of them",
    "platform/silah/staff/platform_transactions.py": "ten modules write on the platform's side by it",
    "tenants/cache_ages.py": "the one clock of all caches, which tests hold still",
}
"""Files that are short for a reason."""
MISPLACED = {
    "desk/admin_home.py": "the administrators' first page, with what it says of each area",
    "desk/admin_settings.py": "one page with its form",
    "desk/case_view.py": "what the page of any kind of case shows, which several views draw",
    "desk/letter_preview.py": "what a letter would say, and the one view that draws it",
    "intake/person_pages.py": "the person's page of the form, which several views draw",
    "intake/tracking_actions.py": "what who follows a request can do, beside the page that offers it",
    "portal/followed_cases.py": "the error says what the page's own look-up did not find",
}
"""Files that hold what another kind of file holds, each with the reason for which it stays."""


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
        found = misplaced(ROOT / "platform" / "silah")
        assert [line for line in found if line.split()[1] not in MISPLACED] == []

    def test_what_breaks_that_is_named_with_its_package_whatever_package_it_is(self, tmp_path: Path) -> None:
        texts = {
            "models.py": "class Kept(Base):\n    __tablename__ = 'kept'\n",
            "service.py": "class Lost(Base):\n    __tablename__ = 'lost'\n",
            "answers.py": "from silah.errors import Conflict\nclass Late(Conflict):\n    pass\n",
            "shown.py": "bp = Blueprint('new', __name__)\n@bp.get('/new')\ndef new(): ...\n",
            "desk_routes.py": "@bp.post('/old')\ndef old(): ...\n",
            "owing.py": "@jobs.handles('new')\ndef new(key, payload): ...\n",
            "list_view.py": "",
        }
        (tmp_path / "new").mkdir()
        for name, text in {"__init__.py": "", **texts}.items():
            (tmp_path / "new" / name).write_text(text)
        assert sorted({line.split()[1] for line in misplaced(tmp_path)}) == [
            f"new/{name}.py" for name in ("answers", "list_view", "owing", "service", "shown")
        ]
        assert all(line.startswith("new: ") for line in misplaced(tmp_path))

    def test_no_file_of_code_is_shorter_than_25_lines_without_a_reason(self) -> None:
        sources = [path for path in kept() if path.suffix == ".py" and path.parts[0] in ("platform", "tenants")]
        short = {
            str(path)
            for path in sources
            if len((ROOT / path).read_text("utf-8").splitlines()) < SHORT
            and path.stem not in SHORT_KINDS
            and not path.stem.endswith("routes")
        }
        assert short - SHORT_FILES.keys() == set()

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
