"""The pages of disputes and compensation: one blueprint, its views grouped in modules by whom they are for."""

from silah.settlements import admin_routes, portal_routes, portal_tracking
from silah.settlements.desk_routes import bp

__all__ = ["admin_routes", "bp", "portal_routes", "portal_tracking"]
