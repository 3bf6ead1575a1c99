"""How long each page takes as associations grow in number, and as cases do in one association."""

from collections.abc import Iterator
from itertools import cycle, product
from statistics import median
from typing import Any

from silah.desk.filters import SORTS, VIEWS
from tenants.context import Tenant, serving

from .bulk import multiply
from .stage import Site, Stage
from .table import Row, ms
from .timing import in_turn, tell
from .visiting import Page, address, cookie, opens, pages, visit

AIM = 1.2
QUEUE = (
    *(f"/desk/cases?view={view}" for view in VIEWS),
    *(f"/desk/cases?view=all&sort=-{sort}" for sort in SORTS if sort != "due"),
    *("/desk/cases?kind=complaint", "/desk/cases?kind=complaint&view=all&sort=-received"),
    *("/desk/cases?state=received", "/desk/cases?q=R-1300-000029&view=all", "/desk/cases?q=واحد17&view=all"),
)
"""The queue as it is narrowed, sorted and searched."""

COMPLAINTS = (
    *(f"/desk/cases?kind=complaint&view={view}" for view in VIEWS),
    *("/desk/cases?kind=complaint&view=all&sort=-received", "/desk/cases?kind=complaint&q=R-1300-000029&view=all"),
)
OVER_COMPLAINTS = ("/desk/", "/desk/complaints", "/desk/inquiries", "/desk/figures")
"""The queue of complaints, and the pages that add all of them up, which no aim asks to cost the same."""


def over_associations(stage: Stage) -> Iterator[Row]:
    """Each page at one, some and many associations, going round over all of them.

    Going round over more associations than a connection serves before it is replaced, every visit is the first one
    of its connection, and what is remembered for seconds has been forgotten: the dearest case there is.
    """
    size = stage.size
    sites = {n: stage.site(name, n) for name, n in (("few", size.few), ("some", size.some), ("many", size.many))}
    shown = shown_at(sites[size.few])[:: size.every]
    rounds = {n: cycle(range(n)) for n in sites}
    found: dict[str, dict[Any, float]] = {}
    tell(f"{len(shown)} pages over associations")
    for site in sites.values():  # whoever visits has signed in before
        for page, tenant in product({Page("", page.signed_in, page.on_platform) for page in shown}, site.tenants):
            cookie(site, page, tenant)
    for page in shown:
        asked = {n: [address(site, page, tenant) for tenant in site.tenants[:n]] for n, site in sites.items()}
        for environ in asked[size.some]:
            visit(sites[size.some].app, environ)  # connections know each of them by now
        sides = {n: lambda n=n, asked=asked: visit(sites[n].app, asked[n][next(rounds[n])]) for n in sites}
        found[str(page)] = in_turn(sides, size.visits)
    for n in (size.some, size.many):
        yield from compared(f"at {n:,} associations, going round", found, n, size.few, f"at {size.few}")


def over_cases(stage: Stage) -> Iterator[Row]:
    """Each page, and each view of the queue, in an association with few cases and in one with many."""
    site, size = stage.site("cases", 3), stage.size
    counts = {size.cases: site.tenants[1], size.more_cases: site.tenants[2]}
    for count, tenant in counts.items():
        filled(site, tenant, count)
    shown = [*shown_at(site)[:: size.every], *(Page(path, signed_in=True) for path in QUEUE)]
    found = {}
    tell(f"{len(shown)} pages over cases")
    for page in shown:
        asked = {count: address(site, page, tenant) for count, tenant in counts.items()}
        sides = {count: lambda environ=environ: visit(site.app, environ) for count, environ in asked.items()}
        in_turn(sides, 2)
        found[str(page)] = in_turn(sides, size.case_visits)
    yield from compared(f"at {size.more_cases:,} cases", found, size.more_cases, size.cases, f"at {size.cases:,}")


def over_complaints(stage: Stage) -> Iterator[Row]:
    """The queue of complaints, and what looks over them, with few complaints in the association and with many."""
    site, size = stage.site("complaints", 3), stage.size
    counts = {size.cases: site.tenants[1], size.more_cases: site.tenants[2]}
    for count, tenant in counts.items():
        filled(site, tenant, count, "complaint")
    for paths, what, aim in ((COMPLAINTS, "of the queue", AIM), (OVER_COMPLAINTS, "over it", None)):
        found = {}
        for page in (Page(path, signed_in=True) for path in paths):
            asked = {count: address(site, page, tenant) for count, tenant in counts.items()}
            sides = {count: lambda environ=environ: visit(site.app, environ) for count, environ in asked.items()}
            in_turn(sides, 2)
            found[str(page)] = in_turn(sides, size.case_visits)
        where = f"{what} at {size.more_cases:,} complaints"
        yield from compared(where, found, size.more_cases, size.cases, f"at {size.cases:,}", aim)


def compared(
    where: str, found: dict[str, dict[Any, float]], more: Any, few: Any, beside: str, aim: float | None = AIM
) -> Iterator[Row]:
    """The page in the middle, and the one that grows most."""
    ratios = {page: times[more] / times[few] for page, times in found.items()}
    worst = max(ratios, key=lambda page: ratios[page])
    middle = {n: median(times[n] for times in found.values()) for n in (more, few)}
    name = f"{len(found)} pages {where}: the median"
    yield Row(name, ms(middle[more]), f"{ms(middle[few])} {beside}", median(ratios.values()), aim, details=ratios)
    times = found[worst]
    yield Row(f"… the one that grows most: {worst}", ms(times[more]), f"{ms(times[few])} {beside}", ratios[worst], aim)


def shown_at(site: Site) -> list[Page]:
    """The pages that open to somebody who comes straight to them; the others are named on the side."""
    offered = pages(site.app)
    shown = [page for page in offered if opens(site, page, site.tenants[0])]
    if left := [str(page) for page in offered if page not in shown]:
        tell(f"not opened straight away: {', '.join(left)}")
    return shown


def filled(site: Site, tenant: Tenant, count: int, kind: str | None = None) -> None:
    """Bring an association to so many cases, with the statistics that the server would have by then."""
    tell(f"making {count} {kind or 'case'}s")
    with site.app.app_context(), serving(tenant):
        multiply(count, kind)
    with site.superuser.connect() as conn:
        conn.exec_driver_sql("VACUUM ANALYZE")
