"""People, files and requests of intake's tests: real associations, each from one of the five blueprints."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select
from stdnum import luhn

from silah import clock as time
from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.receipts import ReceivedCase
from silah.cases.workflow import perform
from silah.intake import attestations, drafts, request_catalogue, submitting
from silah.intake.models import RequestType, RequestTypeRevision
from silah.organisation.models import Membership, Role
from silah.web.access import Member, Permission
from tenants.context import Tenant
from tenants.database import db

MONDAY = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)

FORM: dict[str, Any] = {
    "title": {"ar": "طلب مساعدة", "en": "Aid request"},
    "criteria": [{"ar": "السكن في المدينة", "en": "Lives in the city"}],
    "steps": [
        {
            "key": "need",
            "title": {"ar": "الحاجة", "en": "The need"},
            "fields": [
                {"key": "purpose", "kind": "text", "label": {"ar": "الغرض", "en": "Purpose"}},
                {"key": "amount", "kind": "money", "label": {"ar": "المبلغ", "en": "Amount"}, "minimum": 1},
                {"key": "debts", "kind": "yes_no", "label": {"ar": "هل عليك ديون؟", "en": "Any debts?"}},
                {
                    "key": "debt_amount",
                    "kind": "money",
                    "label": {"ar": "مقدار الدين", "en": "How much"},
                    "shown_when": {"field": "debts", "is": True},
                },
                {"key": "iban", "kind": "iban", "label": {"ar": "الآيبان", "en": "IBAN"}, "required": False},
            ],
        }
    ],
    "documents": [
        {"key": "id_card", "label": {"ar": "صورة الهوية", "en": "Identity card"}, "dated": True},
        {
            "key": "debt_paper",
            "label": {"ar": "ما يثبت الدين", "en": "Proof of debt"},
            "shown_when": {"field": "debts", "is": True},
        },
    ],
}


def national_id(number: int = 1) -> str:
    """A national ID that passes its check digit."""
    body = f"1{number:08d}"
    return body + luhn.calc_check_digit(body)


def png(colour: str = "teal") -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, "PNG")
    return out.getvalue()


class Place:
    """One association under test, served for the length of a block."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self._members: dict[str, Member] = {}

    def member(self, role: str, *, branch_id: Any = None) -> Member:
        """A member of staff with this role; the same one each time."""
        if role not in self._members:
            held = db.session.scalars(select(Role).where(Role.key == role)).one()
            person = Membership(
                account_id=uuid4(),
                name=f"{role} person",
                email=f"{role}@silah.test",
                state="active",
                branch_id=branch_id,
            )
            person.roles, person.branch_id = [held], branch_id
            db.session.add(person)
            db.session.flush()
            self._members[role] = Member(
                id=person.id,
                account_id=person.account_id,
                name=person.name,
                permissions=frozenset(Permission(value) for value in held.permissions),
                role_keys=frozenset({role}),
                branch_id=branch_id,
            )
        return self._members[role]

    def membership(self, role: str) -> Membership:
        found = db.session.get(Membership, self.member(role).id)
        assert found is not None
        return found

    def revision(self) -> RequestTypeRevision:
        """The form of these tests, beside those of the blueprint."""
        known = [one for one in request_catalogue.offered() if one.type.key == "tested"]
        if known:
            return known[0]
        kind = RequestType(key="tested", position=99)
        revision = RequestTypeRevision(number=1, current=True, definition=FORM)
        revision.type = kind
        db.session.add_all([kind, revision])
        db.session.flush()
        return revision

    def draft(self, *, complete: bool = True, by: Member | None = None, number: int = 1, **person: Any) -> Any:
        draft, _secret = drafts.start(self.revision(), by=by)
        given = {
            "relation": "self",
            "name": "نورة بنت سعد",
            "national_id": national_id(number),
            "mobile": f"+96655{number:07d}",
            "email": "noura@example.com",
            "reply_channel": "email",
            "locale": "ar",
            **person,
        }
        drafts.save(draft, "person", given)
        drafts.save(draft, "fields", {"purpose": "علاج", "amount": "1500.00", "debts": False})
        if complete:
            drafts.attach(draft, "id_card", png(), "1/1/2030")
        return draft

    def submitted(self, **options: Any) -> ReceivedCase:
        return submitting.submit(self.draft(**options), by=options.get("by"), channel="website")

    def case(self, **options: Any) -> Case:
        return self.submitted(**options).case

    def complete(self, **options: Any) -> Case:
        case = self.case(**options)
        if case.state == "received":
            perform(case, "find_complete", self.member("relations_officer"))
        return case

    def under_study(self, **options: Any) -> Case:
        case = self.complete(**options)
        if attestations.is_owed(case):
            perform(
                case, "attest", None, {"method": "drawn", "signed_by": attestations.signer(case), "signature": png()}
            )
        perform(case, "send", self.member("relations_officer"))
        return case

    def decided(self, outcome: str = "accepted", **options: Any) -> Case:
        case = self.under_study(**options)
        body = case.policy_version.policy.studied_by
        if body == "management":
            perform(case, "decide", self.member("management"), {"outcome": outcome, "reasons": "أسباب"})
        else:
            perform(case, "recommend", self.member(f"{body}_member"), {"outcome": outcome, "reasons": "أسباب"})
            perform(case, "decide", self.member(f"{body}_chair"), {"outcome": outcome, "reasons": "أسباب"})
        return case

    def verbs(self, case: Case) -> list[str]:
        return [line.verb for line in reversed(timeline.entries(case, for_applicant=False))]


@pytest.fixture(scope="session")
def tenants_of_intake(make_association: Callable[..., Tenant]) -> dict[str, Tenant]:
    """One association of each blueprint, made when first asked for."""

    class Made(dict[str, Tenant]):
        def __missing__(self, name: str) -> Tenant:
            self[name] = make_association(blueprint=name)
            return self[name]

    return Made()


@pytest.fixture
def at(serve: Any, tenants_of_intake: dict[str, Tenant]) -> Any:
    """`with at("samtah-cooperative") as place:` serves the association, on a Monday; nothing is committed."""
    from contextlib import contextmanager

    @contextmanager
    def served(blueprint: str = "madinah-centers", when: datetime = MONDAY) -> Iterator[Place]:
        with serve(tenants_of_intake[blueprint]), time.at(when):
            yield Place(tenants_of_intake[blueprint])

    return served


@pytest.fixture
def madinah(at: Any) -> Iterator[Place]:
    with at("madinah-centers") as place:
        yield place


@pytest.fixture
def samtah(at: Any) -> Iterator[Place]:
    with at("samtah-cooperative") as place:
        yield place


@pytest.fixture
def tamkeen(at: Any) -> Iterator[Place]:
    with at("tamkeen-qassim") as place:
        yield place


@pytest.fixture
def make_png() -> Callable[..., bytes]:
    return png


@pytest.fixture
def form_of_tests() -> dict[str, Any]:
    return FORM
