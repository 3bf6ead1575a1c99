"""`/admin/staff`: the list of members, inviting, one member's page, suspending and resuming."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from silah.errors import Conflict, Invalid
from silah.language.localization import fold
from silah.organisation.models import Membership
from silah.organisation.names import named
from silah.shell import table_sorting
from silah.staff import changes, code_resets, history, invitations, members, open_work, service
from silah.staff.admin_routes import bp
from silah.staff.errors import AlreadyMember
from silah.staff.forms import InviteForm, MemberForm
from silah.staff.grant_routes import tell_of_grants
from silah.staff.routes import page, reader, refuse
from silah.staff.second_factor_routes import words_of_how
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants.context import current_tenant
from tenants.database import db

STATES = ("active", "invited", "suspended")
COLUMNS: table_sorting.Columns = {
    "name": (_l("Name"), lambda one: fold(one.name)),
    "roles": (_l("Roles"), lambda one: [named(role) for role in one.roles]),
    "branch": (_l("Branch office"), lambda one: named(one.branch) if one.branch else ""),
    "state": (_l("State"), lambda one: STATES.index(one.state)),
}


@bp.get("/staff")
@requires(Permission.MANAGE_STAFF)
def staff() -> Any:
    """Everybody who works here, or those in one state."""
    state = request.args.get("state")
    state = state if state in STATES else None
    headings, found = table_sorting.arranged(members.listing(state), COLUMNS, first="name", state=state)
    return render_template("admin/staff.html", members=found, headings=headings, counts=members.counts(), state=state)


@bp.route("/staff/invite", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
@sent_once
def invite() -> Any:
    """Invite somebody by e-mail."""
    form = InviteForm(by=reader())
    if form.validate_on_submit():
        db.session.rollback()  # of the form's claim, which comes with its answer: the account is made on the platform
        try:
            member = invitations.invite(email=form.email.data, **said(form))
            flash(_("The invitation is on its way to %(email)s.", email=member.email), "good")
            tell_of_grants(member=member.id)
            return redirect(url_for(".member", id=member.id))
        except Conflict as error:
            refuse(form.email if isinstance(error, AlreadyMember) else form.roles, error)
    return page("admin/invite.html", form)


@bp.route("/staff/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_STAFF)
def member(id: UUID) -> Any:
    """One member: what the association says about them, and what may be done."""
    found = members.get(id)
    form = MemberForm(data=filled(found), by=reader(), member=found)
    if form.validate_on_submit():
        try:
            members.change(found, **said(form), **more_said(form))
            flash(_("Saved. It holds from the member's next page on."), "good")
            tell_of_grants(member=found.id)
            return redirect(url_for(".staff"))
        except Conflict as error:
            refuse(form.roles, error)
    work = open_work.find_open_work(found)
    shown = {"oneself": found.id == reader().id, "code": code(found), "work": work}
    return page(
        "admin/member.html", form, it=found, counts=work.describe(reader()) if work is not None else (), **shown
    )


def code(found: Membership) -> str:
    """How a member's second step stands: none, in use, or in use and for the operator of the platform alone."""
    if not service.get(found.account_id).has_code:
        return "none"
    return "ours" if code_resets.only_here(found.account_id) else "elsewhere"


@bp.post("/staff/<uuid:id>/reset-code")
@requires(Permission.MANAGE_STAFF)
def reset_code(id: UUID) -> Any:
    """Ask a member who lost telephone and paper for no code any more."""
    found = members.get(id)
    code_resets.by_administrator(found, by=reader())
    flash(_("%(name)s signs in with the password alone until the code is set up again.", name=found.name), "good")
    return redirect(url_for(".member", id=id))


@bp.post("/staff/<uuid:id>/suspend")
@requires(Permission.MANAGE_STAFF)
def suspend(id: UUID) -> Any:
    """Close the association to a member."""
    found = members.get(id)
    members.suspend(found, by=reader())
    flash(_("%(name)s can no longer sign in here.", name=found.name))
    work = open_work.find_open_work(found)
    return redirect(work.address if work else url_for(".member", id=id))


@bp.get("/staff/<uuid:id>/sign-ins")
@requires(Permission.MANAGE_STAFF)
def sign_ins(id: UUID) -> Any:
    """When a member signed in at this association."""
    found = members.get(id)
    signed = history.of(found.account_id, current_tenant().id)
    return render_template("admin/sign_ins.html", it=found, signed=signed, how=words_of_how())


@bp.post("/staff/<uuid:id>/resume")
@requires(Permission.MANAGE_STAFF)
def resume(id: UUID) -> Any:
    """Open the association to a suspended member again."""
    found = members.get(id)
    members.resume(found)
    flash(_("%(name)s can sign in here again.", name=found.name), "good")
    return redirect(url_for(".member", id=id))


@bp.post("/staff/<uuid:id>/invite-again")
@requires(Permission.MANAGE_STAFF)
@sent_once
def invite_again(id: UUID) -> Any:
    """Send the letter of invitation once more, with a fresh link."""
    found = members.get(id)
    invitations.again(found)
    changes.note("member", found.id, "invited_again", name=found.name)
    flash(_("The invitation is on its way to %(email)s.", email=found.email), "good")
    return redirect(url_for(".member", id=id))


def said(form: InviteForm) -> dict[str, Any]:
    """What the form says about a member."""
    try:
        return {
            "name": form.name.data,
            "roles": [UUID(role) for role in form.roles.data],
            "branch_id": UUID(form.branch.data) if form.branch.data else None,
            "locale": form.locale.data,
        }
    except ValueError:
        raise Invalid from None


def more_said(form: MemberForm) -> dict[str, Any]:
    """What the form says beyond what an invitation does."""
    try:
        department = UUID(form.department.data) if form.department.data else None
    except ValueError:
        raise Invalid from None
    return {"department_id": department, "engagement": form.engagement.data, "exempt": form.exempt.data}


def filled(found: Membership) -> dict[str, Any]:
    """A member as their form shows them."""
    return {
        "name": found.name,
        "roles": [str(role.id) for role in found.roles],
        "branch": str(found.branch_id or ""),
        "locale": found.locale or "ar",
        "department": str(found.department_id or ""),
        "engagement": found.engagement,
        "exempt": found.exempt,
    }
