"""Addresses that leave a page: on paper, in messages, to another association; made without a request."""

from urllib.parse import urlencode

from flask import current_app

from silah.config import Settings
from tenants import resolution
from tenants.context import Tenant, current_tenant


def address_of(tenant: Tenant, path: str = "/") -> str:
    """A page of an association, with scheme and host: its own domain where it has one, else its subdomain."""
    settings: Settings = current_app.config["SILAH"]
    return settings.address_at(resolution.own_host(tenant) or settings.host(tenant.slug)) + path


def association_address(path: str = "/") -> str:
    """A page of the current association, with scheme and host."""
    return address_of(current_tenant(), path)


def follow_address(reference: str | None = None) -> str:
    """Where a case is followed; a reference is no secret, a receipt code never stands in an address."""
    return association_address("/follow" + (f"?{urlencode({'reference': reference})}" if reference else ""))
