"""The process in which files from strangers are opened: it forks once for each file, and each fork has limits.

Started by ``sandbox`` with nothing of the application in it: no settings, no secrets, no connection. It imports what
opens files once, so that a fork costs milliseconds. A job comes as one message with three descriptors: the file, where
the result goes, and a socket on which the fork says that it began, and how it ended. Whoever dies says nothing more.
"""

import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from typing import Any

from silah.documents import metadata_removal, pictures
from silah.documents.formats import DAMAGED, PDF, TOO_HEAVY, Refused, kind_of

BEGUN = b"begun\n"
LONGEST_MESSAGE = 4096
IDLE_SECONDS = 300


def serve(requests: socket.socket) -> None:
    """Take jobs until nobody is left to send one, or none came for a while."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forks
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end is ours
    requests.settimeout(IDLE_SECONDS)
    while True:
        try:
            message, descriptors, _flags, _sender = socket.recv_fds(requests, LONGEST_MESSAGE, 3)
        except OSError:
            return
        if not message:
            return
        if os.fork() == 0:
            requests.close()
            _do(json.loads(message), *descriptors)
            os._exit(0)
        for one in descriptors:
            os.close(one)


def _do(job: dict[str, Any], source: int, target: int, answers: int) -> None:
    """Do one job within its limits, and say how it ended."""
    os.write(answers, BEGUN)
    limit(job)
    try:
        with open(source, "rb", closefd=False) as file:
            said, made = TASKS[job["task"]](file.read(), job)
        if made is not None:
            with open(target, "wb", closefd=False) as file:
                file.write(made)
    except Refused as refused:
        said = {"refused": refused.reason}
    except (MemoryError, RecursionError, OSError):
        said = {"refused": TOO_HEAVY}
    except Exception:  # whatever a parser trips over, it could not read the file
        said = {"refused": DAMAGED}
    os.write(answers, json.dumps(said).encode())


def limit(job: dict[str, Any]) -> None:
    """Set this process's limits, in bytes and seconds; beyond them it is refused memory, or killed."""
    for what, most in (
        (resource.RLIMIT_AS, job["memory"]),
        (resource.RLIMIT_FSIZE, job["output"]),
        (resource.RLIMIT_CPU, job["cpu_seconds"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 32),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (allowed, allowed))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, job["wall_seconds"])


def clean(data: bytes, job: dict[str, Any]) -> tuple[dict[str, Any], bytes | None]:
    """Return the type of a file, and the file as it is kept; None where it is kept as it came."""
    kind = kind_of(data)
    said = {"media_type": kind.media_type}
    if kind.image_format:
        return said, pictures.redraw(data, kind.image_format, job["most_pixels"])
    if kind == PDF and job["unsigned"]:
        return said, metadata_removal.pdf(data)
    metadata_removal.check(data)
    return said, None


def shrink(data: bytes, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return a picture small enough for paper, and its size."""
    made, size = pictures.shrink(data, job["most_side"], job["most_pixels"])
    return {"size": size}, made


TASKS = {"clean": clean, "shrink": shrink}

if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
