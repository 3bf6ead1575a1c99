"""Members, roles and branch offices as administrators change them."""

import re
import threading

import pytest
from sqlalchemy import func, select

from silah.organisation.models import BranchOffice, Membership, Role
from silah.staff import administrators, members, roles
from silah.staff.errors import LastAdministrator
from silah.web.access import PERMISSION_LABELS, Permission
from tenants.context import serving
from tenants.database import db


def only_admin(serve, tenant):
    """Suspend all administrators but the one with an account of the tests."""
    with serve(tenant):
        for member in members.listing():
            if member.email.startswith("admin-"):
                member.state = "suspended"
        db.session.commit()


@pytest.fixture
def alone(admin, serve, association, member_id):
    """The browser of the one active administrator, and their membership."""
    only_admin(serve, association)
    with serve(association):
        mine = db.session.scalars(
            select(Membership.id)
            .join(Membership.roles)
            .where(Role.key == "administrator", Membership.state == "active")
        ).one()
    return admin, mine


class TestTheLastAdministrator:
    def test_cannot_take_the_role_from_themselves(self, alone, association, role_id, serve):
        admin, mine = alone
        form = {"name": "x", "roles": [role_id(association, "volunteer")], "locale": "ar"}
        answer = admin.post(f"/admin/staff/{mine}", data=form)
        assert answer.status_code == 422
        with serve(association):
            assert [role.key for role in members.get(mine).roles] == ["administrator"]
            assert members.get(mine).name != "x"  # nothing of it was kept

    def test_cannot_be_suspended(self, alone, association, serve):
        admin, mine = alone
        assert admin.post(f"/admin/staff/{mine}/suspend").status_code == 409
        with serve(association):
            assert members.get(mine).state == "active"

    def test_cannot_strip_the_role_itself(self, alone, association, role_id, serve):
        admin, _ = alone
        id = role_id(association, "administrator")
        form = {"name_ar": "مدير", "name_en": "Admin", "permissions": ["see_cases"]}
        assert admin.post(f"/admin/roles/{id}", data=form).status_code == 422
        with serve(association):
            assert "manage_staff" in db.session.get(Role, roles.UUID(id)).permissions

    def test_another_role_that_administers_counts_as_well(self, alone, association, staff, role_id, serve):
        admin, mine = alone
        with serve(association):
            roles.create("رئيس", "Chief", ["manage_staff", "grant_roles"])
            member = members.get(mine)
            member.roles = [*member.roles, db.session.get(Role, roles.UUID(role_id(association, "volunteer")))]
            db.session.commit()
        staff(association, "chief")
        form = {"name": "x", "roles": [role_id(association, "volunteer")], "locale": "ar"}
        assert admin.post(f"/admin/staff/{mine}", data=form).status_code == 302

    def test_of_two_who_suspend_each_other_at_once_one_stays(self, app, alone, association, staff, member_id, serve):
        _, first = alone
        second = member_id(association, staff(association, "administrator")[0])
        ready, refused = threading.Barrier(2), []

        def suspend(id):
            with app.app_context(), serving(association):
                members.get(id).state = "suspended"
                ready.wait()
                try:
                    administrators.somebody_remains()
                    db.session.commit()
                except LastAdministrator as error:
                    refused.append(error)

        threads = [threading.Thread(target=suspend, args=(id,)) for id in (first, members.UUID(second))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(refused) == 1
        with serve(association):
            assert members.counts()["active"] == 1


class TestAMember:
    def test_nobody_suspends_themselves(self, admin, association, serve, staff):
        staff(association, "administrator")
        page = admin.get("/admin/staff").text
        assert page.count("/admin/staff/") >= 3
        with serve(association):
            mine = [m.id for m in members.listing("active") if m.email.startswith("administrator-")]
        answers = {admin.post(f"/admin/staff/{id}/suspend").status_code for id in mine}
        assert 409 in answers

    def test_the_list_is_sorted_by_its_headings(self, admin, association, staff):
        for role in ("volunteer", "delegate", "human_resources"):
            staff(association, role)
        orders = []
        for asked in (
            "",
            "?sort=name&order=desc",
            "?sort=roles",
            "?sort=roles&order=desc",
            "?sort=branch&state=active",
        ):
            page = admin.get(f"/admin/staff{asked}").text
            assert page.count("aria-sort=") == 1
            orders.append(re.findall(r'href="/admin/staff/([0-9a-f-]{36})"', page))
        assert sorted(orders[0]) == sorted(orders[2])
        assert orders[2] != orders[3]
        assert "state=active&amp;sort=roles" in admin.get("/admin/staff?state=active").text

    def test_changes_of_roles_hold_from_the_next_page_on(self, admin, client, association, staff, member_id, role_id):
        email, password = staff(association, "volunteer")
        browser = client(association)
        browser.post("/sign-in", data={"email": email, "password": password})
        assert browser.get("/admin/staff").status_code == 403
        form = {"name": "نوف", "roles": [role_id(association, "human_resources")], "locale": "en"}
        assert admin.post(f"/admin/staff/{member_id(association, email)}", data=form).status_code == 302
        assert browser.get("/admin/staff").status_code == 200

    def test_is_given_a_branch_office_of_the_association_only(
        self, admin, association, make_association, serve, staff, member_id, role_id
    ):
        email, _ = staff(association, "volunteer")
        with serve(make_association()):
            foreign = db.session.scalars(select(BranchOffice.id)).first()
        form = {"name": "نوف", "roles": [role_id(association, "volunteer")], "branch": str(foreign), "locale": "ar"}
        assert admin.post(f"/admin/staff/{member_id(association, email)}", data=form).status_code == 422

    def test_comes_back_with_all_roles_after_a_suspension(self, admin, client, association, staff, member_id):
        email, password = staff(association, "human_resources")
        id = member_id(association, email)
        admin.post(f"/admin/staff/{id}/suspend")
        browser = client(association)
        assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 422
        admin.post(f"/admin/staff/{id}/resume")
        assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302
        assert browser.get("/admin/staff").status_code == 200

    @pytest.mark.parametrize("page", ["", "/suspend", "/resume", "/invite-again"])
    def test_of_another_association_is_not_there(self, admin, make_association, serve, page):
        with serve(make_association()):
            foreign = db.session.scalars(select(Membership.id)).first()
        assert admin.post(f"/admin/staff/{foreign}{page}").status_code == 404

    def test_the_list_costs_the_same_however_many_there_are(self, admin, association, staff, queries):
        admin.get("/admin/staff")
        with queries() as few:
            admin.get("/admin/staff")
        for _ in range(5):
            staff(association, "volunteer")
        with queries() as many:
            admin.get("/admin/staff")
        assert len(few) == len(many)


class TestRoles:
    def test_every_permission_stands_on_the_page_once_and_says_what_it_means(self):
        grouped = [permission for _, group in roles.GROUPS for permission in group]
        assert sorted(grouped) == sorted(Permission)
        assert set(PERMISSION_LABELS) == set(Permission)

    def test_a_role_is_made_and_changed(self, admin, association, serve):
        form = {"name_ar": "منسق", "name_en": "Field Coordinator", "permissions": ["see_cases", "write_notes"]}
        assert admin.post("/admin/roles/new", data=form).status_code == 302
        assert admin.post("/admin/roles/new", data=form).status_code == 302
        with serve(association):
            made = db.session.scalars(
                select(Role).where(Role.name_en == "Field Coordinator").order_by(Role.position)
            ).all()
            assert [role.key for role in made] == ["field_coordinator", "fieldcoordinator"]
            assert made[0].permissions == ["see_cases", "write_notes"]
            id = made[0].id
        form = form | {"permissions": ["write_notes"], "name_ar": "منسق ميداني"}
        assert admin.post(f"/admin/roles/{id}", data=form).status_code == 302
        with serve(association):
            role = db.session.get(Role, id)
            assert (role.key, role.name_ar, role.permissions) == ("field_coordinator", "منسق ميداني", ["write_notes"])

    def test_a_name_in_arabic_only_gets_a_key_too(self, admin, serve, association):
        with serve(association):
            assert roles.create("منسق", "منسق", []).key == "role"

    def test_a_permission_that_does_not_exist_is_refused(self, admin, association, role_id):
        form = {"name_ar": "x", "name_en": "x", "permissions": ["rule_the_world"]}
        assert admin.post(f"/admin/roles/{role_id(association, 'volunteer')}", data=form).status_code == 422

    def test_an_unknown_permission_in_the_database_gives_nothing(self, serve, association, staff):
        email, _ = staff(association, "volunteer")
        with serve(association):
            role = db.session.scalars(select(Role).where(Role.key == "volunteer")).one()
            role.permissions = [*role.permissions, "from_a_later_release"]
            account = db.session.scalars(select(Membership.account_id).where(Membership.email == email)).one()
            db.session.flush()
            assert members.at_work(account).permissions == {Permission.SEE_CASES, Permission.RECEIVE_REQUESTS}

    def test_of_another_association_is_not_there(self, admin, make_association, role_id):
        assert admin.get(f"/admin/roles/{role_id(make_association(), 'volunteer')}").status_code == 404


class TestBranchOffices:
    FORM = {  # noqa: RUF012
        "name_ar": "مكتب قباء",
        "name_en": "Quba",
        "hours_ar": "صباحًا",
        "hours_en": "Mornings",
        "phone": "٠١٤ ٨٢٠ ٠٠٠٠",
    }

    def test_are_added_changed_retired_and_offered_again(self, admin, association, serve):
        assert admin.post("/admin/branches/new", data=self.FORM).status_code == 302

        def office():
            with serve(association):
                return db.session.scalars(select(BranchOffice).where(BranchOffice.name_en == "Quba")).one()

        made = office()
        assert made.phone == "014 820 0000"
        admin.post(f"/admin/branches/{made.id}", data=self.FORM | {"hours_ar": "مساءً"})
        assert office().hours_ar == "مساءً"
        admin.post(f"/admin/branches/{made.id}/retire")
        assert not office().active
        assert "مكتب قباء" not in admin.get("/admin/staff/invite").text
        admin.post(f"/admin/branches/{made.id}/reopen")
        assert office().active
        assert "مكتب قباء" in admin.get("/admin/staff/invite").text

    def test_say_who_works_there(self, admin, association, serve, staff):
        email, _password = staff(association, "delegate")
        with serve(association):
            office = db.session.scalars(select(BranchOffice).order_by(BranchOffice.position)).first()
            delegate = db.session.scalars(select(Membership).where(Membership.email == email)).one()
            delegate.branch_id = office.id
            place, name = f"/admin/branches/{office.id}", delegate.name
            db.session.commit()
        page = admin.get(place).text
        assert name in page
        assert "مندوب" in page

    def test_need_both_names_and_a_plausible_telephone(self, admin, association, serve):
        for wrong in ({"name_en": ""}, {"phone": "call me"}):
            assert admin.post("/admin/branches/new", data=self.FORM | wrong).status_code == 422
        with serve(association):
            assert not db.session.scalar(select(func.count()).where(BranchOffice.name_en == "Quba"))

    @pytest.mark.parametrize("page", ["", "/retire", "/reopen"])
    def test_of_another_association_are_not_there(self, admin, make_association, serve, page):
        with serve(make_association()):
            foreign = db.session.scalars(select(BranchOffice.id)).first()
        assert admin.post(f"/admin/branches/{foreign}{page}", data=self.FORM).status_code == 404

    def test_are_for_who_manages_them(self, signed_in, association):
        assert signed_in(association, "human_resources").get("/admin/branches").status_code == 403
