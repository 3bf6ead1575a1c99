"""Nobody widens what they may do, by any road: their own role, a colleague's, an invitation, a seat, a rule."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases.models import Case
from silah.complaints import receiving
from silah.complaints.models import LiaisonArea
from silah.staff import authority, grants, members, roles, setup
from silah.staff.errors import BeyondOnesOwn, NotToOneself, OnesOwnRole
from silah.staff.models import Membership, PendingGrant, Role
from tenants.context import Tenant
from tenants.database import db
from tests.conftest import Browser


class House:
    """A fresh association: browsers by role, and what its database says."""

    def __init__(self, tenant: Tenant, serve: Any, staff: Any, client: Any) -> None:
        self.tenant, self.serve, self.staff, self.client = tenant, serve, staff, client

    def enter(self, role: str) -> tuple[Browser, str]:
        """A browser of a fresh member with this role, and their id."""
        email, password = self.staff(self.tenant, role)
        browser = self.client(self.tenant)
        assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302
        return browser, self.member(email)

    def member(self, email: str) -> str:
        with self.serve(self.tenant):
            return str(db.session.scalars(select(Membership.id).where(Membership.email == email)).one())

    def role(self, key: str) -> str:
        with self.serve(self.tenant):
            return str(db.session.scalars(select(Role.id).where(Role.key == key)).one())

    def held(self, id: str) -> set[str]:
        with self.serve(self.tenant):
            return {role.key for role in members.get(UUID(id)).roles}

    def may(self, key: str) -> set[str]:
        with self.serve(self.tenant):
            return set(db.session.scalars(select(Role.permissions).where(Role.key == key)).one())

    def pending(self) -> list[str]:
        with self.serve(self.tenant):
            return [str(one.id) for one in grants.listing()]

    def said(self, *keys: str, **more: Any) -> dict[str, Any]:
        return {"name": "x", "roles": [self.role(key) for key in keys], "locale": "ar", **more}


@pytest.fixture
def house(association: Tenant, serve: Any, staff: Any, client: Any) -> House:
    return House(association, serve, staff, client)


def form_of(*permissions: str) -> dict[str, Any]:
    return {"name_ar": "دور", "name_en": "Some role", "permissions": list(permissions)}


class TestHumanResources:
    """May manage the staff, and no more: what they tried and did."""

    def test_do_not_edit_the_role_that_they_hold(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        id, before = house.role("human_resources"), house.may("human_resources")
        form = form_of("manage_staff", "follow_acknowledgements", "answer_complaints")
        assert browser.post(f"/admin/roles/{id}", data=form).status_code == 422
        assert house.may("human_resources") == before

    def test_do_not_give_themselves_a_role(self, house: House) -> None:
        browser, mine = house.enter("human_resources")
        form = house.said("human_resources", "follow_up_committee_chair")
        assert browser.post(f"/admin/staff/{mine}", data=form).status_code == 422
        assert house.held(mine) == {"human_resources"}

    @pytest.mark.parametrize("key", ["relations_officer", "administrator", "volunteer", "follow_up_committee_member"])
    def test_do_not_give_others_more_than_they_hold(self, house: House, key: str) -> None:
        browser, _ = house.enter("human_resources")
        _, other = house.enter("human_resources")
        answer = browser.post(f"/admin/staff/{other}", data=house.said("human_resources", key))
        assert answer.status_code == 422
        assert house.held(other) == {"human_resources"}

    def test_invite_nobody_with_more_than_they_hold_themselves_under_a_second_address_neither(
        self, house: House
    ) -> None:
        browser, _ = house.enter("human_resources")
        form = house.said("follow_up_committee_chair", email="second@silah.test")
        assert browser.post("/admin/staff/invite", data=form).status_code == 422
        with house.serve(house.tenant):
            assert not db.session.scalar(select(Membership.id).where(Membership.email == "second@silah.test"))

    def test_make_no_role_with_a_permission_that_they_lack(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        answer = browser.post("/admin/roles/new", data=form_of("manage_staff", "answer_complaints"))
        assert answer.status_code == 422
        with house.serve(house.tenant):
            assert not db.session.scalar(select(Role.id).where(Role.name_en == "Some role"))

    def test_add_nothing_to_a_role_of_others(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        for key, form in (("volunteer", form_of("see_cases", "answer_complaints")), ("delegate", form_of())):
            before = house.may(key)
            assert browser.post(f"/admin/roles/{house.role(key)}", data=form).status_code == 422
            assert house.may(key) == before

    def test_make_no_role_for_a_seat_of_a_committee_by_its_name_or_by_choice(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        for name in ("Follow-up committee chair", "Management trainee", "Administrator"):
            assert browser.post("/admin/roles/new", data=form_of() | {"name_en": name}).status_code == 302
            with house.serve(house.tenant):
                made = db.session.scalars(select(Role).order_by(Role.position.desc())).first()
                assert made is not None
                assert made.name_en == name
                for body in ("follow_up_committee", "management", "administrator"):
                    assert made.key != body
                    assert not made.key.startswith(f"{body}_")

    def test_seat_nobody_on_a_committee(self, house: House) -> None:
        browser, mine = house.enter("human_resources")
        _, other = house.enter("volunteer")
        for id in (mine, other):
            form = {"member": id, "position": "chair", "since": clock.today().isoformat()}
            assert browser.post("/admin/committees/research_committee", data=form).status_code == 422

    def test_do_not_touch_an_administrators_access(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        _, chief = house.enter("administrator")
        house.enter("administrator")
        for deed in ("suspend", "resume", "reset-code"):
            assert browser.post(f"/admin/staff/{chief}/{deed}").status_code == 409
        assert browser.post(f"/admin/staff/{chief}", data=house.said()).status_code == 302
        assert house.held(chief) == {"administrator"}

    def test_go_on_with_their_work_a_colleagues_data_without_their_roles(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        _, other = house.enter("relations_officer")
        page = browser.get(f"/admin/staff/{other}").text
        assert "disabled" in page
        assert browser.post(f"/admin/staff/{other}", data=house.said() | {"name": "نورة"}).status_code == 302
        assert house.held(other) == {"relations_officer"}
        assert browser.post(f"/admin/staff/{other}/suspend").status_code == 302

    def test_take_no_change_of_the_blueprints_roles(self, house: House) -> None:
        browser, _ = house.enter("human_resources")
        assert browser.get("/admin/policy/blueprint/house").status_code == 403


class TestAnAdministrator:
    def test_alone_sets_the_house_up_at_once(self, house: House) -> None:
        admin, mine = house.enter("administrator")
        _, other = house.enter("volunteer")
        form = house.said("relations_officer", "follow_up_committee_chair")
        assert admin.post(f"/admin/staff/{other}", data=form).status_code == 302
        assert house.held(other) == {"relations_officer", "follow_up_committee_chair"}
        form = house.said("senior_management", email="director@silah.test")
        assert admin.post("/admin/staff/invite", data=form).status_code == 302
        assert house.held(house.member("director@silah.test")) == {"senior_management"}
        assert house.pending() == []
        assert house.held(mine) == {"administrator"}

    def test_alone_gives_themselves_nothing_all_the_same(self, house: House) -> None:
        admin, mine = house.enter("administrator")
        form = house.said("administrator", "follow_up_committee_chair")
        assert admin.post(f"/admin/staff/{mine}", data=form).status_code == 422
        form = form_of("manage_staff", "grant_roles", "answer_complaints")
        assert admin.post(f"/admin/roles/{house.role('administrator')}", data=form).status_code == 422
        assert "answer_complaints" not in house.may("administrator")
        seat = {"member": mine, "position": "chair", "since": clock.today().isoformat()}
        assert admin.post("/admin/committees/research_committee", data=seat).status_code == 422

    def test_with_a_second_one_waits_for_what_is_sensitive_and_not_for_the_rest(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        house.enter("administrator")
        _, other = house.enter("volunteer")
        page = admin.post(
            f"/admin/staff/{other}",
            data=house.said("delegate", "follow_up_committee_chair"),
            follow_redirects=True,
        )
        assert page.status_code == 200
        assert house.held(other) == {"delegate"}
        assert len(house.pending()) == 1

    def test_does_not_confirm_what_they_asked_for(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        house.enter("administrator")
        _, other = house.enter("volunteer")
        admin.post(f"/admin/staff/{other}", data=house.said("follow_up_committee_chair"))
        (grant,) = house.pending()
        assert admin.post(f"/admin/grants/{grant}/confirm").status_code == 409
        assert house.pending() == [grant]
        assert house.held(other) == set()

    def test_confirms_what_the_other_asked_for_once_and_it_is_on_record(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, _ = house.enter("administrator")
        _, other = house.enter("volunteer")
        admin.post(f"/admin/staff/{other}", data=house.said("volunteer", "follow_up_committee_chair"))
        (grant,) = house.pending()
        assert f"/admin/grants/{grant}/confirm" in second.get("/admin/grants?lang=en").text
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert house.held(other) == {"volunteer", "follow_up_committee_chair"}
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 409
        told = second.get("/admin/changes?lang=en").text
        assert "Confirmed by a second administrator" in told
        assert "waits for a second administrator" in told

    def test_refuses_it_and_nothing_changes(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, _ = house.enter("administrator")
        form = form_of("see_cases", "see_sensitive_fields")
        assert admin.post(f"/admin/roles/{house.role('volunteer')}", data=form).status_code == 302
        assert house.may("volunteer") == {"see_cases"}
        (grant,) = house.pending()
        assert second.post(f"/admin/grants/{grant}/refuse").status_code == 302
        assert house.may("volunteer") == {"see_cases"}
        assert house.pending() == []

    def test_confirms_more_for_a_role_and_its_holders_have_it(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, _ = house.enter("administrator")
        admin.post("/admin/roles/new", data=form_of("see_cases", "answer_complaints"))
        assert house.may("some_role") == {"see_cases"}
        (grant,) = house.pending()
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert house.may("some_role") == {"see_cases", "answer_complaints"}

    def test_is_not_confirmed_by_whom_it_is_given_to(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, id = house.enter("administrator")
        third, _ = house.enter("administrator")
        admin.post(f"/admin/staff/{id}", data=house.said("administrator", "follow_up_committee_chair"))
        (grant,) = house.pending()
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 409
        assert house.held(id) == {"administrator"}
        assert third.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert house.held(id) == {"administrator", "follow_up_committee_chair"}

    def test_human_resources_neither_confirm_nor_refuse(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        house.enter("administrator")
        people, _ = house.enter("human_resources")
        admin.post("/admin/roles/new", data=form_of("answer_complaints"))
        (grant,) = house.pending()
        assert people.post(f"/admin/grants/{grant}/confirm").status_code == 403
        assert people.post(f"/admin/grants/{grant}/refuse").status_code == 403
        assert house.pending() == [grant]

    def test_an_invitation_brings_the_sensitive_role_once_it_is_confirmed(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, _ = house.enter("administrator")
        form = house.said("volunteer", "administrator", email="third@silah.test")
        assert admin.post("/admin/staff/invite", data=form).status_code == 302
        third = house.member("third@silah.test")
        assert house.held(third) == {"volunteer"}
        second.post(f"/admin/grants/{house.pending()[0]}/confirm")
        assert house.held(third) == {"volunteer", "administrator"}


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
