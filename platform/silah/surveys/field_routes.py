"""`/desk/field/`: a phone takes rounds along, works without a connection, and brings back what was answered."""

import json
from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from silah import clock
from silah.desk.member import worker
from silah.errors import Invalid
from silah.language.bilingual import localized
from silah.language.locale import LOCALES
from silah.language.localization import direction
from silah.language.typed_days import pack_month_lengths
from silah.shell import appearance
from silah.shell.icons import square
from silah.shell.static_files import FOLDER
from silah.surveys import field_presenters, field_work, rounds
from silah.surveys.desk_forms import team_form
from silah.surveys.routes import bp
from silah.web.access import Permission, public, requires, signed_in
from silah.web.extensions import limiter
from tenants.context import current_tenant

bringing = limiter.limit("240 per minute", methods=["POST"])


@bp.get("/desk/field/")
@signed_in
def field() -> Any:
    """The page of a phone; it is the same for everybody, and works without a connection once it was opened."""
    return render_template("surveys/field/phone.html", hijri_lengths=pack_month_lengths())


@bp.get("/desk/field/worker.js")
@public
def field_worker() -> Response:
    """What keeps the page on the phone; it changes whenever the page does."""
    version, files = field_presenters.kept_files()
    known = {"version": version, "files": files, "tongues": LOCALES, "tongue": current_tenant().locale}
    source = (FOLDER / "field" / "worker.js").read_text("utf-8")
    answer = Response(f"const KEPT = {json.dumps(known)};\n{source}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/desk/field/manifest.webmanifest")
@public
def field_manifest() -> Response:
    """How the page stands on a phone's first screen."""
    icons = [
        {"src": url_for(".field_icon", size=size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": use}
        for size in ("192", "512")
        for use in ("any", "maskable")
    ]
    served, tongue = current_tenant(), request.args.get("lang", "ar")
    name = localized(served, "name", tongue) or served.slug
    about = {
        "id": field_presenters.PLACE,
        "name": f"{_('Field surveys')} – {name}",
        "short_name": _("Field surveys"),
        "lang": tongue,
        "dir": direction(tongue),
        "start_url": field_presenters.PLACE,
        "scope": field_presenters.PLACE,
        "display": "standalone",
        "background_color": "#f7f6f2",
        "theme_color": appearance.current().accent,
        "icons": icons,
    }
    return Response(json.dumps(about, ensure_ascii=False), mimetype="application/manifest+json")


@bp.get("/desk/field/icon-<any('192', '512'):size>.png")
@public
def field_icon(size: str) -> Response:
    """The mark of the page in the association's colour."""
    return Response(square(int(size), appearance.current().accent), mimetype="image/png")


@bp.get("/desk/field/rounds.json")
@signed_in
def field_rounds() -> Response:
    """What this member takes along, and the proof with which their phone sends."""
    member = worker()
    along = [field_presenters.packed(one) for one in field_work.carried(member)]
    return jsonify(member=str(member.id), proof=generate_csrf(), at=clock.now().isoformat(), rounds=along)


@bp.post("/desk/field/<uuid:id>/answers.json")
@signed_in
@bringing
def field_answer(id: UUID) -> Any:
    """One answer from a phone, under the id that the phone gave it; the same one again is taken as the first."""
    member = worker()
    found = field_work.of(id, member)
    try:
        field_work.take(found, _sent_id(), request.form, by=member, sent=request.files)
    except Invalid as refused:
        return jsonify(error=_("Something in this answer is to be put right."), fields=refused.fields), 422
    return jsonify(taken=True)


@bp.route("/desk/surveys/<uuid:id>/field", methods=["GET", "POST"])
@requires(Permission.RUN_SURVEYS)
def field_team(id: UUID) -> Any:
    """Who takes a round along, and how much they have brought."""
    it = rounds.get(id)
    form = team_form(it)
    if form.validate_on_submit():
        field_work.assign(it, [UUID(one) for one in form.members.data or ()])
        flash(_("The field team is saved, and whoever is new in it is told."), "good")
        return redirect(url_for(".survey_round", id=id))
    return render_template("surveys/field/team.html", it=it, form=form, brought=field_work.brought(it))


def _sent_id() -> UUID:
    try:
        sent = UUID(request.form.get("id", ""))
    except ValueError:
        sent = None
    if sent is None or sent.version != 4:
        raise Invalid({"id": _("The answer has no proper number.")})
    return sent
