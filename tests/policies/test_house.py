"""Roles and request types of an improved blueprint: compared three ways, taken at once or left, on record."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from silah.intake import request_types
from silah.intake.definition import Definition
from silah.intake.models import RequestType
from silah.organisation.models import Membership, Role
from silah.policies.blueprint_contents import compared
from silah.policies.models import BlueprintBase
from silah.staff import changes, members
from tenants.database import db
from tests.policies.offering import FIRST, FORTNIGHT, NAME, WEEK, Improve, improve

__all__ = ["improve"]

HOUSE = "/admin/policy/blueprint/house"
LIAISON = (
    '"see_cases", "refer_cases", "answer_referrals", "write_notes", "message_applicants",\n  "see_beneficiaries", "ans',
    '"see_cases", "refer_cases", "answer_referrals", "write_notes", "see_all_cases",\n  "see_beneficiaries", "ans',
)
KEYS = ('"volunteer",\n]', '"volunteer", "research_committee_member",\n]')
QUESTION = ('en = "Describe the business and what it lacks"', 'en = "What the business lacks"')
PAPER = ('en = "Freelance or productive-family permit"', 'en = "Permit"')
ROLES = {"common/roles.toml": [LIAISON], f"{NAME}/association.toml": [KEYS]}
FORMS = {f"{NAME}/requests.toml": [QUESTION, PAPER]}


def role(name: Any, *permissions: str) -> dict[str, Any]:
    return {"name": {"ar": name, "en": name}, "permissions": sorted(permissions)}


def news(base: Any, theirs: Any, ours: Any) -> list[Any]:
    return compared({"roles": base, "types": {}}, {"roles": theirs, "types": {}}, {"roles": ours, "types": {}})


class TestARole:
    def test_of_the_association_keeps_what_it_was_given_there(self) -> None:
        (one,) = news({"a": role("A", "x", "y")}, {"a": role("A", "x", "z")}, {"a": role("A", "x", "y", "own")})
        assert one.result == role("A", "own", "x", "z")
        assert not one.conflict

    def test_that_the_blueprint_did_not_change_is_no_news(self) -> None:
        assert news({"a": role("A", "x")}, {"a": role("A", "x")}, {"a": role("Ours", "x", "own")}) == []

    def test_that_has_it_already_is_no_news(self) -> None:
        assert news({"a": role("A", "x")}, {"a": role("A", "x", "z")}, {"a": role("Ours", "x", "z")}) == []

    def test_that_both_renamed_is_a_conflict(self) -> None:
        (one,) = news({"a": role("A", "x")}, {"a": role("B", "x")}, {"a": role("C", "x")})
        assert one.conflict
        assert one.result["name"]["en"] == "B"

    def test_of_which_nothing_was_kept_is_compared_with_the_associations_own(self) -> None:
        (one,) = news({}, {"a": role("A", "x", "z")}, {"a": role("A", "x", "own")})
        assert "z" in one.result["permissions"]


@pytest.fixture
def place(chancery: Any) -> Any:
    return chancery(NAME)


def look(place: Any, language: str = "en", who: str = "administrator") -> str:
    answer = place.desk(who).get(f"{HOUSE}?lang={language}")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def send(place: Any, chosen: dict[str, str], seen: str = "") -> Any:
    found = re.search(r'name="seen" value="([^"]+)"', look(place))
    data = {f"c-{key}": what for key, what in chosen.items()}
    return place.desk().post(HOUSE, data={"seen": seen or (found and found[1]) or "x", **data})


def held(place: Any, key: str) -> Role | None:
    with place.serve():
        return db.session.scalar(select(Role).where(Role.key == key))


def version(place: Any) -> int:
    with place.serve():
        return db.session.get_one(BlueprintBase, 1).version


class TestThePage:
    def test_has_nothing_new_for_an_association_that_has_just_begun(self, place: Any) -> None:
        assert "There is nothing new in roles and request types" in look(place)

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_tells_each_change_in_words(self, place: Any, improve: Improve, language: str) -> None:
        improve(elsewhere={**ROLES, **FORMS})
        page = look(place, language)
        words = {
            "ar": ("الاطلاع على معاملات جميع الفروع", "عضو لجنة البحث", "ما ينقصه"),
            "en": ("See the cases of all branches", "Research committee member", "What the business lacks"),
        }
        assert [one for one in words[language] if one not in page] == []
        assert "3" in place.desk().get("/admin/policy/blueprint?lang=en").text

    def test_takes_a_role_and_a_form_at_once_and_on_record(self, place: Any, improve: Improve) -> None:
        improve(elsewhere={**ROLES, **FORMS})
        chosen = ("roles:liaison_officer", "roles:research_committee_member", "types:productive_family_support")
        assert send(place, dict.fromkeys(chosen, "take")).status_code == 302
        liaison, fresh = held(place, "liaison_officer"), held(place, "research_committee_member")
        assert liaison is not None
        assert "see_all_cases" in liaison.permissions
        assert "message_applicants" not in liaison.permissions
        assert fresh is not None
        assert fresh.name_en == "Research committee member"
        with place.serve():
            kind = db.session.scalars(select(RequestType).where(RequestType.key == "productive_family_support")).one()
            form: Definition = request_types.definition(kind)
            asked = form.field("description")
            assert asked is not None
            assert asked.label.en == "What the business lacks"
            paper = form.required_of("freelance_permit")
            assert paper is not None
            assert paper.label.en == "Permit"
            assert [one.record.verb for one in changes.page(subject="blueprint")] == ["took"] * 3
        assert "There is nothing new" in look(place)
        assert version(place) == FIRST + 1
        assert "Taken from the blueprint" in place.desk().get("/admin/changes?kind=blueprint&lang=en").text

    def test_what_is_left_stays_left_until_it_changes_anew(self, place: Any, improve: Improve) -> None:
        improve(elsewhere=ROLES)
        send(place, {"roles:liaison_officer": "leave"})
        assert "c-roles:liaison_officer" not in look(place)
        assert version(place) == FIRST, "another role is not decided"
        send(place, {"roles:research_committee_member": "leave"})
        assert version(place) == FIRST + 1
        before = held(place, "liaison_officer")
        assert before is not None
        assert "see_all_cases" not in before.permissions
        improve(
            elsewhere={"common/roles.toml": [('"write_notes", "see_all_cases",\n', '"write_notes", "close_cases",\n')]}
        )
        assert "c-roles:liaison_officer" in look(place)

    def test_a_form_that_was_edited_here_says_so(self, place: Any, improve: Improve) -> None:
        place.desk()
        with place.serve():
            account = db.session.scalars(select(Membership.account_id).where(Membership.state == "active")).first()
            maker = members.at_work(account)
            kind = db.session.scalars(select(RequestType).where(RequestType.key == "productive_family_support")).one()
            form = request_types.definition(kind)
            title = form.title.model_copy(update={"en": "Our own title"})
            request_types.save(kind, form.model_copy(update={"title": title}), by=maker)
            db.session.commit()
        improve(elsewhere=FORMS)
        page = look(place)
        assert "You changed this too" in page
        assert "Our own title" in page

    def test_waits_for_the_policy_and_the_policy_for_it(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), elsewhere=ROLES)
        send(place, {"roles:liaison_officer": "leave", "roles:research_committee_member": "leave"})
        assert version(place) == FIRST
        page = place.desk().get("/admin/policy/blueprint").text
        seen = re.search(r'name="seen" value="([^"]+)"', page)
        assert seen
        place.desk().post("/admin/policy/blueprint", data={"deed": "leave_all", "seen": seen[1]})
        assert version(place) == FIRST + 1

    def test_of_two_administrators_the_second_is_shown_what_the_first_decided(
        self, place: Any, improve: Improve
    ) -> None:
        improve(elsewhere=ROLES)
        seen = re.search(r'name="seen" value="([^"]+)"', look(place))
        assert seen
        send(place, {"roles:liaison_officer": "take"})
        answer = send(place, {"roles:research_committee_member": "take"}, seen=seen[1])
        assert answer.status_code == 409
        assert held(place, "research_committee_member") is None

    def test_refuses_what_is_not_offered_and_whoever_may_not(self, place: Any, improve: Improve) -> None:
        improve(elsewhere=ROLES)
        assert send(place, {"roles:administrator": "take"}).status_code == 404
        assert place.desk("relations_officer").get(HOUSE).status_code == 403
        assert send(place, {}).status_code == 302
