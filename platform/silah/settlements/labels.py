"""What the sides, and the states of an offer, are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

SIDES: dict[str, Any] = {"association": _l("The association"), "beneficiary": _l("The beneficiary")}
OFFER_STATES: dict[str, Any] = {
    "open": _l("Open"),
    "superseded": _l("Replaced by another"),
    "refused": _l("Refused"),
    "expired": _l("Expired"),
    "agreed": _l("Agreed"),
}
OFFER_TONES = {"open": "info", "superseded": "neutral", "refused": "bad", "expired": "warn", "agreed": "good"}
