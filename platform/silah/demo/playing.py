"""Plays one request of the demo through its life by the very services that the pages call, each act at its time."""

from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from io import BytesIO

from PIL import Image, ImageDraw
from sqlalchemy import select

from silah import clock
from silah.cases import assignment, messages, referrals
from silah.cases.models import Case
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.demo import answering, sample_texts
from silah.demo.stories import Story
from silah.intake import attestations, drafts, request_catalogue, submitting
from silah.intake.definition import PROOF_DOCUMENT, Definition
from silah.intake.guards import Facts
from silah.intake.models import Draft
from silah.intake.workflow import WORKFLOW
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.database import db
from tenants.policy import Policy

FRIDAY, SATURDAY = 4, 5
OFFICER = "relations_officer"


class Diary:
    """The time of a story: each act falls some days after the one before, in office hours, never in the future."""

    def __init__(self, age: int, number: int) -> None:
        self.end = clock.now() - timedelta(minutes=2)
        self.day = clock.today() - timedelta(days=age)
        self.last = self.end - timedelta(days=age, hours=8)
        self.minutes = 9 * 60 + (number * 37) % 300

    def later(self, days: int = 1) -> AbstractContextManager[None]:
        """The block in which the next act happens."""
        self.day += timedelta(days=days)
        while days and self.day.weekday() in (FRIDAY, SATURDAY):
            self.day += timedelta(days=1)
        return self._at(self.day)

    def on(self, day: date) -> AbstractContextManager[None]:
        """The block of an act that has to wait for a day."""
        self.day = max(self.day, day)
        return self.later(0)

    def _at(self, day: date) -> AbstractContextManager[None]:
        self.minutes += 11
        wanted = datetime.combine(day, time(), clock.RIYADH) + timedelta(minutes=self.minutes)
        self.last = min(max(wanted, self.last + timedelta(seconds=30)), self.end)
        return clock.at(self.last)


class Staff:
    """The association's members, and who of them makes a transition."""

    def __init__(self, members: dict[str, Member]) -> None:
        self.members = members
        self.officer = members[OFFICER]

    def who(self, key: str, policy: Policy) -> Member:
        """The first member, the officer before others, to whom a transition is open."""
        made, facts = WORKFLOW.get(key), Facts(State.RECEIVED, policy)
        known = (self.officer, *self.members.values())
        found = [one for one in known if made.is_permitted(one) and (not made.allowed or made.allowed(facts, one))]
        return found[0]

    def with_(self, permission: Permission) -> Member:
        """The first member with a permission, the officer before others."""
        return next(m for m in (self.officer, *self.members.values()) if m.may(permission))


def keeper(permission: Permission) -> Member:
    """The first administrator, at work or not yet, for the one thing that only administrators do."""
    administrators = select(Membership).where(Membership.roles.any(Role.key == "administrator")).limit(1)
    found = db.session.scalars(administrators).one()
    return Member(found.id, found.account_id, found.name, permissions=frozenset({permission}))


def play(story: Story, number: int, staff: Staff, policy: Policy) -> None:
    """Receive the request and take it as far as its story goes."""
    diary = Diary(story.age, number)
    case = _receive(story, number, staff, policy, diary)
    if story.written:
        _write(case, staff, diary)
    acts = _acts(story.ending)
    if "find_complete" in acts and case.state == "received":
        with diary.later():
            perform(case, "find_complete", staff.who("find_complete", policy))
    if story.ending == "referred" and referrals.roles(policy):
        with diary.later():
            role = referrals.roles(policy)[0]
            asker = staff.with_(Permission.REFER_CASES)
            referrals.refer(case, by=asker, to_role=role, question=sample_texts.QUESTION)
    if story.ending == "withdrawn":
        with diary.later():
            perform(case, "withdraw", None, {"reason": sample_texts.WITHDRAWN})
    _study(case, acts, story, staff, policy, diary)
    _after(case, acts, story, staff, policy, diary)


def _acts(ending: str) -> set[str]:
    order = ("find_complete", "send", "recommend", "decide", "release", "register", "deliver", "close")
    reach = {
        **{"received": 0, "incomplete": 0, "withdrawn": 0, "complete": 1, "referred": 1, "under_study": 2},
        **{"recommended": 3, "decided": 4, "replied": 5, "refused": 8, "registered": 6, "delivered": 7},
        **{"closed": 8, "reopened": 8},
    }
    return set(order[: reach[ending]])


IDENTITIES = (
    {"identity": "original", "identity_paper": "national_id"},
    {"identity": "spoke"},
    {"identity": "original", "identity_paper": "iqama"},
    {"identity": "none"},
)


def _receive(story: Story, number: int, staff: Staff, policy: Policy, diary: Diary) -> Case:
    offered = request_catalogue.offered()
    revision = offered[story.kind % len(offered)]
    by = None if story.channel == "website" else staff.officer
    with diary.later(0):
        draft, _secret = drafts.start(revision, by=by)
        form = drafts.definition(draft)
        _fill(draft, form, story, number, policy, by)
        case = submitting.submit(draft, by=by, channel=story.channel).case
        if policy.attestation is not None:
            signature = answering.specimen("إقرار بصحة البيانات") if by else drawn(number)
            signed_by = attestations.signer(case)
            perform(
                case,
                "attest",
                by,
                {"method": "paper" if by else "drawn", "signed_by": signed_by, "signature": signature},
            )
    with diary.later(0):
        if story.age > 1:
            to = db.session.get_one(Membership, staff.officer.id)
            assignment.assign(case, by=staff.with_(Permission.ASSIGN_CASES), to=to)
    if story.ending == "incomplete" and not policy.takes_incomplete:
        with diary.later(0):
            wanted = [("document", document.key) for document in form.documents[:1]]
            perform(case, "ask_for", staff.officer, {"items": wanted, "remark": sample_texts.REMARK})
    return case


def _fill(draft: Draft, form: Definition, story: Story, number: int, policy: Policy, by: Member | None) -> None:
    given = answering.person(policy, number, story.reply, relation=story.relation)
    if by is not None:  # who comes shows the original, who calls is spoken to, and a letter is nobody's word
        given |= IDENTITIES[number % len(IDENTITIES)]
    if story.relation != "self":
        given |= {
            "beneficiary_name": sample_texts.BENEFICIARY,
            "beneficiary_national_id": sample_texts.national_id(800 + number),
        }
    drafts.save(draft, "person", given)
    drafts.save(draft, "fields", answering.fields(form, number))
    answering.documents(draft, form, leave_out=int(story.ending == "incomplete" and policy.takes_incomplete))
    if story.relation != "self":
        answering.attach(draft, PROOF_DOCUMENT)


def _write(case: Case, staff: Staff, diary: Diary) -> None:
    with diary.later():
        messages.receive(case, sample_texts.FROM_APPLICANT)
    with diary.later(0):
        messages.write(case, by=staff.officer, body=sample_texts.MESSAGE)
        messages.note(case, by=staff.officer, body=sample_texts.NOTE)


def _study(case: Case, acts: set[str], story: Story, staff: Staff, policy: Policy, diary: Diary) -> None:
    outcome = "rejected" if story.ending == "refused" else "accepted"
    if "send" in acts:
        with diary.later():
            perform(case, "send", staff.who("send", policy))
    if "recommend" in acts and policy.studied_by_committee:
        with diary.later(3):
            perform(
                case, "recommend", staff.who("recommend", policy), {"outcome": outcome, "reasons": sample_texts.STUDIED}
            )
    if "decide" in acts:
        reasons = sample_texts.REFUSED if outcome == "rejected" else sample_texts.GRANTED
        with diary.later(2):
            perform(case, "decide", staff.who("decide", policy), {"outcome": outcome, "reasons": reasons})
    if "release" in acts:
        with diary.on(case.earliest or diary.day):
            perform(case, "release", staff.who("release", policy))


def _after(case: Case, acts: set[str], story: Story, staff: Staff, policy: Policy, diary: Diary) -> None:
    accepted = story.ending != "refused"
    if "register" in acts and accepted and policy.has_registration:
        with diary.later():
            perform(case, "register", staff.who("register", policy), {"note": sample_texts.REGISTERED})
    if "deliver" in acts and accepted and policy.has_delivery:
        with diary.later(2):
            by = staff.who("deliver", policy)
            perform(case, "deliver", by, {"what": sample_texts.DELIVERED, "on": clock.today()})
    if "close" in acts:
        if accepted and policy.has_delivery:
            with diary.later():
                perform(case, "confirm", None, {"how": "tracking"})
        with diary.later():
            perform(case, "close", staff.who("close", policy))
    if story.ending == "reopened":
        with diary.later():
            perform(case, "reopen", staff.who("reopen", policy), {"reason": sample_texts.REOPENED})


def drawn(number: int) -> bytes:
    """A squiggle for a signature, as PNG."""
    image = Image.new("RGBA", (400, 140), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    points = [(20 + 18 * n, 70 + ((n * (17 + number % 7)) % 50) - 25) for n in range(20)]
    pen.line(points, fill=(20, 40, 90, 255), width=4, joint="curve")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
