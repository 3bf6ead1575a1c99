"""Which association a request is for: its host says, never the client. Sessions are bound to the answer."""

from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.exc import SQLAlchemyError

from tenants import resolution
from tenants.context import PLATFORM, Place, Tenant, key, serving
from tenants.errors import SuspendedTenant, UnknownHost
from tenants.registry import ACTIVE

HEALTH = ("/healthz", "/readyz")
FOR_EVERY_PAGE = {"static", "shell.theme"}
"""What the page that refuses a visitor is drawn with: served where nobody else answers."""


def place_of(request: Request) -> Place | None:
    """The association at the request's host, the platform, or None where nobody answers; asked once a request.

    None also where the database could not say who answers: ``enter`` then raises what was in the way.
    """
    if "silah.place" not in request.environ:
        try:
            request.environ["silah.place"] = _resolved(request)
        except SQLAlchemyError as error:
            request.environ["silah.place"], request.environ["silah.unresolved"] = None, error
    found: Place | None = request.environ["silah.place"]
    return found


def _resolved(request: Request) -> Place | None:
    if request.path in HEALTH:
        return PLATFORM
    try:
        return resolution.resolve(request.host)
    except UnknownHost:
        return None


class BoundSessions(SecureCookieSessionInterface):
    """Signed cookie sessions whose signature is salted with the host's association.

    A cookie of one association is noise to every other; the cookie itself is host-only.
    """

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of this request's association; None (so no session at all) where nobody answers."""
        who = place_of(request)
        serializer = super().get_signing_serializer(app)
        if who is None or serializer is None:
            return None
        return URLSafeTimedSerializer(
            serializer.secret_keys,
            salt=f"session:{key(who)}",
            serializer=serializer.serializer,
            signer=serializer.signer,
            signer_kwargs=serializer.signer_kwargs,
        )

    def open_session(  # type: ignore[override]  # the null session is none of the secure ones
        self, app: Flask, request: Request
    ) -> SessionMixin | None:
        """Open the session, or an empty one that is never saved where nobody answers."""
        opened = super().open_session(app, request)
        return self.make_null_session(app) if opened is None else opened  # an empty one is falsy


def active(who: Place | None) -> bool:
    """Whether somebody answers there: the platform, or an association whose service is not stopped."""
    return who is not None and not (isinstance(who, Tenant) and who.state != ACTIVE)


def enter() -> None:
    """Serve the association of the host for the rest of the request.

    Raises UnknownHost where nobody answers, SuspendedTenant where the association's service is stopped, and the
    database's error where it did not say who answers.
    """
    who = place_of(request)
    if request.endpoint in FOR_EVERY_PAGE and not active(who):
        return
    unresolved: SQLAlchemyError | None = request.environ.get("silah.unresolved")
    if unresolved is not None:
        raise unresolved
    if who is None:
        raise UnknownHost
    if not active(who):
        raise SuspendedTenant
    block = serving(who)
    block.__enter__()
    g.serving = block


def leave(error: BaseException | None = None) -> None:
    """Stop serving; called again after a streamed response, where there is nothing left to leave."""
    block = g.pop("serving", None)
    if block is not None:
        block.__exit__(None, None, None)


def init_hosts(app: Flask) -> None:
    """Have every request served for the association of its host, and answered to nobody else."""
    app.session_interface = BoundSessions()
    app.before_request(enter)
    app.teardown_request(leave)
    app.after_request(vary)


def vary(response: Response) -> Response:
    """A page differs by host, cookie and language: no cache may mix them up."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "private, no-store")
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def template_place() -> dict[str, Any]:
    """What templates know of the place: ``association`` (a Tenant) or None on the platform's own host."""
    who = place_of(request)
    return {"association": who if isinstance(who, Tenant) else None}
