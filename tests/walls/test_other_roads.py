"""Nobody widens what they may do by another road: a hand-over, a rule, a liaison, a page to come."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from silah.cases.models import Case
from silah.complaints import receiving
from silah.complaints.models import LiaisonArea
from silah.onboarding import setup
from silah.organisation.models import PendingGrant, Role
from silah.staff import authority, members, roles
from silah.staff.errors import BeyondOnesOwn, NotToOneself, OnesOwnRole
from tenants.context import Tenant
from tenants.database import db
from tests.walls.house import House, form_of, house

__all__ = ["house"]


class TestOtherRoads:
    def test_what_a_page_would_let_through_is_refused_where_it_is_written(
        self, house: House, app: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A page to come that forgets to ask is held as well."""
        _, mine = house.enter("human_resources")
        _, other = house.enter("volunteer")
        with house.serve(house.tenant):
            account = members.get(UUID(mine)).account_id
            reader = members.at_work(account)
        monkeypatch.setattr(authority, "current_member", lambda: reader)
        with app.test_request_context(), house.serve(house.tenant):
            chair = db.session.scalars(select(Role).where(Role.key == "follow_up_committee_chair")).one()
            own = db.session.scalars(select(Role).where(Role.key == "human_resources")).one()
            for id, error in ((mine, NotToOneself), (other, BeyondOnesOwn)):
                member = members.get(UUID(id))
                member.roles = [*member.roles, chair]
                with pytest.raises(error):
                    db.session.flush()
                db.session.rollback()
            own.permissions = [*own.permissions, "answer_complaints"]
            with pytest.raises(OnesOwnRole):
                db.session.flush()
            db.session.rollback()

    def test_whoever_hands_work_over_gets_no_case_by_it_that_they_could_not_see(self, house: House) -> None:
        with house.serve(house.tenant):
            role = roles.create("موارد", "People and cases", ["manage_staff", "see_cases", "answer_inquiries"])
            key = role.key
            db.session.commit()
        browser, mine = house.enter(key)
        _, leaver = house.enter("follow_up_committee_chair")
        case = complaint_held_by(house, leaver)
        form = {"to": [mine]}
        page = browser.post(f"/admin/staff/{leaver}/hand-over", data=form).text
        shown = page.partition('name="shown"')[2].partition('value="')[2].partition('"')[0]
        browser.post(f"/admin/staff/{leaver}/hand-over", data=form | {"deed": "confirm", "shown": shown})
        with house.serve(house.tenant):
            assert str(db.session.get_one(Case, case).holder_id) != mine
        assert browser.get(f"/desk/cases/{case}").status_code == 404

    def test_nobody_chooses_their_own_body_for_complaints(self, house: House) -> None:
        admin, mine = house.enter("administrator")
        with house.serve(house.tenant):
            setup_roles(mine, "administrator", "follow_up_committee_chair")
        page = admin.get("/admin/complaints").text
        assert "above_management" in page
        form = {
            "complaint_within": 5, "inquiry_within": 3, "suggestion_within": 10, "support_within": 2,
            "first_step": 1, "second_step": 3, "objection_days": 15,
            "handlers": "management", "above_management": "follow_up_committee_chair",
        }  # fmt: skip
        assert admin.post("/admin/complaints", data=form).status_code == 422
        form["above_management"] = "board_nominee"
        assert admin.post("/admin/complaints", data=form).status_code == 302

    def test_a_liaison_officer_or_stand_in_could_answer_inquiries_before(self, house: House) -> None:
        admin, mine = house.enter("administrator")
        form = {"by": "field", "name_ar": "السكن", "name_en": "Housing", "officer": mine, "stand_in": "", "active": "y"}
        assert admin.post("/admin/liaison/new", data=form).status_code == 422
        with house.serve(house.tenant):
            assert not db.session.scalar(select(LiaisonArea.id))

    def test_the_command_line_is_not_held_to_it(self, house: House, app: Any) -> None:
        with app.app_context():
            setup.enrol(house.tenant, "cli@silah.test", "من سطر الأوامر", ["administrator", "senior_management"])
        assert house.held(house.member("cli@silah.test")) == {"administrator", "senior_management"}

    def test_a_decided_grant_is_never_removed(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        house.enter("administrator")
        admin.post("/admin/roles/new", data=form_of("answer_complaints"))
        with house.serve(house.tenant), pytest.raises(Exception, match="permission denied"):
            db.session.execute(PendingGrant.__table__.delete())


class TestAnInvitationNeverAccepted:
    def test_is_an_invitation_still_after_a_suspension_though_the_account_has_a_password(
        self, house: House, make_association: Callable[..., Tenant], staff: Any
    ) -> None:
        email, _ = staff(make_association(), "volunteer")  # works elsewhere, and has a password there
        admin, _ = house.enter("administrator")
        admin.post("/admin/staff/invite", data=house.said("volunteer", email=email))
        id = house.member(email)
        admin.post(f"/admin/staff/{id}/suspend")
        admin.post(f"/admin/staff/{id}/resume")
        with house.serve(house.tenant):
            assert members.get(UUID(id)).state == "invited"


def complaint_held_by(house: House, member: str) -> UUID:
    """A complaint that came by the website, in the hands of this member."""
    person = {
        "relation": "self",
        "name": "هيا",
        "national_id": None,
        "mobile": "+966550000077",
        "email": "h@example.com",
    }
    told = receiving.Told(
        about="service", text="تأخرت السلة", person=person | {"reply_channel": "email", "locale": "ar"}
    )
    with house.serve(house.tenant):
        case = receiving.submit(told, channel="website").case
        case.holder_id = UUID(member)
        db.session.commit()
        return case.id


def setup_roles(id: str, *keys: str) -> None:
    """Give a member these roles as the command line would."""
    member = members.get(UUID(id))
    member.roles = list(db.session.scalars(select(Role).where(Role.key.in_(keys))))
    db.session.commit()
