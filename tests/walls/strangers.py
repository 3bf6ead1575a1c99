"""What a stranger does with somebody else's national ID and reference, on every road; and the woman whose they are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from silah import clock
from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases.models import Case, CaseDocument, CaseMessage, TimelineEntry
from silah.cases.party_models import CaseParty
from silah.cases.workflow import perform
from silah.complaints import inquiries
from silah.documents.sealing import fingerprint
from silah.intake import drafts, request_catalogue, submitting
from silah.organisation.models import Membership, Role
from silah.settlements import claims
from silah.settlements.models import DISPUTE
from silah.web.access import Member, Permission
from tenants import versions
from tenants.context import Tenant, serving
from tenants.database import db
from tests.complaints.test_portal import sent
from tests.portal.applicant import Applicant, answer, national_id

HER = {
    "relation": "self",
    "name": "جواهر بنت ناصر القحطاني",
    "mobile": "+966541112233",
    "email": "jawaher.private@example.com",
    "member_number": "77415509",
    "locale": "ar",
}
HERS = ("جواهر", "القحطاني", "541112233", "jawaher.private", "77415509", "شكواها السرية", "LETTERBOX 77")
HIS = {
    "relation": "self",
    "name": "سليمان الغريب",
    "mobile": "0509998877",
    "email": "stranger@evil.example",
    "reply_channel": "email",
    "branch": "",
    "locale": "ar",
}
OF_HIM = ("سليمان", "الغريب", "509998877", "stranger@evil", "noura@example.org", "501234567")


class Town:
    """The association, with the woman's file and cases in it."""

    def __init__(self, app: Flask, tenant: Tenant, client: Any) -> None:
        self.app, self.tenant, self.client = app, tenant, client
        with app.app_context(), serving(tenant):
            self.officer, self.chair = self._member("delegate"), self._member("follow_up_committee_chair")
            self.number = national_id()
            visit = {**HER, "national_id": self.number, "reply_channel": "email", "identity": "original"}
            inquiries.ask(
                "inquiry", "متى الموعد؟", visit, by=self.officer, channel=self.channel("office_visit", "phone")
            )
            db.session.commit()
        complaint = {"about": "service", "text": "شكواها السرية", "how": "named", **HER, "branch": ""}
        complaint |= {"national_id": self.number, "reply_channel": self.by_letter, "reply_address": "LETTERBOX 77"}
        self.reference, self.code = sent(client(tenant), "/complaints/new", complaint)
        self.before = self.state()

    def _member(self, key: str) -> Member:
        role = db.session.scalars(select(Role).where(Role.key == key)).one()
        made = Membership(account_id=uuid4(), name=key, email=f"{key}@silah.test", state="active")
        made.roles = [role]
        db.session.add(made)
        db.session.flush()
        held = frozenset(Permission(one) for one in role.permissions)
        return Member(made.id, made.account_id, key, None, held, frozenset({key}), None)

    @property
    def policy(self) -> Any:
        return versions.in_force(clock.today()).policy

    def channel(self, *kinds: str) -> str:
        every = [one for one in self.policy.inbound_channels if not one.retired]
        found = [one.key for kind in kinds for one in every if kind in (one.kind, one.key)]
        return str((found or [every[-1].key])[0])

    @property
    def by_letter(self) -> str:
        with self.app.app_context(), serving(self.tenant):
            return str(next(one.key for one in self.policy.outbound_channels if one.sends is None))

    def ids(self, *references: str) -> list[UUID]:
        return list(db.session.scalars(select(Case.id).where(Case.reference.in_(references))))

    def state(self) -> dict[str, str]:
        """Everything of hers, row by row; but for the codes that are sent to her at anybody's asking."""
        with self.app.app_context(), serving(self.tenant):
            same = Beneficiary.national_id_hash == fingerprint(self.number, "national_id")
            self.file = db.session.scalars(select(Beneficiary.id).where(same)).one()
            mine = [*self.ids(self.reference), *(case.id for case in files.cases_of(files.get(self.file)))]
            said = TimelineEntry.verb != "code_sent"
            found = {
                Beneficiary: rows(Beneficiary, Beneficiary.id == self.file),
                Case: rows(Case, Case.id.in_(mine), but=("version", "head_seq", "head_hash")),
                CaseParty: rows(CaseParty, CaseParty.case_id.in_(mine)),
                TimelineEntry: rows(TimelineEntry, TimelineEntry.case_id.in_(mine), said),
                CaseMessage: rows(CaseMessage, CaseMessage.case_id.in_(mine)),
                CaseDocument: rows(CaseDocument, CaseDocument.case_id.in_(mine)),
            }
            return {model.__name__: repr(one) for model, one in found.items()}


def rows(model: Any, *conditions: Any, but: tuple[str, ...] = ()) -> list[list[Any]]:
    """The rows as they are kept, in one order."""
    columns = [one for one in model.__table__.columns if one.name not in but]
    found = db.session.execute(select(*columns).where(*conditions).order_by(*model.__table__.primary_key))
    return [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in found]


# The roads: what a stranger does with a number, in his own browser; gives the reference of his case and its code.


def request(town: Town, browser: Any, number: str) -> tuple[str, str]:
    with town.app.app_context(), serving(town.tenant):
        forms = {one.type.key: request_catalogue.definition(one) for one in request_catalogue.offered()}
    return Applicant(browser, forms).apply(name=HIS["name"], national_id=number)


def complaint(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"about": "service", "text": "شكوى", "how": "named", "reference": town.reference}
    found: tuple[str, str] = sent(browser, "/complaints/new", {**told, **HIS, "national_id": number})
    return found


def asked(kind: str) -> Callable[[Town, Any, str], tuple[str, str]]:
    def road(town: Town, browser: Any, number: str) -> tuple[str, str]:
        told = {"kind": kind, "text": f"بخصوص {town.reference}", **HIS, "national_id": number}
        found: tuple[str, str] = sent(browser, "/inquiries/new", told)
        return found

    return road


def claim(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"text": f"ضرر {town.reference}", "claimed": "100", **HIS, "national_id": number}
    found: tuple[str, str] = sent(browser, "/compensation/new", told)
    return found


def on_behalf(town: Town, browser: Any, number: str) -> tuple[str, str]:
    told = {"kind": "inquiry", "text": "نيابة", **HIS, "national_id": national_id(), "relation": "agent"}
    told |= {"beneficiary_name": "من أنوب عنه", "beneficiary_national_id": number}
    found: tuple[str, str] = sent(browser, "/inquiries/new", told)
    return found


def dispute(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """Out of a complaint of his, once it was answered."""
    reference, code = complaint(town, browser, number)
    with town.app.app_context(), serving(town.tenant):
        case = db.session.scalars(select(Case).where(Case.reference == reference)).one()
        perform(case, "classify", town.chair, {"topic": "delay", "severity": "medium"})
        perform(case, "find", town.chair, {"finding": "upheld", "findings": "ثبت", "answer": "نعتذر"})
        perform(case, "answer", town.chair)
        made = claims.out_of(case, DISPUTE, claims.Told("لم يُنفذ", "تنفيذه"))
        db.session.commit()
        return made.reference, code


def later(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """He calls without a number, is recorded, and types one on the tracking page."""
    with town.app.app_context(), serving(town.tenant):
        revision = request_catalogue.offered()[0]
        draft, _secret = drafts.start(revision, by=town.officer)
        person = {**HIS, "mobile": "+966509998877", "national_id": None, "identity": "none"}
        drafts.save(draft, "person", person)
        drafts.save(draft, "fields", {one.key: answer(one) for one in drafts.definition(draft).fields})
        made = submitting.submit(draft, by=town.officer, channel=town.channel("phone"))
        db.session.commit()
        reference, code, id_ = made.case.reference, made.receipt_code, made.case.id
    browser.post("/follow", data={"reference": reference, "code": code})
    answered = browser.post(f"/follow/{id_}/answers/person", data={"applicant_national_id": number})
    assert answered.status_code == 302, answered.text
    return reference, code


def letter(town: Town, browser: Any, number: str) -> tuple[str, str]:
    """He writes a letter, which staff record as what it is: nobody has seen who wrote it."""
    with town.app.app_context(), serving(town.tenant):
        person = {**HIS, "mobile": "+966509998877", "national_id": number, "identity": "none"}
        made = inquiries.ask("inquiry", "رسالة", person, by=town.officer, channel=town.channel("letters", "mail"))
        db.session.commit()
        return made.case.reference, made.receipt_code


ROADS = {
    "request": request, "complaint": complaint, "inquiry": asked("inquiry"), "suggestion": asked("suggestion"),
    "support": asked("support"), "claim": claim, "on behalf": on_behalf, "dispute": dispute, "later": later,
    "letter": letter,
}  # fmt: skip
