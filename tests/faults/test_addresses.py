"""Addresses that no mail reaches are refused where they are typed; those in Unicode go out as a server takes them."""

import socket
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

import silah.notifications.jobs  # noqa: F401  # what sends messages
from silah.cli.operator import operator
from silah.forms import parsers
from silah.jobs import runner
from silah.language.email_addresses import Unmailable, read_address, write_address
from silah.notifications import service
from silah.notifications.models import OutboxMessage
from silah.notifications.service import Recipient
from silah.shell.models import AssociationSetting
from tenants.database import db

FOREIGN = "نورة@example.com"
UNICODE = "noura@جمعية.com"
PUNYCODE = "noura@xn--ogbf3b7b0a.com"
NONE = ("noura", "noura@", "@example.com", "a b@example.com", "noura@example..com", "noura@localhost", "a@b@c.com")


@pytest.fixture(scope="module")
def home(make_association: Callable[..., Any]) -> Any:
    return make_association()


class Box:
    """Keeps the envelopes that it takes."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken.append(envelope)
        return "250 Accepted"


@pytest.fixture
def serving_mail(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], Box]]:
    """`serving_mail(True)` is the installation's SMTP server, which speaks SMTPUTF8; False is one that does not."""
    running = []

    def start(any_letters: bool) -> Box:
        box = Box()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=any_letters)
        server.start()
        running.append(server)
        monkeypatch.setattr(settings, "smtp_host", "127.0.0.1")
        monkeypatch.setattr(settings, "smtp_port", port)
        monkeypatch.setattr(settings, "smtp_starttls", False)
        return box

    yield start
    for server in running:
        server.stop()


class TestAField:
    @pytest.mark.parametrize("typed", [*NONE, FOREIGN])
    def test_takes_nothing_that_cannot_be_mailed(self, app: Any, typed: str) -> None:
        with app.test_request_context(), pytest.raises(parsers.BadAnswer):
            parsers.email(typed)

    def test_takes_letters_before_the_sign_where_the_server_does(
        self, app: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "smtp_utf8", True)
        with app.test_request_context():
            assert parsers.email(FOREIGN) == FOREIGN

    def test_takes_a_domain_in_unicode(self, app: Any) -> None:
        with app.test_request_context():
            assert parsers.email(f" {UNICODE} ") == UNICODE

    @pytest.mark.parametrize("typed", ["noura", FOREIGN])
    @pytest.mark.parametrize(
        ("where", "name", "others"),
        [
            ("/admin/staff/invite", "email", {"name": "نورة", "locale": "ar"}),
            ("/admin/settings", "email", {}),
            ("/admin/departments/new", "email", {"name_ar": "قسم", "name_en": "Section"}),
        ],
    )
    def test_of_the_administration_refuses_it_in_words(
        self, signed_in: Any, home: Any, typed: str, where: str, name: str, others: dict[str, str]
    ) -> None:
        answer = signed_in(home, "administrator").post(f"{where}?lang=en", data={**others, name: typed})
        assert answer.status_code == 422
        said = "before the @" if typed == FOREIGN else "name@"
        assert said in answer.text

    def test_on_the_command_line_refuses_it_before_anything_is_made(self, app: Any) -> None:
        ran = app.test_cli_runner().invoke(operator, ["create", FOREIGN])
        assert ran.exit_code == 2
        assert "before the @" in ran.output


class TestAnAddress:
    def test_is_kept_as_typed_and_written_in_ascii(self) -> None:
        assert read_address(UNICODE) == UNICODE
        assert write_address(UNICODE) == PUNYCODE
        assert write_address("Noura@Example.COM") == "Noura@example.com"

    def test_that_is_none_is_never_written(self) -> None:
        for text in ("", *NONE):
            with pytest.raises(Unmailable):
                write_address(text)


class TestAMessage:
    def sent(self, app: Any, serve: Any, home: Any, address: str) -> str:
        """The state of a message to this address once it was worked."""
        with serve(home):
            message = service.send(
                "to_read", Recipient("email", address, "نورة"), "ar", {"title": "السياسة", "link": "https://a.example/"}
            )
            key = str(message.id)
            db.session.commit()
        with app.app_context():
            assert runner.work(home.role, "message", key)
        with serve(home):
            return db.session.get_one(OutboxMessage, UUID(key)).state

    @pytest.mark.parametrize("any_letters", [True, False])
    def test_to_a_domain_in_unicode_goes_out_as_punycode(
        self, app: Any, serve: Any, home: Any, serving_mail: Any, any_letters: bool
    ) -> None:
        box = serving_mail(any_letters)
        assert self.sent(app, serve, home, UNICODE) == "sent"
        (envelope,) = box.taken
        assert envelope.rcpt_tos == [PUNYCODE]
        assert message_from_bytes(envelope.content, policy=default)["To"] == PUNYCODE

    def test_to_foreign_letters_goes_to_a_server_that_takes_them(
        self, app: Any, serve: Any, home: Any, serving_mail: Any
    ) -> None:
        box = serving_mail(True)
        assert self.sent(app, serve, home, FOREIGN) == "sent"
        assert box.taken[0].rcpt_tos == [FOREIGN]

    @pytest.mark.parametrize("address", [FOREIGN, "noura", "a b@example.com", "noura@example.com\r\nBcc: x@y.com"])
    def test_that_no_mail_reaches_fails_and_raises_nothing(
        self, app: Any, serve: Any, home: Any, serving_mail: Any, address: str
    ) -> None:
        box = serving_mail(False)
        assert self.sent(app, serve, home, address) == "failed"
        assert box.taken == []

    def test_leaves_although_the_association_s_own_address_is_none(
        self, app: Any, serve: Any, home: Any, serving_mail: Any
    ) -> None:
        box = serving_mail(False)
        with serve(home):
            db.session.scalars(select(AssociationSetting)).one().email = "لا أحد"
            db.session.commit()
        assert self.sent(app, serve, home, "noura@example.com") == "sent"
        assert message_from_bytes(box.taken[0].content, policy=default)["Reply-To"] is None
