"""Visitors of a portal that falls again and again: they fill in its forms, and press again where nothing came back."""

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from itertools import count
from threading import Lock, Thread
from urllib.parse import urlencode

from tests.faults.hidden_fields import hidden_fields
from tests.faults.ledger import Form
from tests.waiting import PATIENCE

PAUSE_SECONDS = 0.2
PERSON = {
    "name": "هيا بنت منصور",
    "mobile": "0550000077",
    "relation": "self",
    "reply_channel": "email",
    "locale": "ar",
    **dict.fromkeys(("branch", "office", "area"), ""),
}
ROADS = (
    ("/complaints/new", {"about": "service", "text": "تأخر تسليم السلة الغذائية شهرًا كاملًا", "how": "named"}),
    ("/inquiries/new", {"kind": "inquiry", "text": "متى يُصرف دعم الإيجار؟"}),
)
SENT = "/follow/sent"
REFERENCE = re.compile(r'id="reference">(.*?)</p>', re.DOTALL)
OUTSIDE_REFERENCES = re.compile(r"<[^>]*>|[^A-Z0-9-]")


class Unanswered(Exception):
    """Nothing came back until the time was over."""


@dataclass
class Visit:
    """One browser with its cookies, at an address of its own, which goes on asking until it is answered."""

    port: int
    host: str
    client: str
    until: float
    cookies: dict[str, str] = field(default_factory=dict)
    presses: int = 0

    def ask(self, path: str, typed: dict[str, str] | None = None) -> tuple[int, str]:
        """Open a page, or send a form; again where the connection breaks or the site says that it is busy."""
        while time.monotonic() < self.until:
            self.presses += 1
            try:
                status, page = self._ask_once(path, typed)
            except (OSError, http.client.HTTPException):
                status, page = 0, ""
            if status not in (0, 503):
                return status, page
            time.sleep(PAUSE_SECONDS)
        raise Unanswered(path)

    def _ask_once(self, path: str, typed: dict[str, str] | None) -> tuple[int, str]:
        headers = {"Host": f"{self.host}:{self.port}", "X-Forwarded-For": self.client, "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if typed is not None:
            body, headers["Content-Type"] = urlencode(typed), "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET" if typed is None else "POST", path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer.status, page


class Crowd:
    """Several visitors at once, each with one form after another; keeps every form that was filled in."""

    def __init__(self, port: int, host: str, *, most: int) -> None:
        self.port, self.host, self.most = port, host, most
        self.forms: list[Form] = []
        self.until = self.leaving = 0.0
        self._numbers, self._lock = count(1), Lock()

    def run(self, visitors: int, seconds: float, meanwhile: Callable[[], None]) -> None:
        """Let them begin forms for so many seconds; what they began they bring to its end, with patience."""
        self.until = time.monotonic() + seconds
        self.leaving = self.until + PATIENCE
        threads = [Thread(target=self._send_forms, daemon=True) for _ in range(visitors)]
        for one in threads:
            one.start()
        while time.monotonic() < self.until and any(one.is_alive() for one in threads):
            meanwhile()
        for one in threads:
            one.join(PATIENCE * 2)

    def count_acknowledged(self) -> int:
        """Count the forms whose senders were shown a reference."""
        return sum(one.reference is not None for one in list(self.forms))

    def _send_forms(self) -> None:
        while time.monotonic() < self.until and (number := self._next()) <= self.most:
            self._send_form(number)

    def _next(self) -> int:
        with self._lock:
            return next(self._numbers)

    def _send_form(self, number: int) -> None:
        form, (path, typed) = Form(f"visitor{number}@example.org"), ROADS[number % len(ROADS)]
        visit = Visit(self.port, self.host, f"10.20.{number // 250 % 250}.{number % 250}", self.leaving)
        try:
            status, page = visit.ask(path)
            hidden = dict(hidden_fields(page))
            form.key = hidden.get("idempotency_key", "")
            self.forms.append(form)
            if status != 200 or not form.key:
                form.refusal = f"{status} for the page"
                return
            before = visit.presses
            status, page = visit.ask(path, {**hidden, **PERSON, **typed, "email": form.address})
            form.presses = visit.presses - before
            if status != 302:
                form.refusal = f"{status} for the form"
                return
            status, page = visit.ask(SENT)
            shown = REFERENCE.search(page)
            if shown is None:
                form.refusal = f"{status} for the confirmation"
                return
            form.reference = OUTSIDE_REFERENCES.sub("", shown[1])
        except Unanswered as waited:
            form.refusal = f"no answer at {waited}"
