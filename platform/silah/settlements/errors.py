"""What can be refused about disputes, offers and compensation, each named for what happened."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.errors import Conflict


class GroundsMissing(Conflict):
    """An offer came before the grounds of compensation were there; ``missing`` lists what lacks, and why."""

    message = _l("No offer can be made yet, because the grounds for compensation are not complete. This is missing:")

    def __init__(self, missing: Sequence[Any]) -> None:
        super().__init__()
        self.missing = list(missing)


class NotInTurn(Conflict):
    """The side that made the standing offer waits for the other's answer."""

    message = _l("An offer of this side is still open. The other side answers it first.")


class OfferGone(Conflict):
    """The offer is open no longer: another took its place, or it was refused or agreed."""

    message = _l("This offer is no longer open. Look at the latest one.")


class OfferExpired(Conflict):
    """The last day of the offer has passed."""

    message = _l("The last day of this offer has passed. A new one can be made.")


class OwnOffer(Conflict):
    """Who made an offer does not accept it in the association's name."""

    message = _l("You made this offer. Another member, who may bind the association, accepts it in its name.")


class AboveLimit(Conflict):
    """The amount is above what this member, or anybody, may accept; the message says which."""


class NoSettlement(Conflict):
    """The association does not settle this, or nobody could agree with whom it is about; the message says why."""
