"""How a beneficiary proves to be the one who accepts: by the receipt code, and a one-time code for that offer."""

import hmac

from flask_babel import gettext as _

from silah.cases import one_time_codes, receipts
from silah.cases.models import Case
from silah.errors import Invalid
from silah.settlements import answering
from silah.settlements.models import SettlementOffer


def purpose(offer: SettlementOffer) -> str:
    """What the one-time code is for: this offer and no later one."""
    return f"offer:{offer.number}"


def accept(case: Case, offer: SettlementOffer, *, receipt: str, code: str) -> None:
    """Check both codes, then accept; raises ``Invalid`` at the receipt code, ``WrongCode`` or ``CodeExpired``."""
    if not hmac.compare_digest(bytes(case.receipt_digest), receipts.digest(receipt)):
        raise Invalid({"receipt": _("This receipt code is not right. Check it on your receipt.")})
    answering.acceptable(case, offer.id)
    one_time_codes.check(case, purpose(offer), code)
    answering.accept(case, offer.id)
