"""What logs say, and of whom they say nothing."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger, SafeAtoms

from silah.web import logs

COMBINED = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"'


@pytest.fixture
def written() -> Iterator[Any]:
    """`written(name)` gives the logger of this name and what it has written."""
    logs.init_logs()
    kept: list[tuple[logging.Logger, logging.Handler, int]] = []

    def to(name: str) -> tuple[logging.Logger, io.StringIO]:
        out = io.StringIO()
        logger, handler = logging.getLogger(name), logging.StreamHandler(out)
        kept.append((logger, handler, logger.level))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        return logger, out

    yield to
    for logger, handler, level in kept:
        logger.removeHandler(handler)
        logger.setLevel(level)


def atoms(path: str, referer: str = "-") -> SafeAtoms:
    return SafeAtoms({"h": "203.0.113.5", "U": path, "f": referer, "a": "Agent", "r": f"GET {path} HTTP/1.1"})


SILENT = (
    "/c", "/c/", "/complaints/new", "/complaints/poster.pdf", "/follow", "/follow/code", "//follow/x", "/%66ollow/x",
    "/documents/x", "/s/abcdefghjk2345678923456z", "/s/abcdefghjk/kiosk", "/desk/field/7e5a/answers.json",
    "/static/silah.css", "/logo",
)  # fmt: skip
HEARD = ("/", "/policy", "/desk/cases", "/desk/surveys", "/contact", "/requests/new")


class TestAccess:
    @pytest.mark.parametrize("path", SILENT)
    def test_has_no_line_of_who_may_be_without_a_name(self, written: Any, path: str) -> None:
        logger, out = written(logs.ACCESS)
        logger.info(COMBINED, atoms(path))
        assert out.getvalue() == ""
        werkzeug, said = written(logs.WERKZEUG)
        werkzeug.info('203.0.113.5 - - [21/Nov/2026 07:00:00] "%s" %s %s', f"GET {path}?lang=ar HTTP/1.1", 200, "-")
        assert said.getvalue() == ""

    def test_has_no_line_to_which_such_a_page_led(self, written: Any) -> None:
        logger, out = written(logs.ACCESS)
        logger.info(COMBINED, atoms("/", "https://a.silah.test/complaints/sent"))
        logger.info(COMBINED, atoms("/", "https://[broken"))
        assert out.getvalue() == ""

    @pytest.mark.parametrize("path", HEARD)
    def test_has_the_line_of_any_other_page(self, written: Any, path: str) -> None:
        logger, out = written(logs.ACCESS)
        logger.info(COMBINED, atoms(path, "https://a.silah.test/"))
        assert path in out.getvalue()
        werkzeug, said = written(logs.WERKZEUG)
        werkzeug.info('203.0.113.5 - - [x] "%s" %s %s', f"\x1b[32mGET {path} HTTP/1.1\x1b[0m", 302, "-")
        assert path in said.getvalue()

    def test_keeps_back_what_it_cannot_read(self, written: Any) -> None:
        logger, out = written(logs.ACCESS)
        logger.info("203.0.113.5 GET /complaints/new")
        assert out.getvalue() == ""

    def test_filters_stand_once_and_outlive_gunicorns_own_setup(self) -> None:
        for _ in range(3):
            logs.init_logs()
        Logger(Config()).setup(Config())
        for name, kind in logs.FILTERS.items():
            assert [type(one) for one in logging.getLogger(name).filters].count(kind) == 1


class TestErrors:
    def test_name_no_address_of_a_client_and_no_silent_page(self, written: Any) -> None:
        logger, out = written(logs.ERRORS)
        logger.warning("Invalid request from ip=203.0.113.5: Invalid HTTP header")
        logger.warning("Invalid request from ip=2001:db8::7: Invalid HTTP header")
        logger.error("Error handling request %s %s", "POST", "/follow/7e5a/say?x=1")
        logger.error("Error handling request %s", "/desk/cases")
        logger.info("Worker exiting (pid: %s)", 7)
        said = out.getvalue()
        assert "203.0.113.5" not in said
        assert "2001:db8" not in said
        assert "7e5a" not in said
        assert "Error handling request /desk/cases" in said
        assert "Worker exiting (pid: 7)" in said

    def test_of_the_application_name_the_rule_and_not_the_address(
        self, app: Any, client: Any, association: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any
    ) -> None:
        def breaks(**_given: Any) -> None:
            raise RuntimeError("broke")

        monkeypatch.setitem(app.view_functions, "portal.tracking", _public(breaks))
        monkeypatch.setattr(app, "testing", False)
        browser = client(association)
        where = "/follow/7e5a0b2e-0000-4000-8000-000000000001"
        answer = browser.get(
            where, headers={"User-Agent": "An-Agent/1"}, environ_overrides={"REMOTE_ADDR": "203.0.113.5"}
        )
        assert answer.status_code == 500
        assert "Exception on /follow/<uuid:id> [GET]" in caplog.text
        assert "broke" in caplog.text
        for trace in ("7e5a0b2e", "An-Agent", "203.0.113.5"):
            assert trace not in caplog.text


def _public(view: Any) -> Any:
    from silah.web.access import public

    return public(view)
