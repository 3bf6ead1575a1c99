"""The mailbox folder, read: every mail and SMS that the demo would have sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from markupsafe import Markup, escape

NAME = re.compile(r"[\w][\w.-]{0,150}")
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Letter:
    """One message of the folder."""

    name: str
    message: EmailMessage

    @property
    def to(self) -> str:
        """Whom it is for."""
        return str(self.message.get("To", ""))

    @property
    def subject(self) -> str:
        """What it is about; an SMS has only its words before the first address."""
        return str(self.message.get("Subject") or LINK.split(self.text)[0].strip() or self.text[:80])

    @property
    def is_sms(self) -> bool:
        """Whether it would have gone to a telephone."""
        return self.message.get("X-Silah-Means") == "sms"

    @property
    def sent_at(self) -> datetime:
        """When it was written."""
        try:
            return parsedate_to_datetime(str(self.message["Date"])).astimezone(UTC)
        except (TypeError, ValueError):
            return datetime.fromtimestamp(0, UTC)

    @property
    def text(self) -> str:
        """The plain text."""
        part = self.message.get_body(("plain",))
        return str(part.get_content()) if part is not None else ""

    @property
    def linked_text(self) -> Markup:
        """The plain text, escaped, in which addresses can be followed."""
        pieces, end = [], 0
        for found in LINK.finditer(self.text):
            pieces.append(escape(self.text[end : found.start()]))
            pieces.append(Markup('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>').format(found.group()))
            end = found.end()
        return Markup("").join([*pieces, escape(self.text[end:])])

    @property
    def attachments(self) -> list[tuple[str, str, bytes]]:
        """Each attached file: name, type, content."""
        return [
            (part.get_filename() or "file", part.get_content_type(), bytes(part.get_payload(decode=True) or b""))
            for part in self.message.iter_attachments()
        ]


def letters(folder: Path) -> list[Letter]:
    """All of them, the latest first."""
    return sorted(_read_all(folder), key=lambda one: one.sent_at, reverse=True)


def letter(folder: Path, name: str) -> Letter | None:
    """The one of this name, which came from an address and so is trusted with nothing."""
    path = folder / f"{name}.eml"
    return _read(path) if NAME.fullmatch(name) and path.is_file() else None


def _read_all(folder: Path) -> Iterator[Letter]:
    for path in folder.glob("*.eml"):
        yield _read(path)


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=default)
    return Letter(path.stem, message)
