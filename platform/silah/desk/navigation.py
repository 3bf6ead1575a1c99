"""The rail beside every page of the staff: where one can go, and how much waits there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

from silah.cases.contact_tasks import CARRIERS
from silah.desk import counts
from silah.desk.active_entry import marked
from silah.desk.filters import Filters
from silah.desk.routes import bp
from silah.staff.authority import ADMINISTERS
from silah.web.access import Member, Permission, current_member

P = Permission

VIEW_WORDS: dict[str, Any] = {
    "mine": _l("Held by me"),
    "referred": _l("Referred to me"),
    "unread": _l("New messages"),
    "overdue": _l("Overdue"),
    "week": _l("Due within 7 days"),
    "waiting": _l("Waiting for the applicant"),
    "unassigned": _l("Held by nobody"),
    "open": _l("All open cases"),
    "ended": _l("Closed and withdrawn"),
    "all": _l("All cases"),
}
IN_RAIL = ("mine", "referred", "unread", "overdue", "week", "waiting", "unassigned", "open")


@dataclass(frozen=True)
class Place:
    """One page in the rail: it is offered where the page exists and one of the permissions is held, if any.

    ``counted``: what of ``counts`` stands beside it.
    """

    endpoint: str
    label: Any
    permissions: tuple[Permission, ...] = ()
    counted: str = ""


RECORDING = (
    Place("desk.record", _l("Record a request"), (P.RECEIVE_REQUESTS,)),
    Place("complaints.record_complaint", _l("Record a complaint"), (P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS)),
    Place("complaints.record_inquiry", _l("Record an inquiry"), (P.RECEIVE_REQUESTS, P.ANSWER_INQUIRIES)),
    Place("settlements.record_dispute", _l("Record a dispute"), (P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS)),
    Place("desk.drafts", _l("My drafts"), (P.RECEIVE_REQUESTS,)),
)
VOICES = (
    Place("complaints.board", _l("Complaints"), (P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS)),
    Place(
        "settlements.promises",
        _l("Promises of agreements"),
        (P.ANSWER_COMPLAINTS, P.OVERSEE_COMPLAINTS, P.BIND_ASSOCIATION),
    ),
    Place(
        "complaints.load", _l("Inquiries and suggestions"), (P.ANSWER_INQUIRIES, P.OVERSEE_CASES, P.OVERSEE_COMPLAINTS)
    ),
    Place("complaints.published", _l("Answers for everybody"), (P.PUBLISH_ANSWERS, P.ANSWER_INQUIRIES)),
    Place("corrective.mine", _l("My corrective actions"), (P.SEE_CASES, P.SEE_ALL_CASES)),
)
MEASURING = (
    Place("programme.programme", _l("Programme of measuring satisfaction"), (P.SEE_SURVEYS, P.OVERSEE_COMPLAINTS)),
    Place("surveys.survey_rounds", _l("Surveys"), (P.RUN_SURVEYS, P.SEE_SURVEYS)),
    Place("surveys.field", _l("Field surveys"), (P.RECEIVE_REQUESTS, P.RUN_SURVEYS)),
    Place("visits.visits", _l("Supervisory visits"), (P.SEE_SURVEYS, P.RUN_SURVEYS, P.SEE_CASES)),
    Place(
        "interviews.interviews",
        _l("Interviews"),
        (P.RUN_SURVEYS, P.SEE_SURVEYS, P.RECEIVE_REQUESTS, P.STUDY_REQUESTS),
    ),
)
BESIDE = (
    Place("figures.figures", _l("Figures"), (P.SEE_CASES, P.SEE_ALL_CASES)),
    Place("desk.beneficiaries", _l("Beneficiaries"), (P.SEE_BENEFICIARIES,)),
    Place("messages.letters", _l("Calls and deliveries"), CARRIERS, counted=counts.CONTACTS),
)
OWN = (
    Place("library.mine", _l("Library")),
    Place("acknowledgements.mine", _l("To read and sign")),
    Place("committees.mine", _l("Committees")),
)
ADMINISTRATION = (
    Place(
        "desk.admin_home", _l("Overview"), (P.EDIT_REQUEST_TYPES, P.EDIT_SETTINGS, P.MANAGE_STAFF, P.MANAGE_BRANCHES)
    ),
    Place("policies.overview", _l("Policy"), (P.EDIT_POLICY, P.APPROVE_POLICY)),
    Place("calendars.year", _l("Calendar"), (P.EDIT_POLICY,)),
    Place("library.tools", _l("Library of guides and forms"), (P.EDIT_POLICY,)),
    Place("desk.request_types", _l("Request types"), (P.EDIT_REQUEST_TYPES,)),
    Place("desk.settings", _l("Settings of the association"), (P.EDIT_SETTINGS,)),
    Place("surveys.questionnaires", _l("Questionnaires"), (P.EDIT_SURVEYS,)),
    Place("complaints.liaison", _l("Liaison officers"), (P.EDIT_SETTINGS,)),
    Place("complaints.complaint_rules", _l("Rules for complaints"), (P.EDIT_SETTINGS,)),
    Place("settlements.settlement_rules", _l("Disputes and compensation"), (P.EDIT_SETTINGS,)),
    Place("visits.lists", _l("Checklists of visits"), (P.EDIT_SURVEYS,)),
    Place("admin.staff", _l("Staff"), (P.MANAGE_STAFF,)),
    Place("admin.roles", _l("Roles"), (P.MANAGE_STAFF,)),
    Place("admin.pending_grants", _l("Permissions to confirm"), (P.MANAGE_STAFF,), counted=counts.GRANTS),
    Place("admin.departments", _l("Departments"), (P.MANAGE_STAFF,)),
    Place("admin.change_log", _l("Changes on record"), (P.MANAGE_STAFF,)),
    Place("acknowledgements.campaigns", _l("Who has read and signed"), (P.FOLLOW_ACKNOWLEDGEMENTS,)),
    Place(
        "acknowledgements.all_notices",
        _l("Notices to the public"),
        (P.EDIT_POLICY, P.FOLLOW_ACKNOWLEDGEMENTS, P.EDIT_SETTINGS),
    ),
    Place("admin.branches", _l("Branch offices"), (P.MANAGE_BRANCHES,)),
    Place("committees.admin", _l("Committees"), (P.MANAGE_STAFF,)),
    Place("messages.templates", _l("Messages"), (P.EDIT_MESSAGES,)),
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
        yield from places(member, RECORDING)
        yield from views(counted)
    yield from section(_l("Complaints and inquiries"), places(member, VOICES))
    yield from section(_l("Measuring satisfaction"), places(member, MEASURING))
    yield from section(_l("People and letters"), places(member, BESIDE, counted))
    yield from section(_l("For the staff"), places(member, OWN))
    yield from section(_l("Administration"), places(member, ADMINISTRATION, counted))


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


def places(
    member: Member, offered: tuple[Place, ...], counted: Mapping[str, int] | None = None
) -> Iterator[dict[str, Any]]:
    """Those of the places that exist and that the member may open."""
    for place in existing(offered):
        if not place.permissions or member.may(*place.permissions):
            waiting = (counted or {}).get(place.counted)
            count = {} if waiting is None else {"count": counts.capped(waiting), "covers": True}
            yield link(place.endpoint, place.label) | count


def existing(offered: tuple[Place, ...]) -> list[Place]:
    """Those of the places that the application has."""
    return [place for place in offered if place.endpoint in current_app.view_functions]


def link(endpoint: str, label: Any) -> dict[str, Any]:
    """One entry without a count."""
    return {"label": label, "href": url_for(endpoint), "current": request.endpoint == endpoint}


@bp.app_context_processor
def rail() -> dict[str, Any]:
    """What every template may draw beside its page."""
    return {"rail": Rail()}
