"""A complaint at the desk: what was said, how it was classified, what was found, and what can be done."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.cases import confidentiality, timeline, visibility
from silah.cases.models import Case
from silah.cases.timeline_items import Line
from silah.complaints import confidential_readers, handling, merging
from silah.complaints.labels import ABOUT, EFFECTS, FINDINGS, SEVERITIES, SEVERITY_TONES, TOPICS
from silah.corrective import service as corrective
from silah.desk.presenters import CasePresenter, Explain
from silah.errors import NotFound
from silah.forms.texts import masked
from silah.web.access import Member


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
        "corrective": corrective.of(case_id=case.id),
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
    onward=frozenset({"classify", "ask", "go_on", "find", "answer", "close", "take"}),
    facts=facts,
    labels=labels,
    explain=explain,
    later=lambda shown, keys: {
        "take": True, "ask": True, "classify": bool(shown["topic"]), "find": "answer" in keys,
        "close": shown["complaint"].satisfied is None
    },
)  # fmt: skip
