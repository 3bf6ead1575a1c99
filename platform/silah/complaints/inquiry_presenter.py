"""An inquiry, a suggestion or a call for support at the desk: what was asked, whose field it is, and the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from silah.cases import timeline
from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.cases.states import ENDED, UNANSWERED, State
from silah.complaints import desk_forms, inquiries, liaison_areas
from silah.desk import action_forms as forms
from silah.desk import letter_preview
from silah.desk.case_action import Action, plain
from silah.desk.common_actions import SHARED
from silah.desk.presenters import CasePresenter, Explain
from silah.forms.texts import clean, masked
from silah.web.access import Member, Permission

P = Permission


def _preview(case: Case, form: forms.AnswerForm, by: Member) -> letter_preview.LetterPreview | None:
    return letter_preview.preview_message("inquiry_answered", case, {"answer": clean(form.text.data)})


MOVES = (
    Action(
        "answer",
        plain(forms.AnswerForm),
        lambda case, form, by: inquiries.answer(case, by=by, text=form.text.data),
        saying(_l("The answer is on its way.")),
        _l("The answer goes out by the agreed means. This cannot be taken back."),
        _l("Send the answer"),
        permission=P.ANSWER_INQUIRIES,
        when=inquiries.may_answer,
        preview=_preview,
        drafts=True,
    ),
    Action(
        "route",
        desk_forms.area_form,
        lambda case, form, by: inquiries.route(case, by=by, area=UUID(form.area.data)),
        _l("The liaison officer of that field has it now."),
        _l("Choose the field or category of beneficiaries that it belongs to."),
        _l("Give it to another liaison officer"),
        permission=P.ANSWER_INQUIRIES,
        when=lambda case, member: case.state in UNANSWERED and bool(liaison_areas.listing(active=True)),
    ),
    Action(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: inquiries.close(case, by=by),
        _l("The case is closed."),
        _l("Nothing more is owed. It can be reopened with a reason."),
        _l("Close the case"),
        permission=P.ANSWER_INQUIRIES,
        when=lambda case, member: case.state is State.REPLIED,
    ),
    Action(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: inquiries.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("It is answered anew, and its period is counted from today."),
        _l("Reopen the case"),
        permission=P.ANSWER_INQUIRIES,
        when=lambda case, member: case.state in ENDED | {State.REPLIED},
    ),
)


def facts(case: Case, member: Member, in_full: bool) -> dict[str, Any]:
    """What was asked, and the answer."""
    inquiry = inquiries.of(case)
    if in_full:
        timeline.record(case, "looked", by=member, data={"fields": ["person"]}, private=True)
    return {
        "inquiry": inquiry,
        "area": inquiry.area,
        "may_publish": member.may(P.PUBLISH_ANSWERS) and inquiry.answer is not None,
        "masked": masked,
        "named": {inquiry.answered_by} if inquiry.answered_by else set(),
    }


def legal(case: Case, member: Member) -> list[str]:
    """What this member may do now."""
    return [one.key for one in MOVES if one.open_to(member) and one.when(case, member)]


def labels(case: Case) -> Callable[[str], Any]:
    """What came with it."""
    return lambda purpose: _l("Attachment")


def explain(case: Case) -> Explain:
    """Titles say it all."""
    return lambda line: ""


PRESENTER = CasePresenter(
    template="complaints/desk/inquiry.html",
    moves=MOVES,
    deeds=SHARED,
    onward=frozenset({"answer", "take"}),
    legal=legal,
    facts=facts,
    labels=labels,
    explain=explain,
    later=lambda shown, keys: {"take": "answer" in keys},
)
