"""The forms by which a complaint or an inquiry that came by fax, telephone, letter or visit is recorded."""

from contextlib import nullcontext

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from silah.cases.anonymity import veiled
from silah.cases.person import PersonForm
from silah.cases.receipts import ReceivedCase
from silah.complaints import inquiries, liaison_areas, receiving
from silah.complaints.desk_forms import chosen
from silah.complaints.labels import ABOUT
from silah.complaints.models import INQUIRY, SUGGESTION, SUPPORT
from silah.complaints.portal_forms import offices
from silah.complaints.receiving import Told
from silah.complaints.rules import rules
from silah.desk.action_forms import long_text, needed, options, stripped
from silah.desk.recording_forms import CameForm, is_nameless
from silah.desk.recording_registry import RecordingPage
from silah.documents.service import keep_all
from silah.language.bilingual import localized
from silah.web.access import Member, Permission

P = Permission
KINDS = {INQUIRY: _l("Inquiry"), SUGGESTION: _l("Suggestion"), SUPPORT: _l("Technical support")}


class ComplaintForm(CameForm):
    """A complaint in the words of whoever complains."""

    about = SelectField(_l("What is it about?"), [needed(_l("Choose what it is about."))])
    named = StringField(
        _l("Who is complained about, if somebody is"), [Optional(), Length(max=200)], filters=[stripped]
    )
    reference = StringField(_l("Reference of the request, if it is about one"), [Optional(), Length(max=40)])
    office = SelectField(_l("Which branch office, if it is about one"), [Optional()])
    text = long_text(_l("What happened"), _l("Write what happened."))
    wanted = long_text(_l("What the complainant wants"))
    retaliation = BooleanField(_l("The complainant fears retaliation"))
    how = RadioField(
        _l("Does the complainant give a name?"),
        choices=options([("named", _l("Yes, the name is below")), ("anonymous", _l("No, the complaint has no name"))]),
        default="named",
        description=_l("Of one without a name nothing is kept that tells who brought it, nor who recorded it."),
    )


class InquiryForm(CameForm):
    """A question, a suggestion, or trouble with a channel."""

    kind = SelectField(_l("Kind"), [needed(_l("Choose the kind."))])
    area = SelectField(_l("Field or category"), [Optional()])
    text = long_text(_l("What was asked"), _l("Write what was asked."))


def complaint_form() -> ComplaintForm:
    """Return the form with what the association has: its offices, and namelessness where it is taken."""
    form = ComplaintForm()
    form.about.choices = options([("", _l("Choose")), *ABOUT.items()])
    form.office.choices = options([("", _l("None in particular")), *offices()])
    if not rules().anonymous:
        del form.how
    return form


def inquiry_form() -> InquiryForm:
    """Return the form with the fields of the liaison officers."""
    form, areas = InquiryForm(), liaison_areas.listing(active=True)
    form.kind.choices = options(KINDS.items())
    named = [(str(one.id), localized(one, "name")) for one in areas]
    form.area.choices = options([("", _l("Not known")), *named])
    return form


def receive_complaint(form: ComplaintForm, person: PersonForm, by: Member) -> ReceivedCase:
    """Receive a complaint as it was recorded; of a nameless one nothing is kept that tells who brought it."""
    nameless = is_nameless(form)
    told = Told(
        about=form.about.data,
        text=form.text.data,
        wanted=form.wanted.data or "",
        name=form.named.data or "",
        reference=form.reference.data or "",
        branch=chosen(form.office),
        retaliation_feared=form.retaliation.data,
        anonymous=nameless,
        person={} if nameless else person.answers(),
        came_on=form.came_on.data,
    )
    with veiled() if nameless else nullcontext():
        files = keep_all(form.files.data or (), purpose="complaint", nameless=nameless)
    return receiving.submit(told, files, by=by, channel=form.channel.data)


def receive_inquiry(form: InquiryForm, person: PersonForm, by: Member) -> ReceivedCase:
    """Receive a question, a suggestion or a call for support as it was recorded."""
    return inquiries.ask(
        form.kind.data,
        form.text.data,
        person.answers(),
        area=chosen(form.area),
        files=keep_all(form.files.data or (), purpose="complaint"),
        by=by,
        **form.how_it_came,
    )


PAGES = (
    RecordingPage(
        key="complaint",
        title=_l("Record a complaint"),
        permissions=(P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS),
        form=complaint_form,
        receive=receive_complaint,
    ),
    RecordingPage(
        key="inquiry",
        title=_l("Record an inquiry"),
        permissions=(P.RECEIVE_REQUESTS, P.ANSWER_INQUIRIES),
        form=inquiry_form,
        receive=receive_inquiry,
    ),
)
