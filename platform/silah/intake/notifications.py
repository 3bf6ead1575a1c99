"""What applicants are told of the transitions of their request."""

from silah.cases import notifications, reply_promises
from silah.cases.transitions import Change
from silah.documents.models import StoredFile
from silah.forms.texts import clean
from silah.intake import letters, requests
from tenants.database import db


def tell_missing(change: Change) -> None:
    """Tell the applicant what they are asked for."""
    case, form = change.case, requests.definition(change.case)
    labels = [requests.label(form, item["kind"], item["key"], case.locale) for item in change.data["items"]]
    notifications.applicant("missing", case, {"items": labels, "remark": change.note or ""})


def tell_complete(change: Change) -> None:
    """Tell the applicant that the request is complete, and by when it is answered."""
    notifications.applicant("complete", change.case, {"promise": reply_promises.promise(change.case)})


def tell_reply(change: Change) -> None:
    """Send the applicant the reply with its letter."""
    decision = change.result
    letter = db.session.get_one(StoredFile, decision.letter_id)
    notifications.applicant(letters.TEMPLATE, change.case, letters.context(change.case, decision), [letter])


def tell_registered(change: Change) -> None:
    """Tell the applicant that the registration is complete."""
    notifications.applicant("registered", change.case)


def tell_delivered(change: Change) -> None:
    """Tell the applicant what was delivered."""
    notifications.applicant("delivered", change.case, {"what": change.result.what})


def tell_closed(change: Change) -> None:
    """Tell the applicant that the case is closed."""
    notifications.applicant("closed", change.case)


def tell_withdrawn(change: Change) -> None:
    """Tell the applicant that the request is withdrawn."""
    notifications.applicant("withdrawn", change.case)


def tell_reopened(change: Change) -> None:
    """Tell the applicant that the case is open again, and why."""
    notifications.applicant("reopened", change.case, {"reason": clean(change.note or "")})


def tell_to_attest_again(change: Change) -> None:
    """Ask the applicant to attest the data as they are now."""
    notifications.applicant("attest_again", change.case)
