"""Turning requests away politely when more come than can be served: whoever waited too long is told so at once.

A thread of the web server takes requests in the order in which they came. One that waited longer than the limit would
be answered to somebody who has given up, and keep those behind it waiting; it gets a short page with 503 and
Retry-After instead, and no request that was let in is broken off. What was typed stays in the form: the page says to go
back and send again. Works under gunicorn with `--worker-class silah.web_worker.Worker`; elsewhere nothing is shed.
`--worker-connections` is as many as may wait at once: what is beyond them the kernel holds, and breaks off.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

Started = Callable[..., Any]
RETRY_SECONDS = 20
EXEMPT = ("/healthz", "/readyz")
_waited = threading.local()

PAGE = """<!doctype html>
<html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>الموقع مشغول – Busy</title></head>
<body><main>
<h1>الموقع مشغول الآن</h1>
<p>يستخدمه كثيرون في هذه اللحظة. انتظر نصف دقيقة، ثم ارجع إلى الصفحة السابقة وأرسل من جديد، وما كتبته باقٍ فيها.</p>
<div lang="en" dir="ltr"><h2>The site is busy</h2>
<p>Many people are using it at this moment. Wait half a minute, then go back and send again;
what you typed is still there.</p></div>
</main></body></html>
""".encode()


def begin(seconds: float) -> None:
    """Say how long the request that this thread serves next has waited."""
    _waited.seconds = seconds


def waited() -> float:
    """How many seconds the request of this thread has waited to be served; 0 where the server does not tell."""
    return float(getattr(_waited, "seconds", 0.0))


class Shed:
    """The WSGI layer that answers 503 to what waited longer than the limit, and passes all else on."""

    def __init__(self, app: Callable[..., Iterable[bytes]], after: float) -> None:
        self.app, self.after = app, after

    def __call__(self, environ: dict[str, Any], start_response: Started) -> Iterable[bytes]:
        if waited() <= self.after or environ.get("PATH_INFO") in EXEMPT:
            return self.app(environ, start_response)
        start_response(
            "503 Service Unavailable",
            [
                ("Content-Type", "text/html; charset=utf-8"),
                ("Content-Length", str(len(PAGE))),
                ("Content-Security-Policy", "default-src 'none'"),
                ("Cache-Control", "no-store"),
                ("Retry-After", str(RETRY_SECONDS)),
            ],
        )
        return [PAGE]
