"""The wheel holds all that runs: templates, static files, translations, migrations, blueprints; and it starts."""

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
CODE = {".py", ".pyc", ".po"}

PROBE = """
import sys
from silah.app import create_app
from silah.config import Settings
from tenants import blueprints, rendering

here = sys.argv[1]
import silah, tenants
assert silah.__file__.startswith(here) and tenants.__file__.startswith(here), (silah.__file__, tenants.__file__)
assert str(rendering.folder()).startswith(here), rendering.folder()
assert "CREATE TABLE" in rendering.rendered()
assert all(blueprints.load(name).policy for name in blueprints.names())
app = create_app(Settings(
    database_url="postgresql://nobody@127.0.0.1:1/none", redis_url="redis://127.0.0.1:1", base_domain="silah.test",
    secret_key="x" * 32, master_key="A" * 43, storage_url=here, development=True,
))
with app.test_request_context("/?lang=ar", headers={"Host": "silah.test"}):
    from flask_babel import gettext
    assert gettext("There is nothing at this address.") != "There is nothing at this address."
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as an installation has it."""
    built, unpacked = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    return unpacked


def kept(folder: str) -> set[str]:
    """The files of a folder that are in git, or would be, code left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return {name for name in listed if Path(name).suffix not in CODE and (ROOT / name).exists()}


class TestWheel:
    def test_it_holds_what_stands_beside_the_code(self, unpacked: Path) -> None:
        wanted = {name.removeprefix("platform/") for name in kept("platform") | kept("tenants")}
        assert {name for name in wanted if not (unpacked / name).is_file()} == set()
        for kind in (".html", ".css", ".js", ".typ", ".toml"):
            assert any(name.endswith(kind) for name in wanted), kind

    def test_it_holds_both_histories_and_both_languages(self, unpacked: Path) -> None:
        data = unpacked / "silah" / "_data"
        for name in ("alembic.ini", "shared/env.py", "tenant/env.py"):
            assert (data / "migrations" / name).is_file()
        for history in ("shared", "tenant"):
            assert list((data / "migrations" / history / "versions").glob("*.py"))
        for locale in ("ar", "en"):
            assert (data / "translations" / locale / "LC_MESSAGES" / "messages.mo").is_file()

    def test_it_holds_nothing_that_is_not_needed(self, unpacked: Path) -> None:
        names = {path.name for path in unpacked.iterdir()}
        assert {name for name in names if not name.endswith(".dist-info")} == {"silah", "tenants", "wsgi.py"}
        assert list(unpacked.rglob("*.pyc")) + list(unpacked.rglob("*.po")) == []

    def test_it_runs_away_from_the_repository(self, unpacked: Path, tmp_path: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            [sys.executable, "-c", PROBE, str(unpacked)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert ran.returncode == 0, ran.stderr
