"""What a killed embedded PostgreSQL leaves behind: locks that name it, and processes of it that end a little later."""

import time
from contextlib import suppress
from pathlib import Path

import psutil

WAIT_SECONDS = 60


def bury(folder: Path) -> None:
    """Remove the locks of a server that was killed, where its number still passes for a living one.

    That is so until it is reaped, or if another process was given the number since. What it left at work is waited
    for: the lock is what keeps a second server from the folder until the last of them has ended.
    """
    try:
        killed = psutil.Process(int((folder / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError, psutil.NoSuchProcess):
        return
    until = time.monotonic() + WAIT_SECONDS
    while _at_work(folder, killed) and time.monotonic() < until:
        if _serves(folder, killed):
            return
        time.sleep(0.05)
    for lock in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (folder / lock).unlink(missing_ok=True)


def _serves(folder: Path, process: psutil.Process) -> bool:
    """Whether a process is the living server of a folder; one that is ending has lost its command line already."""
    with suppress(psutil.Error):
        return str(folder) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    return False


def _at_work(folder: Path, killed: psutil.Process) -> bool:
    """Whether anything of a server has not ended: the server itself, or a process of it, whose place is the folder."""
    with suppress(psutil.Error):
        ended = killed.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
        if not ended and (not killed.cmdline() or _serves(folder, killed)):
            return True
    return any(process.info["cwd"] == str(folder) for process in psutil.process_iter(["cwd"]))
