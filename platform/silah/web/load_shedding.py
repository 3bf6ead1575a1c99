"""Turning requests away politely when more come than can be served: whoever waited too long is told so at once.

A thread of the web server takes requests in the order in which they came. One that waited longer than the limit would
be answered to somebody who has given up, and keep those behind it waiting; it gets a short page with 503 and
Retry-After instead, and no request that was let in is broken off. A form that was typed stands in that page and is sent
again by one press; nothing of it is kept here. Works under gunicorn with `--worker-class silah.web.worker.Worker`;
elsewhere nothing is shed. `--worker-connections` is as many as may wait at once: what is beyond them the kernel holds,
and breaks off.
"""

import threading
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from html import escape
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser

from silah.web.outages import is_secret
from silah.web.slow_clients import MOST_PEEKED

Started = Callable[..., Any]
RETRY_SECONDS = 20
EXEMPT = ("/healthz", "/readyz")
CODES = frozenset({"code", "token"})
"""Fields of codes that are good once; like passwords they are typed anew."""
_waited = threading.local()

STYLE = """
:root { color-scheme: light; --paper: #f7f6f2; --ink: #1e2429; --soft: #565c63; --accent: #1f5f5b; --on: #fff }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --paper: #14181b; --ink: #eceae4; --soft: #b4b8bc; --accent: #7cc7bf; --on: #10201f }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.75 "IBM Plex Sans Arabic", "Segoe UI", Tahoma, "Noto Sans Arabic", system-ui, sans-serif }
main { max-width: 40rem; margin-inline: auto; padding: clamp(2rem, 10vh, 6rem) 1.25rem }
h1, h2 { margin-block: 0 0.5rem; line-height: 1.4 }
h1 { font-size: 1.75rem } h2 { font-size: 1.375rem }
p { margin-block: 0 0.75rem } section + section { margin-block-start: 2rem }
.press { margin-block-start: 2rem }
.button { display: inline-block; box-sizing: border-box; min-height: 3rem; padding: 0.5rem 1.25rem; border: 0;
  border-radius: 0.5rem; background: var(--accent); color: var(--on); font: inherit; font-weight: 600;
  text-decoration: none; cursor: pointer }
.button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
"""
"""In the page itself: whoever was turned away asks for nothing more."""

POLICY = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SHELL = """<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>الموقع مشغول – Busy</title><style>{style}</style></head>
<body><main>
<section><h1>الموقع مشغول الآن</h1>
<p>يستخدمه كثيرون في هذه اللحظة. {ar}</p></section>
<section lang="en" dir="ltr"><h2>The site is busy</h2>
<p>Many people are using it at this moment. {en}</p></section>
{way_on}</main></body></html>
"""


def _page(ar: str, en: str, way_on: str) -> bytes:
    return SHELL.format(style=STYLE, ar=ar, en=en, way_on=way_on).encode()


PAGE = _page(
    "انتظر نصف دقيقة، ثم اضغط «حاول مرة أخرى».",
    "Wait half a minute, then press “Try again”.",
    '<p class="press"><a class="button" href="">حاول مرة أخرى · <span lang="en" dir="ltr">Try again</span></a></p>\n',
)
UNSHOWN = _page(
    "لم يُسجَّل ما أرسلته بعد. انتظر نصف دقيقة، ثم حدّث هذه الصفحة ووافق على إعادة الإرسال: "
    "يرسل متصفحك ما كتبته وملفاتك مرة أخرى.",
    "What you sent is not recorded yet. Wait half a minute, then refresh this page and agree to send it once more: "
    "your browser sends what you wrote again, files too.",
    "",
)
"""For a form that is too long for the page, or that brings files: only the browser has all of it."""


def begin(seconds: float) -> None:
    """Say how long the request that this thread serves next has waited."""
    _waited.seconds = seconds


def waited() -> float:
    """How many seconds the request of this thread has waited to be served; 0 where the server does not tell."""
    return float(getattr(_waited, "seconds", 0.0))


def typed_page(environ: dict[str, Any]) -> bytes:
    """Return the page for a request: with its form, to be sent again by one press, where the page can hold it."""
    if environ.get("REQUEST_METHOD") != "POST":
        return PAGE
    fields = _typed_fields(environ)
    if fields is None:
        return UNSHOWN
    hidden = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">\n' for name, value in fields)
    coded = ' enctype="multipart/form-data"' if "multipart" in environ.get("CONTENT_TYPE", "") else ""
    return _page(
        "ما كتبته باقٍ في هذه الصفحة. انتظر نصف دقيقة، ثم اضغط «أرسل مرة أخرى».",
        "What you typed is still here. Wait half a minute, then press “Send again”.",
        f'<form class="press" method="post"{coded}>\n{hidden}<button class="button" type="submit">أرسل مرة أخرى · '
        '<span lang="en" dir="ltr">Send again</span></button></form>\n',
    )


def _typed_fields(environ: dict[str, Any]) -> list[tuple[str, str]] | None:
    """Return what was typed, save secrets; None for what a page cannot hold, or what another site sent."""
    length = environ.get("CONTENT_LENGTH") or ""
    size = int(length) if length.isascii() and length.isdigit() else MOST_PEEKED + 1
    if size > MOST_PEEKED or environ.get("HTTP_SEC_FETCH_SITE", "none") not in ("same-origin", "none"):
        return None
    try:
        parser = FormDataParser(max_form_memory_size=MOST_PEEKED, max_content_length=MOST_PEEKED, silent=False)
        _stream, form, files = parser.parse_from_environ(environ)
    except (HTTPException, OSError, ValueError):
        return None
    if any(file.filename for file in files.values()):
        return None
    named = [(name, value) for name, value in form.items(multi=True) if name]
    return [(name, value) for name, value in named if name not in CODES and not is_secret(name)]


class Shed:
    """The WSGI layer that answers 503 to what waited longer than the limit, and passes all else on."""

    def __init__(self, app: Callable[..., Iterable[bytes]], after: float) -> None:
        self.app, self.after = app, after

    def __call__(self, environ: dict[str, Any], start_response: Started) -> Iterable[bytes]:
        if waited() <= self.after or environ.get("PATH_INFO") in EXEMPT:
            return self.app(environ, start_response)
        page = typed_page(environ)
        start_response(
            "503 Service Unavailable",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Length", str(len(page))),
                ("Content-Security-Policy", POLICY),
                ("Cache-Control", "no-store"),
                ("Retry-After", str(RETRY_SECONDS)),
            ],
        )
        return [page]
