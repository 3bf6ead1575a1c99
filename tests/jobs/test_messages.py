"""Every owed message goes out although workers are killed and Redis is emptied on the way, each under its one id."""

import asyncio
import os
import signal
import socket
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from redis import Redis
from sqlalchemy import select

from silah.demo.processes import members
from silah.notifications import service
from silah.notifications.models import OutboxMessage
from silah.notifications.service import Recipient
from tenants.context import Tenant, serving
from tenants.database import db
from tests.jobs.conftest import Start
from tests.waiting import wait_until

MESSAGES = 24
KILLS = 3


class Slow:
    """A mail server that takes its time, so that a kill falls in the middle."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken.append(str(message_from_bytes(envelope.content)["Message-ID"]))
        await asyncio.sleep(0.05)
        return "250 OK"


@pytest.fixture
def slow() -> Iterator[tuple[Slow, int]]:
    """The server, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    handler = Slow()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def kill(worker: "subprocess.Popen[bytes]") -> None:
    """End a worker and the child that does its job at once, without a word."""
    for pid in members(worker.pid):
        os.kill(pid, signal.SIGKILL)
    worker.wait()


class TestMessages:
    def test_all_go_out_under_stable_ids(
        self,
        app: Flask,
        make_association: Callable[..., Tenant],
        redis: Redis,
        start: Start,
        slow: tuple[Slow, int],
    ) -> None:
        handler, port = slow
        mail = {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_starttls": False}
        tenant = make_association()
        start("scheduler")
        with app.app_context(), serving(tenant):
            owed = {self.owe(number) for number in range(MESSAGES)}
            db.session.commit()
            for kills in range(1, KILLS + 1):
                worker = start("worker", **mail)
                wait_until(lambda enough=kills * 4: len(set(handler.taken)) >= enough)
                kill(worker)
                redis.flushall()
            start("worker", **mail)
            wait_until(lambda: owed <= self.sent())
        ours = Counter(one for one in handler.taken if one in owed)
        assert set(ours) == owed
        assert sum(ours.values()) <= MESSAGES + KILLS, "a repeat is allowed only where a kill fell before the commit"

    def owe(self, number: int) -> str:
        to = Recipient("email", f"person{number}@example.org", "نورة")
        return service.send("invitation", to, "ar", {"days": 7, "link": "https://a.example/i/x"}).message_id

    def sent(self) -> set[str]:
        db.session.rollback()
        return set(db.session.scalars(select(OutboxMessage.message_id).where(OutboxMessage.state == "sent")))
