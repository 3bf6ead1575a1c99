"""What an association does beside its text to become another one: roles by their pages, its chain, and a request."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import select

from silah.cases.models import Case
from silah.intake import request_catalogue
from tenants import blueprints
from tenants.blueprints import Blueprint
from tenants.database import db
from tenants.policy import Policy
from tests.portal.applicant import SIGNATURE, Applicant

from .test_approval import act

APPROVER, EDITOR, OFFICER = "secretary_general", "administrator", "relations_officer"


def give_roles(place: Any, plan: Blueprint, policy: Policy) -> None:
    """Make each role that the other association has and this one has not, and give the others what they may do."""
    page = place.desk().get("/admin/roles?lang=en").text
    listed = re.findall(r'/admin/roles/([0-9a-f-]{36})"[^>]*>\s*(?:<bdi>)?([^<]+)', page)
    known = {name: id_ for id_, name in listed}
    for role in plan.roles:
        if role.key == EDITOR:
            continue  # Nobody edits a role that they hold.
        name = role.name.en
        sent = {"name_ar": role.name.ar, "name_en": name, "permissions": [str(one) for one in role.permissions]}
        if name not in known and any(role.key.startswith(f"{one.key}_") for one in plan.policy.committees):
            sent["seat"] = seat_of(role.key, plan.policy, policy)
            assert f'value="{sent["seat"]}"' in place.desk().get("/admin/roles/new").text
        where = f"/admin/roles/{known[name]}" if name in known else "/admin/roles/new"
        answer = place.desk().post(where, data=sent)
        assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.text)[-1500:]


def seat_of(role: str, theirs: Policy, mine: Policy) -> str:
    """The key of a committee's role here: committees stand in the same order, and may be called by other keys."""
    pairs = zip(theirs.committees, mine.committees, strict=True)
    there, here = next((one.key, other.key) for one, other in pairs if role.startswith(f"{one.key}_"))
    return here + role.removeprefix(there)


def approve(place: Any, draft: UUID, policy: Policy) -> None:
    """Take the draft through the association's own chain, and let it be in force from today."""
    for name in policy.control.chain:
        by = EDITOR if name in ("prepared", "reviewed") else APPROVER
        extra = {"number": "6"} if name == "board" else {}
        answer = act(place, draft, name, by=by, **extra)
        assert answer.status_code == 302, (name, re.sub(r"<[^>]+>", " ", answer.text)[:3000])
    answer = place.desk(APPROVER).post(f"/admin/policy/{draft}/in-force", data={"on": "2026-09-07"})
    assert answer.status_code == 302, answer.text
    assert place.state(draft) == "in_force"


class Visitor(Applicant):
    """Somebody at the portal of the association, whatever its channels are called."""

    means = "email"

    def _after_contact(self) -> str:
        contact = {"mobile": "0501234567", "email": "noura@example.org", "reply_channel": self.means, "locale": "ar"}
        answer = self.expect(self.post(f"{self.draft}/contact", **contact, reply_address="ص.ب 1"))
        return str(answer.headers["Location"])


def visitor(place: Any, client: Any, policy: Policy) -> Visitor:
    """A fresh browser at the portal."""
    with place.serve():
        forms = {one.type.key: request_catalogue.definition(one) for one in request_catalogue.offered()}
    made = Visitor(client(place.tenant), forms)
    made.means = policy.outbound_channels[0].key
    return made


def requested(person: Visitor, policy: Policy, *, documents: bool = True, signed: bool = True) -> Any:
    """Write a request and send it; signed only where the policy asks for that."""
    person.start()
    person.who(means=person.means)
    person.fill(documents=documents)
    signing = {"method": "drawn", "signed_by": "نورة بنت سالم", "signature": SIGNATURE}
    return person.send(**(signing if policy.attestation and signed else {}))


def newest(place: Any) -> Case:
    """The request that came last, read within the association."""
    found = db.session.scalars(select(Case).where(Case.kind == "request").order_by(Case.reference.desc())).first()
    assert found is not None
    return found


def move(place: Any, role: str, case_id: UUID, key: str, **sent: Any) -> int:
    """Open a move at the desk, and make it if it is offered; gives the status."""
    page = place.desk(role).get(f"/desk/cases/{case_id}/moves/{key}")
    if page.status_code != 200:
        return int(page.status_code)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen
    data = {"seen": seen[1], **sent}
    return int(place.desk(role).post(f"/desk/cases/{case_id}/moves/{key}", data=data).status_code)


def plan_of(name: str) -> Blueprint:
    """The other association."""
    return blueprints.load(name)
