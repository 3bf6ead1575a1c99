"""Addresses that leave the platform on paper and in messages; made without a request."""

from urllib.parse import urlencode

from flask import current_app

from tenants.context import current_tenant


def association_address(path: str = "/") -> str:
    """A page of the current association, with scheme and host."""
    base: str = current_app.config["SILAH"].address(current_tenant().slug)
    return base + path


def follow_address(reference: str | None = None) -> str:
    """Where a case is followed; a reference is no secret, a receipt code never stands in an address."""
    return association_address("/follow" + (f"?{urlencode({'reference': reference})}" if reference else ""))
