"""The demo's folder: secrets that last, and a filling that was cut short."""

import stat
from pathlib import Path

import pytest

from silah.demo.folder import FILLING, Folder
from silah.embedded.servers import Addresses


class TestFolder:
    def test_secrets_are_made_once_and_are_nobody_elses_business(self, tmp_path: Path) -> None:
        made = Folder(tmp_path).secrets()
        assert Folder(tmp_path).secrets() == made
        assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600

    def test_a_filling_that_was_cut_short_is_cleared_and_foreign_files_stay(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.begin_filling()
        (tmp_path / "mail").mkdir()
        (tmp_path / "mine.txt").touch()
        folder.clear_half_filled()
        assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]

    def test_a_folder_that_was_filled_is_not_cleared(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.begin_filling()
        folder.end_filling({"madinah": []})
        folder.clear_half_filled()
        assert folder.filled
        assert not (tmp_path / FILLING).exists()

    def test_a_mail_server_is_taken_from_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SILAH_SMTP_HOST", "mail.example")
        monkeypatch.setenv("SILAH_DATABASE_URL", "postgresql://somewhere.else/db")
        servers = Addresses(
            "postgresql://silah_app@/silah", "postgresql://silah_owner@/silah", "", "unix:///r", "unix:///l"
        )
        settings = Folder(tmp_path).settings(servers, 8000)
        assert settings.smtp_host == "mail.example"
        assert settings.database_url == "postgresql+psycopg2://silah_app@/silah"
        assert settings.address("madinah") == "http://madinah.localhost:8000"
