"""The standing review of the quarter that ended last, and what was changed because people said so."""

from datetime import timedelta

from silah import clock
from silah.demo.playing import Staff
from silah.programme import published_responses, reviews
from silah.programme.review_figures import LINK
from silah.web.access import Permission

SAID = {
    "said_ar": "مدخل الفرع لا يناسب الكراسي المتحركة.",
    "said_en": "The entrance of the branch does not suit wheelchairs.",
    "done_ar": "هيأنا مدخلًا بمنحدر، وخصصنا موظفًا لاستقبال من يحتاج إلى المساعدة.",
    "done_en": "We built a ramp, and named a member of staff to receive whoever needs help.",
}
REMARKS = "تأخرت معالجة الشكاوى ذات الشدة العالية في أول الفترة."
DECISIONS = "تُراجع الشكاوى المفتوحة أسبوعيًا، ويُبلَّغ المسؤول بما تأخر منها."


def review(staff: Staff) -> None:
    """Hold the one, begin the next, and publish."""
    by = staff.with_(Permission.OVERSEE_COMPLAINTS)
    now = reviews.quarter(clock.today())
    last = reviews.quarter(now[0] - timedelta(days=1))
    held = reviews.begin(LINK, *last, by=by)
    reviews.write(held, by=by, remarks=REMARKS, decisions=DECISIONS)
    reviews.hold(held, by=by)
    reviews.begin(LINK, *now, by=by)
    published_responses.publish(SAID, by=staff.with_(Permission.PUBLISH_ANSWERS))
