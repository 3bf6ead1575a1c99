"""Somebody who applies, at an association of each blueprint."""

from collections.abc import Callable
from typing import Any

import pytest

from silah.intake import request_catalogue
from tenants.context import Tenant
from tests.portal.applicant import NAMES, Applicant


@pytest.fixture(scope="session")
def associations(make_association: Callable[..., Tenant]) -> dict[str, Tenant]:
    """One association of each blueprint."""
    return {name: make_association(blueprint=name) for name in NAMES}


@pytest.fixture
def applicant(associations: dict[str, Tenant], client: Any, serve: Any) -> Callable[..., Applicant]:
    """`applicant("hayat-arar")` is somebody at the portal of that association, in Arabic or in English."""

    def make(blueprint: str = "hayat-arar", lang: str = "ar") -> Applicant:
        tenant = associations[blueprint]
        browser = client(tenant)
        browser.get(f"/?lang={lang}")
        with serve(tenant):
            forms = {one.type.key: request_catalogue.definition(one) for one in request_catalogue.offered()}
        return Applicant(browser, forms)

    return make


@pytest.fixture(autouse=True)
def _unlimited(app):
    """Rate limits have their own tests."""
    from silah.web.extensions import limiter

    limiter.enabled = False
    yield
    limiter.enabled = True
