"""One family of errors, named for what happened, each with a message for the reader and a status for the answer."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l


class SilahError(Exception):
    """What went wrong, in the reader's language; ``status`` is the HTTP status it is answered with."""

    status = 400
    message: Any = _l("Something about this request is not right.")

    def __init__(self, message: Any = None, **details: Any) -> None:
        super().__init__(message)
        if message is not None:
            self.message = message
        self.details = details

    def __str__(self) -> str:
        return str(self.message)


class NotFound(SilahError):
    """Nothing of this association stands at that address."""

    status = 404
    message = _l("There is nothing at this address.")


class Forbidden(SilahError):
    """The person is known, and may not do this."""

    status = 403
    message = _l("Your role does not allow this.")


class NotSignedIn(SilahError):
    """Nobody has signed in, and the page needs somebody."""

    status = 401
    message = _l("Sign in to go on.")


class Conflict(SilahError):
    """The move is not legal in the state that things are in."""

    status = 409
    message = _l("This is no longer possible, because something changed.")


class Invalid(SilahError):
    """What was typed cannot be taken; ``fields`` says why, by the field's name."""

    status = 422
    message = _l("Some answers need your attention.")

    def __init__(self, fields: Mapping[str, Any] | None = None, message: Any = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class TooMany(SilahError):
    """Too many tries in a short time."""

    status = 429
    message = _l("Too many attempts. Wait a few minutes, then try again.")
