"""`/admin/policy/blueprint`: what is new in the blueprint, and each change taken or left."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from silah.desk.member import worker
from silah.language.localization import locale, number
from silah.policies import blueprint, blueprint_labels, blueprint_updates, service
from silah.policies.blueprint import Standing
from silah.policies.differences import by_section
from silah.policies.errors import DecidedMeanwhile, DoesNotFit
from silah.policies.labels import happened
from silah.policies.routes import bp
from silah.policies.version_routes import WORDS
from silah.web.access import Permission, requires

Answer = str | tuple[str, int] | Response
Choices = dict[str, str]
EVERYTHING = ("take_all", "leave_all")


@bp.get("/policy/blueprint")
@requires(Permission.EDIT_POLICY)
def blueprint_news() -> str:
    """The blueprint and version on which the association stands, what is new, and what was decided."""
    return _drawn(blueprint.standing(), {})


@bp.post("/policy/blueprint")
@requires(Permission.EDIT_POLICY)
def decide_blueprint() -> Answer:
    """Take and leave changes: those chosen, or everything at once."""
    stands, sent = blueprint.standing(), request.form
    chosen = _everything(stands, sent["deed"]) if sent.get("deed") in EVERYTHING else _chosen()
    takes, leaves = ([key for key, what in chosen.items() if what == deed] for deed in ("take", "leave"))
    if not takes and not leaves and (stands is None or stands.offers):
        flash(_("Nothing was chosen."), "info")
        return redirect(url_for(".blueprint_news"))
    try:
        draft = blueprint.decide(takes, leaves, seen=sent.get("seen", ""), by=worker())
    except (DecidedMeanwhile, DoesNotFit) as refused:
        flash(str(refused), "warn")
        return _drawn(blueprint.standing(), chosen, getattr(refused, "wrong", ())), 409
    flash(_told(len(takes), len(leaves)), "good")
    return redirect(url_for(".compare", id=draft.id) if draft else url_for(".blueprint_news"))


def _chosen() -> Choices:
    """What the page's buttons stand at, by change."""
    return {name.removeprefix("c-"): what for name, what in request.form.items() if name.startswith("c-")}


def _everything(stands: Standing | None, deed: str) -> Choices:
    """All at once: a conflict is never taken so, since that would undo what the association wrote itself."""
    offers = stands.offers if stands else []
    if deed == "leave_all":
        return {one.key: "leave" for one in offers}
    return {one.key: "take" for one in offers if not one.conflict}


def _told(taken: int, left: int) -> str:
    said = []
    if taken:
        said.append(
            ngettext(
                "%(count)s change is taken into the draft.",
                "%(count)s changes are taken into the draft.",
                taken,
                count=number(taken),
            )
        )
    if left:
        said.append(ngettext("%(count)s change is left.", "%(count)s changes are left.", left, count=number(left)))
    return " ".join(said) or _("It is on record that this version was looked at.")


def _drawn(stands: Standing | None, chosen: Choices, wrong: Any = ()) -> str:
    said = blueprint_labels.said(stands, locale(), service.roles()) if stands else []
    rest = blueprint_updates.news()
    return render_template(
        "policies/blueprint.html",
        stands=stands,
        sections=by_section(said),
        count=len(said),
        conflicts=sum(one.conflict for one in said),
        rest=len(rest.offers) if rest else 0,
        chosen=chosen,
        wrong=[one[locale()] for one in wrong],
        history=[happened(act) for act in reversed(blueprint.decisions())],
        **WORDS,
    )
