"""Redis stopped, hanging, back again: every public page and form goes on, and what is owed goes out afterwards."""

import os
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError

from silah.config import Settings
from silah.web import client_key, redis_link
from silah.web.redis_link import RedisLink
from tenants.context import Tenant
from tests.conftest import Browser
from tests.faults.conftest import Redises, wait_until
from tests.faults.visiting import complain, public_addresses, token_of
from tests.portal.applicant import Applicant

Visit = Callable[..., Browser]


class TestStopped:
    def test_every_public_page_and_form_goes_on(
        self, own_app: Flask, redises: Redises, visit: Visit, association: Tenant
    ) -> None:
        visit(association).get("/follow")
        redises.stop()
        broken, addresses = [], public_addresses(own_app)
        for number, (method, path) in enumerate(addresses):
            browser = visit(association, f"10.1.{number // 250}.{number % 250}")
            token = token_of(browser.get("/follow").text)
            answer = browser.open(path, method=method, data={"csrf_token": token} if method == "POST" else None)
            if answer.status_code >= 500:
                broken.append((method, path, answer.status_code))
        assert broken == []
        assert len(addresses) > 60

    def test_the_first_limited_form_of_a_process_is_taken_too(
        self, own_app: Flask, redises: Redises, visit: Visit, association: Tenant
    ) -> None:
        redises.stop()
        browser = visit(association)
        complain(browser)
        for path in ("/healthz", "/", "/follow", "/follow/sent", "/static/silah.css", "/theme.css"):
            assert browser.get(path).status_code == 200, path

    def test_a_whole_request_is_written_and_sent(
        self, own_app: Flask, redises: Redises, visit: Visit, association: Tenant, serve: Any
    ) -> None:
        from silah.intake import request_catalogue

        own_app.config["WTF_CSRF_ENABLED"] = False
        redises.stop()
        with serve(association):
            forms = {one.type.key: request_catalogue.definition(one) for one in request_catalogue.offered()}
        reference, code = Applicant(visit(association), forms).apply()
        opened = visit(association).post("/follow", data={"reference": reference, "code": code})
        assert opened.status_code == 302

    def test_readiness_names_the_part(self, redises: Redises, visit: Visit, association: Tenant) -> None:
        redises.stop()
        answer = visit(association).get("/readyz")
        assert answer.status_code == 200
        assert answer.json == {"ready": True, "database": True, "redis": False, "limits": False}

    def test_limits_hold_in_the_memory_of_the_process(
        self, own_app: Flask, redises: Redises, visit: Visit, association: Tenant
    ) -> None:
        own_app.config["WTF_CSRF_ENABLED"] = False
        redises.stop()
        guesser = visit(association, "10.9.9.9")
        answers = [guesser.post("/follow", data={"reference": "R-1", "code": "x"}).status_code for _ in range(11)]
        assert answers == [422] * 10 + [429]

    def test_what_was_owed_meanwhile_goes_out_once_it_is_back(
        self,
        own_settings: Settings,
        redises: Redises,
        visit: Visit,
        association: Tenant,
        processes: Callable[..., Any],
    ) -> None:
        processes("worker")
        processes("scheduler")
        redises.stop()
        complain(visit(association))
        letters = own_settings.mailbox_dir
        assert letters is not None
        assert written_to(letters, "haya@example.com") == []
        redises.start()
        wait_until(lambda: len(written_to(letters, "haya@example.com")) == 1)


def written_to(folder: Path, address: str) -> list[Path]:
    return [one for one in folder.glob("*.eml") if f"To: {address}" in one.read_text()]


class TestHanging:
    def test_pages_go_on_while_redis_takes_connections_and_says_nothing(
        self, redises: Redises, visit: Visit, association: Tenant
    ) -> None:
        pids = [process_of(url) for url in (redises.redis_url, redises.limits_url)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            browser = visit(association)
            complain(browser)
            assert browser.get("/follow").status_code == 200
            ready = browser.get("/readyz").json
            assert ready == {"ready": True, "database": True, "redis": False, "limits": False}
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


def process_of(url: str) -> int:
    with Redis.from_url(url) as client:
        return int(client.info("server")["process_id"])


class TestALinkThatFailed:
    def test_is_let_alone_for_a_while_and_then_asked_by_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now, asked = count(100), list[int]()
        moment = [float(next(now))]
        monkeypatch.setattr(redis_link.time, "monotonic", lambda: moment[0])
        link = RedisLink("redis://127.0.0.1:1/0", "Redis")

        def question(client: Redis) -> bool:
            asked.append(1)
            return bool(client.ping())

        def fails() -> None:
            with pytest.raises(RedisError):
                link.ask(question)

        for _ in range(50):
            fails()
        assert len(asked) == 1
        moment[0] += redis_link.PAUSE_SECONDS
        for _ in range(50):
            fails()
        assert len(asked) == 2

    def test_is_asked_freely_once_it_answered(self, redises: Redises, monkeypatch: pytest.MonkeyPatch) -> None:
        moment = [100.0]
        monkeypatch.setattr(redis_link.time, "monotonic", lambda: moment[0])
        link = RedisLink(redises.redis_url, "Redis")
        redises.stop()
        with pytest.raises(RedisError):
            link.ask(lambda client: client.ping())
        redises.start()
        moment[0] += redis_link.PAUSE_SECONDS
        assert [link.ask(lambda client: client.ping()) for _ in range(3)] == [True] * 3


class TestTheSalt:
    def test_is_shared_again_as_soon_as_limits_are(
        self, own_app: Flask, redises: Redises, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        name = "salt-" + uuid4().hex
        monkeypatch.setattr(Settings, "installation", property(lambda self: name))
        redises.stop()
        with own_app.app_context():
            alone = client_key.hashed("10.0.0.1")
            assert client_key.hashed("10.0.0.1") == alone
            redises.start()
            with Redis.from_url(redises.limits_url) as client:
                client.set(f"salt:{name}:{client_key.clock.today().isoformat()}", b"x" * 32)
            monkeypatch.setattr(redis_link, "PAUSE_SECONDS", 0)
            client_key.counters().link._asked_again_at = 0.0  # type: ignore[union-attr]  # the pause is over
            assert client_key.hashed("10.0.0.1") != alone


class TestWhatRedisWritesToDisk:
    def test_nothing_in_it_joins_an_address_to_a_complaint(
        self, own_app: Flask, redises: Redises, visit: Visit, association: Tenant, processes: Callable[..., Any]
    ) -> None:
        address = "203.0.113.77"
        processes("scheduler")
        complain(visit(association, address))
        with own_app.app_context():
            hashed = client_key.hashed(address)
        with Redis.from_url(redises.redis_url) as client:
            wait_until(lambda: client.dbsize() > 0)
        with Redis.from_url(redises.limits_url) as client:
            assert any(hashed.encode() in key for key in client.scan_iter())
        redises.stop()
        kept = b"".join(one.read_bytes() for one in redises.folder.rglob("*") if one.is_file())
        assert b"silah" in kept
        for trace in (address.encode(), hashed.encode(), b"salt:", b"LIMITS"):
            assert trace not in kept

    def test_the_redis_of_limits_leaves_no_file_but_its_log(self, redises: Redises) -> None:
        with Redis.from_url(redises.limits_url) as client:
            client.set("who", "203.0.113.77")
        redises.stop()
        left = {one.name for one in (redises.folder / "limits").rglob("*") if one.is_file()}
        assert left <= {"log"}


class TestWhomALimitCounts:
    @pytest.mark.parametrize(
        ("address", "source"),
        [
            ("192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
            ("unix:", "unix:"),
        ],
    )
    def test_an_ipv6_address_counts_by_its_first_64_bits(self, address: str, source: str) -> None:
        assert client_key.source_of(address) == source

    def test_who_changes_the_last_64_bits_is_slowed_all_the_same(
        self, own_app: Flask, visit: Visit, association: Tenant
    ) -> None:
        own_app.config["WTF_CSRF_ENABLED"] = False
        answers = [
            visit(association, f"2001:db8:77:1::{number:x}").post("/follow", data={"reference": "R-1", "code": "x"})
            for number in range(1, 12)
        ]
        assert [one.status_code for one in answers] == [422] * 10 + [429]
