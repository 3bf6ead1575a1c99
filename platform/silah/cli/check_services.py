"""What may be wrong around the database: secrets, Redis, the store, mail, SMS, fonts."""

import base64
import os
import smtplib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import fsspec
from pydantic import ValidationError
from redis.exceptions import RedisError
from rq import Worker

from silah.cli.findings import Finding, first_line, note
from silah.config import Settings
from silah.documents import formats, pdf, sandbox
from silah.jobs.transport import connect, queue
from silah.notifications.transport import smtp
from silah.web.redis_link import connect_briefly

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""


def secrets(settings: Settings) -> Iterator[Finding]:
    """Secrets that pass only because this is called a development installation, and addresses without HTTPS."""
    if settings.development:
        yield Finding("SILAH_DEVELOPMENT is on: weak secrets are accepted. Switch it off on a public machine.")
        try:
            Settings(**{**settings.model_dump(), "development": False})
        except ValidationError as error:
            for one in error.errors():
                yield Finding(str(one["msg"]).removeprefix("Value error, "))
    if not settings.secure and not settings.demo:
        yield Finding("SILAH_SCHEME is http: session cookies travel in the open.")


def redis(settings: Settings) -> Iterator[Finding]:
    """Redis out of reach, forgetful, or with no worker on its queue."""
    try:
        with connect(settings) as connection:
            connection.ping()
            yield from memory(connection)
            if not Worker.all(queue=queue(settings, connection)):
                yield Finding("No worker listens on this installation's queue; run: silah worker")
    except RedisError as error:
        yield Finding(f"Redis does not answer (SILAH_REDIS_URL): {first_line(error)}")


def memory(connection: object) -> Iterator[Finding]:
    """Whether Redis keeps what it has over a restart and when it is full; a managed one may not say."""
    with suppress(RedisError):
        told = connection.config_get("appendonly", "maxmemory-policy")  # type: ignore[attr-defined]
        if told.get("appendonly") == "no":
            yield Finding("Redis does not keep its data over a restart; set: appendonly yes")
        if told.get("maxmemory-policy", "noeviction") != "noeviction":
            yield Finding("Redis throws jobs away when it is full; set: maxmemory-policy noeviction")


def limits(settings: Settings) -> Iterator[Finding]:
    """The Redis of limits missing, out of reach, or writing down who did what."""
    if settings.limits_url is None:
        yield note("Limits are counted in the memory of each process: SILAH_LIMITS_URL is not set.")
        return
    try:
        with connect_briefly(settings.limits_url) as connection:
            connection.ping()
            with suppress(RedisError):
                told = connection.config_get("appendonly", "save")
                if told.get("appendonly") == "yes" or told.get("save"):
                    yield Finding("The Redis of SILAH_LIMITS_URL writes to disk; set: appendonly no, and save empty")
    except RedisError as error:
        yield Finding(f"The Redis for limits does not answer (SILAH_LIMITS_URL): {first_line(error)}")


def storage(settings: Settings) -> Iterator[Finding]:
    """Whether documents can be written, read again and removed."""
    path = f"{settings.storage_url.rstrip('/')}/check-{uuid4().hex}"
    try:
        system, name = fsspec.url_to_fs(path)
        with suppress(OSError):
            system.makedirs(name.rpartition("/")[0], exist_ok=True)
        system.pipe_file(name, b"silah")
        if system.cat_file(name) != b"silah":
            yield Finding(f"The store gives back other bytes than it was given (SILAH_STORAGE_URL): {path}")
        system.rm_file(name)
    except Exception as error:
        yield Finding(f"Documents cannot be kept (SILAH_STORAGE_URL): {first_line(error)}")


def cache(settings: Settings) -> Iterator[Finding]:
    """Whether the folder for what can be made again may be written."""
    folder: Path = settings.cache_dir
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(f"{settings.cache_dir} cannot be written (SILAH_CACHE_DIR).")


def mail(settings: Settings) -> Iterator[Finding]:
    """Whether the mail server takes us, and whether there is a gateway for SMS."""
    if not settings.smtp_host:
        yield (
            note("Mail goes into a folder: SILAH_SMTP_HOST is not set.")
            if settings.mailbox_dir
            else Finding("No mail goes out: SILAH_SMTP_HOST is not set.")
        )
    else:
        try:
            with smtp(settings) as server:
                server.noop()
                server.ehlo_or_helo_if_needed()
                if settings.smtp_utf8 and not server.has_extn("smtputf8"):
                    yield Finding("The mail server does not speak SMTPUTF8, though SILAH_SMTP_UTF8 is set.")
        except (smtplib.SMTPException, OSError) as error:
            yield Finding(f"The mail server does not take us (SILAH_SMTP_HOST): {first_line(error)}")
    if not settings.sms_url:
        yield note("No SMS goes out: SILAH_SMS_URL is not set.")
    elif "{to}" not in settings.sms_url:
        yield Finding("SILAH_SMS_URL has no {to} where the telephone number goes.")


def fonts(settings: Settings) -> Iterator[Finding]:
    """Whether the faces of screen and paper came with their packages."""
    if not {"Amiri", "IBM Plex Sans Arabic"} <= set(pdf.fonts().families()):
        yield Finding("The fonts are missing; install fontpkg-amiri and fontpkg-ibm-plex-sans-arabic again.")


def uploads(settings: Settings) -> Iterator[Finding]:
    """Whether the process in which files are opened starts and answers."""
    try:
        with sandbox.opened("shrink", DOT, most_side=1, most_pixels=4):
            return
    except formats.Refused:
        yield Finding("Files cannot be opened: the process for it does not start here, so every upload is refused.")
