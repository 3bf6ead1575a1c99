"""The page of one case: its head, its story and its facts."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import render_template

from silah.cases import contact_tasks, timeline, visibility, workflow
from silah.cases.models import Case
from silah.cases.transitions import Transition
from silah.desk import actions, case_view, presenters, timeline_presenter
from silah.desk.action_forms import BodyForm
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.web.access import Member, Permission, requires


@bp.get("/desk/cases/<uuid:id>", endpoint="case")
@requires(Permission.SEE_CASES, Permission.SEE_ALL_CASES)
def case(id: UUID) -> str:
    """The case as it stands, its sensitive fields masked."""
    member = worker()
    return page(visibility.get(id, member), member)


@bp.post("/desk/cases/<uuid:id>/reveal", endpoint="reveal")
@requires(Permission.SEE_SENSITIVE_FIELDS)
def reveal(id: UUID) -> str:
    """The case with its sensitive fields in full, this once; who looked is on the record."""
    member = worker()
    return page(visibility.get(id, member), member, in_full=True)


def page(found: Case, member: Member, *, in_full: bool = False) -> str:
    """The whole page."""
    facts, possible = case_view.beside(found, member, in_full=in_full), workflow.list_possible(found, member)
    return render_template(
        "desk/case.html",
        case=found,
        row=case_view.row(found),
        moves=arranged(presenters.of(found), facts, possible),
        writing=[one for one in possible if one.key in actions.WRITTEN_IN_PLACE],
        body=BodyForm(formdata=None),
        story=timeline_presenter.of(found, member, facts["roles"]),
        faults=timeline.verify(found),
        contacts=contact_tasks.list_owed_on(found),
        outcomes=contact_tasks.OUTCOMES,
        **facts,
    )


def arranged(
    presenter: presenters.CasePresenter, facts: Mapping[str, Any], possible: Sequence[Transition]
) -> dict[str, Any]:
    """What comes next as buttons, the likeliest first; what is seldom done in a fold, the harmful last.

    ``next`` is the one that is plainly the next, where there is one.
    """
    buttons = [one for one in possible if one.key not in actions.WRITTEN_IN_PLACE]
    later = presenter.later(facts, frozenset(one.key for one in buttons))
    onward = [one for one in buttons if one.key in presenter.onward]
    rest = [one for one in buttons if one.key not in presenter.onward]
    onward.sort(key=lambda one: later.get(one.key, False))
    return {
        "onward": onward,
        "next": onward[0].key if onward and not later.get(onward[0].key, False) else None,
        "rest": sorted(rest, key=lambda one: actions.form_of(one).tone == "danger"),
    }
