"""An association from its blueprint: whole, the same when done twice, and completed where it broke off."""

import pytest
from sqlalchemy import func, select

from silah.intake.models import RequestType, RequestTypeRevision
from silah.onboarding import setup
from silah.organisation.models import BranchOffice, Membership, Role
from silah.shell.models import AssociationSetting
from silah.staff import service
from silah.web.access import Permission
from tenants import blueprints, resolution, versions
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.errors import SlugTaken
from tenants.registry import Association, DueWork
from tenants.versions import PolicyVersion

TABLES = (Role, BranchOffice, AssociationSetting, PolicyVersion, RequestType, RequestTypeRevision, Membership)


def sizes():
    return {model.__tablename__: db.session.scalar(select(func.count()).select_from(model)) for model in TABLES}


@pytest.mark.parametrize("name", blueprints.names())
def test_every_blueprint_furnishes_an_association(make_association, serve, name):
    tenant, plan = make_association(name), blueprints.load(name)
    with serve(tenant):
        assert sizes() == {
            "role": len(plan.roles),
            "branch_office": len(plan.branches),
            "association_setting": 1,
            "policy_version": 1,
            "request_type": len(plan.request_types),
            "request_type_revision": len(plan.request_types),
            "membership": 1,
        }
        from silah import clock

        assert versions.in_force(clock.today()).policy.identity.name.ar == "جمعية البر"
        assert all(set(role.permissions) <= set(Permission) for role in db.session.scalars(select(Role)))
        assert db.session.scalar(select(AssociationSetting.accent)) == plan.accent


def test_furnishing_twice_changes_nothing_not_even_what_was_changed_since(app, association, serve):
    with serve(association):
        db.session.scalars(select(Role).where(Role.key == "volunteer")).one().name_ar = "متطوعة"
        before, email = sizes(), db.session.scalar(select(Membership.email))
        db.session.commit()
    with app.app_context():
        setup.furnish(association, "madinah-centers", email, "x")
    with serve(association):
        assert sizes() == before
        assert db.session.scalar(select(Role.name_ar).where(Role.key == "volunteer")) == "متطوعة"


@pytest.mark.parametrize("step", ["_branches", "_policy", "_request_types", "enrol"])
def test_what_broke_off_is_finished_by_asking_again(app, client, monkeypatch, step):
    names = {"blueprint": "hayat-arar", "name_ar": "حياة", "name_en": "Hayat", "admin_email": f"{step}@silah.test"}
    slug = f"broken{step.replace('_', '')}"
    with app.app_context():
        monkeypatch.setattr(setup, step, lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            setup.create(slug, **names)
        with pytest.raises(resolution.UnknownHost):
            resolution.resolve(f"{slug}.silah.test")
        monkeypatch.undo()
        resolution.forget()
        tenant = setup.create(slug, **names)
        assert resolution.resolve(f"{slug}.silah.test") == tenant
        with pytest.raises(SlugTaken):
            setup.create(slug, **names)
        with serving(tenant):
            assert sizes()["membership"] == 1
    assert client(tenant).get("/sign-in").status_code == 200


class TestTheAdministrator:
    def test_gets_a_letter_where_there_is_no_password(self, association, serve):
        with serve(association):
            member = db.session.scalars(select(Membership)).one()
            assert (member.state, [role.key for role in member.roles]) == ("invited", ["administrator"])
        with serve():
            owed = select(DueWork.key).where(
                DueWork.tenant == association.role, DueWork.done_at.is_(None), DueWork.key != "daily"
            )
            assert db.session.scalars(owed).all() == [str(member.id)]

    def test_signs_in_at_once_where_there_is_one(self, make_association, client, serve):
        tenant = make_association(admin_email="first-boss@silah.test", password="قلم وورقة وكوب قهوة")
        answer = client(tenant).post(
            "/sign-in", data={"email": "first-boss@silah.test", "password": "قلم وورقة وكوب قهوة"}
        )
        assert answer.location == "/desk/"
        with serve():
            owed = select(DueWork.key).where(
                DueWork.tenant == tenant.role, DueWork.done_at.is_(None), DueWork.key != "daily"
            )
            assert db.session.scalars(owed).all() == []

    def test_may_be_one_of_another_association(self, app, association, make_association, serve):
        with serve(association):
            email = db.session.scalar(select(Membership.email))
        make_association(admin_email=email.upper())
        with serve(PLATFORM):
            assert db.session.scalar(select(func.count()).select_from(Association)) >= 2
            assert service.find(email)


def test_the_policy_stands_since_the_day_that_is_given(make_association, serve):
    from datetime import date

    with serve(make_association(since=date(2024, 5, 1))):
        assert versions.in_force(date(2024, 5, 1))
        with pytest.raises(versions.NoPolicyInForce):
            versions.in_force(date(2024, 4, 30))


def test_a_role_that_is_not_there_is_named_and_nobody_is_enrolled(app, association, serve):
    with app.app_context(), pytest.raises(setup.UnknownRole, match="officer_of_nothing"):
        setup.enrol(association, "somebody@silah.test", "سعد", ["administrator", "officer_of_nothing"])
    with serve(association):
        assert db.session.scalar(select(func.count()).select_from(Membership)) == 1
