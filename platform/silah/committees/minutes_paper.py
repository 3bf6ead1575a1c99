"""The minutes as a PDF on the association's letterhead, with annexes and the signatures to date."""

import base64
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from silah.committees import minutes, signers
from silah.committees.models import CommitteeMeeting, MeetingMinutes
from silah.committees.signers import Signer
from silah.documents import pdf
from silah.documents.letterhead import letterhead
from silah.language.localization import dates, number


def paper(meeting: CommitteeMeeting, language: str) -> bytes:
    """The whole paper in one language, made of nothing but what was written and signed, and the logo."""
    written = minutes.get(meeting)
    language = "ar" if language == "ar" else "en"
    data = minutes.read(written, language)
    with force_locale(language):
        data = {
            **data,
            "letterhead": {**data["letterhead"], "logo": letterhead()["logo"]},
            "digest": written.sha256,
            "signatures": _signatures(written),
            "annexes": [_annex(one) for one in minutes.annexes(meeting)],
        }
        return pdf.render("minutes", data, language)


def _annex(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": _("Annex %(number)s", number=number(one["number"])),
        "by": _("Written by %(name)s on %(date)s", name=one["by"], date=one["when"]),
        "text": [part for part in one["text"].splitlines() if part.strip()],
        "digest": one["written"].sha256,
        "signatures": _signatures(one["written"]),
    }


def _signatures(written: MeetingMinutes) -> list[dict[str, Any]]:
    return [_signature(one) for one in signers.of(written)]


def _signature(one: Signer) -> dict[str, Any]:
    drawing = pdf.picture(base64.b64decode(one.drawing), "image/png") if one.drawing else None
    return {"name": one.name, "when": said(one), "drawing": drawing}


def said(one: Signer) -> str:
    """What a member answered, and when, in one line."""
    parts = []
    if one.declined_at:
        parts.append(_("Declined to sign on %(date)s: %(reason)s", date=dates(one.declined_at), reason=one.reason))
    if one.signed_at and one.late:
        parts.append(_("Signed late, on %(date)s", date=dates(one.signed_at)))
    elif one.signed_at:
        parts.append(_("Signed on %(date)s", date=dates(one.signed_at)))
    elif one.gone and not one.declined_at:
        parts.append(_("Left before signing"))
    elif one.owes:
        parts.append(_("Not signed yet"))
    return " · ".join(str(part) for part in parts)
