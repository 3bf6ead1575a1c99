"""A complaint at the desk: what was said, how it was classified, what was found, and what can be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.cases import confidentiality, kinds, timeline, visibility
from silah.cases.contact_tasks import saying
from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.complaints import confidential_readers, corrective_actions, desk_forms, handling, merging, moves, post_reply
from silah.complaints.labels import ABOUT, EFFECTS, FINDINGS, SEVERITIES, SEVERITY_TONES, TOPICS
from silah.desk import action_forms as forms
from silah.desk import letter_preview
from silah.desk.case_action import Action, Build, Do, plain
from silah.desk.common_actions import SHARED
from silah.desk.presenters import CasePresenter, Explain
from silah.errors import NotFound
from silah.forms.texts import masked
from silah.web.access import Member, Permission

P = Permission


def _move(key: str, build: Build, do: Do, said: Any, lead: Any = "", kind: str = "primary") -> Action:
    """One move of the table, with its page."""
    move = moves.BY_KEY[key]

    def need(case: Case, member: Member) -> None:
        moves.need(key, moves.of(case), member)

    preview = _preview if key == "answer" else None
    return Action(key, build, do, said, lead, move.label, kind, need=need, preview=preview)


def _preview(case: Case, form: forms.MoveForm, by: Member) -> letter_preview.LetterPreview | None:
    return letter_preview.preview_message("complaint_answered", case, {"answer": moves.of(case).answer or ""})


def _classify(case: Case, form: desk_forms.ClassifyForm, by: Member) -> None:
    handling.classify(
        case,
        by=by,
        topic=form.topic.data,
        severity=form.severity.data,
        member=desk_forms.chosen(form.member),
        about=form.request.data or "",
        confidential=form.confidential.data,
        retaliation_feared=form.retaliation.data,
    )


def _merge(case: Case, form: desk_forms.MergeForm, by: Member) -> None:
    merging.merge(case, by=by, into=visibility.get(UUID(form.into.data), by))


MOVES = (
    _move(
        "classify",
        desk_forms.classify_form,
        _classify,
        _l("The complaint is classified."),
        _l("Say what kind it is and how grave. Whom it is about loses sight of it."),
    ),
    _move(
        "ask",
        plain(forms.BodyForm),
        lambda case, form, by: handling.ask(case, by=by, question=form.body.data),
        _l("The complainant has been asked."),
        _l("The complainant is told by the agreed means, and answers on the tracking page."),
    ),
    _move(
        "go_on",
        plain(forms.MoveForm),
        lambda case, form, by: handling.go_on(case, by=by),
        _l("The complaint goes on."),
        _l("The clock goes on from today."),
    ),
    _move(
        "find",
        desk_forms.find_form,
        lambda case, form, by: handling.find(
            case, by=by, finding=form.finding.data, findings=form.findings.data, answer=form.answer.data
        ),
        _l("The findings are written. The answer is not sent yet."),
        _l("Read the answer once more before it is sent."),
    ),
    _move(
        "answer",
        plain(forms.MoveForm),
        lambda case, form, by: handling.answer(case, by=by),
        saying(_l("The answer is on its way.")),
        _l("The answer goes to the complainant by the agreed means. This cannot be taken back."),
    ),
    _move(
        "merge",
        desk_forms.merge_form,
        _merge,
        _l("The complaints are merged."),
        _l("Both are handled together from now on. Each complainant gets the answer."),
    ),
    _move(
        "close",
        plain(forms.MoveForm),
        lambda case, form, by: post_reply.close(case, by=by),
        _l("The case is closed."),
        _l("The complainant can still object within the days that the association gives."),
    ),
    _move(
        "reopen",
        plain(forms.ReasonForm),
        lambda case, form, by: post_reply.reopen(case, by=by, reason=form.reason.data),
        _l("The case is open again."),
        _l("Its period is counted anew from today."),
    ),
    _move(
        "withdraw",
        plain(forms.ReasonForm),
        lambda case, form, by: post_reply.withdraw(case, reason=form.reason.data, by=by),
        _l("The complaint is withdrawn."),
        _l("Only at the complainant's wish. No answer is owed after it."),
        kind="danger",
    ),
)


def _handles(case: Case, member: Member) -> bool:
    """Whoever handles complaints, or hears what has come up to them."""
    return member.may(P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)


def _may_reopen(case: Case, member: Member) -> bool:
    complaint = moves.of(case)
    request = complaint.about_case
    return request is not None and kinds.of(request).revise is not None and complaint.finding in ("upheld", "partly")


DEEDS = (
    Action(
        "set_action",
        desk_forms.action_form,
        lambda case, form, by: corrective_actions.set_action(
            case, by=by, what=form.what.data, owner=UUID(form.owner.data), due_on=form.due_on.data
        ),
        _l("The corrective action is set."),
        _l("Its owner is told, and reminded once the day has passed."),
        _l("Set a corrective action"),
        when=_handles,
    ),
    Action(
        "name_reader",
        desk_forms.reader_form,
        lambda case, form, by: confidential_readers.name_reader(case, by=by, member=UUID(form.member.data)),
        _l("The complaint is open to this member now."),
        _l("A confidential complaint is open to named people only. Each reading is on record."),
        _l("Open it to somebody else"),
        when=lambda case, member: case.confidential and _handles(case, member),
    ),
    Action(
        "reopen_request",
        plain(forms.ReasonForm),
        lambda case, form, by: post_reply.reopen_request(case, by=by, reason=form.reason.data),
        _l("The request is taken up again."),
        _l("The decision on the request no longer stands, and it is decided anew. Both cases say why."),
        _l("Take the request up again"),
        permission=P.REOPEN_CASES,
        when=_may_reopen,
    ),
    *SHARED,
)


def facts(case: Case, member: Member, in_full: bool) -> dict[str, Any]:
    """What a complaint adds to the page; a confidential one records that it was read."""
    complaint = confidential_readers.opened(case.id, member)
    confidentiality.read(case, member)
    if in_full:
        timeline.record(case, "looked", by=member, data={"fields": ["person"]}, private=True)
    return {
        "complaint": complaint,
        "about": ABOUT[complaint.about],
        "topic": TOPICS.get(complaint.topic or ""),
        "severity": SEVERITIES.get(complaint.severity or ""),
        "severity_tone": SEVERITY_TONES.get(complaint.severity or "", "neutral"),
        "finding": FINDINGS.get(complaint.finding or ""),
        "finding_tone": EFFECTS.get(complaint.finding or "", "neutral"),
        "alike": merging.alike(case, member),
        "merged": handling.merged_into(case),
        "corrective": corrective_actions.of_case(case),
        "readers": confidentiality.readers(case) if case.confidential else [],
        "request": _request(complaint.about_case_id, member),
        "masked": masked,
        "kin": visibility.list_kin(case, member),
        "named": {complaint.answered_by} if complaint.answered_by else set(),
    }


def _request(case_id: UUID | None, member: Member) -> Case | None:
    """The request that is complained about, if this member may see it."""
    try:
        return visibility.get(case_id, member) if case_id else None
    except NotFound:
        return None


def legal(case: Case, member: Member) -> list[str]:
    """The moves that this member may make now."""
    return [move.key for move in moves.legal(moves.of(case), member)]


def labels(case: Case) -> Callable[[str], Any]:
    """What came with the complaint."""
    return lambda purpose: _l("Attachment")


def explain(case: Case) -> Explain:
    """How it was classified, and what was found, in words."""

    def said(line: Line) -> str:
        if line.verb == "classified":
            parts = (TOPICS.get(line.data["topic"]), SEVERITIES.get(line.data["severity"]))
            return " · ".join(str(part) for part in parts if part)
        if line.verb in ("found", "answered"):
            return str(FINDINGS.get(line.data.get("finding", ""), ""))
        if line.verb == "rated":
            return str(_("Satisfied") if line.data["satisfied"] else _("Not satisfied"))
        return str(next((line.data[key] for key in ("into", "from", "request", "complaint") if key in line.data), ""))

    return said


PRESENTER = CasePresenter(
    template="complaints/desk/complaint.html",
    moves=MOVES,
    deeds=DEEDS,
    added_before=SHARED[0].key,
    onward=frozenset({"classify", "ask", "go_on", "find", "answer", "close", "take"}),
    legal=legal,
    facts=facts,
    labels=labels,
    explain=explain,
    later=lambda shown, keys: {
        "take": True, "ask": True, "classify": bool(shown["topic"]), "find": "answer" in keys,
        "close": shown["complaint"].satisfied is None
    },
)  # fmt: skip
