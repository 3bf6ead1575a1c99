"""`/admin/policy/blueprint/house`: what is new in the blueprint's roles and request types, taken or left."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from silah.desk.member import worker
from silah.errors import Conflict
from silah.language.localization import locale
from silah.policies import blueprint, blueprint_update_labels, blueprint_updates
from silah.policies.blueprint_contents import ROLES, TYPES, Novelty
from silah.policies.errors import DecidedMeanwhile
from silah.policies.routes import bp
from silah.web.access import Permission, requires

P = Permission


@bp.get("/policy/blueprint/house")
@requires(P.GRANT_ROLES, P.EDIT_REQUEST_TYPES)
def blueprint_house() -> str:
    """What is new, in words, with a choice for each."""
    return _drawn({})


@bp.post("/policy/blueprint/house")
@requires(P.GRANT_ROLES, P.EDIT_REQUEST_TYPES)
def decide_house() -> Any:
    """Take some at once, leave others."""
    chosen = {name.removeprefix("c-"): what for name, what in request.form.items() if name.startswith("c-")}
    takes, leaves = ([key for key, what in chosen.items() if what == deed] for deed in ("take", "leave"))
    if not takes and not leaves:
        flash(_("Nothing was chosen."), "info")
        return redirect(url_for(".blueprint_house"))
    try:
        blueprint_updates.decide(takes, leaves, seen=request.form.get("seen", ""), by=worker())
    except DecidedMeanwhile as refused:
        flash(str(refused), "warn")
        return _drawn(chosen), Conflict.status
    blueprint.all_decided()
    flash(_("It is done and on record. What was taken holds from now on."), "good")
    return redirect(url_for(".blueprint_house"))


def _drawn(chosen: dict[str, str]) -> str:
    found, member = blueprint_updates.news(), worker()
    offers = [one for one in found.offers if member.may(blueprint_updates.MAY[one.kind])] if found else []
    groups = ((ROLES, _("Roles")), (TYPES, _("Request types")))
    return render_template(
        "policies/house.html",
        news=found,
        groups=[(words, [_line(one) for one in offers if one.kind == kind]) for kind, words in groups],
        count=len(offers),
        chosen=chosen,
    )


def _line(one: Novelty) -> dict[str, Any]:
    return {
        "it": one,
        "name": blueprint_update_labels.name_of(one, locale()),
        "changes": blueprint_update_labels.changes(one, locale()),
    }
