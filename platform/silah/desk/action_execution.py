"""Doing what a page asks of a case, so that two people never undo each other and nothing typed is lost."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from silah.cases import contact_tasks, visibility
from silah.cases.errors import ChangedMeanwhile
from silah.cases.models import Case
from silah.desk import actions, case_view
from silah.desk.action_forms import MoveForm
from silah.desk.case_action import Action
from silah.errors import Conflict, Invalid
from silah.web.access import Member
from tenants.database import db

Answer = str | tuple[str, int] | Response
LOOK = "look"
"""The name of the button that shows the message before it is sent."""


def ask(case: Case, action: Action, member: Member) -> str:
    """The page of an action, with its form as yet empty."""
    return page(case, action, member, action.build(case, member))


def perform(case: Case, action: Action, member: Member) -> Answer:
    """Do it, if the case still is as the page showed it; else show what changed beside what was typed."""
    form = action.build(case, member)
    try:
        visibility.seen(case, form.version)
        actions.check(action, case, member)
        before = contact_tasks.ids_owed_on(case)
        if not form.validate():
            return page(case, action, member, form), 422
        if action.drafts and LOOK in request.form:
            return page(case, action, member, form, looked=True)
        action.do(case, form, member)
        db.session.flush()
    except ChangedMeanwhile as changed:
        db.session.rollback()
        return page(case, action, member, form, changed=changed.entries), changed.status
    except Invalid as refused:
        db.session.rollback()
        return page(case, action, member, marked(form, refused)), refused.status
    except Conflict as refused:
        db.session.rollback()
        return page(case, action, member, form, refused=refused), refused.status
    _tell(case, action, before)
    return redirect(url_for("desk.case", id=case.id))


def _tell(case: Case, action: Action, before: set[UUID]) -> None:
    """Say what was done, and where it made a call or a delivery owed, that it is still to be made."""
    own = callable(action.said)
    flash(action.said(case) if own else action.said, "good")
    if not own and contact_tasks.ids_owed_on(case) - before:
        flash(contact_tasks.words_after(case, ""), "info")


def page(
    case: Case,
    action: Action,
    member: Member,
    form: MoveForm,
    changed: Any = (),
    refused: Any = None,
    *,
    looked: bool = False,
) -> str:
    """The page of an action: its form, and beside it what one needs to know for it.

    ``looked``: the message that it sends was asked for, and is shown as it is typed now.
    """
    still_possible = actions.is_possible(action, case, member)
    shows = action.preview is not None and still_possible and (looked or not action.drafts)
    return render_template(
        [f"desk/moves/{action.key}.html", "desk/move.html"],
        case=case,
        row=case_view.row(case),
        action=action,
        form=form,
        changed=changed,
        refused=refused,
        still_possible=still_possible,
        preview=action.preview(case, form, member) if action.preview is not None and shows else None,
        looked=looked,
        looks_first=action.drafts and not looked and not case.anonymous,
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
