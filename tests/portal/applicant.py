"""Somebody who applies: walks through the pages of a request as a browser does."""

import random
import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from PIL import Image
from stdnum import luhn

from silah.intake.definition import Field
from tenants import blueprints

NAMES = blueprints.names()
SIGNATURE = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def national_id() -> str:
    digits = "1" + "".join(random.choice("0123456789") for _ in range(8))  # noqa: S311  # no secret
    return digits + luhn.calc_check_digit(digits)


def photo(name: str = "هوية.jpg") -> tuple[BytesIO, str]:
    out = BytesIO()
    Image.new("RGB", (20, 10), "teal").save(out, "JPEG")
    out.seek(0)
    return out, name


def answer(one: Field) -> Any:
    """An answer that the field takes; amounts lie between its bounds."""
    if one.kind in ("number", "money"):
        low, high = int(one.minimum or 1), int(one.maximum or 10**6)
        return str((low + high) // 2)
    given: dict[str, Any] = {
        "yes_no": "yes",
        "date": "1/9/1447",
        "national_id": national_id(),
        "mobile": "٠٥٠١٢٣٤٥٦٧",
        "iban": "SA03 8000 0000 6080 1016 7519",
        "email": "a@example.org",
    }
    if one.kind in ("choice", "choices"):
        return one.choices[0].value
    return given.get(one.kind, "نص قصير"[: one.longest])


@dataclass
class Applicant:
    """A browser at an association's portal, and the request that is written in it."""

    browser: Any
    forms: dict[str, Any]
    draft: str = ""
    pages: list[str] = field(default_factory=list)

    def get(self, path: str) -> Any:
        return self.browser.get(path)

    def post(self, path: str, **data: Any) -> Any:
        return self.browser.post(path, data=data, content_type="multipart/form-data")

    def start(self, key: str | None = None) -> None:
        self.key = key or next(iter(self.forms))
        where = self.post(f"/requests/types/{self.key}").headers["Location"]
        self.draft = where.rsplit("/", 1)[0]

    def who(self, relation: str = "self", means: str = "email", **more: Any) -> None:
        self.post(f"{self.draft}/who", relation=relation)
        person = {"name": "نورة بنت سالم", "national_id": national_id()}
        if relation != "self":
            person |= {"beneficiary_name": "سالم", "beneficiary_national_id": national_id()}
        self.expect(self.post(f"{self.draft}/you", **{**person, **more}))
        contact = {"mobile": "0501234567", "email": "noura@example.org", "reply_channel": means, "locale": "ar"}
        self.expect(self.post(f"{self.draft}/contact", **contact, reply_address="ص.ب 1"))

    def expect(self, response: Any, status: int = 302) -> Any:
        assert response.status_code == status, re.sub(r"\s+", " ", response.text)[-6000:]
        return response

    def fill(self, *, documents: bool = True) -> None:
        """Answer every page after the person's, following the way that the pages themselves lead."""
        where = self.get(f"{self.draft}/contact") and self._after_contact()
        for _ in range(30):
            stop = where.rsplit("/", 1)[1]
            if stop == "review":
                return
            self.pages.append(stop)
            where = self._document(where, documents) if stop.startswith("document-") else self._step(where, stop)
        raise AssertionError(f"the way does not end: {self.pages}")

    def _after_contact(self) -> str:
        contact = {"mobile": "0501234567", "email": "noura@example.org", "reply_channel": "email", "locale": "ar"}
        return str(self.expect(self.post(f"{self.draft}/contact", **contact)).headers["Location"])

    def _step(self, where: str, stop: str) -> str:
        step = self.forms[self.key].step(stop)
        return str(self.expect(self.post(where, **{f.key: answer(f) for f in step.fields})).headers["Location"])

    def _document(self, where: str, send: bool) -> str:
        given: dict[str, Any] = {"file": photo(), "valid_until": "1/1/1460"} if send else {"later": "1"}
        return str(self.expect(self.post(where, **given)).headers["Location"])

    def send(self, **signing: Any) -> Any:
        return self.post(f"{self.draft}/send", **signing)

    def apply(self, key: str | None = None, *, documents: bool = True, **person: Any) -> tuple[str, str]:
        """The whole way; gives the reference and the receipt code."""
        self.start(key)
        self.who(**person)
        self.fill(documents=documents)
        signing = {"method": "drawn", "signed_by": "نورة بنت سالم", "signature": SIGNATURE}
        self.expect(self.send(**signing))
        page = self.expect(self.get("/follow/sent"), 200).text
        return shown(page, "reference"), shown(page, "receipt-code")


def shown(page: str, name: str) -> str:
    found = re.search(rf'id="{name}"><bdi[^>]*>([^<]+)<', page)
    assert found, page
    return found[1]
