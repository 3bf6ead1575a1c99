"""The papers that an association hands out: receipt, reply letter, list of what is missing, signed attestation."""

from collections.abc import Sequence
from datetime import date, datetime, time

from flask_babel import force_locale
from flask_babel import gettext as _

from silah import clock
from silah.cases import kinds
from silah.cases.models import Case
from silah.documents import pdf
from silah.documents.addresses import follow_address
from silah.documents.letterhead import letterhead
from silah.language.bilingual import localized
from silah.language.localization import dates, locale, moment, number, shown_digits

Rows = Sequence[tuple[str, str]]

SIGNED_HOW = ("drawn", "code", "paper")


def receipt(case: Case, *, code: str | None, next_steps: Sequence[str], locale: str | None = None) -> bytes:
    """The receipt of a case; the receipt code stands on it only where it is given, at the one time it is known."""
    with force_locale(locale or case.locale):
        facts = [
            (kinds.kind_of_case(case).called(case), _title(case)),
            *([(_("Name"), _applicant(case))] if _applicant(case) else []),
            (_("Received on"), _received_at(case)),
        ]
        if case.completed_on:
            facts.append((_("Complete since"), dates(case.completed_on)))
        facts.append((_("Policy version"), shown_digits(case.policy_version.number)))
        data = {
            "title": _("Receipt"),
            "reference": case.reference,
            "code": code,
            "qr": pdf.qr(follow_address(case.reference)),
            "address": follow_address(),
            "facts": facts,
            "next": list(next_steps),
            "labels": {
                "reference": _("Reference"),
                "code": _("Receipt code"),
                "keep": _("Keep it to yourself: whoever has it can read everything."),
                "scan": _("Scan to follow"),
                "next": _("What happens next"),
                "follow": _("Follow it with the reference and the receipt code at:"),
            },
            "letterhead": letterhead(lines=_issued()),
        }
        return _rendered("receipt", data)


def _received_at(case: Case) -> str:
    """The day of receipt, with its hour where that is known: not of a nameless case, nor of paper of another day."""
    no_hour = case.anonymous or case.received_at.astimezone(clock.RIYADH).time() == time()
    return dates(case.received_at) if no_hour else moment(case.received_at)


def reply_letter(case: Case, *, outcome: str, reasons: str, locale: str | None = None) -> bytes:
    """The letter that carries the reply; ``outcome`` is worded as the policy words it, in the letter's language."""
    with force_locale(locale or case.locale):
        numbered = [(_("Number"), case.reference), *_issued()]
        data = {
            "title": _("Reply to your request"),
            "facts": [
                (_("To"), _applicant(case)),
                (_("Subject"), _title(case)),
                (_("Received on"), dates(case.received_at)),
            ],
            "greeting": _("Dear %(name)s,", name=_applicant(case)),
            "outcome": outcome,
            "reasons": [part for part in reasons.splitlines() if part.strip()],
            "closing": [
                _("If you wish to say something about this reply, write to us on the tracking page of your request."),
                _("With our best wishes,"),
            ],
            "labels": {
                "opening": _("Thank you for turning to us. Your request has been studied, and this is the reply:"),
                "reasons": _("Reasons"),
                "signature": _("Signature and seal"),
            },
            "letterhead": letterhead(lines=numbered),
        }
        return _rendered("reply_letter", data)


def missing_list(*, title: str, name: str, items: Rows, on: date, locale: str, reference: str | None = None) -> bytes:
    """The dated list of what a request still needs; without a reference where it was not received yet."""
    with force_locale(locale):
        facts = [(_("Request"), title), (_("Applicant"), name), (_("Date"), dates(on))]
        if reference:
            facts.insert(0, (_("Reference"), reference))
            closing = [_("You can add these on the tracking page of your request, or bring them to the association.")]
        else:
            closing = [_("The request is received once all of these are in. Until then, no reply period runs.")]
        data = {
            "title": _("What your request still needs"),
            "facts": facts,
            "items": [(number(index), *item) for index, item in enumerate(items, 1)],
            "closing": closing,
            "labels": {
                "opening": _("Please bring or send the following:"),
                "number": _("Serial no."),
                "item": _("What"),
                "why": _("Why"),
                "brought": _("Brought"),
            },
            "letterhead": letterhead(),
        }
        return _rendered("missing_list", data)


def attestation(
    case: Case,
    *,
    statement: str,
    rows: Rows,
    signed_by: str = "",
    signed_at: datetime | None = None,
    method: str | None = None,
    signature: bytes | None = None,
    locale: str | None = None,
) -> bytes:
    """The attestation with the data it covers: signed, or with a line to sign on where nothing is signed yet."""
    with force_locale(locale or case.locale):
        signed = [(_("Signed by"), signed_by or _applicant(case))]
        if signed_at:
            signed.append((_("Signed on"), moment(signed_at)))
        if method in SIGNED_HOW:
            signed.append((_("Signed how"), method_words(method)))
        data = {
            "title": _("Attestation that the data are true"),
            "facts": [(_("Reference"), case.reference), (kinds.kind_of_case(case).called(case), _title(case))],
            "statement": statement,
            "rows": list(rows),
            "signed": signed,
            "blank": signed_at is None,
            "signature": pdf.picture(signature, "image/png") if signature else None,
            "labels": {
                "given": _("The data given"),
                "signed": _("Signature"),
                "drawn": _("The drawn signature"),
                "sign_here": _("Signature and date"),
            },
            "letterhead": letterhead(lines=_issued()),
        }
        return _rendered("attestation", data)


def method_words(method: str) -> str:
    """How an attestation was signed, in words."""
    words = {
        "drawn": _("Drawn on the page"),
        "code": _("With a one-time code"),
        "paper": _("On paper"),
    }
    return str(words[method])


def _rendered(template: str, data: dict[str, object]) -> bytes:
    return pdf.render(template, data, locale())


def _issued() -> list[tuple[str, str]]:
    return [(_("Date"), dates(clock.today()))]


def _title(case: Case) -> str:
    return localized(case, "title")


def _applicant(case: Case) -> str:
    person = case.applicant or case.beneficiary
    return person.name if person else ""
