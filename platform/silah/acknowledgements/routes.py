"""`/desk/acknowledgements`: what one is to read and sign; and a gentle word before the desk where something is owed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _

from silah.acknowledgements import notices, service
from silah.acknowledgements.coverage import is_done
from silah.acknowledgements.forms import SignForm
from silah.documents import responses as files
from silah.documents import service as documents
from silah.errors import Invalid, NotFound
from silah.language.localization import locale
from silah.policies import in_force_effects
from silah.portal.page_cache import remembered
from silah.staff import service as accounts
from silah.staff import sign_in
from silah.staff.routes import page, reader
from silah.web.access import current_member, public, signed_in
from tenants.clauses import printed

bp = Blueprint("acknowledgements", __name__, template_folder="templates")

in_force_effects.register("acknowledgements", lambda version, by: service.begin(version, by=by))

OWES, LATER = "owes", "owes_later"


@bp.before_app_request
def before_the_desk() -> Any:
    """On the way to one's work: remember what is owed, and show first what is to be signed, unless put off."""
    if request.endpoint != "desk.home" or request.method != "GET" or (member := current_member()) is None:
        return None
    owed = service.owed(member)
    remember(len(owed))
    if owed and owed[0].mode == "signature" and not cookie.get(LATER):
        return redirect(url_for("acknowledgements.read", id=owed[0].id))
    return None


@bp.app_context_processor
def reminder() -> dict[str, Any]:
    """What the desk's pages say on top, as it was when one last came to the desk."""
    return {"owes_acknowledgement": cookie.get(OWES, 0) if current_member() else 0}


@bp.get("/desk/acknowledgements")
@signed_in
def mine() -> Any:
    """Everything that one was asked to read or sign."""
    found = [(one, did, is_done(one, did)) for one, did in service.mine(reader())]
    return render_template("acknowledgements/mine.html", found=found)


@bp.route("/desk/acknowledgements/<uuid:id>", methods=["GET", "POST"])
@signed_in
def read(id: UUID) -> Any:
    """Read it; opening it is the receipt, and where a signature is asked, sign it."""
    campaign, member = service.get(id), reader()
    did = service.opened(campaign, member)
    form = SignForm(data={"signed_as": member.name})
    if form.validate_on_submit() and signed(campaign, form):
        flash(_("Thank you. Your signature is recorded."), "good")
        left = service.owed(member)
        remember(len(left))
        return redirect(url_for(".read", id=left[0].id) if left else "/desk/")
    if campaign.mode == "circulation":
        remember(len(service.owed(member)))
    policy = campaign.version.policy if campaign.version else None
    return page(
        "acknowledgements/read.html",
        form,
        it=campaign,
        did=did,
        policy=policy,
        sections=printed(policy) if policy else (),
        statement=service.statement(locale()),
    )


@bp.get("/desk/acknowledgements/<uuid:id>/document")
@signed_in
def document(id: UUID) -> Any:
    """The uploaded document of a campaign, in the browser."""
    campaign = service.get(id)
    if campaign.file is None:
        raise NotFound
    return files.sent(campaign.file, documents.open(campaign.file), show=True)


@bp.post("/desk/acknowledgements/later")
@signed_in
def later() -> Any:
    """Go to work first; the desk goes on saying what is owed."""
    cookie[LATER] = True
    return redirect("/desk/")


@bp.get("/notices")
@public
@remembered
def public_notices() -> str:
    """Every notice to the public, dated, the newest first."""
    return render_template("acknowledgements/notices.html", notices=notices.listing())


def signed(campaign: Any, form: SignForm) -> bool:
    """Take the signature; False where it was refused, with the reason at its field."""
    typed, member = form.method.data == "typed", reader()
    if typed and sign_in.prove(accounts.get(member.account_id).email, form.password.data or "") is None:
        form.password.errors = [_("The password is not right. After several tries, wait a few minutes.")]
        return False
    try:
        given = {"method": form.method.data, "name": form.signed_as.data, "signature": form.signature.data}
        service.sign(campaign, member, **given)
    except Invalid as refused:
        for name, words in refused.fields.items():
            form[name].errors = [words]
        return False
    return True


def remember(count: int) -> None:
    """Keep for the top of the desk's pages how much is owed."""
    if cookie.get(OWES, 0) != count:
        cookie[OWES] = count


from silah.acknowledgements import admin_routes, notice_routes  # noqa: E402, F401  # the views hang themselves on bp
