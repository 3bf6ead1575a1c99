"""The forms of the moves on a complaint, an inquiry or a suggestion at the desk."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, RadioField, SelectField, StringField, ValidationError
from wtforms.validators import Length, Optional

from silah import clock
from silah.cases import references, visibility
from silah.cases.models import Case
from silah.complaints import bodies, liaison_areas, merging
from silah.complaints.labels import FINDINGS, SEVERITIES, TOPICS
from silah.complaints.models import Complaint, complaint_of
from silah.desk.action_forms import MoveForm, long_text, needed, options, stripped
from silah.language.bilingual import localized
from silah.organisation.models import Membership
from silah.web.access import Member
from silah.web.fields import DateField, read_id
from tenants.database import db

NOBODY = ("", _l("Nobody in particular"))


class ClassifyForm(MoveForm):
    """What kind of complaint it is, how grave, and whom or what it is about."""

    topic = SelectField(_l("Kind"), [needed(_l("Choose the kind."))])
    severity = RadioField(_l("Severity"), [needed(_l("Choose the severity."))])
    member = SelectField(
        _l("Who is complained about"),
        [Optional()],
        description=_l("From now on this person neither sees nor handles the complaint."),
    )
    request = StringField(
        _l("Reference of the case that it is about"), [Optional(), Length(max=40)], filters=[stripped]
    )
    confidential = BooleanField(_l("Confidential: open to named people only"))
    retaliation = BooleanField(_l("The complainant fears retaliation"))

    def validate_request(self, field: StringField) -> None:
        """A reference, if one is given, must be one."""
        if field.data and references.read(field.data) is None:
            raise ValidationError(_l("This is not a reference."))


def _about(complaint: Complaint, member: Member) -> str:
    """The reference of the case that it is about as this member sees it, else what the complainant typed as one."""
    linked = complaint.about_case.reference if complaint.about_case else None
    wanted = linked or references.read(complaint.about_reference or "")
    seen = select(Case.reference).where(Case.reference == wanted, visibility.visible(member))
    return db.session.scalar(seen) or "" if wanted else ""


def classify_form(case: Case, member: Member) -> ClassifyForm:
    """Filled with what is known; the names said by the complainant stand beside it on the page."""
    complaint = complaint_of(case)
    form = ClassifyForm(
        topic=complaint.topic,
        severity=complaint.severity,
        member=str(complaint.about_member_id or ""),
        request=_about(complaint, member),
        confidential=case.confidential,
        retaliation=complaint.retaliation_feared,
    )
    form.topic.choices = options([("", _l("Choose")), *TOPICS.items()])
    form.severity.choices = options(SEVERITIES.items())
    form.member.choices = options([NOBODY, *people()])
    return form


class FindForm(MoveForm):
    """What was found, and the answer that the complainant will read."""

    finding = RadioField(_l("Finding"), [needed(_l("Choose the finding."))], choices=options(FINDINGS.items()))
    findings = long_text(
        _l("What was found, for the file"), _l("Write what was found."), _l("The complainant does not see this.")
    )
    answer = long_text(_l("Answer to the complainant"), _l("Write the answer."))


def find_form(case: Case, member: Member) -> FindForm:
    """Filled with what was written before: until the answer is sent it can be put right."""
    complaint = complaint_of(case)
    return FindForm(finding=complaint.finding, findings=complaint.findings, answer=complaint.answer)


class MergeForm(MoveForm):
    """Into which complaint it is merged."""

    into = SelectField(_l("Merge into"), [needed(_l("Choose the complaint."))])


def merge_form(case: Case, member: Member) -> MergeForm:
    """The complaints that look alike."""
    form = MergeForm()
    form.into.choices = options((str(one.case_id), one.case.reference) for one in merging.alike(case, member))
    return form


class ActionForm(MoveForm):
    """A corrective action: what, by whom, by when."""

    what = long_text(
        _l("What is to be put right"),
        _l("Write what is to be done."),
        _l("Its owner reads this and nothing else of the complaint."),
    )
    owner = SelectField(_l("Who does it"), [needed(_l("Choose who does it."))])
    due_on = DateField(_l("By when"), [needed(_l("Choose the day."))])

    def validate_due_on(self, field: DateField) -> None:
        """Not in the past."""
        if field.data and field.data < clock.today():
            raise ValidationError(_l("Choose today or a later day."))


def action_form(case: Case, member: Member) -> ActionForm:
    """Anybody at work may be asked to put something right."""
    form = ActionForm()
    form.owner.choices = options([("", _l("Choose")), *people()])
    return form


class ReaderForm(MoveForm):
    """To whom a confidential complaint is opened."""

    member = SelectField(_l("Open it to"), [needed(_l("Choose a member of staff."))])


def reader_form(case: Case, member: Member) -> ReaderForm:
    """The members of the body that handles it."""
    form = ReaderForm()
    form.member.choices = options((str(one.id), one.name) for one in bodies.handlers(case, complaint_of(case).body))
    return form


class AreaForm(MoveForm):
    """To whose field of work an inquiry belongs."""

    area = SelectField(_l("Field or category"), [needed(_l("Choose the field or category."))])


def area_form(case: Case, member: Member) -> AreaForm:
    """The areas, each with who answers for it now."""
    form = AreaForm()
    form.area.choices = options((str(one.id), _area(one)) for one in liaison_areas.listing(active=True))
    return form


def _area(area: Any) -> str:
    name = localized(area, "name")
    officer = liaison_areas.answering(area)
    return f"{name} — {officer.name}" if officer else name


def people() -> list[tuple[str, str]]:
    """Everybody at work, as choices."""
    rows = db.session.execute(
        select(Membership.id, Membership.name).where(Membership.state == "active").order_by(Membership.name)
    )
    return [(str(id_), name) for id_, name in rows]


def chosen(field: Any) -> UUID | None:
    """The id chosen in a field, if one was."""
    return read_id(field.data)
