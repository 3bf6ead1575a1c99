"""The pages of disputes and compensation: one blueprint, its views grouped in modules by whom they are for."""

from silah.committees import subjects
from silah.desk.presenters import register
from silah.portal import case_offers
from silah.settlements import admin_routes, harm_acknowledgement, portal_routes, portal_tracking, presenters
from silah.settlements.desk_routes import bp
from silah.settlements.models import COMPENSATION, DISPUTE

register(DISPUTE, presenters.DISPUTE_PRESENTER)
register(COMPENSATION, presenters.CLAIM_PRESENTER)
case_offers.register("settlements", portal_tracking.offer_settlement)
subjects.register(COMPENSATION, harm_acknowledgement.SUBJECT)

__all__ = ["admin_routes", "bp", "portal_routes", "portal_tracking"]
