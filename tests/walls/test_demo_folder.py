"""The demo's letters, logs and queues are nobody else's on the machine, and no other machine reaches its servers."""

import os
import stat
from pathlib import Path

import pytest

from silah.demo import supervisor
from silah.demo.folder import PRIVATE, held
from silah.embedded import servers


@pytest.fixture
def loose(tmp_path: Path) -> Path:
    """A folder that an earlier start left open to all."""
    for name in ("", *PRIVATE):
        (tmp_path / "demo" / name).mkdir(exist_ok=True)
        (tmp_path / "demo" / name).chmod(0o755)
    (tmp_path / "demo" / "mail" / "letter.eml").write_text("secret")
    return tmp_path / "demo"


def test_the_folder_is_readable_by_its_owner_alone(loose: Path) -> None:
    with held(loose) as folder:
        for name in PRIVATE:
            assert stat.S_IMODE((folder.path / name).stat().st_mode) == 0o700
        # As root PostgreSQL has a user of its own, who passes through and sees no list.
        assert stat.S_IMODE(folder.path.stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)


def test_redis_keeps_its_files_and_its_socket_to_itself(tmp_path: Path) -> None:
    (tmp_path / "redis").mkdir(mode=0o755)
    with servers.redis_server(tmp_path) as url:
        assert stat.S_IMODE((tmp_path / "redis").stat().st_mode) == 0o700
        assert url.startswith("unix://")


def test_pages_are_served_on_loopback_alone() -> None:
    assert set(supervisor.hosts()) <= {"127.0.0.1", "[::1]"}
    assert "127.0.0.1" in supervisor.hosts()
