"""The trail of changes: complete without being asked for, readable, and only ever added to."""

import pyotp
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from silah.notifications.models import OutboxMessage
from silah.organisation.models import Membership, Role
from silah.staff import change_labels, changes, second_factor, service
from tenants.database import db


@pytest.fixture
def kept(serve, association):
    """What is on record, the latest first, as (verb, name, fields)."""

    def read(subject=None):
        with serve(association):
            found = changes.page(subject=subject)
            return [(one.record.verb, one.record.data["name"], one.record.data["fields"], one.actor) for one in found]

    return read


@pytest.fixture
def colleague(staff, association):
    return staff(association, "relations_officer")


class TestWhatIsKept:
    def test_the_making_of_an_association_is_no_change(self, make_association, serve):
        with serve(make_association()):
            assert changes.page() == []

    def test_a_members_roles_before_and_after(self, admin, association, colleague, member_id, role_id, kept):
        id, before = member_id(association, colleague[0]), len(kept())
        said = {"name": "هدى", "roles": [role_id(association, "volunteer")], "locale": "ar", "engagement": "staff"}
        admin.post(f"/admin/staff/{id}", data=said)
        verb, name, fields, actor = kept()[0]
        told = {field: (old, new) for field, old, new in fields}
        assert (verb, name) == ("changed", "هدى")
        assert [one["en"] for one in told["roles"][1]] == ["Volunteer"]
        assert told["roles"][0] != told["roles"][1]
        assert actor
        assert len(kept()) == before + 1

    def test_saving_without_a_change_keeps_nothing(self, admin, association, role_id, kept):
        id = role_id(association, "volunteer")
        page = {"name_ar": "متطوع", "name_en": "Volunteer twice", "permissions": ["see_cases"]}
        admin.post(f"/admin/roles/{id}", data=page)
        before = len(kept())
        admin.post(f"/admin/roles/{id}", data=page)
        assert len(kept()) == before

    def test_what_a_role_may_do_and_whether_it_asks_for_the_code(self, admin, association, role_id, kept):
        said = {"name_ar": "أمين", "name_en": "Keeper", "permissions": ["see_cases", "write_notes"]}
        admin.post("/admin/roles/new", data=said)
        id = role_id(association, "keeper")
        admin.post(f"/admin/roles/{id}", data={**said, "permissions": ["see_cases"], "totp_required": "y"})
        verb, name, fields, _ = kept("role")[0]
        assert (verb, name["en"]) == ("changed", "Keeper")
        assert fields == [["permissions", ["see_cases", "write_notes"], ["see_cases"]], ["totp_required", False, True]]

    def test_departments_and_who_is_moved_into_them(self, admin, association, colleague, member_id, kept):
        id = member_id(association, colleague[0])
        admin.post("/admin/departments/new", data={"name_ar": "البحث", "name_en": "Research", "members": [id]})
        assert kept("department")[0][0] == "added"
        verb, _, fields, _ = kept("member")[0]
        assert (verb, fields) == ("changed", [["department_id", None, {"ar": "البحث", "en": "Research"}]])

    def test_suspension_and_settings(self, admin, association, colleague, member_id, kept):
        admin.post(f"/admin/staff/{member_id(association, colleague[0])}/suspend")
        assert kept("member")[0][2] == [["state", "active", "suspended"]]
        admin.post(
            "/admin/settings",
            data={
                "accent": "#112233",
                "digits": "western",
                "deed": "save",
                "name_ar": "جمعية",
                "name_en": "Association",
            },
        )
        assert ["accent", "#112233"] in [[name, new] for name, _, new in kept("settings")[0][2]]

    def test_accepting_an_invitation_is_the_members_own_deed(
        self, client, admin, association, role_id, do_what_is_owed, letters, kept
    ):
        said = {"name": "Sara", "email": "sara.changes@example.org", "roles": [role_id(association, "volunteer")]}
        admin.post("/admin/staff/invite", data={**said, "locale": "en"})
        assert kept("member")[0][0] == "added"
        do_what_is_owed(association, "staff.invitation.awaited")
        link = letters(association, "invitation")[-1][1]
        client(association).post(link, data={"password": "a very long one 77", "again": "a very long one 77"})
        verb, name, fields, actor = kept("member")[0]
        assert (verb, name, actor) == ("changed", "Sara", "Sara")
        assert fields == [["state", "invited", "active"]]

    def test_every_field_that_is_watched_has_its_words(self):
        watched = {field for _subject, fields in changes.WATCHED.values() for field in fields}
        assert watched - set(change_labels.FIELDS) == set()
        assert {subject for subject, _fields in changes.WATCHED.values()} <= set(change_labels.SUBJECTS)

    def test_nothing_on_record_can_be_altered_or_removed(self, serve, association, admin):
        for statement in ("UPDATE change_record SET verb = 'x'", "DELETE FROM change_record"):
            with serve(association), pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(text(statement))


class TestThePage:
    @pytest.mark.parametrize(("lang", "word"), [("ar", "التغييرات المسجلة"), ("en", "Changes on record")])
    def test_reads_in_both_languages(self, admin, association, colleague, member_id, lang, word):
        admin.post(f"/admin/staff/{member_id(association, colleague[0])}/suspend")
        page = admin.get(f"/admin/changes?lang={lang}")
        assert page.status_code == 200
        assert word in page.text

    def test_goes_on_where_a_page_ends(self, admin, serve, association, monkeypatch):
        monkeypatch.setattr(changes, "PAGE", 3)
        with serve(association):
            for number in range(5):
                changes.note("department", None, "changed", name=f"Unit {number}")
                db.session.commit()
        first = admin.get("/admin/changes?kind=department&lang=en").text
        assert "Unit 4" in first
        assert "Unit 1" not in first
        following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
        assert "Unit 1" in admin.get(following).text

    def test_damaged_places_begin_at_the_front(self, admin):
        for word in ("x", "2027-01-01_", "2027-01-01T00:00:00_00000000-0000-0000-0000-000000000000"):
            assert admin.get("/admin/changes", query_string={"after": word, "about": word}).status_code == 200

    def test_is_for_those_who_manage_the_staff(self, signed_in, association):
        assert signed_in(association, "relations_officer").get("/admin/changes").status_code == 403

    def test_asks_as_much_for_many_as_for_few(self, admin, serve, association, queries):
        def asked():
            with queries() as sent:
                admin.get("/admin/changes")
            return len(sent)

        admin.get("/admin/changes")
        few = asked()
        with serve(association):
            for number in range(30):
                changes.note("branch", None, "changed", name=f"Office {number}")
            db.session.commit()
        assert asked() == few


class TestResettingACode:
    @pytest.fixture
    def secured(self, app, colleague):
        """A colleague who signs in with a code."""
        with app.app_context():
            person = service.find(colleague[0])
            secret = second_factor.fresh_secret()
            assert second_factor.set_up(person.id, secret, pyotp.TOTP(secret).now())
        return person

    def test_an_administrator_does_it_for_a_colleague_who_is_told(
        self, app, admin, association, secured, member_id, serve, kept
    ):
        id = member_id(association, secured.email)
        assert "Reset the code" in admin.get(f"/admin/staff/{id}?lang=en").text
        assert admin.post(f"/admin/staff/{id}/reset-code").status_code == 302
        with app.app_context():
            after = service.get(secured.id)
        assert not after.has_code
        assert after.epoch > secured.epoch
        assert kept("member")[0][0] == "code_reset"
        with serve(association):
            told = db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "code_reset")).all()
            assert secured.email in [one.address for one in told]

    def test_not_for_somebody_who_works_elsewhere_too(
        self, app, admin, operator, association, make_association, secured, member_id, kept
    ):
        other = make_association()
        with app.app_context():
            service.join(secured.id, other.id)
        id = member_id(association, secured.email)
        assert "/reset-code" not in admin.get(f"/admin/staff/{id}").text
        assert admin.post(f"/admin/staff/{id}/reset-code").status_code == 409
        assert "Reset the code" in operator.get(f"/console/accounts?email={secured.email}&lang=en").text
        assert operator.post("/console/accounts/second-factor", data={"email": secured.email}).status_code == 302
        with app.app_context():
            assert not service.get(secured.id).has_code
        verb, _, _, actor = kept("member")[0]
        assert (verb, actor) == ("code_reset_by_platform", None)

    def test_not_ones_own(self, admin, serve, association):
        with serve(association):
            own = db.session.query(Membership).filter(Membership.roles.any(Role.key == "administrator")).all()
            mine = {str(one.id) for one in own}
        refused = {id: admin.post(f"/admin/staff/{id}/reset-code").status_code for id in mine}
        assert 409 in refused.values()

    def test_the_operator_finds_nobody_by_a_part_of_an_address(self, operator, colleague):
        page = operator.get(f"/console/accounts?email={colleague[0][:6]}&lang=en").text
        assert "Nobody has this address" in page
        answer = operator.post("/console/accounts/second-factor", data={"email": colleague[0][:6]})
        assert answer.status_code == 404
