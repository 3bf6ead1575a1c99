"""Settings from the environment, and what keeps an installation from starting."""

import base64
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from silah.config import BadSettings, Settings
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
KEY = base64.b64encode(bytes(range(32))).decode()


def made(**changed: Any) -> Settings:
    given = {
        "database_url": "postgresql://silah_app:x@db/silah",
        "redis_url": "redis://cache",
        "base_domain": "silah.example",
        "secret_key": secrets.token_urlsafe(48),
        "master_key": KEY,
        "storage_url": "/srv/silah",
    }
    return Settings(**{**given, **changed})


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that names a whole installation."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SILAH_{name.upper()}", raising=False)
    for name, value in made().environment().items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class TestEnvironment:
    def test_a_child_process_reads_the_same_settings(self, environment: pytest.MonkeyPatch) -> None:
        settings = made(port=8000, scheme="http", smtp_starttls=False, demo=True, mailbox_dir="/tmp/mail")  # noqa: S108
        for name, value in settings.environment().items():
            environment.setenv(name, value)
        assert Settings.from_environment() == settings

    @pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "BASE_DOMAIN", "SECRET_KEY", "MASTER_KEY"])
    def test_what_is_missing_is_one_line(self, environment: pytest.MonkeyPatch, name: str) -> None:
        environment.delenv(f"SILAH_{name}")
        with pytest.raises(BadSettings) as refused:
            Settings.from_environment()
        (line,) = refused.value.lines
        assert line.startswith(f"SILAH_{name} is not set")

    def test_a_secret_is_never_repeated(self, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("SILAH_SECRET_KEY", "hunter2")
        with pytest.raises(BadSettings) as refused:
            Settings.from_environment()
        assert "hunter2" not in str(refused.value)
        assert "password" not in repr(made(smtp_password="password"))


class TestSecrets:
    @pytest.mark.parametrize(
        ("changed", "about"),
        [
            ({"secret_key": "short"}, "SILAH_SECRET_KEY is not a real secret"),
            ({"secret_key": "change-me" * 8}, "SILAH_SECRET_KEY is not a real secret"),
            ({"secret_key": "0" * 64}, "SILAH_SECRET_KEY is not a real secret"),
            ({"master_key": "A" * 43}, "SILAH_MASTER_KEY is not random"),
            ({"master_key": "c2hvcnQ="}, "must be 32 bytes"),
            ({"master_key": "not base64 at all"}, "must be 32 bytes"),
            ({"secret_key": KEY}, "must differ"),
        ],
    )
    def test_made_up_ones_are_refused(self, changed: dict[str, str], about: str) -> None:
        with pytest.raises(ValueError, match=about):
            made(**changed)

    def test_development_takes_weak_ones(self) -> None:
        assert made(secret_key="dev", development=True).secret_key == "dev"


class TestAddresses:
    def test_an_association_answers_under_the_base_domain(self) -> None:
        assert made().address("madinah") == "https://madinah.silah.example"
        assert made(scheme="http", port=8000).address() == "http://silah.example:8000"

    @pytest.mark.parametrize("url", ["postgres://a@b/c", "postgresql://a@b/c", "postgresql+psycopg://a@b/c"])
    def test_the_driver_is_always_named(self, url: str) -> None:
        assert made(database_url=url).database_url == "postgresql+psycopg2://a@b/c"

    @pytest.mark.parametrize("domain", ["https://silah.example", "silah.example:80", "silah.example/x", ""])
    def test_a_base_domain_is_a_bare_domain(self, domain: str) -> None:
        with pytest.raises(ValueError, match="bare domain"):
            made(base_domain=domain)


class TestServer:
    def test_gunicorn_gives_up_with_plain_lines(self, environment: pytest.MonkeyPatch) -> None:
        environment.delenv("SILAH_MASTER_KEY")
        command = [str(Path(sys.executable).parent / "gunicorn"), "wsgi:app", "--bind", "127.0.0.1:0"]
        command += ["--no-control-socket"]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
        assert ran.returncode != 0
        assert "Silah cannot start:\nSILAH_MASTER_KEY is not set" in ran.stderr
        assert "Traceback" not in ran.stderr
