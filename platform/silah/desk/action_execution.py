"""Doing what a page asks of a case, so that two people never undo each other and nothing typed is lost."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from silah.cases import contact_tasks, workflow
from silah.cases.errors import ChangedMeanwhile
from silah.cases.models import Case
from silah.cases.transitions import Transition, TransitionForm
from silah.desk import actions, case_view
from silah.desk.action_forms import MoveForm
from silah.errors import Conflict, Invalid
from silah.web.access import Member
from tenants.database import db

Answer = str | tuple[str, int] | Response
LOOK = "look"
"""The name of the button that shows the message before it is sent."""


def ask(case: Case, transition: Transition, member: Member) -> str:
    """The page of a transition, with its form as yet empty."""
    return page(case, transition, member, actions.form_of(transition).build(case, member))


def perform(case: Case, transition: Transition, member: Member, inputs: Mapping[str, Any] | None = None) -> Answer:
    """Make the transition, if the case still is as the page showed it; else show what changed beside what was typed.

    ``inputs`` are what the address says beside the form.
    """
    asked = actions.form_of(transition)
    form = asked.build(case, member)
    try:
        change = workflow.begin(case, transition.key, member, version=form.version)
        actions.check_page(transition, case, member)
        before = contact_tasks.ids_owed_on(case)
        if not form.validate():
            return page(case, transition, member, form), 422
        if asked.drafts and LOOK in request.form:
            return page(case, transition, member, form, looked=True)
        workflow.complete(change, {**asked.inputs(form), **(inputs or {})})
        db.session.flush()
    except ChangedMeanwhile as changed:
        db.session.rollback()
        return page(case, transition, member, form, changed=changed.entries), changed.status
    except Invalid as refused:
        db.session.rollback()
        return page(case, transition, member, marked(form, refused)), refused.status
    except Conflict as refused:
        db.session.rollback()
        return page(case, transition, member, form, refused=refused), refused.status
    _tell(case, asked, before)
    return redirect(url_for("desk.case", id=case.id))


def _tell(case: Case, asked: TransitionForm, before: set[UUID]) -> None:
    """Say what was done, and where it made a call or a delivery owed, that it is still to be made."""
    own = callable(asked.done)
    flash(asked.done(case) if own else asked.done, "good")
    if not own and contact_tasks.ids_owed_on(case) - before:
        flash(contact_tasks.words_after(case, ""), "info")


def page(
    case: Case,
    transition: Transition,
    member: Member,
    form: MoveForm,
    changed: Any = (),
    refused: Any = None,
    *,
    looked: bool = False,
) -> str:
    """The page of a transition: its form, and beside it what one needs to know for it.

    ``looked``: the message that it sends was asked for, and is shown as it is typed now.
    """
    asked, still_possible = actions.form_of(transition), actions.is_possible(transition, case, member)
    shows = asked.preview is not None and still_possible and (looked or not asked.drafts)
    return render_template(
        [f"desk/moves/{transition.key}.html", "desk/move.html"],
        case=case,
        row=case_view.row(case),
        action=transition,
        asked=asked,
        form=form,
        changed=changed,
        refused=refused,
        still_possible=still_possible,
        preview=asked.preview(case, form, member) if asked.preview is not None and shows else None,
        looked=looked,
        looks_first=asked.drafts and not looked and not case.anonymous,
        **case_view.beside(case, member),
    )


def marked(form: MoveForm, refused: Invalid) -> MoveForm:
    """The form with what a service refused at the field that it names, or over the form."""
    for name, words in refused.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, str(words)]
        else:
            form.form_errors.append(str(words))
    return form
