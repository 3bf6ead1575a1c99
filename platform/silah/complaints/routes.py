"""The staff's pages of complaints and inquiries: one blueprint, its views grouped by what they show."""

from silah.complaints import (
    admin_routes,
    complaint_presenter,
    inquiry_presenter,
    public_answer_routes,
)
from silah.complaints.desk_routes import bp
from silah.complaints.models import ASKED, COMPLAINT
from silah.desk import presenters

presenters.register(COMPLAINT, complaint_presenter.PRESENTER)
for kind in ASKED:
    presenters.register(kind, inquiry_presenter.PRESENTER)

__all__ = ["admin_routes", "bp", "public_answer_routes"]
