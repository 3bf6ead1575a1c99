"""The messages there are: whom each is for, which placeholders it knows, and how the platform words it."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from flask_babel import lazy_gettext as _l

LOCALES = ("ar", "en")
CASE_PLACES = ("name", "association", "reference", "request", "link", "date")
ACCOUNT_PLACES = ("name", "association", "link")
MEETING_PLACES = ("meeting", "when", "place", "agenda")


@dataclass(frozen=True)
class Wording:
    """One message in one language, with placeholders like ``{{name}}``."""

    subject: str
    body: str


@dataclass(frozen=True)
class Template:
    """One message: what it says in a few words, to whom, and which placeholders may and must stand in it."""

    key: str
    about: Any
    audience: Literal["applicant", "staff", "account"]
    own: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    awaited: bool = False
    """Whether its reader waits for it at a page; then it overtakes other messages."""

    @property
    def places(self) -> tuple[str, ...]:
        """Every placeholder that this message knows."""
        return (ACCOUNT_PLACES if self.audience == "account" else CASE_PLACES) + self.own

    def wording(self, locale: str) -> Wording:
        """How the platform words it."""
        return _wordings(locale)[self.key]


PLACE_WORDS: dict[str, Any] = {
    "name": _l("the recipient's name"),
    "association": _l("the association's name"),
    "reference": _l("the reference of the case"),
    "request": _l("what the request is called"),
    "link": _l("the address of the page to open"),
    "date": _l("today's date in both calendars"),
    "items": _l("the list of what is missing"),
    "remark": _l("a remark by the officer"),
    "promise": _l("when the reply is to be expected"),
    "text": _l("what was written"),
    "outcome": _l("the outcome"),
    "reasons": _l("the reasons"),
    "what": _l("what was delivered"),
    "reason": _l("the reason"),
    "code": _l("the one-time code"),
    "minutes": _l("how many minutes it is good for"),
    "days": _l("how many days it is good for"),
    "title": _l("what the document is called"),
    "count": _l("how many pieces of work"),
    "from": _l("whose work it was"),
    "question": _l("the question"),
    "answer": _l("the answer"),
    "latest": _l("the latest day for the reply"),
    "target": _l("the internal target"),
    "version": _l("the version of the policy"),
    "open": _l("how many open cases stay under earlier versions"),
    "change": _l("which date moved, and by which holiday"),
    "due": _l("by when it is due"),
    "meeting": _l("which meeting of which committee"),
    "when": _l("when the meeting is, in both calendars"),
    "place": _l("where the meeting is, or its address"),
    "agenda": _l("the cases on the agenda"),
    "changes": _l("what changed"),
    "amount": _l("the amount"),
    "code_of": _l("the reference whose receipt code opens the case"),
    "until": _l("the last day for answering"),
    "office": _l("the office that is visited"),
    "day": _l("the day of the visit"),
    "guessed": _l("what is guessed at"),
    "grant": _l("what is to be granted"),
    "asker": _l("who asked for it"),
    "first": _l("the first day of the period"),
    "last": _l("the last day of the period"),
}

_ALL = (
    Template("received", _l("A request was received"), "applicant", needs=("reference",)),
    Template("missing", _l("Something is missing"), "applicant", ("items", "remark"), ("items",)),
    Template("complete", _l("The request is complete"), "applicant", ("promise",), ("promise",)),
    Template("attest_again", _l("The data must be attested again"), "applicant", needs=("link",)),
    Template("message", _l("An officer wrote a message"), "applicant", ("text",), ("text",)),
    Template("contact_corrected", _l("A contact on the case was corrected"), "applicant"),
    Template("replied", _l("The reply was sent"), "applicant", ("outcome", "reasons"), ("outcome",)),
    Template("reply_stopped", _l("A scheduled reply was not sent"), "staff", needs=("link",)),
    Template("registered", _l("The registration was completed"), "applicant"),
    Template("delivered", _l("The service was delivered"), "applicant", ("what",), ("link",)),
    Template("closed", _l("The case was closed"), "applicant"),
    Template("reopened", _l("The case was opened again"), "applicant", ("reason",)),
    Template("withdrawn", _l("The request was withdrawn"), "applicant"),
    Template("code", _l("A one-time code"), "applicant", ("code", "minutes"), ("code",), awaited=True),
    Template(
        "identity_code",
        _l("A one-time code that proves who somebody is"),
        "applicant",
        ("code", "minutes"),
        ("code",),
        awaited=True,
    ),
    Template("assigned", _l("A case was assigned"), "staff", needs=("link",)),
    Template("referred", _l("A case was referred"), "staff", ("question",), ("link",)),
    Template("referral_answered", _l("A referral was answered"), "staff", ("answer",), ("link",)),
    Template("referral_returned", _l("A referral was returned"), "staff", ("reason",), ("link",)),
    Template(
        "referral_late",
        _l("The time for answering a referral has passed"),
        "staff",
        ("question", "due"),
        ("link",),
    ),
    Template("public_notice", _l("A notice to the public is sent on"), "applicant", ("title", "text"), ("title",)),
    Template("applicant_answered", _l("The applicant added or wrote something"), "staff", needs=("link",)),
    Template("overdue", _l("A reply is overdue"), "staff", ("latest",), ("link",)),
    Template("target", _l("An internal target is reached"), "staff", ("target",), ("link",)),
    Template("complaint_received", _l("A complaint was received"), "applicant", needs=("reference",)),
    Template("complaint_answered", _l("A complaint was answered"), "applicant", ("answer",), ("answer",)),
    Template("complaint_objected", _l("An objection to an answer was received"), "applicant", needs=("reference",)),
    Template("complaint_came", _l("A complaint is to be handled"), "staff", needs=("link",)),
    Template("action_set", _l("A corrective action is to be done"), "account", ("text", "due"), ("text", "link")),
    Template("review_waits", _l("A standing review waits"), "account", ("first", "last"), ("first", "last", "link")),
    Template("visit_planned", _l("A visit is to be made"), "account", ("office", "day"), ("office", "link")),
    Template("inquiry_received", _l("An inquiry or suggestion was received"), "applicant", needs=("reference",)),
    Template("inquiry_answered", _l("An inquiry or suggestion was answered"), "applicant", ("answer",), ("answer",)),
    Template("inquiry_came", _l("An inquiry or suggestion is to be answered"), "staff", needs=("link",)),
    Template("settlement_received", _l("A dispute or a claim was received"), "applicant", ("code_of",), ("reference",)),
    Template("settlement_came", _l("A dispute or a claim is to be handled"), "staff", needs=("link",)),
    Template(
        "offer_made", _l("The association made an offer"), "applicant", ("amount", "text", "due"), ("due", "link")
    ),
    Template("offer_confirm", _l("The association accepted an offer"), "applicant", ("amount", "due"), ("link",)),
    Template("offer_refused", _l("The association refused an offer"), "applicant", ("reason",), ("reason",)),
    Template("offer_expired", _l("An offer has expired"), "applicant", ("amount", "due"), ("link",)),
    Template("offer_came", _l("The beneficiary made an offer"), "staff", needs=("link",)),
    Template("offer_answered", _l("An offer was answered, or has expired"), "staff", needs=("link",)),
    Template("agreement_made", _l("An agreement was reached"), "applicant", needs=("link",)),
    Template("agreement_reached", _l("An agreement was reached (to staff)"), "staff", needs=("link",)),
    Template("promise_due", _l("A promise of the association falls due"), "staff", needs=("link",)),
    Template(
        "promise_due_yours", _l("A promise of the beneficiary falls due"), "applicant", ("text", "due"), ("text",)
    ),
    Template("proof_came", _l("The beneficiary handed in the proof of a promise"), "staff", needs=("link",)),
    Template("proof_sent_back", _l("A proof was not enough"), "applicant", ("text", "reason"), ("reason", "link")),
    Template("referred_out", _l("A case was referred to a court or authority"), "applicant", ("text",), ("text",)),
    Template("result_known", _l("A court or authority has decided"), "applicant", ("text",), ("text",)),
    Template("compensation_paid", _l("A compensation was paid"), "applicant", ("amount", "due"), ("amount",)),
    Template(
        "amount_paid",
        _l("An amount that was agreed in a dispute was paid"),
        "applicant",
        ("amount", "due"),
        ("amount",),
    ),
    Template("settlement_ended", _l("It ended without an agreement"), "applicant", ("reason",), ("reason",)),
    Template("settlement_closed", _l("A settled case was closed"), "applicant", needs=("reference",)),
    Template("handed_over", _l("Open work was handed over"), "account", ("count", "from"), ("link",)),
    Template("to_sign", _l("Something is to be read and signed"), "account", ("title",), ("link",)),
    Template("to_read", _l("Something is to be read"), "account", ("title",), ("link",)),
    Template("survey_invitation", _l("Somebody is asked for their view"), "account", ("title", "until"), ("link",)),
    Template("survey_reminder", _l("Somebody is asked for their view again"), "account", ("title", "until"), ("link",)),
    Template(
        "field_given", _l("A field survey is to be carried out"), "account", ("title", "until"), ("title", "link")
    ),
    Template("copy", _l("A department gets its copy"), "account", ("title",), ("title",)),
    Template(
        "dates_moved",
        _l("The reply date moved because of a holiday"),
        "applicant",
        ("change", "promise"),
        ("change", "promise"),
    ),
    Template("dates_moved_staff", _l("A case has other dates because of a holiday"), "staff", ("change",), ("link",)),
    Template(
        "dates_moved_many", _l("Cases have other dates because of a holiday"), "account", ("count", "change"), ("link",)
    ),
    Template("policy_in_force", _l("A version of the policy came into force"), "staff", ("version", "open"), ("link",)),
    Template("policy_review", _l("The policy is to be reviewed"), "staff", ("version", "due"), ("link",)),
    Template("meeting_called", _l("A meeting of a committee is called"), "account", MEETING_PLACES, ("when", "link")),
    Template(
        "meeting_changed",
        _l("A meeting of a committee is changed"),
        "account",
        (*MEETING_PLACES, "changes"),
        ("changes", "when", "link"),
    ),
    Template(
        "meeting_cancelled",
        _l("A meeting of a committee is called off"),
        "account",
        ("meeting", "when", "reason"),
        ("meeting", "when"),
    ),
    Template("meeting_tomorrow", _l("A meeting of a committee is near"), "account", MEETING_PLACES, ("when", "link")),
    Template("minutes_to_sign", _l("Minutes await a signature"), "account", ("title",), ("title", "link")),
    Template("minutes_unsigned", _l("Minutes still await a signature"), "account", ("title",), ("title", "link")),
    Template("minutes_complete", _l("Minutes are complete"), "account", ("title",), ("title", "link")),
    Template("invitation", _l("A member of staff is invited"), "account", ("days",), ("link",), awaited=True),
    Template("password_reset", _l("A new password is chosen"), "account", ("minutes",), ("link",), awaited=True),
    Template(
        "guessing_alert", _l("Someone is guessing codes or passwords"), "account", ("count", "guessed"), ("guessed",)
    ),
    Template("grant_waiting", _l("A grant waits for a second administrator"), "account", ("grant", "asker"), ("link",)),
    Template("code_reset", _l("The code from the telephone was reset"), "account", needs=("link",)),
)

TEMPLATES: dict[str, Template] = {template.key: template for template in _ALL}


@lru_cache(maxsize=2)
def _wordings(locale: str) -> dict[str, Wording]:
    text = (Path(__file__).parent / "wordings" / f"{locale}.toml").read_text("utf-8")
    return {key: Wording(one["subject"], one["body"].strip()) for key, one in tomllib.loads(text).items()}
