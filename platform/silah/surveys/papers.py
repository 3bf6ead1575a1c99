"""Where a round is answered without an invitation: its addresses, and a poster with a QR code for the wall."""

from flask_babel import gettext as _

from silah.documents import pdf
from silah.documents.addresses import association_address
from silah.documents.letterhead import letterhead
from silah.language.localization import dates, locale
from silah.surveys import rounds
from silah.surveys.models import SurveyRound


def list_links(found: SurveyRound) -> dict[str, str]:
    """The open link, and the one for the tablet at the desk where the round has one."""
    open_ = association_address(f"/s/{found.code}")
    return {"open": open_} | ({"kiosk": f"{open_}/kiosk"} if rounds.rule_of(found).kiosk else {})


def render_poster(found: SurveyRound) -> bytes:
    """The poster in the language of the moment."""
    address = list_links(found)["open"]
    data = {
        "title": rounds.name(found, locale()),
        "ask": _("Tell us what you think"),
        "how": _("Point your telephone's camera here, or write the address into a browser."),
        "qr": pdf.qr(address),
        "address": address,
        "promise": _("Nobody learns what you answered.") if found.anonymous else "",
        "right": _("Rating us is your right; we use it to correct our work, not to punish anybody."),
        "until": _("Until %(day)s", day=dates(found.closes_on)),
        "labels": {"scan": _("QR code of the questionnaire")},
        "letterhead": letterhead(),
    }
    return pdf.render("survey_poster", data, locale())
