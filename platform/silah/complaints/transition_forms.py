"""What the desk asks for each transition of a complaint or an inquiry, and what is said before and after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import visibility
from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.cases.transitions import TransitionForm
from silah.complaints import desk_forms, liaison_areas, post_reply
from silah.complaints.models import complaint_of
from silah.desk import letter_preview
from silah.desk.action_forms import AnswerForm, BodyForm, MoveForm, ReasonForm, plain, read_reason
from silah.desk.member import worker
from silah.forms.texts import clean
from silah.web.access import Member


def _preview_answer(case: Case, form: MoveForm, by: Member) -> letter_preview.LetterPreview | None:
    return letter_preview.preview_message("complaint_answered", case, {"answer": complaint_of(case).answer or ""})


def _preview_inquiry(case: Case, form: AnswerForm, by: Member) -> letter_preview.LetterPreview | None:
    return letter_preview.preview_message("inquiry_answered", case, {"answer": clean(form.text.data)})


def _read_classes(form: desk_forms.ClassifyForm) -> Mapping[str, Any]:
    return {
        "topic": form.topic.data,
        "severity": form.severity.data,
        "member": desk_forms.chosen(form.member),
        "about": form.request.data or "",
        "confidential": form.confidential.data,
        "retaliation_feared": form.retaliation.data,
    }


LABELS: Mapping[str, Any] = {
    "classify": _l("Classify"),
    "ask": _l("Ask the complainant"),
    "go_on": _l("Go on without an answer"),
    "find": _l("Write the findings"),
    "answer": _l("Send the answer"),
    "merge": _l("Merge into another complaint"),
    "close": _l("Close the case"),
    "reopen": _l("Reopen the case"),
    "withdraw": _l("Record as withdrawn"),
    "set_action": _l("Set a corrective action"),
    "name_reader": _l("Open it to somebody else"),
    "reopen_request": _l("Take the request up again"),
    "route": _l("Give it to another liaison officer"),
}

COMPLAINT_FORMS: Mapping[str, TransitionForm] = {
    "classify": TransitionForm(
        desk_forms.classify_form,
        _l("The complaint is classified."),
        _l("Say what kind it is and how grave. Whom it is about loses sight of it."),
        _read_classes,
    ),
    "ask": TransitionForm(
        plain(BodyForm),
        _l("The complainant has been asked."),
        _l("The complainant is told by the agreed means, and answers on the tracking page."),
        lambda form: {"question": form.body.data},
    ),
    "go_on": TransitionForm(plain(MoveForm), _l("The complaint goes on."), _l("The clock goes on from today.")),
    "find": TransitionForm(
        desk_forms.find_form,
        _l("The findings are written. The answer is not sent yet."),
        _l("Read the answer once more before it is sent."),
        lambda form: {"finding": form.finding.data, "findings": form.findings.data, "answer": form.answer.data},
    ),
    "answer": TransitionForm(
        plain(MoveForm),
        saying(_l("The answer is on its way.")),
        _l("The answer goes to the complainant by the agreed means. This cannot be taken back."),
        preview=_preview_answer,
    ),
    "merge": TransitionForm(
        desk_forms.merge_form,
        _l("The complaints are merged."),
        _l("Both are handled together from now on. Each complainant gets the answer."),
        lambda form: {"into": visibility.get(UUID(form.into.data), worker())},
    ),
    "close": TransitionForm(
        plain(MoveForm),
        _l("The case is closed."),
        _l("The complainant can still object within the days that the association gives."),
    ),
    "reopen": TransitionForm(
        plain(ReasonForm), _l("The case is open again."), _l("Its period is counted anew from today."), read_reason
    ),
    "withdraw": TransitionForm(
        plain(ReasonForm),
        _l("The complaint is withdrawn."),
        _l("Only at the complainant's wish. No answer is owed after it."),
        read_reason,
        tone="danger",
    ),
    "set_action": TransitionForm(
        desk_forms.action_form,
        _l("The corrective action is set."),
        _l("Its owner is told, and reminded once the day has passed."),
        lambda form: {"what": form.what.data, "owner": UUID(form.owner.data), "due_on": form.due_on.data},
    ),
    "name_reader": TransitionForm(
        desk_forms.reader_form,
        _l("The complaint is open to this member now."),
        _l("A confidential complaint is open to named people only. Each reading is on record."),
        lambda form: {"member": UUID(form.member.data)},
        when=lambda case, member: case.confidential,
    ),
    "reopen_request": TransitionForm(
        plain(ReasonForm),
        _l("The request is taken up again."),
        _l("The decision on the request no longer stands, and it is decided anew. Both cases say why."),
        read_reason,
        when=post_reply.may_reopen_request,
    ),
}

INQUIRY_FORMS: Mapping[str, TransitionForm] = {
    "answer": TransitionForm(
        plain(AnswerForm),
        saying(_l("The answer is on its way.")),
        _l("The answer goes out by the agreed means. This cannot be taken back."),
        lambda form: {"text": form.text.data},
        preview=_preview_inquiry,
        drafts=True,
    ),
    "route": TransitionForm(
        desk_forms.area_form,
        _l("The liaison officer of that field has it now."),
        _l("Choose the field or category of beneficiaries that it belongs to."),
        lambda form: {"area": UUID(form.area.data)},
        when=lambda case, member: bool(liaison_areas.listing(active=True)),
    ),
    "close": TransitionForm(
        plain(MoveForm),
        _l("The case is closed."),
        _l("Nothing more is owed. It can be reopened with a reason."),
    ),
    "reopen": TransitionForm(
        plain(ReasonForm),
        _l("The case is open again."),
        _l("It is answered anew, and its period is counted from today."),
        read_reason,
    ),
}
