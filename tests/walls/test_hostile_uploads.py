"""Whatever is uploaded, the web server stays as it was: its memory and its threads; measured on a real one."""

import re
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from silah.config import Settings
from tenants.context import Tenant
from tests.benchmarks.load import gunicorn
from tests.small_files import small_pdf
from tests.walls import hostile_files

MOST_GROWTH = 50 * 1024 * 1024
BOUNDARY = "a-boundary-of-ours"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "crowded.pdf": hostile_files.crowded_pdf,
    "nested.pdf": hostile_files.nested_pdf,
    "circling.pdf": hostile_files.circling_pdf,
    "swollen.pdf": hostile_files.swollen_pdf,
    "vast.webp": hostile_files.vast_webp,
    "vast.png": hostile_files.vast_png,
    "flat.png": lambda: hostile_files.flat_picture("PNG", mode="RGBA"),
    "flat.jpg": lambda: hostile_files.flat_picture("JPEG", mode="CMYK"),
}


@pytest.fixture(scope="module")
def home(make_association: Callable[..., Tenant]) -> Tenant:
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture(scope="module")
def port(settings: Settings, home: Tenant, data: Path) -> Iterator[int]:
    """The whole application behind a real server that believes what a proxy says of the address."""
    environment = {**settings.environment(), "SILAH_PROXIES": "1", "SILAH_SHED_AFTER_SECONDS": "600"}
    with gunicorn("wsgi:app", environment, data / "hostile.log") as port:
        yield port


class Visitor:
    """Somebody who complains without a name, from an address of their own."""

    def __init__(self, port: int, home: Tenant) -> None:
        self.port, self.host = port, f"{home.slug}.silah.test"
        self.address = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"
        page, headers = self.ask("GET")
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.token = found[1] if found else ""
        self.cookie = "; ".join(one.partition(";")[0] for one in headers.get_all("Set-Cookie") or ())

    def ask(self, method: str, body: bytes = b"", **headers: str) -> tuple[str, Any]:
        sent = {"Host": self.host, "X-Forwarded-For": self.address, "X-Forwarded-Host": self.host, **headers}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        try:
            connection.request(method, "/complaints/new?lang=en", body, sent)
            answer = connection.getresponse()
            self.status = answer.status
            return answer.read().decode(), answer.headers
        finally:
            connection.close()

    def complain(self, files: list[tuple[str, bytes]]) -> str:
        """Send the form with these files; gives the page that answers."""
        fields = {"csrf_token": self.token, "about": "data", "text": "x", "how": "anonymous"}
        lines = [f'name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
        lines += [f'name="files"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n" for name, data in files]
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ".encode()
        body = b"".join(head + line for line in lines) + f"--{BOUNDARY}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Cookie": self.cookie}
        return self.ask(
            "POST", body, **kind, Referer=f"http://{self.host}/complaints/new", Origin=f"http://{self.host}"
        )[0]


def workers(port: int) -> list[psutil.Process]:
    """The processes that serve, without those in which files are opened."""
    (master,) = {
        one.pid
        for one in psutil.process_iter()
        if f"127.0.0.1:{port}" in " ".join(_command(one)) and "gunicorn" in " ".join(_command(one))
        and f"127.0.0.1:{port}" not in " ".join(_command(one.parent()))
    }  # fmt: skip
    return psutil.Process(master).children()


def _command(process: psutil.Process | None) -> list[str]:
    try:
        return process.cmdline() if process else []
    except psutil.Error:
        return []


def memory(port: int) -> int:
    """The most that one of them has held since this was asked last; what is taken for a moment counts, too."""
    most = 0
    for one in workers(port):
        told = Path(f"/proc/{one.pid}")
        peak = re.search(r"VmHWM:\s+(\d+) kB", told.joinpath("status").read_text())
        most = max(most, int(peak[1]) * 1024 if peak else one.memory_info().rss)
        told.joinpath("clear_refs").write_text("5")  # begins to count anew
    return most


def test_no_web_process_grows_whatever_is_uploaded(port: int, home: Tenant) -> None:
    for _ in range(8):  # both processes load what they need, with a file that is taken
        good = Visitor(port, home)
        good.complain([("a.pdf", small_pdf())])
        assert good.status == 302
    before = memory(port)
    sent = {name: make() for name, make in HOSTILE.items()}
    grown = {}
    for name, data in sent.items():
        visitor = Visitor(port, home)
        page = visitor.complain([(name, data)])
        assert visitor.status == (302 if name.startswith("flat") else 422), (name, visitor.status)
        assert visitor.status == 302 or "files-error" in page
        grown[name] = memory(port) - before
    full = small_pdf() + bytes(20 * 1024 * 1024 - len(small_pdf()))
    visitor = Visitor(port, home)
    visitor.complain([("full.pdf", full)])
    assert visitor.status == 302
    grown["full.pdf"] = memory(port) - before
    together = [Visitor(port, home) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        ten = [(f"{n}.webp", sent["vast.webp"]) for n in range(10)]
        list(pool.map(lambda one: one.complain(ten), together))
    assert {one.status for one in together} == {422}
    grown["ten in a form, four at once"] = memory(port) - before
    print({name: f"{size / 2**20:.1f} MB" for name, size in grown.items()})
    assert max(grown.values()) < MOST_GROWTH, grown
    good = Visitor(port, home)
    good.complain([("a.pdf", small_pdf())])
    assert good.status == 302


def test_more_files_than_a_form_takes_are_refused_at_their_field(port: int, home: Tenant) -> None:
    visitor = Visitor(port, home)
    page = visitor.complain([(f"{n}.pdf", small_pdf()) for n in range(21)])
    assert visitor.status == 422
    assert "At most 20 files" in page
    assert 'id="files-error"' in page
