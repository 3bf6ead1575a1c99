"""A real SMTP server, and a way to run what is owed."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it accepts; refuses, once or for good, whom it is told to."""

    def __init__(self) -> None:
        self.accepted: list[Any] = []
        self.refusing: dict[str, list[str]] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        answers = self.refusing.get(address)
        if answers:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        self.accepted.append(envelope)
        return "250 Accepted"


@pytest.fixture
def postbox(settings, monkeypatch) -> Iterator[Postbox]:
    """The installation's SMTP server for one test."""
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setattr(settings, "smtp_host", "127.0.0.1")
    monkeypatch.setattr(settings, "smtp_port", port)
    monkeypatch.setattr(settings, "smtp_starttls", False)
    yield box
    controller.stop()


@pytest.fixture(scope="module")
def home(make_association):
    """One association for all tests of a module."""
    return make_association(name_ar="جمعية البر", name_en="Al-Bir")
