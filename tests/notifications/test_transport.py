"""Mail by a real SMTP server, into the folder, and what a refusal means."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import formataddr
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from silah.config import Settings
from silah.demo.letters import letter, letters
from silah.notifications import transport
from silah.notifications.transport import NotDelivered, Refused


class Server:
    """Takes mail, refuses some addresses for good and others for now."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 no such person"
        if address.startswith("later"):
            return "450 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Controller]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    controller = Controller(Server(), hostname="127.0.0.1", port=free)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def sending(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """`sending(smtp_host=…)` changes how this app sends."""
    with app.app_context():
        yield lambda **changed: monkeypatch.setitem(app.config, "SILAH", settings.model_copy(update=changed))


@pytest.fixture
def by_smtp(sending: Callable[..., None], server: Controller) -> list[Any]:
    """Mail goes to the server; gives what it took."""
    sending(smtp_host="127.0.0.1", smtp_port=server.port, smtp_starttls=False, smtp_from="صلة <no-reply@silah.example>")
    taken: list[Any] = server.handler.taken
    return taken


def mail(to: str = "sara@example.com") -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"], message["To"] = "<stable@silah>", to
    message["From"] = formataddr(("جمعية البر، المدينة", "nobody@localhost"))
    message["Subject"] = "استلمنا طلبكم R-1448-000001"
    message.set_content("السلام عليكم\nتابعوا الطلب: https://madinah.silah.example/follow.\n")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="إيصال.pdf")
    return message


def fail(error: Exception) -> None:
    raise error


class TestSmtp:
    def test_a_mail_arrives_whole_and_plain_for_any_server(self, by_smtp: list[Any]) -> None:
        transport.email(mail(), "sara@example.com")
        (taken,) = by_smtp
        assert (taken.mail_from, taken.rcpt_tos) == ("no-reply@silah.example", ["sara@example.com"])
        assert max(taken.original_content) < 128
        message = message_from_bytes(taken.original_content, policy=default)
        assert message["Message-ID"] == "<stable@silah>"
        assert message["From"] == "جمعية البر، المدينة <no-reply@silah.example>"
        assert "السلام عليكم" in message.get_body().get_content()
        assert message["Date"]

    def test_a_refusal_for_good_differs_from_one_that_passes(self, by_smtp: list[Any]) -> None:
        with pytest.raises(Refused, match="550 no such person"):
            transport.email(mail(), "nobody@example.com")
        with pytest.raises(NotDelivered, match="450"):
            transport.email(mail(), "later@example.com")

    def test_a_server_that_is_away_is_tried_again(self, sending: Callable[..., None]) -> None:
        sending(smtp_host="127.0.0.1", smtp_port=1, smtp_starttls=False)
        with pytest.raises(NotDelivered):
            transport.email(mail(), "sara@example.com")

    @pytest.mark.parametrize("to", ["", "@", "a b", "\ud800@x.example"])
    def test_an_address_that_no_server_can_be_given_is_refused_for_good(self, by_smtp: list[Any], to: str) -> None:
        with pytest.raises((Refused, NotDelivered)):
            transport.email(mail(), to)
        assert by_smtp == []

    def test_whatever_the_library_raises_is_one_of_the_two(
        self, by_smtp: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for raised in (UnicodeEncodeError("ascii", "é", 0, 1, "no"), ValueError("x"), RuntimeError("x"), KeyError("x")):
            with monkeypatch.context() as patch:
                patch.setattr(transport.smtplib.SMTP, "sendmail", lambda *given, error=raised: fail(error))
                with pytest.raises(Refused):
                    transport.email(mail(), "sara@example.com")

    def test_a_gateway_that_raises_anything_is_tried_again(
        self, sending: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sending(sms_url="json://localhost/{to}")
        monkeypatch.setattr("apprise.Apprise.notify", lambda *given, **more: fail(TypeError("x")))
        with pytest.raises(NotDelivered):
            transport.sms("+966500000000", "رمز")

    def test_nowhere_to_send_is_no_success(self, sending: Callable[..., None]) -> None:
        sending(mailbox_dir=None)
        with pytest.raises(NotDelivered):
            transport.email(mail(), "sara@example.com")
        with pytest.raises(NotDelivered):
            transport.sms("+966500000000", "رمز")


class TestFolder:
    def test_a_second_attempt_replaces_the_first(self, sending: Callable[..., None], tmp_path: Path) -> None:
        sending(mailbox_dir=tmp_path)
        for _ in range(2):
            transport.email(mail(), "sara@example.com")
        (found,) = letters(tmp_path)
        assert (found.subject, found.to, found.is_sms) == ("استلمنا طلبكم R-1448-000001", "sara@example.com", False)
        assert [name for name, _, _ in found.attachments] == ["إيصال.pdf"]

    def test_addresses_in_a_letter_can_be_followed_and_nothing_else_is_markup(
        self, sending: Callable[..., None], tmp_path: Path
    ) -> None:
        sending(mailbox_dir=tmp_path)
        message = mail()
        message.get_body().set_content("<script> https://madinah.silah.example/follow?a=1&b=2.")
        transport.email(message, "sara@example.com")
        text = letters(tmp_path)[0].linked_text
        assert "&lt;script&gt;" in text
        assert '<a href="https://madinah.silah.example/follow?a=1&amp;b=2">' in text

    def test_an_sms_is_there_too(self, sending: Callable[..., None], tmp_path: Path) -> None:
        sending(mailbox_dir=tmp_path)
        transport.sms("+966500000000", "رمز الدخول 1234")
        (found,) = letters(tmp_path)
        assert (found.is_sms, found.text.strip()) == (True, "رمز الدخول 1234")

    @pytest.mark.parametrize("name", ["../secrets", "..", "", ".hidden", "a/b"])
    def test_a_name_leads_nowhere_else(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "mail").mkdir()
        (tmp_path / "secrets.eml").touch()
        assert letter(tmp_path / "mail", name) is None


class TestSms:
    def test_the_number_goes_where_the_address_says(
        self, sending: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        added: list[str] = []

        class Gateway:
            def add(self, url: str) -> bool:
                added.append(url)
                return True

            def notify(self, body: str) -> bool:
                return body == "رمز"

        monkeypatch.setattr("apprise.Apprise", Gateway)
        sending(sms_url="twilio://sid:token@from/{to}")
        transport.sms("+966500000000", "رمز")
        assert added == ["twilio://sid:token@from/%2B966500000000"]
        with pytest.raises(NotDelivered):
            transport.sms("+966500000000", "آخر")
