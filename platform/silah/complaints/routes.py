"""The staff's pages of complaints and inquiries: one blueprint, its views grouped by what they show."""

from silah.complaints import admin_routes, public_answer_routes, recording_routes
from silah.complaints.desk_routes import bp

__all__ = ["admin_routes", "bp", "public_answer_routes", "recording_routes"]
