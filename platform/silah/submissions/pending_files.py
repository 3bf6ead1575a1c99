"""Files of a form that came back: kept a day for the next sending, so that nobody has to choose them again.

Each is found by a secret that stands on the page alone, and comes before the view as if it had been chosen anew. Its
row says a day and no hour, and a visitor's file is kept without one, for they may turn out to be nameless.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from tempfile import SpooledTemporaryFile

from flask import g, request
from flask_limiter import RateLimitExceeded
from sqlalchemy import delete, insert
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from silah import clock
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import NotFound, SilahError
from silah.jobs.coarse_time import coarse_time
from silah.submissions.idempotency import id_of
from silah.submissions.models import FILE, Submission
from silah.web.access import current_member
from silah.web.extensions import limiter
from tenants.database import db

FIELD, DROPPED = "pending_file", "pending_dropped"
LIFE = timedelta(days=1)
MOST = 20
MOST_KEPT = "120 per hour"
"""How many forms of one visitor who is not signed in have something kept, on whatever page."""
IN_MEMORY = 500_000
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
PICTURES = ("image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True)
class PendingFile:
    """A file that waits for its form: the secret by which it is found, and what the page shows of it."""

    field: str
    token: str
    stored: StoredFile

    @property
    def value(self) -> str:
        """Return what the hidden input sends."""
        return f"{self.field}:{self.token}"

    @property
    def is_picture(self) -> bool:
        """Tell whether a browser shows it as a picture."""
        return self.stored.media_type in PICTURES


def came() -> bool:
    """Tell whether files came with this request, or waited for it."""
    return bool(g.get("pending_files")) or any(file.filename for _name, file in request.files.items(multi=True))


def wait_for(values: list[str]) -> None:
    """Have these files, as the inputs of a page send them, wait for the form of the page that is drawn."""
    g.pending_files = list(_named(values))


def take_along() -> None:
    """Put the files that wait for the form of this request among those that came with it."""
    _forget(list(_named(request.form.getlist(DROPPED)[:MOST])))
    g.pending_files = waiting = list(_named(sent_values()))
    if not waiting:
        return
    files = [(name, file) for name, file in request.files.items(multi=True) if file.filename]
    g.chosen_files = files[:]
    for one in waiting:
        data = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed with the request, as what was sent is
        data.write(documents.open(one.stored))
        data.seek(0)
        files.append((one.field, FileStorage(data, one.stored.name, one.field, one.stored.media_type)))
    request.__dict__["files"] = ImmutableMultiDict(files)  # a cached property, read by views and forms


def keep_sent(inputs: dict[str, bool]) -> list[PendingFile]:
    """Keep the files of this request that came for these inputs, by name and whether they take several.

    A file that is refused is left to the error at its field; past what one visitor may have kept none is.
    """
    kept = []
    came_along = [(name, file) for name, file in _chosen()[:MOST] if name in inputs and file.filename]
    if came_along and (current_member() is not None or has_room()):
        for name, file in came_along:
            try:
                kept.append(_keep(name, file))
            except SilahError:
                continue
    replaced = {one.field for one in kept if not inputs[one.field]}
    waiting = [one for one in g.get("pending_files", ()) if one.field in inputs and one.field not in replaced]
    return [*waiting, *kept]


def has_room() -> bool:
    """Count one keeping of something for whoever is not signed in; tell whether it is within what is kept for them.

    Whatever led to it: a form that only wants the other language, or one of staff, has no limit of its own.
    """
    try:
        with limiter.shared_limit(MOST_KEPT, scope="kept of forms"):
            return True
    except RateLimitExceeded:
        return False


def forget_sent() -> None:
    """Remove the files that waited for the form of this request, which was taken."""
    _forget(g.pop("pending_files", ()))


def _forget(files: Iterable[PendingFile]) -> None:
    for one in files:
        db.session.execute(delete(Submission).where(Submission.id == id_of(one.token, FILE)))
        documents.forget(one.stored)


def find(token: str) -> StoredFile:
    """Return the file of this secret; raises ``NotFound``."""
    row = db.session.get(Submission, id_of(token, FILE)) if TOKEN.fullmatch(token) else None
    if row is None or row.file_id is None or row.expires_on < clock.today():
        raise NotFound
    return documents.get(row.file_id)


def _chosen() -> list[tuple[str, FileStorage]]:
    """Return the files that were chosen on the page, without those that waited for it."""
    chosen: list[tuple[str, FileStorage]] | None = g.get("chosen_files")
    return list(request.files.items(multi=True)) if chosen is None else chosen


def sent_values() -> list[str]:
    """Return what the form of this request says of files that wait for it, but for those that it lets go of."""
    dropped = set(request.form.getlist(DROPPED))
    return [value for value in dict.fromkeys(request.form.getlist(FIELD)) if value not in dropped][:MOST]


def _named(values: list[str]) -> Iterator[PendingFile]:
    for value in values:
        name, _colon, token = value.rpartition(":")
        try:
            yield PendingFile(name, token, find(token))
        except NotFound:
            continue


def _keep(name: str, file: FileStorage) -> PendingFile:
    file.stream.seek(0)
    token, nameless = secrets.token_urlsafe(16), is_nameless()
    with coarse_time() if nameless or current_member() is None else nullcontext():
        called = "1" if nameless else file.filename or ""
        stored = documents.keep(file.stream.read(), called, purpose="pending", unsigned=nameless)
    row = {"id": id_of(token, FILE), "kind": FILE, "file_id": stored.id, "expires_on": clock.today() + LIFE}
    db.session.execute(insert(Submission).values(row))
    return PendingFile(name, token, stored)


def is_nameless() -> bool:
    """Tell whether the form of this request says that whoever sends it gives no name."""
    if "nameless_form" not in g:
        g.nameless_form = request.form.get("how") == "anonymous"
    return bool(g.nameless_form)
