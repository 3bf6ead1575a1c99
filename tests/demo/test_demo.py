"""`silah demo` as a newcomer runs it: one process started and stopped, on a folder and a port of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.processes import end
from tests.reaper import workers_in
from tests.scratch import scratch_folder
from tests.waiting import PATIENCE, free_port, wait_until

ROOT = Path(__file__).resolve().parents[2]
FILLING = "Creating five associations"


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Not one of pytest's folders, which are closed to the user as whom PostgreSQL runs where we are root."""
    with scratch_folder("silah-demo-") as folder:
        yield folder


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def started() -> Iterator[list[Any]]:
    """The demos that were started, the running one last; what still runs is ended."""
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        end(process)


@pytest.fixture(scope="module")
def start(port: int, data: Path, started: list[Any]) -> Callable[[], Any]:
    """Start the demo; its output goes to a file."""

    def start() -> Any:
        command = [sys.executable, "-m", "silah", "demo", "--port", str(port), "--data", str(data), "--workers", "1"]
        with (data / "out").open("w") as out:
            demo = subprocess.Popen(command, stdout=out, stderr=out, text=True, start_new_session=True)
            started.append(demo)
        return started[-1]

    return start


def ready(process: Any, data: Path) -> str:
    """Wait for the line that says that pages answer, and give all that was printed."""

    def printed() -> str | None:
        words = (data / "out").read_text()
        assert process.poll() is None, words
        return words if "Ready" in words else None

    return str(wait_until(printed, "the demo", every=0.2))


def page(port: int, host: str, path: str = "/") -> Any:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": f"{host}:{port}"})
    return urllib.request.urlopen(request, timeout=PATIENCE)  # noqa: S310 - our own address


def sign_in_page(port: int) -> str:
    """Return the page of an association's staff; nothing while the server starts anew."""
    with suppress(OSError, HTTPException), page(port, "madinah.localhost", "/sign-in") as answer:
        return str(answer.read().decode())
    return ""


def left_behind(data: Path) -> list[str]:
    """What still works in the folder."""
    return [str(one) for one in workers_in(data)]


def is_worker(process: psutil.Process) -> bool:
    """Tell whether a process runs as a worker; one that ends while it is asked does not."""
    try:
        return bool(process.status() != "zombie" and process.cmdline()[-1:] == ["worker"])
    except psutil.NoSuchProcess:
        return False


class TestDemo:
    """In order: the first start, what it serves, its end; then the second start."""

    def test_the_first_start_fills_five_associations(self, start: Callable[[], Any], data: Path, port: int) -> None:
        printed = ready(start(), data)
        assert FILLING in printed
        described = json.loads((data / "demo.json").read_text())
        assert described["base_url"] == f"http://localhost:{port}"
        assert described["database_url"].startswith("postgresql+psycopg2://silah_app:")
        assert described["redis_url"].startswith("unix://")
        assert len(described["associations"]) == 5
        for association in described["associations"]:
            assert association["url"] == f"http://{association['slug']}.localhost:{port}"
            assert association["url"] in printed
            assert {"administrator", "relations_officer"} <= {
                role for account in association["accounts"] for role in account["roles"]
            }
            assert all(account["email"] and account["password"] for account in association["accounts"])
        assert {font.suffix for font in (data / "cache" / "fonts").iterdir()} == {".woff2"}

    def test_each_association_answers_at_its_host_in_arabic(self, data: Path, port: int) -> None:
        for association in json.loads((data / "demo.json").read_text())["associations"]:
            with page(port, f"{association['slug']}.localhost", "/sign-in") as answer:
                assert 'dir="rtl"' in answer.read().decode()

    def test_the_mailbox_and_readiness_are_open(self, port: int) -> None:
        assert page(port, "localhost", "/demo/mail").status == 200
        assert page(port, "localhost").read().count(f'.localhost:{port}">'.encode()) == 5
        assert json.load(page(port, "anything.example", "/readyz")) == {
            "ready": True,
            "database": True,
            "redis": True,
            "limits": True,
        }

    def test_a_second_demo_on_the_same_port_is_one_line(self, start: Callable[[], Any], port: int) -> None:
        command = [sys.executable, "-m", "silah", "demo", "--port", str(port)]
        tried = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert (tried.returncode, tried.stderr) == (1, f"Port {port} is busy; choose another with --port.\n")

    def test_a_second_demo_on_the_same_folder_is_one_line(self, data: Path) -> None:
        command = [sys.executable, "-m", "silah", "demo", "--port", str(free_port()), "--data", str(data)]
        tried = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert (tried.returncode, tried.stderr) == (1, f"Another demo is running on the folder {data}.\n")

    def test_a_process_that_falls_is_started_again(self, started: list[Any], port: int) -> None:
        def workers() -> set[int]:
            return {one.pid for one in psutil.Process(started[-1].pid).children() if is_worker(one)}

        before = workers()
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        after = wait_until(lambda: workers() - before, "another worker")
        assert len(after) == len(before) == 1

    def test_an_unwritable_folder_is_one_line(self, data: Path) -> None:
        folder = data / "out" / "inside-a-file"
        command = [sys.executable, "-m", "silah", "demo", "--port", str(free_port()), "--data", str(folder)]
        tried = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE)
        assert tried.returncode == 1
        assert tried.stderr.startswith(f"The folder {folder} cannot be written")
        assert tried.stderr.count("\n") == 1

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_leaves_no_process_and_the_next_start_keeps_the_data(
        self, start: Callable[[], Any], started: list[Any], data: Path, number: signal.Signals, port: int
    ) -> None:
        started[-1].send_signal(number)
        assert started[-1].wait(PATIENCE) == 0
        assert left_behind(data) == []
        secrets, before = (data / "secrets.json").read_text(), (data / "demo.json").read_text()
        assert FILLING not in ready(start(), data)
        assert ((data / "secrets.json").read_text(), (data / "demo.json").read_text()) == (secrets, before)
        assert page(port, "madinah.localhost", "/sign-in").status == 200


class TestDev:
    """On the folder that the demo has filled, and on a copy of the sources, since they are changed meanwhile."""

    def test_changes_of_code_and_of_templates_are_seen_and_nothing_is_left(
        self, started: list[Any], data: Path, port: int
    ) -> None:
        end(started[-1])
        with scratch_folder("silah-dev-") as sources:
            for name in ("platform", "tenants", "migrations", "translations"):
                shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
            command = [sys.executable, "-m", "silah", "dev", "--port", str(port), "--data", str(data)]
            own = {**os.environ, "PYTHONPATH": f"{sources / 'platform'}{os.pathsep}{sources}"}
            with (data / "out").open("w") as out:
                dev = subprocess.Popen(command, stdout=out, stderr=out, cwd=sources, env=own, start_new_session=True)
            started.append(dev)
            ready(dev, data)
            form = sources / "platform/silah/staff/templates/staff/sign_in.html"
            form.write_text(form.read_text().replace('_("Staff sign-in")', "'Mended'"))
            wait_until(lambda: "Mended" in sign_in_page(port), "the changed template")
            code = sources / "platform/silah/shell/__init__.py"
            code.write_text(code.read_text() + "\n\ndef name_of(association, language):\n    return 'Renamed'\n")
            wait_until(lambda: "Renamed" in sign_in_page(port), "the changed code")
            dev.send_signal(signal.SIGTERM)
            assert dev.wait(PATIENCE) == 0
            assert left_behind(data) == left_behind(sources) == []
        assert not sources.exists()
