"""Handing over somebody's open work: who gets what, seen before it is done, and done once; and departments."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.cases import timeline
from silah.cases.models import Case, Referral
from silah.desk import work_handover
from silah.intake import drafts, request_catalogue
from silah.intake.models import Draft
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Department, Membership
from silah.staff import members
from tenants.database import db
from tests.cases.conftest import bare_case


@pytest.fixture
def leaving(association, staff, member_id):
    """Somebody with five cases, a question, and a draft."""
    return UUID(member_id(association, staff(association, "relations_officer")[0]))


@pytest.fixture
def others(association, staff, member_id):
    """Two colleagues: an officer, and one who answers for social research."""
    roles = ("relations_officer", "social_research_officer")
    return [UUID(member_id(association, staff(association, role)[0])) for role in roles]


@pytest.fixture
def open_work(serve, association, leaving):
    with serve(association):
        for _ in range(5):
            bare_case(holder_id=leaving)
        asked = bare_case()
        question = {"to_role": "social_research_officer", "question": "?", "to_member_id": leaving}
        db.session.add(Referral(case_id=asked.id, asked_at=time.now(), **question))
        draft, _secret = drafts.start(request_catalogue.offered()[0])
        draft.member_id = leaving
        db.session.commit()


def shares(serve, association, others):
    with serve(association):
        count = {one: [] for one in others}
        for case in db.session.scalars(select(Case).where(Case.holder_id.in_(others))):
            count[case.holder_id].append(case)
        return [len(count[one]) for one in others]


class TestHandingOver:
    def walk(self, admin, leaving, others):
        """The page of the shares, and what its form sends."""
        path = f"/admin/staff/{leaving}/hand-over"
        page = admin.post(path, data={"to": [str(one) for one in others], "deed": "show"})
        shown = re.search(r'name="shown" value="(\w+)"', page.text)
        return path, page, {"to": [str(one) for one in others], "deed": "confirm", "shown": shown and shown[1]}

    def test_is_shown_before_it_is_done(self, admin, association, leaving, others, open_work, serve):
        _, page, _ = self.walk(admin, leaving, others)
        assert page.status_code == 200
        assert shares(serve, association, others) == [0, 0]

    def test_deals_the_cases_out_in_turn(self, admin, association, leaving, others, open_work, serve):
        path, _, sent = self.walk(admin, leaving, others)
        assert admin.post(path, data=sent).location == f"/admin/staff/{leaving}"
        assert sorted(shares(serve, association, others)) == [2, 3]
        with serve(association):
            assert not work_handover.open_work(members.get(leaving))
            question = db.session.scalars(select(Referral)).one()
            assert question.to_member_id == others[1]  # who has the role that was asked
            assert db.session.scalars(select(Draft)).one().member_id == others[0]  # who records requests
            for case in db.session.scalars(select(Case)):
                assert timeline.verify(case) == []

    def test_each_colleague_gets_one_letter(self, admin, association, leaving, others, open_work, serve):
        path, _, sent = self.walk(admin, leaving, others)
        admin.post(path, data=sent)
        with serve(association):
            letters = select(OutboxMessage).where(OutboxMessage.template == "handed_over")
            assert len(db.session.scalars(letters).all()) == 2

    def test_stops_where_the_work_changed_since_it_was_shown(
        self, admin, association, leaving, others, open_work, serve
    ):
        path, _, sent = self.walk(admin, leaving, others)
        with serve(association):
            bare_case(holder_id=leaving)
            db.session.commit()
        assert admin.post(path, data=sent).status_code == 422
        assert shares(serve, association, others) == [0, 0]

    def test_a_question_goes_to_the_role_where_nobody_chosen_has_it(
        self, admin, association, leaving, others, open_work, serve
    ):
        path, _, sent = self.walk(admin, leaving, others[:1])
        admin.post(path, data=sent)
        with serve(association):
            assert db.session.scalars(select(Referral)).one().to_member_id is None

    def test_goes_to_nobody_who_has_left_nor_to_oneself(self, admin, association, leaving, others, open_work, serve):
        path = f"/admin/staff/{leaving}/hand-over"
        with serve(association):
            members.get(others[0]).state = "suspended"
            db.session.commit()
        for one in (others[0], leaving):
            assert admin.post(path, data={"to": [str(one)], "deed": "show"}).status_code == 422
        assert admin.post(path, data={"deed": "show"}).status_code == 422

    def test_is_offered_on_suspending(self, admin, association, leaving, open_work):
        assert admin.post(f"/admin/staff/{leaving}/suspend").location == f"/admin/staff/{leaving}/hand-over"
        assert admin.get(f"/admin/staff/{leaving}/hand-over").status_code == 200

    def test_there_is_nothing_to_hand_over_for_who_has_nothing(self, admin, others):
        assert admin.get(f"/admin/staff/{others[0]}/hand-over").status_code == 200
        assert admin.post(f"/admin/staff/{others[0]}/suspend").location == f"/admin/staff/{others[0]}"


class TestDepartments:
    SAID = {"name_ar": "البحث", "name_en": "Research", "email": "research@silah.test"}  # noqa: RUF012 - a constant

    def one(self, serve, association):
        with serve(association):
            return db.session.scalars(select(Department)).one()

    def test_is_added_with_members_and_changed(self, admin, association, others, serve):
        sent = {**self.SAID, "members": [str(others[0])]}
        assert admin.post("/admin/departments/new", data=sent).status_code == 302
        made = self.one(serve, association)
        assert made.email == "research@silah.test"
        assert admin.get("/admin/departments").status_code == 200
        assert admin.get(f"/admin/departments/{made.id}").status_code == 200
        admin.post(f"/admin/departments/{made.id}", data={**self.SAID, "members": [str(others[1])]})
        with serve(association):
            here = select(Membership.id).where(Membership.department_id == made.id)
            assert db.session.scalars(here).all() == [others[1]]

    def test_is_closed_and_used_again(self, admin, association, others, serve):
        admin.post("/admin/departments/new", data={**self.SAID, "members": [str(others[0])]})
        made = self.one(serve, association)
        admin.post(f"/admin/departments/{made.id}/close")
        with serve(association):
            assert members.get(others[0]).department_id is None
        assert not self.one(serve, association).active
        admin.post(f"/admin/departments/{made.id}/reopen")
        assert self.one(serve, association).active

    def test_a_member_is_put_into_one(self, admin, association, others, role_id, serve):
        admin.post("/admin/departments/new", data=self.SAID)
        made = self.one(serve, association)
        said = {"name": "x", "roles": [role_id(association, "volunteer")], "locale": "ar"}
        more = {"department": str(made.id), "engagement": "volunteers", "exempt": "y"}
        assert admin.post(f"/admin/staff/{others[0]}", data={**said, **more}).status_code == 302
        with serve(association):
            found = members.get(others[0])
            assert (found.department_id, found.engagement, found.exempt) == (made.id, "volunteers", True)
