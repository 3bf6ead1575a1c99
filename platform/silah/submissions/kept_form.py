"""What was typed is never lost: a form that could not be taken is shown once more, filled, and sent by one press.

Nothing is ever sent by itself. A form whose token has ended is shown again at once; one of staff whose session has
ended is kept, sealed with its own key, which a cookie of this browser holds, until the account to which it was shown
has signed in again. What another site sends is not shown.
"""

import json
import re
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidTag
from flask import Response, current_app, flash, g, make_response, render_template, request
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from werkzeug.datastructures import ImmutableMultiDict

from silah import clock
from silah.errors import SilahError
from silah.submissions import form_filling, idempotency, operator_form, pending_files
from silah.submissions.models import KEPT, Submission
from silah.web import cookies, outages
from silah.web.access import current_member, enforce
from tenants.context import Tenant, place
from tenants.database import db

COOKIE = "silah_kept"
PURPOSE = "kept form"
LIFE = timedelta(days=1)
MOST_BYTES = 400_000
SWITCH, AGAIN = "switch_language", "kept_form"
UNREAD = ("version", "seen", "deed", "page", "go")
"""Fields that say nothing to a reader."""
TYPED_ANEW = ("code", "token")
"""Fields of codes, which are not shown to be copied."""
IDENTIFIER = re.compile(r"[a-z0-9_.:-]*")
"""What a page sends of itself, such as ids, keys of options and dates, as opposed to what somebody wrote."""

Pairs = list[tuple[str, str]]


def typed_pairs() -> Pairs:
    """Return what was typed on the form of this request, without what proves where it stood and without secrets."""
    return [
        (name, value)
        for name, value in outages.typed_fields()
        if name not in (*form_filling.OWN, SWITCH, pending_files.FIELD, pending_files.DROPPED)
    ]


def written_texts() -> list[str]:
    """Return what a person wrote on the form of this request, to be read and copied where the form is not taken."""
    if is_from_elsewhere():
        return []
    shown = [(name, value) for name, value in typed_pairs() if name not in (*UNREAD, *TYPED_ANEW)]
    return [value for _name, value in shown if not IDENTIFIER.fullmatch(value.strip())]


def show_missing(answer: Response) -> None:
    """Show, below the page that refuses a form, what was written on it and stands in no field of that page."""
    if answer.mimetype != "text/html":
        return
    page = answer.get_data(as_text=True)
    shown = "".join(unescape(page).split())
    missing = [text for text in written_texts() if "".join(text.split()) not in shown]
    before, end, after = page.rpartition("</main>")
    if missing and end:
        answer.set_data(before + render_template("errors/written.html", written=missing) + end + after)


def is_from_elsewhere() -> bool:
    """Tell whether another site made the browser send this form."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin != request.host_url.rstrip("/")


def show_again(words: Any, status: int, *, files: bool = True) -> Response | None:
    """Show the form of this request once more, filled, with these words above it; None where it came from elsewhere.

    Its own page is drawn as for whoever opens it; where it has none, a page of its own lists what was written. Without
    ``files`` those that came with it are let go.
    """
    if is_from_elsewhere():
        return None
    pairs, path, address = typed_pairs(), request.path, request.full_path.rstrip("?")
    flash(words, "warn")
    opened = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    answer = (_drawn(pairs, path, files=files) if opened else None) or make_response(bare_page(pairs, address))
    answer.status_code = status
    return answer


def _drawn(pairs: Pairs, path: str, *, files: bool) -> Response | None:
    become_opened()
    if not files:
        g.chosen_files = []
    try:
        enforce()
        answer = make_response(current_app.view_functions[str(request.endpoint)](**request.view_args or {}))
    except SilahError:
        return None
    return fill_answer(answer, path, pairs)


def become_opened() -> None:
    """Make of the request that sent a form one that opens its page; what was typed is with the caller."""
    g.chosen_files = list(request.files.items(multi=True))
    pending_files.is_nameless()
    pending_files.wait_for(pending_files.sent_values() if isinstance(place.get(), Tenant) else [])
    request.method = "GET"
    empty: ImmutableMultiDict[str, Any] = ImmutableMultiDict()
    request.__dict__.update(form=empty, files=empty)
    request.__dict__.pop("values", None)


def fill_answer(answer: Response, path: str, pairs: Pairs, *, fill: bool = True) -> Response | None:
    """Fill the form of a page that is sent to ``path``, and lay the files beside it that came along.

    Returns None for what is no page with such a form.
    """
    if answer.mimetype != "text/html" or answer.status_code in idempotency.LED_ON:
        return None
    page = answer.get_data(as_text=True)
    found = form_filling.find_form(page, path, {name for name, _ in pairs})
    if found is None:
        return None
    extras = _files_beside(found[1]) if isinstance(place.get(), Tenant) else {}
    if fill or extras:
        answer.set_data(form_filling.fill(page, found, pairs, extras, fill=fill))
    return answer


def _files_beside(form: form_filling.Form) -> dict[str, str]:
    beside: dict[str, list[pending_files.PendingFile]] = {}
    for one in pending_files.keep_sent(form.files):
        beside.setdefault(one.field, []).append(one)
    draw = current_app.jinja_env.globals["parts"].pending_files  # type: ignore[attr-defined]  # see shell/parts.py
    return {name: str(draw(files)) for name, files in beside.items()}


def bare_page(pairs: Pairs, address: str, files: Iterable[str] = ()) -> str:
    """Return a page that lists what was written and sends it to its address by one press."""
    named = [(pending_files.FIELD, value) for value in files]
    hidden = Markup(form_filling.hidden_inputs([*pairs, *named]))  # noqa: S704  # each value is escaped there
    written = [value for name, value in pairs if value.strip() and name not in UNREAD]
    return render_template("errors/kept.html", address=address, hidden=hidden, written=written)


def keep_until_signed_in() -> str | None:
    """Keep the form of staff whose session has ended; returns what the cookie holds, None where it is not kept.

    That is the key of what is kept; of the operator's form, at the platform's own host, the sealed form itself.
    """
    key = idempotency.key_of(request.form)
    if key is None or "." not in key or is_from_elsewhere():
        return None
    if not isinstance(place.get(), Tenant):
        typed = {"path": request.full_path.rstrip("?"), "typed": typed_pairs(), "files": []}
        return operator_form.seal_body(key, typed, clock.today() + LIFE)
    if not pending_files.has_room():
        return None
    values = pending_files.sent_values()
    pending_files.wait_for(values)
    names = {*request.files, *(value.rpartition(":")[0] for value in values)}
    files = [one.value for one in pending_files.keep_sent(dict.fromkeys(names, True))]
    body = json.dumps({"path": request.full_path.rstrip("?"), "typed": typed_pairs(), "files": files})
    if len(body) > MOST_BYTES:
        return None
    row = {"id": idempotency.id_of(key, KEPT), "kind": KEPT, "expires_on": clock.today() + LIFE}
    sealed = idempotency.seal_for(key, PURPOSE, body)
    statement = insert(Submission).values(row | {"sealed": sealed})
    db.session.execute(statement.on_conflict_do_update(index_elements=[Submission.id], set_={"sealed": sealed}))
    return key


def kept_body() -> dict[str, Any] | None:
    """Return what this browser kept for the account that is signed in: its address, what was typed, and its files."""
    if not isinstance(place.get(), Tenant):
        return operator_form.open_body(cookies.read(COOKIE) or "")
    key, member = idempotency.key_of({idempotency.FIELD: cookies.read(COOKIE) or ""}), current_member()
    if key is None or member is None or not idempotency.is_of_account(key, member.account_id):
        return None
    row = select(Submission.sealed).where(Submission.id == idempotency.id_of(key, KEPT))
    try:
        found: dict[str, Any] = json.loads(idempotency.unseal_for(key, PURPOSE, bytes(db.session.scalar(row) or b"")))
    except (InvalidTag, ValueError):
        return None
    return found


def fill_kept(answer: Response) -> Response:
    """Fill a page that was opened to send what was kept."""
    body = kept_body()
    if body is None or urlsplit(body["path"]).path != request.path:
        return answer
    pending_files.wait_for(body["files"])
    return fill_answer(answer, request.path, body["typed"]) or answer


def remember_key(response: Response, key: str) -> Response:
    """Have the browser hold the key of what is kept for it."""
    cookies.put(response, COOKIE, key, max_age=int(LIFE.total_seconds()))
    return response
