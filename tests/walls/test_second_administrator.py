"""What takes two stays so: one administrator does not remove the other first, and nobody confirms their own gain."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from silah import clock as time
from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership
from silah.staff import roles
from tenants.database import db
from tests.conftest import Browser
from tests.walls.house import House, form_of, house

__all__ = ["house"]


def sign_in(house: House, email: str, password: str) -> Browser:
    browser: Browser = house.client(house.tenant)
    assert browser.post("/sign-in", data={"email": email, "password": password}).status_code == 302
    return browser


class TestAnAdministratorWhoRemovesTheOther:
    @pytest.mark.parametrize("road", ["suspends", "takes the role", "empties the role"])
    def test_does_not_grant_alone_for_thirty_days(self, house: House, clock: Any, road: str) -> None:
        clock(now := time.now())
        with house.serve(house.tenant):
            key = roles.create("ثانٍ", "Deputy of all", ["manage_staff", "grant_roles"]).key
            db.session.commit()
        account = house.staff(house.tenant, "administrator")
        admin = sign_in(house, *account)
        _, other = house.enter(key)
        _, friend = house.enter("volunteer")
        if road == "suspends":
            assert admin.post(f"/admin/staff/{other}/suspend").status_code == 302
        elif road == "takes the role":
            assert admin.post(f"/admin/staff/{other}", data=house.said("volunteer")).status_code == 302
        else:
            assert admin.post(f"/admin/roles/{house.role(key)}", data=form_of()).status_code == 302
        admin.post(f"/admin/staff/{friend}", data=house.said("volunteer", "senior_management"))
        assert house.held(friend) == {"volunteer"}
        admin.post("/admin/roles/new", data=form_of("answer_complaints"))
        assert house.may("some_role") == set()
        assert len(house.pending()) == 2
        page = admin.get("/admin/grants?lang=en").text
        assert "has not been an administrator since" in page
        assert "No longer an administrator" in admin.get("/admin/changes?lang=en").text

        clock(now + timedelta(days=30, minutes=1))
        admin = sign_in(house, *account)
        admin.post(f"/admin/staff/{friend}", data=house.said("volunteer", "senior_management"))
        assert house.held(friend) == {"volunteer", "senior_management"}
        assert len(house.pending()) == 1
        assert "has not been an administrator since" not in admin.get("/admin/grants?lang=en").text

    def test_gives_back_what_they_took_by_mistake(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, other = house.enter("administrator")
        _, friend = house.enter("volunteer")
        admin.post(f"/admin/staff/{other}/suspend")
        admin.post(f"/admin/staff/{friend}", data=house.said("senior_management"))
        (grant,) = house.pending()
        assert admin.post(f"/admin/staff/{other}/resume").status_code == 302
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert house.held(friend) == {"senior_management"}


class TestWhoeverGains:
    def test_does_not_confirm_more_for_a_role_that_they_hold(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, other = house.enter("administrator")
        third, _ = house.enter("administrator")
        admin.post(f"/admin/staff/{other}", data=house.said("administrator", "volunteer"))
        admin.post(f"/admin/roles/{house.role('volunteer')}", data=form_of("see_cases", "see_sensitive_fields"))
        (grant,) = house.pending()
        page = second.get("/admin/grants?lang=en").text
        assert f"/admin/grants/{grant}/confirm" not in page
        assert "You would gain by this," in page
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 409
        assert house.may("volunteer") == {"see_cases"}
        assert third.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert house.may("volunteer") == {"see_cases", "see_sensitive_fields"}

    def test_makes_a_grant_wait_though_nobody_else_could_confirm(self, house: House) -> None:
        """Else the other would be given a harmless role first, and the role made more of afterwards."""
        admin, _ = house.enter("administrator")
        _, other = house.enter("administrator")
        house.enter("volunteer")
        admin.post(f"/admin/staff/{other}", data=house.said("administrator", "volunteer"))
        admin.post(f"/admin/roles/{house.role('volunteer')}", data=form_of("see_cases", "see_sensitive_fields"))
        assert house.may("volunteer") == {"see_cases"}


class TestASeat:
    def test_of_a_committee_follows_a_role_that_two_granted(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, _ = house.enter("administrator")
        _, friend = house.enter("volunteer")
        seat = {"member": friend, "position": "member", "since": time.today().isoformat()}
        refused = admin.post("/admin/committees/research_committee?lang=en", data=seat)
        assert refused.status_code == 422
        assert "First give this member a role of the committee" in refused.text
        admin.post(f"/admin/staff/{friend}", data=house.said("volunteer", "research_committee_member"))
        assert house.held(friend) == {"volunteer"}
        (grant,) = house.pending()
        assert "A seat on the committee of this role" in second.get("/admin/grants?lang=en").text
        assert admin.post("/admin/committees/research_committee", data=seat).status_code == 422
        assert second.post(f"/admin/grants/{grant}/confirm").status_code == 302
        assert admin.post("/admin/committees/research_committee", data=seat).status_code == 302


class TestAGrantThatWaits:
    def test_is_told_to_those_who_may_confirm_it_and_counted_beside_its_page(self, house: House) -> None:
        admin, _ = house.enter("administrator")
        second, other = house.enter("administrator")
        third, holder = house.enter("administrator")
        admin.post(f"/admin/staff/{holder}", data=house.said("administrator", "volunteer"))
        admin.post(f"/admin/roles/{house.role('volunteer')}", data=form_of("see_cases", "see_sensitive_fields"))
        with house.serve(house.tenant):
            sent = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "grant_waiting")).all()
            address = db.session.scalar(select(Membership.email).where(Membership.id == other))
            assert [one.address for one in sent] == [address]
            assert "/admin/grants" in sent[0].body
            assert "{{" not in sent[0].body
        assert beside(second) == "1"
        assert beside(third) in ("", "0")
        assert beside(admin) in ("", "0")


def beside(browser: Browser) -> str:
    """What is counted in the navigation beside the page of grants."""
    entry = browser.get("/admin/staff?lang=en").text.partition('href="/admin/grants"')[2].partition("</li>")[0]
    return "".join(sign for sign in entry.rpartition("<")[0] if sign.isdigit())
