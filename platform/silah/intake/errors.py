"""What can go wrong with a request, each named for what happened."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, NotFound


class NotOffered(NotFound):
    """The association does not offer this request (any more)."""

    message = _l("This request is not offered at present.")


class NoSuchDraft(NotFound):
    """The draft was sent, has expired, or never was."""

    message = _l("This draft no longer exists. Drafts are kept for a limited time, and end when they are sent.")


class AlreadySent(Conflict):
    """The draft has become a case already: a second click sends nothing twice."""

    message = _l("This request has been sent already.")


class NotComplete(Conflict):
    """The policy receives only complete requests; ``missing`` is the list, as it stood on the day ``on``."""

    message = _l("The request is not complete, and is received only once it is.")

    def __init__(self, missing: Sequence[Any], on: date) -> None:
        super().__init__()
        self.missing = list(missing)
        self.on = on


class StillMissing(Conflict):
    """The case cannot be recorded as complete; ``missing`` says what it lacks."""

    message = _l("The request still lacks something, so it cannot be recorded as complete.")

    def __init__(self, missing: Sequence[Any]) -> None:
        super().__init__()
        self.missing = list(missing)


class TooEarly(Conflict):
    """The floor's earliest date has not come; only a recorded reason allows to release before it."""

    message = _l(
        "The policy allows no reply before the earliest date. Somebody with the permission may send it early, "
        "with a reason that is recorded."
    )


class NoAttestation(Conflict):
    """The policy has no attestation."""

    message = _l("This policy has no attestation.")


class AlreadyAttested(Conflict):
    """The data as they stand have been attested."""

    message = _l("The data as they stand have been attested already.")


class NotAskedFor(Conflict):
    """The case has moved on, so that its data are not changed any more."""

    message = _l("The request is past the point where its data can be changed.")


class NoDelivery(Conflict):
    """There is no delivery to confirm."""

    message = _l("There is no delivery to confirm.")
