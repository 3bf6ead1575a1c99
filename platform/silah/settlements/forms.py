"""Fields that offers share at the desk and at the portal: an exact amount, a last day, and what is promised."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from silah import clock
from silah.cases.models import Case
from silah.complaints.labels import LONGEST
from silah.desk.action_forms import LONGEST_TEXT, needed, options, stripped
from silah.forms import parsers
from silah.settlements.models import COMPENSATION
from silah.settlements.offers import Draft, Promise
from silah.settlements.rules import rules
from silah.web.fields import DateField

MOST = Decimal("99999999999.99")
PROMISES = (1, 2, 3)
BY = options([("association", _l("The association")), ("beneficiary", _l("The beneficiary"))])


class AmountField(StringField):  # type: ignore[misc]  # wtforms has no types
    """Riyals to the halala, in digits of either script; ``amount`` is what was read, None where nothing was typed."""

    amount: Decimal | None = None

    def pre_validate(self, form: Any) -> None:
        """Read what was typed, exactly: nothing is rounded."""
        if not (self.data or "").strip():
            return
        try:
            found = parsers.number(self.data, places=2)
        except parsers.BadAnswer as refused:
            raise ValidationError(str(refused)) from None
        if abs(found) > MOST:
            raise ValidationError(_l("Write an amount that is not larger than %(most)s.", most=f"{MOST:,}"))
        self.amount = found.quantize(Decimal("0.01"))


def amount(label: Any, missing: Any = None, hint: Any = "") -> AmountField:
    """A field for an amount; needed where ``missing`` says what to write."""
    first = needed(missing) if missing else Optional()
    return AmountField(label, [first], description=hint, render_kw={"inputmode": "decimal", "dir": "ltr"})


def last_day() -> Any:
    """The last day of an offer that is made today, as the association usually has it."""
    return clock.today() + timedelta(days=rules().offer_days)


def _what(number: int) -> TextAreaField:
    return TextAreaField(_l("What is promised (%(number)s)", number=number), [Optional(), Length(max=LONGEST_TEXT)])


class OfferFields:
    """An offer: terms, amount, last day, and up to three promises."""

    terms = TextAreaField(
        _l("What is offered"),
        [needed(_l("Write what is offered.")), Length(max=LONGEST, message=_l("Write at most %(max)d characters."))],
        filters=[stripped],
        description=_l("As it is to stand in the agreement."),
    )
    amount = amount(_l("Amount in riyals"), hint=_l("Only where money is to be paid."))
    expires_on = DateField(_l("Open until"), [needed(_l("Choose the last day of the offer."))], default=last_day)
    what_1, side_1 = _what(1), SelectField(_l("Who promises it"), choices=BY, default="association")
    due_1 = DateField(_l("By when"), [Optional()])
    what_2, side_2 = _what(2), SelectField(_l("Who promises it"), choices=BY, default="association")
    due_2 = DateField(_l("By when"), [Optional()])
    what_3, side_3 = _what(3), SelectField(_l("Who promises it"), choices=BY, default="association")
    due_3 = DateField(_l("By when"), [Optional()])

    def promises(self) -> tuple[Promise, ...]:
        """What is promised, as far as something was written."""
        made: Any = self
        rows = [(made[f"what_{n}"].data, made[f"side_{n}"].data, made[f"due_{n}"].data) for n in PROMISES]
        return tuple(Promise(side, what, due) for what, side, due in rows if (what or "").strip() and due)

    def undated(self) -> bool:
        """Whether a promise lacks its day, or a day its promise; said at the field."""
        made: Any = self
        wrong = False
        for n in PROMISES:
            what, due = made[f"what_{n}"], made[f"due_{n}"]
            if bool((what.data or "").strip()) != bool(due.data) and not due.errors:
                lacking = due if not due.data else what
                lacking.errors = [_l("Give each promise its day.") if lacking is due else _l("Write what is promised.")]
                wrong = True
        return wrong

    def draft(self) -> Draft:
        """The offer as it was written."""
        made: Any = self
        return Draft(made.terms.data, made.amount.amount, made.expires_on.data, self.promises())


def priced(form: Any, case: Case) -> Any:
    """The form of an offer; of a claim its amount is asked for without an "optional"."""
    if case.kind == COMPENSATION:
        form.amount.flags.optional, form.amount.flags.required = False, True
        form.amount.description = ""
    return form
