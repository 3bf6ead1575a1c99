"""Recording a complaint or an inquiry that came by fax, telephone, letter or visit."""

from contextlib import nullcontext
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from silah import clock
from silah.cases.anonymity import veiled
from silah.cases.person import PersonForm, person_form
from silah.cases.receipts import ReceivedCase
from silah.complaints import inquiries, liaison_areas, receiving
from silah.complaints.desk_forms import chosen
from silah.complaints.desk_routes import bp
from silah.complaints.labels import ABOUT
from silah.complaints.models import INQUIRY, SUGGESTION, SUPPORT
from silah.complaints.portal_forms import offices
from silah.complaints.receiving import Told
from silah.complaints.rules import rules
from silah.desk import receipt_session
from silah.desk.action_forms import long_text, needed, options, stripped
from silah.desk.member import worker
from silah.desk.recording_forms import LABELS, RELATIONS, CameOnField
from silah.documents import content
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Invalid
from silah.language.localization import locale
from silah.submissions.idempotency import sent_once
from silah.web.access import Permission, requires
from tenants import versions
from tenants.database import db

P = Permission
KINDS = {INQUIRY: _l("Inquiry"), SUGGESTION: _l("Suggestion"), SUPPORT: _l("Technical support")}


class CameForm(FlaskForm):  # type: ignore[misc]  # flask-wtf has no types
    """By what channel it came, and what was attached."""

    channel = SelectField(_l("Channel"), [needed(_l("Choose how it came."))])
    came_on = CameOnField()
    files = MultipleFileField(_l("What came with it"), [Optional()])

    @property
    def how_it_came(self) -> dict[str, Any]:
        """The channel and the day."""
        return {"channel": self.channel.data, "came_on": self.came_on.data}


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


@bp.route("/desk/record/complaint", methods=["GET", "POST"])
@requires(P.RECEIVE_REQUESTS, P.ANSWER_COMPLAINTS)
@sent_once
def record_complaint() -> Any:
    """Record a complaint that came by another way than the portal."""
    form, person = ComplaintForm(), person_at_desk()
    form.about.choices = options([("", _l("Choose")), *ABOUT.items()])
    form.office.choices = options([("", _l("None in particular")), *offices()])
    if not rules().anonymous:
        del form.how
    return recorded(form, person, _complaint, _l("Record a complaint"))


@bp.route("/desk/record/inquiry", methods=["GET", "POST"])
@requires(P.RECEIVE_REQUESTS, P.ANSWER_INQUIRIES)
@sent_once
def record_inquiry() -> Any:
    """Record an inquiry, a suggestion or a call for support."""
    form, person = InquiryForm(), person_at_desk()
    form.kind.choices = options(KINDS.items())
    named = [
        (str(one.id), one.name_ar if locale() == "ar" else one.name_en) for one in liaison_areas.listing(active=True)
    ]
    form.area.choices = options([("", _l("Not known")), *named])
    return recorded(form, person, _inquiry, _l("Record an inquiry"))


def recorded(form: Any, person: PersonForm, receive: Any, title: Any, other: Any = None) -> Any:
    """The page of such a form; once received, on to its reference and code, and what happens next.

    ``other`` leads to another such page, as (words, address).
    """
    policy = versions.in_force(clock.today()).policy
    named = [(one.key, one.name.for_locale(locale())) for one in policy.inbound_channels]
    form.channel.choices = options([("", _l("Choose")), *named])
    if form.is_submitted() and all([form.validate(), nameless(form) or person.validate()]):
        try:
            made: ReceivedCase = receive(form, person)
            receipt_session.remember(made.case, made.receipt_code, request.path)
            return redirect(url_for("desk.received"))
        except Invalid as refused:
            db.session.rollback()  # files that were taken before it was refused go again
            for name, words in refused.fields.items():
                form[name if name in form else "text"].errors = [str(words)]
    page = render_template(
        "complaints/desk/record.html", form=form, person=person, title=title, accept=content.ACCEPT, other=other
    )
    return (page, 422) if form.is_submitted() else page


def nameless(form: Any) -> bool:
    """Whether what is recorded came without a name."""
    return "how" in form and form.how.data == "anonymous"


def _complaint(form: ComplaintForm, person: PersonForm) -> ReceivedCase:
    told = Told(
        about=form.about.data,
        text=form.text.data,
        wanted=form.wanted.data or "",
        name=form.named.data or "",
        reference=form.reference.data or "",
        branch=chosen(form.office),
        retaliation_feared=form.retaliation.data,
        anonymous=nameless(form),
        person={} if nameless(form) else person.answers(),
        came_on=form.came_on.data,
    )
    with veiled() if told.anonymous else nullcontext():
        files = kept(form, nameless=told.anonymous)
    return receiving.submit(told, files, by=worker(), channel=form.channel.data)


def _inquiry(form: InquiryForm, person: PersonForm) -> ReceivedCase:
    return inquiries.ask(
        form.kind.data,
        form.text.data,
        person.answers(),
        area=chosen(form.area),
        files=kept(form),
        by=worker(),
        **form.how_it_came,
    )


def kept(form: CameForm, *, nameless: bool = False) -> list[StoredFile]:
    """Keep the files, without what tells who made them; ``nameless`` without the names that they had, too.

    Raises Invalid at the field where one is refused.
    """
    sent = [one for one in form.files.data or () if getattr(one, "filename", "")]
    try:
        return [
            documents.keep(one.stream, str(place) if nameless else one.filename, purpose="complaint", unsigned=True)
            for place, one in enumerate(sent, start=1)
        ]
    except Invalid as refused:
        raise Invalid({"files": refused.message}) from None


def person_at_desk() -> PersonForm:
    """The person's fields, worded for staff; a name and the means of reply are enough."""
    person = person_form(versions.in_force(clock.today()).policy, locale(), strict=False, at_desk=True)
    person.relation.choices = RELATIONS
    for name, label in LABELS.items():
        if name in person:
            person[name].label.text = label
    return person
