"""What the desk asks for each transition of a request, what it is called, and what is said before and after."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.cases.transitions import TransitionForm
from silah.desk.action_forms import MoveForm, ReasonForm, RemarkForm, plain, read_reason
from silah.desk.letter_preview import LetterPreview
from silah.intake import desk_forms, reply_preview
from silah.web.access import Member


def _preview(case: Case, form: MoveForm, by: Member) -> LetterPreview | None:
    return reply_preview.preview_reply(case)


def _read_signature(form: desk_forms.AttestForm) -> Mapping[str, Any]:
    """The applicant's signature, drawn or on paper."""
    given = form.signature.data if form.method.data == "drawn" else form.paper.data
    return {"method": form.method.data, "signed_by": form.signed_by.data, "signature": given}


def _read_outcome(form: desk_forms.OutcomeForm) -> Mapping[str, Any]:
    return {"outcome": form.outcome.data, "reasons": form.reasons.data}


LABELS: Mapping[str, Any] = {
    "ask_for": _l("Ask for what is missing"),
    "find_complete": _l("Record as complete"),
    "send": _l("Send for study"),
    "recommend": _l("Recommend"),
    "decide": _l("Decide"),
    "release": _l("Send the reply"),
    "schedule": _l("Schedule the reply"),
    "unschedule": _l("Cancel the scheduled reply"),
    "register": _l("Complete registration"),
    "deliver": _l("Record delivery"),
    "close": _l("Close the case"),
    "reopen": _l("Reopen the case"),
    "withdraw": _l("Withdraw the request"),
    "attest": _l("Take the attestation"),
    "confirm": _l("Record the recipient's confirmation"),
}

FORMS: Mapping[str, TransitionForm] = {
    "find_complete": TransitionForm(
        plain(MoveForm),
        _l("Recorded as complete."),
        _l("Completeness is dated on the day on which the last piece came. The applicant is told."),
    ),
    "ask_for": TransitionForm(
        desk_forms.ask_form,
        _l("The applicant has been asked."),
        _l("The applicant is told what is needed, and can add it from the tracking page."),
        lambda form: {"items": desk_forms.chosen_items(form), "remark": form.remark.data or ""},
    ),
    "send": TransitionForm(
        plain(MoveForm),
        _l("Sent for study."),
        _l("From here on the request is with those who study it."),
    ),
    "recommend": TransitionForm(
        desk_forms.outcome_form,
        _l("The recommendation is recorded."),
        _l(
            "The recommendation goes to the body that decides. A committee votes on it as a motion: if that is carried "
            "unchanged, the applicant reads these reasons in the reply."
        ),
        _read_outcome,
    ),
    "decide": TransitionForm(
        desk_forms.decision_form,
        _l("The decision is recorded. The reply has not been sent yet."),
        _l(
            "Pressing “Decide” makes the outcome that you choose the decision on this request, in the name of the body "
            "that decides. The reasons are part of the reply: write them for the applicant to read. Where the outcome "
            "differs from the recommendation, they are not the recommendation's."
        ),
        _read_outcome,
    ),
    "release": TransitionForm(
        plain(desk_forms.ReleaseForm),
        saying(_l("The reply is on its way.")),
        _l("The letter is made and sent by the agreed means. This cannot be taken back."),
        lambda form: {"early_reason": form.early_reason.data or None},
        preview=_preview,
    ),
    "schedule": TransitionForm(
        plain(MoveForm),
        _l("Reply scheduled. It will be sent automatically on that day unless you cancel it."),
        _l(
            "The reply goes out in the morning of the earliest day that the policy allows. Whether it still may is "
            "checked again then."
        ),
        preview=_preview,
    ),
    "unschedule": TransitionForm(
        plain(MoveForm),
        _l("The scheduled reply has been cancelled."),
        _l("Nothing is sent until somebody sends it or schedules it anew."),
    ),
    "register": TransitionForm(
        plain(RemarkForm),
        _l("Registration is completed."),
        _l("The applicant is told that the registration is complete."),
        lambda form: {"note": form.remark.data or ""},
    ),
    "deliver": TransitionForm(
        plain(desk_forms.DeliverForm),
        _l("The delivery is recorded."),
        _l("The recipient is told, and can confirm from the tracking page."),
        lambda form: {"what": form.what.data, "on": form.on.data},
    ),
    "close": TransitionForm(
        plain(MoveForm),
        _l("The case is closed."),
        _l("Nothing more is owed on this case. It can be reopened with a reason."),
    ),
    "reopen": TransitionForm(
        plain(ReasonForm),
        _l("The case is open again."),
        _l("The applicant is told that the case is open again, and why."),
        read_reason,
    ),
    "withdraw": TransitionForm(
        plain(ReasonForm),
        _l("The request is withdrawn."),
        _l("Withdraw only at the applicant's wish. No reply is owed after it."),
        read_reason,
        tone="danger",
    ),
    "attest": TransitionForm(
        desk_forms.attest_form,
        _l("The attestation is recorded."),
        inputs=_read_signature,
        when=desk_forms.lacks_attestation,
    ),
    "confirm": TransitionForm(
        plain(desk_forms.ConfirmForm),
        _l("The confirmation is recorded."),
        _l("The recipient says that what was delivered has arrived."),
        lambda form: {"how": form.how.data},
        when=desk_forms.awaits_confirmation,
    ),
}
