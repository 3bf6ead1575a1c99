"""What tests start ends with them: a program that fails, hangs or is killed leaves no process and no folder."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import run_whole, running
from tests.reaper import workers_in
from tests.scratch import SCRATCH, scratch_folder
from tests.waiting import wait_until

SERVERS = """
import subprocess, sys, tempfile, time
from pathlib import Path
from silah.embedded.servers import servers
folder = Path(tempfile.mkdtemp())
folder.chmod(0o755)
with servers(folder, durable=False):
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"], start_new_session=True)
    Path(sys.argv[1]).touch()
    {then}
"""


def work(then: str, sign: Path) -> list[str]:
    """A program that starts PostgreSQL, Redis and a process in a session of its own, and then does something."""
    return [sys.executable, "-c", SERVERS.format(then=then), str(sign)]


def test_a_program_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with scratch_folder("silah-fails-") as folder:
        ran = run_whole(work("raise ValueError('it broke')", tmp_path / "sign"), folder)
        assert "it broke" in ran.stderr
        assert not folder.exists()
        assert workers_in(folder) == []


def test_one_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    with scratch_folder("silah-hangs-") as folder:
        with pytest.raises(subprocess.TimeoutExpired):
            run_whole(work("time.sleep(3600)", tmp_path / "sign"), folder, seconds=10)
        assert not folder.exists()
        assert workers_in(folder) == []


def test_a_run_that_is_killed_outright_leaves_nothing(tmp_path: Path) -> None:
    """Nobody runs its finalizers; a process beside it waits for its end."""
    run = f"""
import os, subprocess
from tests.scratch import scratch_folder
with scratch_folder("silah-killed-") as folder:
    subprocess.run({work("time.sleep(3600)", tmp_path / "on")!r}, env={{**os.environ, "TMPDIR": str(folder)}})
"""
    before = set(Path(SCRATCH).glob("silah-killed-*"))
    with running([sys.executable, "-c", run], tmp_path / "log", cwd=Path(__file__).parents[1]) as process:
        wait_until((tmp_path / "on").exists, "a start of both servers")
        (folder,) = set(Path(SCRATCH).glob("silah-killed-*")) - before
        assert len(workers_in(folder)) >= 3
        process.send_signal(signal.SIGKILL)
        wait_until(lambda: not folder.exists(), "the end of all")
    assert workers_in(folder) == []
