"""The agreement and the closing letter, on the association's letterhead, with the dates of both calendars."""

from datetime import datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases.models import Case
from silah.documents import pdf
from silah.documents.letterhead import letterhead
from silah.language.bilingual import localized
from silah.language.localization import dates, locale, moment, money
from silah.settlements.models import COMPENSATION, Negotiation, SettlementOffer
from silah.settlements.offer_rules import SIDES
from tenants.context import current_tenant


def agreement(case: Case, offer: SettlementOffer, *, binder: str = "", bound_at: datetime | None = None) -> bytes:
    """What both have accepted, with what each promised and how each accepted, in the case's language.

    ``binder`` and ``bound_at`` are of one who looks at the agreement before they accept for the association.
    """
    with force_locale(case.locale):
        data: dict[str, Any] = {
            "title": _("Agreement on compensation") if case.kind == COMPENSATION else _("Settlement agreement"),
            "facts": [
                [_("Reference"), case.reference],
                [_("First party"), _association()],
                [_("Second party"), _person(case)],
                *([[_("Out of case"), case.born_of.reference]] if case.born_of else []),
            ],
            "amount": money(offer.amount),
            "terms": _paragraphs(offer.terms),
            "promises": [
                [str(SIDES[one.side]), one.what, dates(one.due_on)]
                for one in sorted(offer.undertakings, key=lambda one: one.due_on)
            ],
            "accepted": [
                [_("For the association"), binder or (offer.binder.name if offer.binder else "")],
                [_("Accepted on"), moment(bound_at or offer.association_at)],
                [_("The beneficiary"), _person(case)],
                [_("Accepted on"), moment(offer.beneficiary_at)],
            ],
            "closing": [_("The beneficiary accepted with the receipt code of the case and a one-time code.")],
            "labels": {
                "opening": _("Both parties have agreed amicably on the following:"),
                "promises": _("What each party promises"),
                "side": _("Who promises it"),
                "what": _("What"),
                "due": _("By when"),
                "accepted": _("Acceptance"),
            },
            "letterhead": letterhead(lines=[(_("Number"), case.reference), (_("Date"), dates(clock.today()))]),
        }
        return pdf.render("agreement", data, locale())


def closing_letter(case: Case, made: Negotiation, offer: SettlementOffer) -> bytes:
    """The letter that ends a claim: what was agreed, what was paid and when."""
    with force_locale(case.locale):
        data: dict[str, Any] = {
            "title": _("Closing of your claim for compensation"),
            "facts": [[_("To"), _person(case)], [_("Received on"), dates(case.received_at)]],
            "greeting": _("Dear %(name)s,", name=_person(case)),
            "outcome": _("%(amount)s was paid on %(date)s.", amount=money(made.paid), date=dates(made.paid_on)),
            "reasons": _paragraphs(offer.terms),
            "closing": [
                _("With this payment the claim is settled as agreed, and the case is closed."),
                _("With our best wishes,"),
            ],
            "labels": {
                "opening": _("We have looked into your claim, and you and the association have agreed on it:"),
                "reasons": _("What was agreed"),
                "signature": _("Signature and seal"),
            },
            "letterhead": letterhead(lines=[(_("Number"), case.reference), (_("Date"), dates(clock.today()))]),
        }
        return pdf.render("reply_letter", data, locale())


def _association() -> str:
    tenant = current_tenant()
    return localized(tenant, "name")


def _person(case: Case) -> str:
    person = case.applicant or case.beneficiary
    return person.name if person else ""


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.splitlines() if part.strip()]
