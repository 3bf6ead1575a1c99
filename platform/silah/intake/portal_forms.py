"""What an applicant fills in at the portal to sign the attestation."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length

from silah.portal.forms import NEEDED, Page


class SigningForm(Page):
    """Signs the attestation: who, and how."""

    method = RadioField(_l("How would you like to sign?"), default="drawn")
    signed_by = StringField(_l("Full name of whoever signs"), [DataRequired(NEEDED), Length(max=200)])
    signature = HiddenField(_l("Signature"))

    METHODS: tuple[tuple[str, Any], ...] = (
        ("drawn", _l("I sign here, with finger or mouse")),
        ("code", _l("I sign with a one-time code sent to me")),
        ("paper", _l("I sign on paper, and bring or send it to the association")),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.method.choices = [SelectChoice(*one) for one in self.METHODS]

    def validate(self, extra_validators: Any = None) -> bool:
        """A drawn signature must have been drawn."""
        fine = bool(super().validate(extra_validators))
        if self.method.data == "drawn" and not self.signature.data:
            self.signature.errors = [str(_l("Sign in the box, or choose another way to sign."))]
            return False
        return fine
