"""What an anonymous complaint leaves behind on a whole server: in its logs, tables, Redis, files and mail."""

import http.cookiejar
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import create_engine, select, text

from silah.cases.models import Case
from silah.cases.workflow import perform
from tenants.database import db
from tests.processes import running
from tests.waiting import free_port, wait_for_port

from .conftest import Office

AGENT, ADDRESS = "Browser-Of-The-Complainant/9.9", "198.51.100.23"
WORD = "كراسيمبيلوغ"
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:(\d\d:\d\d(?:\.\d+)?)")


class Silent(urllib.request.HTTPRedirectHandler):
    """Does not follow where an answer leads."""

    def redirect_request(self, *_given: Any) -> None:
        return None


class Visitor:
    """A browser of real HTTP, behind a proxy that says where it is."""

    def __init__(self, port: int, host: str) -> None:
        self.base, self.host = f"http://127.0.0.1:{port}", host
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Silent())

    def ask(self, path: str, data: dict[str, str] | None = None, referer: str = "/complaints/new") -> Any:
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        asked = urllib.request.Request(self.base + path, data=body)  # noqa: S310 - our own server
        for name, value in (
            ("Host", self.host), ("User-Agent", AGENT), ("X-Forwarded-For", ADDRESS),
            ("Referer", f"http://{self.host}{referer}"),
        ):  # fmt: skip
            asked.add_header(name, value)
        try:
            return self.opener.open(asked)
        except urllib.error.HTTPError as answer:
            return answer

    def token(self, path: str) -> str:
        page = self.ask(path).read().decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page[:500]
        return found[1]

    def send(self, path: str, form: str, **data: str) -> Any:
        answer = self.ask(path, {"csrf_token": self.token(form), **data})
        assert answer.status == 302, answer.read().decode()
        return answer


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture(scope="module")
def served(settings, tmp_path_factory) -> Iterator[tuple[int, Path]]:
    """gunicorn as the README starts it, with every log that it can keep."""
    folder = tmp_path_factory.mktemp("logs")
    port = free_port()
    kept = ("--access-logfile", "access.log", "--error-logfile", "error.log", "--log-level", "debug")
    combined = '%(h)s %(t)s "%(r)s" "%(f)s" "%(a)s" %({x-forwarded-for}i)s'
    command = [
        sys.executable, "-m", "gunicorn", "--chdir", str(folder), "--bind", f"127.0.0.1:{port}", "--threads", "2",
        "--pythonpath", str(Path(__file__).parents[2]), "--no-control-socket", "--access-logformat", combined, *kept,
        "wsgi:app",
    ]  # fmt: skip
    given = settings.model_copy(update={"proxies": 1}).environment()
    with running(command, folder / "out.log", env={**os.environ, **given}, cwd=folder) as process:
        wait_for_port(port, process, folder / "out.log")
        yield port, folder


def dump(settings: Any, role: str) -> set[str]:
    """Every row of every table of the association and of the platform, as text."""
    engine = create_engine(settings.owner_url)
    found = set()
    with engine.connect() as conn:
        named = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN (:role, 'shared')"
        for schema, table in conn.execute(text(named), {"role": role}).all():
            rows = conn.execute(text(f'SELECT t::text FROM "{schema}"."{table}" t')).scalars()  # noqa: S608
            found |= {f"{table} {row}" for row in rows}
    engine.dispose()
    return found


def test_nothing_on_a_whole_server_tells_who_or_when(served, settings, home, serve) -> None:
    port, folder = served
    visitor = Visitor(port, f"{home.slug}.{settings.base_domain}")
    assert visitor.ask("/policy", referer="/").status == 200
    before, kept = dump(settings, home.role), set((Path(settings.storage_url)).rglob("*"))

    assert visitor.ask("/c").status == 302
    asked = {"about": "data", "text": f"عُرضت بياناتي {WORD}", "how": "anonymous"}
    visitor.send("/complaints/new", "/complaints/new", **asked)
    page = visitor.ask("/follow/sent").read().decode()
    visitor.ask("/static/silah.css", referer="/follow/sent")
    reference = re.search(r'id="reference">.*?([A-Z]-\d{4}-\d+)', page, re.S)[1]
    code = re.search(r'id="receipt-code">.*?([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})', page, re.S)[1]
    where = visitor.send("/follow", "/follow", reference=reference, code=code).headers["Location"]
    visitor.send(f"{where}/messages", where, body="وأمر آخر")
    with serve(home):
        office = Office(home)
        chair = office.member("follow_up_committee_chair")
        case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        case_id = str(case.id)
        perform(case, "classify", chair, {"topic": "privacy", "severity": "low"})
        perform(case, "ask", chair, {"question": "متى كان ذلك؟"})
        perform(case, "write", None, {"body": "أول الشهر"})
        perform(case, "find", chair, {"finding": "upheld", "findings": "x", "answer": "نعتذر"})
        perform(case, "answer", chair)
        db.session.commit()
    assert "نعتذر" in visitor.ask(where).read().decode()
    visitor.send(f"{where}/rate/no", where)
    assert visitor.ask("/follow/7e5a/broken").status == 404

    logs = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(logs) >= {"access.log", "error.log", "out.log"}
    assert "/policy" in logs["access.log"]
    for name, said in logs.items():
        lines = [line for line in said.splitlines() if "/policy" not in line and "/readyz" not in line]
        for trace in (AGENT, ADDRESS, "/complaints", "/follow", '"GET /c ', case_id, reference, WORD, code):
            assert not any(trace in line for line in lines), f"{trace} in {name}"

    rows = dump(settings, home.role)
    fresh = {row for row in rows - before if not row.startswith(("membership ", "membership_role "))}
    assert any(case_id in row for row in fresh)
    for row in rows:
        assert AGENT not in row
        assert ADDRESS not in row
        assert WORD not in row
    messages = {row.split("(")[1].split(",")[0] for row in fresh if row.startswith("outbox_message") and case_id in row}
    assert messages
    linked = [row for row in fresh if any(one in row for one in (case_id, *messages))]
    finer = [row for row in linked if any(not exact(one) for one in INSTANT.findall(row))]
    assert finer == []
    sent = (Path(settings.mailbox_dir), Path(settings.storage_url))
    for path in (one for place in sent for one in place.rglob("*") if one.is_file() and one not in kept):
        assert not any(trace.encode() in path.read_bytes() for trace in (AGENT, ADDRESS, WORD))
    with Redis.from_url(settings.redis_url) as redis:
        for key in redis.scan_iter("*"):
            whole = key + (redis.dump(key) or b"")
            assert not any(trace.encode() in whole for trace in (AGENT, ADDRESS, case_id, WORD))


def exact(minutes: str) -> bool:
    """Whether a time says no more than the day, or which of several things came first."""
    return bool(re.fullmatch(r"00:00(\.000\d+)?", minutes))
