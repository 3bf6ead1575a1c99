"""The moves from one state to the next, as pages do them; when each is legal stands in ``silah.intake.moves``."""

from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.desk import action_forms as forms
from silah.desk import letter_preview
from silah.desk.case_action import Action, Build, Do, plain
from silah.intake import attestations, delivery, desk_forms, moves, reply_preview, scheduling, service, study
from silah.intake.facts import facts_of
from silah.web.access import Member, Permission


def _move(key: str, build: Build, do: Do, said: Any, lead: Any = "", kind: str = "primary") -> Action:
    """One move of the table, with its page."""
    move = moves.BY_KEY[key]

    def need(case: Case, member: Member) -> Any:
        return moves.need(key, facts_of(case), member)

    preview = _preview if key in ("release", "schedule") else None
    return Action(key, build, do, said, lead, move.label, kind, move.permission, need=need, preview=preview)


def _preview(case: Case, form: forms.MoveForm, by: Member) -> letter_preview.LetterPreview | None:
    return reply_preview.preview_reply(case)


def attest(case: Case, form: desk_forms.AttestForm, by: Member) -> None:
    """Take the applicant's signature, drawn or on paper."""
    drawn = form.method.data == "drawn"
    signature = form.signature.data if drawn else form.paper.data
    attestations.sign(case, form.method.data, form.signed_by.data, signature=signature, by=by)


MOVES = (
    _move(
        "find_complete",
        plain(forms.MoveForm),
        lambda case, form, by: service.find_complete(case, by=by),
        _l("Recorded as complete."),
        _l("Completeness is dated on the day on which the last piece came. The applicant is told."),
    ),
    _move(
        "ask_for",
        desk_forms.ask_form,
        lambda case, form, by: service.ask_for(
            case, desk_forms.chosen_items(form), by=by, remark=form.remark.data or ""
        ),
        _l("The applicant has been asked."),
        _l("The applicant is told what is needed, and can add it from the tracking page."),
    ),
    _move(
        "send",
        plain(forms.MoveForm),
        lambda case, form, by: study.send(case, by=by),
        _l("Sent for study."),
        _l("From here on the request is with those who study it."),
    ),
    _move(
        "recommend",
        desk_forms.outcome_form,
        lambda case, form, by: study.recommend(case, by=by, outcome=form.outcome.data, reasons=form.reasons.data),
        _l("The recommendation is recorded."),
        _l(
            "The recommendation goes to the body that decides. A committee votes on it as a motion: if that is carried "
            "unchanged, the applicant reads these reasons in the reply."
        ),
    ),
    _move(
        "decide",
        desk_forms.decision_form,
        lambda case, form, by: study.decide(case, by=by, outcome=form.outcome.data, reasons=form.reasons.data),
        _l("The decision is recorded. The reply has not been sent yet."),
        _l(
            "Pressing “Decide” makes the outcome that you choose the decision on this request, in the name of the body "
            "that decides. The reasons are part of the reply: write them for the applicant to read. Where the outcome "
            "differs from the recommendation, they are not the recommendation's."
        ),
    ),
    _move(
        "release",
        plain(desk_forms.ReleaseForm),
        lambda case, form, by: study.release(case, by=by, early_reason=form.early_reason.data or None),
        saying(_l("The reply is on its way.")),
        _l("The letter is made and sent by the agreed means. This cannot be taken back."),
    ),
    _move(
        "schedule",
        plain(forms.MoveForm),
        lambda case, form, by: scheduling.schedule_reply(case, by=by),
        _l("Reply scheduled. It will be sent automatically on that day unless you cancel it."),
        _l(
            "The reply goes out in the morning of the earliest day that the policy allows. Whether it still may is "
            "checked again then."
        ),
    ),
    _move(
        "unschedule",
        plain(forms.MoveForm),
        lambda case, form, by: scheduling.cancel_scheduled(case, by=by),
        _l("The scheduled reply has been cancelled."),
        _l("Nothing is sent until somebody sends it or schedules it anew."),
    ),
    _move(
        "register",
        plain(forms.RemarkForm),
        lambda case, form, by: delivery.register(case, by=by, note=form.remark.data or ""),
        _l("Registration is completed."),
        _l("The applicant is told that the registration is complete."),
    ),
    _move(
        "deliver",
        plain(desk_forms.DeliverForm),
        lambda case, form, by: delivery.deliver(case, by=by, what=form.what.data, on=form.on.data),
        _l("The delivery is recorded."),
        _l("The recipient is told, and can confirm from the tracking page."),
    ),
    _move(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: service.close(case, by=by),
        _l("The case is closed."),
        _l("Nothing more is owed on this case. It can be reopened with a reason."),
    ),
    _move(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: service.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("The applicant is told that the case is open again, and why."),
    ),
    _move(
        "withdraw",
        plain(forms.ReasonForm),
        lambda case, form, by: service.withdraw(case, reason=form.reason.data, by=by),
        _l("The request is withdrawn."),
        _l("Withdraw only at the applicant's wish. No reply is owed after it."),
        kind="danger",
    ),
)
ATTEST = Action(
    "attest",
    desk_forms.attest_form,
    attest,
    _l("The attestation is recorded."),
    label=_l("Take the attestation"),
    permission=Permission.ATTEST_FOR_APPLICANT,
    when=desk_forms.lacks_attestation,
)
CONFIRM = Action(
    "confirm",
    plain(desk_forms.ConfirmForm),
    lambda case, form, by: delivery.confirm(case, form.how.data, by=by),
    _l("The confirmation is recorded."),
    _l("The recipient says that what was delivered has arrived."),
    _l("Record the recipient's confirmation"),
    permission=Permission.DELIVER_SERVICES,
    when=desk_forms.awaits_confirmation,
)
