"""The page of one section of a draft: every deed is a button of one form, so nothing needs JavaScript."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from silah import clock
from silah.desk.member import worker
from silah.errors import NotFound
from silah.language.localization import locale
from silah.policies import examples, form_data, sections, service
from silah.policies.errors import ChangedByAnother, WrongPolicy
from silah.policies.form_nodes import Drawing
from silah.policies.routes import bp
from silah.policies.sections import BY_KEY, SECTIONS, Document, Section
from silah.policies.version_routes import WORDS
from silah.web.access import Permission, requires
from tenants import versions
from tenants.clauses import printed
from tenants.periods import reckon
from tenants.policy import Policy
from tenants.versions import PolicyVersion


@bp.route("/policy/<uuid:id>/<section>", methods=["GET", "POST"])
@requires(Permission.EDIT_POLICY)
def section(id: UUID, section: str) -> str | tuple[str, int] | Response:
    """Look at a section, take one button of it, or save; what was typed is never lost."""
    held = BY_KEY.get(section)
    if held is None:
        raise NotFound
    if request.method == "GET":
        version = service.draft(id)
        return _drawn(version, held, sections.shown(held, version.document), {}, "")
    return _sent(service.draft(id, lock=True), held, request.form.get("deed", "save"))


def _sent(version: PolicyVersion, held: Section, deed: str) -> str | tuple[str, int] | Response:
    data = form_data.read(held, request.form.to_dict(flat=False), version.document)
    if deed not in ("save", "preview"):
        return _drawn(version, held, form_data.change(held, data, _kept_in_use(data, deed)), {}, deed)
    form_data.whole(data)
    try:
        if deed == "preview":
            return _drawn(version, held, data, {}, deed)
        changed = service.change(version, held, data, seen=request.form.get("seen", ""), by=worker())
    except WrongPolicy as refused:
        return _drawn(version, held, data, refused.fields, deed), 422
    except ChangedByAnother as refused:
        flash(str(refused), "warn")
        return _drawn(version, held, data, {}, deed), 409
    flash(_("The section is saved in the draft.") if changed else _("Nothing was changed."), "good")
    return redirect(url_for(".section", id=version.id, section=held.key))


def _kept_in_use(data: Document, deed: str) -> str:
    """A channel in use is retired where its button says remove."""
    what, _mark, place = deed.partition(":")
    parts = place.split(".")
    if what == "remove" and len(parts) == 2 and parts[0] == "channels" and form_data.NUMBER.fullmatch(parts[1]):
        channels = data.get("channels", [])
        channel = channels[int(parts[1])] if int(parts[1]) < len(channels) else {}
        if service.channels_in_use([channel.get("key", "")]):
            channel["retired"] = True
            flash(_("Cases came by this channel, so it is retired and not removed."), "info")
            return ""
    return deed


def _drawn(version: PolicyVersion, held: Section, data: Document, errors: dict[str, list[str]], deed: str) -> str:
    document = sections.put(held, version.document, data)
    try:
        policy: Policy | None = service.read(held, document)
    except WrongPolicy as refused:
        policy = None
        errors = errors or (refused.fields if deed == "preview" else {})
    drawing = Drawing(version.document, locale(), roles=service.roles(), errors=errors)
    return render_template(
        "policies/section.html",
        version=version,
        held=held,
        nodes=drawing.section(held, data),
        errors=errors,
        seen=request.form.get("seen") or service.seen_of(held, version.document),
        sections=SECTIONS,
        policy=policy or version.policy,
        printed=printed(policy) if policy else None,
        opened=deed.partition(":")[2],
        in_use=service.channels_in_use([one.get("key", "") for one in data.get("channels", ())]),
        example=_example(policy) if policy and held.key == "reply-period" else None,
        limits=examples.limits(policy, held.key) if policy else [],
        findings=_found_here(version, held),
        **WORDS,
    )


def _found_here(version: PolicyVersion, held: Section) -> list[tuple[Any, str]]:
    """What the checker finds in this section as it is kept, each with its field."""
    found = [(one, *sections.anchor(version.document, one.where)) for one in service.findings(version)]
    return [(one, field) for one, home, field in found if home == held.key]


def _example(policy: Policy) -> Any:
    """The period applied to a request received and complete today."""
    today = clock.today()
    return reckon(policy.reply_period, today, today, versions.calendar(policy))
