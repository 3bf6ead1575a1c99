"""`/desk/cases/…/identity/…`: confirming whose file a case is, or that it is another person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import Optional

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases import beneficiary_links, identity, visibility
from silah.cases.models import Case
from silah.cases.parties import TYPED
from silah.cases.party_models import CaseParty
from silah.cases.person import ESTABLISHED, PAPERS
from silah.desk import identity as presented
from silah.desk.action_forms import MoveForm, needed, options
from silah.desk.identity import ComparedEntry
from silah.desk.member import worker
from silah.desk.routes import bp
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.web.access import requires

TAKES = "takes_"
OWN = "own"
"""In place of a file's id: a file of the person's own is opened."""


class IdentityForm(MoveForm):
    """How the officer knows who it is, and what the file takes from the case."""

    how = RadioField(
        _l("How do you know who it is?"),
        [needed(_l("Say how you know who it is."))],
        choices=options((key, words) for key, words in ESTABLISHED.items() if key in beneficiary_links.PROVES),
    )
    paper = SelectField(
        _l("Which document"), [Optional()], choices=options([("", _l("Choose")), *PAPERS.items()]), default=""
    )
    own_contacts = BooleanField(
        _l("The person says that the mobile and e-mail of this case are their own"),
        description=_l("Only where you saw the original. Codes that open their cases may then be sent there."),
    )


def form_of(entries: Sequence[ComparedEntry]) -> Any:
    """The form, with a choice for each entry that the file has otherwise or not at all."""
    fields = {}
    for one in entries:
        if one.is_open:
            kept = _("The file keeps: %(value)s", value=isolated(one.kept)) if one.kept else _("The file stays blank")
            typed = _("The file takes from the case: %(value)s", value=isolated(one.typed))
            fields[f"{TAKES}{one.key}"] = RadioField(
                one.label,
                [needed(_("Choose what the file keeps."))],
                choices=options([("kept", kept), ("typed", typed)]),
                default=None if one.kept else "typed",
            )
    return type("ComparedForm", (IdentityForm,), fields)()


@bp.route(
    "/desk/cases/<uuid:id>/identity/<any(applicant, beneficiary):side>", methods=["GET", "POST"], endpoint="identity"
)
@requires(*identity.CONFIRMERS)
def confirm(id: UUID, side: str) -> Any:
    """Compare a person of a case with a file, and confirm that it is theirs."""
    case, party = find_party(id, side)
    file = _file(party)
    entries = presented.compared(party, file)
    form = form_of(entries if file else ())
    if form.validate_on_submit():
        try:
            _confirmed(case, party, file, form)
        except Invalid as refused:
            for key, words in refused.fields.items():
                form[key].errors = [str(words)]
        except Conflict as refused:
            return _page(case, party, file, form, entries, refused), refused.status
        else:
            flash(_("It is confirmed whose file this is."), "good")
            return redirect(url_for("desk.case", id=case.id))
    page = _page(case, party, file, form, entries)
    return (page, 422) if form.is_submitted() else page


@bp.post("/desk/cases/<uuid:id>/identity/<any(applicant, beneficiary):side>/another", endpoint="another_person")
@requires(*identity.CONFIRMERS)
def another(id: UUID, side: str) -> Any:
    """Say that it is another person than the file's."""
    case, party = find_party(id, side)
    form = MoveForm()
    identity.reject(case, party, by=worker(), seen=form.version or None)
    flash(_("Recorded: this is another person. The case belongs to no file."), "good")
    return redirect(url_for("desk.identity", id=case.id, side=side))


def isolated(value: str) -> str:
    """A value in the middle of a sentence, whose direction is its own."""
    return f"\u2068{value}\u2069"


def find_party(id: UUID, side: str) -> tuple[Case, CaseParty]:
    """A person of a case that this member sees; raises NotFound, and Forbidden for who may not see files."""
    if not identity.may_confirm(worker()):
        raise Forbidden
    case = visibility.get(id, worker())
    party = (case.beneficiary if side == "beneficiary" else case.representative) if not case.anonymous else None
    if party is None:
        raise NotFound
    return case, party


def _file(party: CaseParty) -> Beneficiary | None:
    """The file that is looked at: the one chosen, else the candidate; None for one to be opened."""
    chosen = request.values.get("file", "")
    if chosen == OWN:
        return None
    if not chosen:
        return files.get(party.candidate_id) if party.candidate_id else None
    known = {str(one.id): one for one in identity.suggestions(party)}
    if chosen not in known:
        raise NotFound
    return known[chosen]


def _confirmed(case: Case, party: CaseParty, file: Beneficiary | None, form: IdentityForm) -> None:
    take = {key for key in TYPED if form.data.get(f"{TAKES}{key}") == "typed"}
    identity.confirm(
        case,
        party,
        file,
        by=worker(),
        how=form.how.data,
        paper=form.paper.data if form.how.data == "original" else "",
        take=take,
        own_contacts=form.own_contacts.data and form.how.data == "original",
        seen=form.version or None,
    )


def _page(
    case: Case,
    party: CaseParty,
    file: Beneficiary | None,
    form: IdentityForm,
    entries: Sequence[ComparedEntry],
    refused: Conflict | None = None,
) -> str:
    others = [one for one in identity.suggestions(party) if file is None or one.id != file.id]
    return render_template(
        "desk/identity.html",
        case=case,
        party=party,
        file=file,
        form=form,
        choices=[one for one in form if one.name.startswith(TAKES)],
        refused=refused,
        entries=entries,
        others=others,
        own=request.values.get("file") == OWN,
        side_words=presented.SIDE_WORDS,
        level_words=presented.LEVEL_WORDS,
        level_tones=presented.LEVEL_TONES,
    )
