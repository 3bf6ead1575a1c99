"""An inquiry, a suggestion or a call for support at the desk: what was asked, whose field it is, and the answer."""

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l

from silah.cases import timeline
from silah.cases.models import Case
from silah.complaints import inquiries
from silah.desk.presenters import CasePresenter, Explain
from silah.forms.texts import masked
from silah.web.access import Member, Permission


def facts(case: Case, member: Member, in_full: bool) -> dict[str, Any]:
    """What was asked, and the answer."""
    inquiry = inquiries.of(case)
    if in_full:
        timeline.record(case, "looked", by=member, data={"fields": ["person"]}, private=True)
    return {
        "inquiry": inquiry,
        "area": inquiry.area,
        "may_publish": member.may(Permission.PUBLISH_ANSWERS) and inquiry.answer is not None,
        "masked": masked,
        "named": {inquiry.answered_by} if inquiry.answered_by else set(),
    }


def labels(case: Case) -> Callable[[str], Any]:
    """What came with it."""
    return lambda purpose: _l("Attachment")


def explain(case: Case) -> Explain:
    """Titles say it all."""
    return lambda line: ""


PRESENTER = CasePresenter(
    template="complaints/desk/inquiry.html",
    onward=frozenset({"answer", "take"}),
    facts=facts,
    labels=labels,
    explain=explain,
    later=lambda shown, keys: {"take": "answer" in keys},
)
