"""What can go wrong with a case, each named for what happened."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, NotFound


class NotLegal(Conflict):
    """The move is not one that the case allows now; the message says why."""


class ChangedMeanwhile(Conflict):
    """Somebody else acted on the case first; ``entries`` are what they did, oldest first."""

    message = _l("Somebody else changed this case meanwhile. Look at what changed, then try again.")

    def __init__(self, entries: Sequence[Any] = ()) -> None:
        super().__init__()
        self.entries = list(entries)


class NoSuchCase(NotFound):
    """No case has this reference and this receipt code; which of the two is wrong is not told."""

    message = _l("No case matches this reference and receipt code. Check both, then try again.")


class WrongCode(Conflict):
    """The one-time code is not the one that was sent."""

    message = _l("This code is not right. Check it, or ask for a new one.")


class CodeExpired(Conflict):
    """The one-time code is too old, used, or was tried too often."""

    message = _l("This code no longer works. Ask for a new one.")


class NoAddress(Conflict):
    """The case has no telephone and no e-mail to which a code could be sent."""

    message = _l("There is no mobile number or e-mail on this case to send a code to.")


class ReferralEnded(Conflict):
    """The referral was answered or given back already."""

    message = _l("This referral has already ended.")


class NotAReferee(Conflict):
    """The policy names other roles to refer to."""

    message = _l("The policy does not name this role to refer cases to.")


class NumberTaken(Conflict):
    """Another file has this national ID."""

    message = _l("Another file has this number already. Look it up under Beneficiaries to see which is right.")


class NoCandidate(Conflict):
    """There is no file that this could be confirmed for."""

    message = _l("Choose the file that is the person's, or open one.")
