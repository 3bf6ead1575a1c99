"""Runs the demo from start to stop: servers, tables, associations, data, processes; and leaves none behind."""

import logging
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from silah.config import Settings
from silah.demo.folder import CannotStart, Folder, held
from silah.demo.processes import Child, FellTooOften, stop
from silah.demo.show import Show
from silah.demo.sources import Sources
from silah.embedded.servers import Addresses, closed_folders, servers

log = logging.getLogger(__name__)

READY_SECONDS = 180
TEND_SECONDS = 0.5


def run(port: int, data: Path, workers: int, show: Show, *, sources: Sources | None = None) -> None:
    """Run the demo until SIGTERM or Ctrl-C; raises `CannotStart` with the one line that says why not.

    With `sources` it is a developer's: one process of each kind, all started anew whenever one of these files changes.
    """
    must_be_free(port)
    with told_to_stop() as stopping, held(data) as folder:
        if opened := closed_folders(folder.path):
            show.warn(f"PostgreSQL runs as another user here, so these open to all: {', '.join(map(str, opened))}")
        folder.clear_half_filled()
        show.step("Starting PostgreSQL and Redis")
        with started(folder) as addresses, stopping.heard():
            settings = folder.settings(addresses, port).model_copy(update={"development": sources is not None})
            described = fill(folder, settings, show)
            show.step("Starting the web server, workers and scheduler")
            children = processes(folder, settings, workers, web_processes=1 if sources else 2)
            try:
                serve(children, settings, lambda: show.ready(settings, described, folder.path))
                watch(children, sources, show) if sources else tend(children)
            finally:
                stopping.deafen()
                with suppress(OSError):  # The terminal may be gone.
                    show.step("Stopping")
                stop(children)


@contextmanager
def started(folder: Folder) -> Iterator[Addresses]:
    """Both servers; whatever keeps them from starting becomes one line."""
    with ExitStack() as stack:
        try:
            addresses = stack.enter_context(servers(folder.path))
        except Exception as error:
            log.debug("the servers did not start", exc_info=True)
            why = f"{type(error).__name__} {error}".strip()
            raise CannotStart(
                f"PostgreSQL or Redis did not start in {folder.path}: {why}; see {folder.path / 'pg' / 'log'}."
            ) from None
        yield addresses


def fill(folder: Folder, settings: Settings, show: Show) -> dict[str, Any]:
    """Migrate, fill the associations the first time, make the fonts; write `demo.json` and give what it says."""
    from silah.demo import associations
    from silah.shell import fonts

    show.step("Bringing the tables up to date")
    migrate(settings)
    if not folder.filled:
        folder.begin_filling()
        with show.progress("Creating five associations and a month of their work") as told:
            accounts = associations.create(settings, folder.secrets()["password"], told)
        folder.end_filling(accounts)
    fonts.make_all(settings.cache_dir)
    return folder.describe(settings)


def migrate(settings: Settings) -> None:
    """The platform's tables, then every association's."""
    from tenants import migrating
    from tenants.rendering import upgrade_shared

    upgrade_shared(settings.owner_url)
    for role, reason in migrating.migrate(settings).failed.items():
        raise CannotStart(f"The tables of {role} could not be brought up to date: {reason}.")


def serve(children: list[Child], settings: Settings, ready: Callable[[], None]) -> None:
    """Start the processes, and say when the pages answer."""
    for child in children:
        child.start()
    try:
        wait_until_ready(children, settings)
    except FellTooOften as error:
        raise CannotStart(f"{error}.") from None
    ready()


def tend(children: list[Child]) -> None:
    """Start again what falls, until told to stop."""
    try:
        while True:
            for child in children:
                child.tend()
            time.sleep(TEND_SECONDS)
    except FellTooOften as error:
        raise CannotStart(f"{error}.") from None


def watch(children: list[Child], sources: Sources, show: Show) -> None:
    """Start all anew whenever a source changes, until told to stop; what fell over an error waits for its mending."""
    while True:
        if sources.has_changed():
            show.step("A file has changed: starting anew")
            for child in children:
                child.restart()
        time.sleep(TEND_SECONDS)


def processes(folder: Folder, settings: Settings, workers: int, *, web_processes: int) -> list[Child]:
    """The web server, the scheduler, and as many workers as asked for."""
    here = {**settings.environment(), "PYTHONUNBUFFERED": "1"}
    silah = [sys.executable, "-m", "silah"]
    listening = [part for host in hosts() for part in ("--bind", f"{host}:{settings.port}")]
    web = [
        *(sys.executable, "-m", "gunicorn", "silah.app:create_app()", *listening),
        *("--worker-class", "silah.web.worker.Worker", "--workers", str(web_processes), "--threads", "4"),
        *("--worker-connections", "4000", "--graceful-timeout", "5", "--no-control-socket"),
    ]
    named = [("web", web), ("scheduler", [*silah, "scheduler"])]
    named += [(f"worker-{number}", [*silah, "worker"]) for number in range(1, workers + 1)]
    return [Child(name, command, here, folder.logs / f"{name}.log") for name, command in named]


def wait_until_ready(children: list[Child], settings: Settings) -> None:
    """Wait until the pages answer; raises `CannotStart` where they do not."""
    until = time.monotonic() + READY_SECONDS
    address = f"http://127.0.0.1:{settings.port}/readyz"
    while time.monotonic() < until:
        for child in children:
            child.tend()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise CannotStart(f"The web server does not answer; its log is {children[0].log}.")


def hosts() -> list[str]:
    """Where browsers look for `*.localhost`: both loopback addresses, where the computer has both."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return ["127.0.0.1"]
    return ["127.0.0.1", "[::1]"]


def must_be_free(port: int) -> None:
    """Raise `CannotStart` if something else listens on the port, or we may not."""
    for host in hosts():
        family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host.strip("[]"), port))
            except PermissionError:
                raise CannotStart(f"Port {port} needs more rights; try --port 8000.") from None
            except OSError:
                raise CannotStart(f"Port {port} is busy; choose another with --port.") from None


class Stopping:
    """Turns SIGTERM, SIGINT and SIGHUP into the end of the program, but never in the middle of a start."""

    def __init__(self) -> None:
        self.asked = False
        self.hearing = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.asked and not self.hearing:
            return
        self.asked = True
        if self.hearing:
            self.hearing = False
            raise SystemExit(0)

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Within the block, and at its beginning if a signal came before, a signal ends the program."""
        if self.asked:
            raise SystemExit(0)
        self.hearing = True
        try:
            yield
        finally:
            self.hearing = False

    def deafen(self) -> None:
        """From here on everything is being stopped already."""
        self.hearing = False


@contextmanager
def told_to_stop() -> Iterator[Stopping]:
    """Listen for signals in the main thread."""
    stopping = Stopping()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, stopping)
    yield stopping
