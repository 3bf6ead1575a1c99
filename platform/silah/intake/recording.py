"""A request that staff write on behalf of somebody: its forms, what it lacks, and its sending."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from silah import clock
from silah.cases.models import Case
from silah.cases.person import PersonForm, needed_for, person_form
from silah.cases.receipts import ReceivedCase
from silah.desk.recording_forms import LABELS, RELATIONS, CameOnForm
from silah.errors import Invalid
from silah.intake import attestations, drafts, duplicates, submitting
from silah.intake.completeness import WHY_WORDS
from silah.intake.models import Draft
from silah.intake.single_page_form import Whole, whole
from silah.language.localization import locale
from silah.organisation.models import BranchOffice
from silah.web.access import Member
from tenants import versions
from tenants.database import db
from tenants.policy import Policy


@dataclass
class Recording:
    """The page of a draft: by what channel it came, who the person is, and the form."""

    policy: Policy
    channel: str
    came: CameOnForm
    person: PersonForm
    whole: Whole

    @property
    def channels(self) -> list[tuple[str, str]]:
        """The channels by which requests come, except those where nobody of the staff takes part."""
        return [(one.key, one.name.for_locale(locale())) for one in self.policy.inbound_channels]

    @property
    def by_address(self) -> str:
        """When an address for the reply is asked for: the means that go to one."""
        keys = [one.key for one in self.policy.outbound_channels if needed_for(one) == "reply_address"]
        return f"reply_channel={'|'.join(keys)}"

    @property
    def all_forms(self) -> list[Any]:
        """Every form of the page, for telling what must be mended."""
        return [self.came, self.person, *self.whole.steps, *(paper.form for paper in self.whole.papers)]

    def keep(self, draft: Draft) -> bool:
        """Keep what was filled in as far as it can be taken; False where something must be mended."""
        fine = all([self.came.validate(), self.person.validate(), self.whole.validate()])
        drafts.save(draft, "person", self.person.answers())
        drafts.save(draft, "fields", self.whole.answers())
        if not fine:
            return False
        for paper in self.whole.papers:
            if paper.chosen and not attached(draft, paper):
                fine = False
        return fine


def attached(draft: Draft, paper: Any) -> bool:
    """Keep one file; False where it is refused, with the reason at its field."""
    try:
        drafts.attach(draft, paper.document.key, paper.form.file.data, paper.form.until)
    except Invalid as refused:
        paper.form.file.errors = [str(refused.message)]
        return False
    return True


def policy() -> Policy:
    """The policy under which a request of today is received."""
    return versions.in_force(clock.today()).policy


def forms_of(draft: Draft, channel: str, by: Member, came: Any = None) -> Recording:
    """The forms of a draft, filled with what is kept or with what was sent; one's own branch comes first."""
    current, kept = policy(), drafts.answers(draft)
    known = kept["person"] or {"branch": str(by.branch_id or "")}
    offices = db.session.scalars(select(BranchOffice).where(BranchOffice.active).order_by(BranchOffice.position)).all()
    person = person_form(current, locale(), known, branches=offices, strict=False, at_desk=True)
    person.relation.choices = RELATIONS
    for name, label in LABELS.items():
        if name in person:
            person[name].label.text = label
    names = {key: str(entry["name"]) for key, entry in draft.files.items()}
    inbound = {one.key for one in current.inbound_channels}
    form = whole(drafts.definition(draft), kept["fields"], names, proof=True)
    day = CameOnForm(came if came and "came_on" in came else None)
    return Recording(current, channel if channel in inbound else "", day, person, form)


def alike(draft: Draft) -> list[Case]:
    """Requests of the same person and type that came before."""
    return duplicates.alike(draft)


def send(draft: Draft, forms: Recording, by: Member) -> ReceivedCase:
    """Receive the request; raises what ``intake.service.submit`` raises."""
    return submitting.submit(draft, by=by, channel=forms.channel, came_on=forms.came.came_on.data)


def attestation_owed(case: Case) -> bool:
    """Whether somebody still has to sign that the data are true."""
    return attestations.is_owed(case)


def missing_words(draft: Draft, language: str) -> list[tuple[str, str]]:
    """What the draft lacks and why, for the list that the visitor takes along."""
    return [(one.label.for_locale(language), str(WHY_WORDS[one.why])) for one in drafts.lacking(draft)]


def line(draft: Draft) -> dict[str, Any]:
    """A draft in a list: who, what, until when it is kept, and how much it lacks."""
    until: date = clock.day_of(draft.expires_at)
    return {
        "draft": draft,
        "name": drafts.answers(draft)["person"].get("name", ""),
        "title": drafts.definition(draft).title.for_locale(locale()),
        "until": until,
        "lacking": len(drafts.lacking(draft)),
    }
