"""Requests a second under gunicorn: the queue and the portal's first page beside a bare Flask page with one query."""

from collections.abc import Iterator
from statistics import median

from .load import gunicorn, rate, request
from .pages import filled
from .stage import BASE, Site, Stage
from .table import Row
from .timing import tell
from .visiting import AGENT, Page, cookie

QUEUE, FIRST = Page("/desk/cases", signed_in=True), Page("/")
ONE, TABLE = "one query, a line of text", "one query, 25 rows in a bare table"


def measure(stage: Stage) -> Iterator[Row]:
    """Both servers run all the time; the load goes to one page at a time, in turn."""
    site = stage.site("cases", 3)
    filled(site, site.tenants[1], stage.size.cases)
    tell("serving")
    ours = gunicorn("silah.app:create_app()", site.settings.environment(), stage.data / "web.log")
    theirs = gunicorn("tests.benchmarks.bare:create_app()", surroundings(site), stage.data / "bare.log")
    with ours as port, theirs as beside:
        asked = {
            "queue": (port, request(*asking(site, QUEUE))),
            "first": (port, request(*asking(site, FIRST))),
            ONE: (beside, request("bare", "/")),
            TABLE: (beside, request("bare", "/table")),
        }
        found: dict[str, list[float]] = {name: [] for name in asked}
        for turn in range(stage.size.slices + 1):
            for name, (where, what) in asked.items():
                measured = rate(where, what, stage.size.slice_seconds)
                if turn:  # the first turn fills caches on both sides
                    found[name].append(measured)
    per_second = {name: median(rates) for name, rates in found.items()}
    for name, words in (("queue", "The desk's queue of 25 cases"), ("first", "The portal's first page")):
        for bare, aim in ((ONE, 0.5), (TABLE, None)):
            yield Row(
                f"{words}, requests a second",
                f"{per_second[name]:.0f}/s",
                f"{per_second[bare]:.0f}/s bare Flask, {bare}",
                per_second[name] / per_second[bare],
                aim,
                at_most=False,
            )


def asking(site: Site, page: Page) -> tuple[str, str, dict[str, str]]:
    """Host, path and headers of a visit to the association with the usual number of cases."""
    tenant = site.tenants[1]
    headers = {"User-Agent": AGENT, "Cookie": f"silah={cookie(site, page, tenant)}"}
    return f"{tenant.slug}.{BASE}", page.path, headers if page.signed_in else {}


def surroundings(site: Site) -> dict[str, str]:
    """What the bare app is told."""
    assert site.example is not None
    url = site.superuser.url.render_as_string(hide_password=False)
    return {
        "BARE_DATABASE_URL": url,
        "BARE_SCHEMA": site.tenants[1].role,
        "BARE_CASE": str(site.example.case_id),
    }
