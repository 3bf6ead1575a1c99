"""Nobody widens what they may do through roles and invitations; what is sensitive is granted by two."""

import pytest
from sqlalchemy import select

from silah import clock
from silah.organisation.models import Membership, Role
from tenants.database import db
from tests.walls.house import House, form_of, house

__all__ = ["house"]


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
