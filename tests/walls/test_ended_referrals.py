"""Whoever was asked about a complaint is told of it no more once the question has ended."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import notifications
from silah.cases.models import Case, Referral
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership, Role
from tenants.database import db
from tests.walls.house import House, house
from tests.walls.test_other_roads import complaint_held_by

__all__ = ["house"]


@pytest.mark.parametrize("to", ["a member", "a role"])
def test_a_question_that_has_ended_opens_no_complaint(house: House, to: str) -> None:
    _, chair = house.enter("follow_up_committee_chair")
    id_ = complaint_held_by(house, chair)
    with house.serve(house.tenant):
        case = db.session.get_one(Case, id_)
        role = db.session.scalars(select(Role).where(Role.key == "volunteer")).one()
        asked = Membership(account_id=uuid4(), name="x", email="asked@silah.test", state="active", roles=[role])
        db.session.add(asked)
        db.session.flush()
        whom: dict[str, Any] = {"to_role": "volunteer", "to_member_id": asked.id if to == "a member" else None}
        question = Referral(case_id=case.id, question="؟", **whom)
        db.session.add(question)
        db.session.flush()
        assert notifications.may_know(case, asked)
        question.ending, question.ended_at = "answered", clock.now()
        db.session.flush()
        assert not notifications.may_know(case, asked)
        notifications.member("assigned", asked, case)
        sent = select(OutboxMessage.id).where(OutboxMessage.address == "asked@silah.test")
        assert db.session.scalars(sent).all() == []
        db.session.rollback()
