"""The rail beside every page of the staff: where one can go, and how much waits there."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l

from silah.cases.contact_tasks import CARRIERS
from silah.desk import counts, navigation_items
from silah.desk.active_entry import marked
from silah.desk.filters import VIEW_WORDS, Filters
from silah.desk.navigation_items import RECORDING, NavigationItem, NavigationSection
from silah.desk.routes import bp
from silah.staff.authority import ADMINISTERS
from silah.web.access import Member, Permission, current_member

P = Permission

IN_RAIL = ("mine", "referred", "unread", "overdue", "week", "waiting", "unassigned", "open")


OWN_ITEMS = (
    NavigationItem("people", 20, "desk.beneficiaries", _l("Beneficiaries"), (P.SEE_BENEFICIARIES,)),
    NavigationItem("people", 30, "messages.letters", _l("Calls and deliveries"), CARRIERS, counted=counts.CONTACTS),
    NavigationItem(
        "administration",
        10,
        "desk.admin_home",
        _l("Overview"),
        (P.EDIT_REQUEST_TYPES, P.EDIT_SETTINGS, P.MANAGE_STAFF, P.MANAGE_BRANCHES),
    ),
    NavigationItem(
        "administration",
        60,
        "desk.settings",
        _l("Settings of the association"),
        (P.EDIT_SETTINGS,),
        icon="settings",
        about=_l("Colour, logo, digits, letterhead and contact."),
    ),
    NavigationItem(
        "administration",
        120,
        "admin.staff",
        _l("Staff"),
        (P.MANAGE_STAFF,),
        icon="people",
        about=_l("Who works here, their roles and branch offices."),
    ),
    NavigationItem(
        "administration",
        130,
        "admin.roles",
        _l("Roles"),
        (P.MANAGE_STAFF,),
        icon="lock",
        about=_l("What each role may do."),
    ),
    NavigationItem(
        "administration",
        140,
        "admin.pending_grants",
        _l("Permissions to confirm"),
        (P.MANAGE_STAFF,),
        counted=counts.GRANTS,
        icon="check",
        about=_l("Sensitive permissions that a second administrator confirms."),
    ),
    NavigationItem(
        "administration",
        150,
        "admin.departments",
        _l("Departments"),
        (P.MANAGE_STAFF,),
        icon="list",
        about=_l("How the association is divided, and who works where."),
    ),
    NavigationItem(
        "administration",
        160,
        "admin.change_log",
        _l("Changes on record"),
        (P.MANAGE_STAFF,),
        icon="clock",
        about=_l("Who changed what about staff, roles and settings, and when."),
    ),
    NavigationItem(
        "administration",
        190,
        "admin.branches",
        _l("Branch offices"),
        (P.MANAGE_BRANCHES,),
        icon="place",
        about=_l("Names, hours and addresses of the offices."),
    ),
    NavigationItem(
        "administration",
        210,
        "messages.templates",
        _l("Messages"),
        (P.EDIT_MESSAGES,),
        icon="mail",
        about=_l("What applicants and staff are told, in both languages."),
    ),
)
"""The pages of the frame itself and of what stands below it; features register theirs."""
navigation_items.register(OWN_ITEMS)
navigation_items.register_sections(
    (
        NavigationSection("people", 30, _l("People and letters")),
        NavigationSection("own", 40, _l("For the staff")),
        NavigationSection("administration", 50, _l("Administration")),
    )
)


class Rail:
    """The entries of the rail; counted only when a page with a rail is drawn."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        member = current_member()
        if member is not None:
            yield from marked(list(entries(member)), request.path)


def entries(member: Member) -> Iterator[dict[str, Any]]:
    """The rail of one member, each entry as the layout takes it."""
    sees_cases = member.may(P.SEE_CASES, P.SEE_ALL_CASES)
    administers = all(member.may(one) for one in ADMINISTERS)
    wanted = (*((*IN_RAIL, counts.CONTACTS) if sees_cases else ()), *((counts.GRANTS,) if administers else ()))
    counted = counts.counts(member, wanted) if wanted else {}
    if sees_cases:
        yield link("desk.home", _l("My work"))
        yield from links(member, RECORDING)
        yield from views(counted)
    for one in navigation_items.list_sections():
        yield from section(one.heading, links(member, one.key, counted))


def section(heading: Any, inside: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Entries under a heading, or nothing where there are none."""
    first = next(inside, None)
    if first is not None:
        yield {"heading": heading}
        yield first
        yield from inside


def views(counted: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """The views of the queue with their counts."""
    yield {"heading": _l("Cases")}
    here = Filters.read(request.args).view if request.endpoint == "desk.queue" else None
    for view in IN_RAIL:
        yield {
            "label": VIEW_WORDS[view],
            "href": url_for("desk.queue", view=view) if view != "open" else url_for("desk.queue"),
            "count": counts.capped(counted[view]),
            "tone": "bad" if view == "overdue" and counted[view] else None,
            "current": here == view,
        }


def links(member: Member, section: str, counted: Mapping[str, int] | None = None) -> Iterator[dict[str, Any]]:
    """Those of a section's pages that exist and that the member may open."""
    for item in navigation_items.list_items(section):
        if not item.permissions or member.may(*item.permissions):
            waiting = (counted or {}).get(item.counted)
            count = {} if waiting is None else {"count": counts.capped(waiting), "covers": True}
            yield link(item.endpoint, item.label, item.values) | count


def link(endpoint: str, label: Any, values: Mapping[str, str] | None = None) -> dict[str, Any]:
    """One entry without a count."""
    named: dict[str, Any] = dict(values or {})
    current = request.endpoint == endpoint and (not named or request.view_args == named)
    return {"label": label, "href": url_for(endpoint, **named), "current": current}


@bp.app_context_processor
def rail() -> dict[str, Any]:
    """What every template may draw beside its page."""
    return {"rail": Rail()}
