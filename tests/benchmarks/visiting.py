"""Visiting pages inside this process: the application is called as its server calls it, without a network."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask import session as cookie_session
from werkzeug.test import EnvironBuilder

from silah.cases import tracking_session
from silah.cases.models import Case
from silah.staff import session
from silah.web.tenant_hosts import place_of
from tenants.context import PLATFORM, Tenant, serving

from .stage import BASE, Site

AGENT = "silah-benchmark"
AS_CLIENT = {"REMOTE_ADDR": "127.0.0.1"}


@dataclass(frozen=True)
class Page:
    """One page: its address, and as whom it is opened."""

    path: str
    signed_in: bool = False
    on_platform: bool = False

    def __str__(self) -> str:
        return ("console " if self.on_platform else "") + self.path


def pages(app: Flask) -> list[Page]:
    """Every page that can be opened without an id, from the app's own map, then the case page and tracking page."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
        found.append(Page(rule.rule, access.kind != "public", access.place == "platform"))
    return [*found, Page("/desk/cases/{case}", signed_in=True), Page("/follow/{case}")]


def address(site: Site, page: Page, tenant: Tenant) -> dict[str, Any]:
    """The request for a page of an association, as a server would hand it over."""
    assert site.example is not None
    host = BASE if page.on_platform else f"{tenant.slug}.{BASE}"
    path = page.path.format(case=site.example.case_id)
    headers = {"User-Agent": AGENT, "Cookie": f"silah={cookie(site, page, tenant)}"}
    return EnvironBuilder(path, base_url=f"http://{host}", headers=headers, environ_base=AS_CLIENT).get_environ()


def cookie(site: Site, page: Page, tenant: Tenant) -> str:
    """The session of somebody who has signed in there, or of an applicant who follows a case; made once."""
    name = (tenant.role, page.signed_in, page.on_platform)
    if name not in site.cookies:
        site.cookies[name] = _cookie(site, page, tenant)
    return site.cookies[name]


def _cookie(site: Site, page: Page, tenant: Tenant) -> str:
    assert site.example is not None
    host, who = (BASE, PLATFORM) if page.on_platform else (f"{tenant.slug}.{BASE}", tenant)
    where = {"base_url": f"http://{host}", "headers": {"User-Agent": AGENT}, "environ_base": AS_CLIENT}
    with site.app.test_request_context("/", **where) as context, serving(who):
        assert place_of(context.request) is not None
        if page.signed_in:
            session.begin(site.example.person)
        else:
            tracking_session.grant(Case(id=site.example.case_id))
        signer = site.app.session_interface.get_signing_serializer(site.app)  # type: ignore[attr-defined]
        return str(signer.dumps(dict(cookie_session)))


def visit(app: Flask, environ: dict[str, Any]) -> None:
    """Open a page to its last byte; raises where it is not shown."""
    if (status := opened(app, environ)) != 200:
        raise RuntimeError(f"{environ['PATH_INFO']} answered {status}")


def opened(app: Flask, environ: dict[str, Any]) -> int:
    """Open a page to its last byte; gives the status."""
    told: list[str] = []
    body = app.wsgi_app(dict(environ), lambda status, headers, error=None: told.append(status))  # type: ignore[arg-type,func-returns-value]
    for _chunk in body:
        pass
    getattr(body, "close", lambda: None)()
    return int(told[0].partition(" ")[0])


def opens(site: Site, page: Page, tenant: Tenant) -> bool:
    """Whether the page is shown to somebody who comes straight to it."""
    return opened(site.app, address(site, page, tenant)) == 200
