"""What a beneficiary fills in: a claim, a dispute, an offer, an acceptance."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional

from silah.complaints.portal_forms import NEEDED, lines
from silah.portal.forms import OneTimeCodeForm, Page
from silah.settlements.forms import OfferFields, amount


class ClaimForm(Page):
    """A claim for compensation."""

    text = lines(_l("What happened, and what harm did it do?"), NEEDED, _l("When, where, and what it cost you."))
    claimed = amount(_l("What amount do you claim, in riyals?"), hint=_l("Only if you know it."))
    files = MultipleFileField(_l("Pictures or papers that show it"), [Optional()])


class BeginForm(Page):
    """A dispute out of the answer to a complaint."""

    text = lines(_l("What is still in dispute?"), NEEDED)
    wanted = lines(_l("What would settle it for you?"))


class OfferForm(OfferFields, Page):
    """An offer of the beneficiary."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each promise has its day."""
        fine = bool(super().validate(extra_validators))
        return not self.undated() and fine


class RefuseForm(Page):
    """Why an offer is refused, if one wishes to say."""

    reason = lines(_l("Why, if you wish to say"))


class ProofForm(Page):
    """The proof that a promise of one's own was kept."""

    remark = lines(_l("How did you keep it?"), _l("Write how you kept it."))
    proof = FileField(_l("Proof"))


class AcceptForm(OneTimeCodeForm):
    """Accepts an offer: the receipt code, and the one-time code that was sent."""

    receipt = StringField(
        _l("Receipt code"),
        [DataRequired(NEEDED), Length(max=40)],
        description=_l("The code that you were given when you first sent your complaint, request or claim."),
        render_kw={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
