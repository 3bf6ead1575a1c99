"""What is new in the blueprint: seen in words, each change taken into a draft or left, by whom and when on record."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from silah.policies.models import BlueprintBase, PolicyAct
from tenants.database import db
from tenants.versions import PolicyVersion, bring_into_force
from tests.policies.offering import (  # fmt: skip
    EASE,
    ELECTRONIC,
    FIRST,
    FORTNIGHT,
    GUIDE,
    NAME,
    PAGE,
    SAID,
    WEEK,
    Improve,
    draft_of,
    improve,
    look,
    mark,
    offered,
    send,
)

__all__ = ["improve"]


@pytest.fixture
def place(chancery: Any) -> Any:
    return chancery(NAME)


class TestWhatIsNew:
    def test_nothing_for_an_association_that_has_just_begun(self, place: Any) -> None:
        page = look(place)
        assert "There is nothing new in the blueprint" in page
        assert f"Version {FIRST}" in page
        assert "See what changed" not in place.desk().get("/admin/policy").text

    def test_is_told_clause_by_clause_and_setting_by_setting(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), (SAID, "They are answered in two weeks."), (ELECTRONIC, ""), (f", {GUIDE}", ""))
        assert f"Version {FIRST + 1} of it is there" in place.desk().get("/admin/policy?lang=en").text
        page = look(place)
        assert "4 changes await your decision" in page
        assert f'<del dir="auto">{SAID}</del>' in page
        assert '<ins dir="auto">They are answered in two weeks.</ins>' in page
        assert "Removed:" in page
        arabic = look(place, "ar")
        assert 'dir="rtl"' in arabic
        assert "دليل البحث الاجتماعي" in arabic
        assert len(offered(arabic)) == 4

    def test_a_clause_that_moved_is_one_change(self, place: Any, improve: Improve) -> None:
        improve((EASE + ELECTRONIC, ELECTRONIC + EASE))
        page = look(place)
        assert len(offered(page)) == 1
        assert "stands first" in page
        draft = draft_of(place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(page)}))
        first, second = (one.text.en for one in place.policy(draft).objectives.detailed[:2])
        assert first.startswith("Complete services")
        assert second.startswith("Regard for")

    def test_a_setting_that_policies_did_not_have_then_is_no_change(self, place: Any, improve: Improve) -> None:
        address = f"/admin/policy/{place.draft()}/responsibilities"
        place.save(address, place.form(address) | {"responsibilities.hr_gives_copies": ["y"]})
        with place.serve():
            held = db.session.get_one(BlueprintBase, 1)
            left = {name: one for name, one in held.document["responsibilities"].items() if name != "hr_gives_copies"}
            held.document = {**held.document, "responsibilities": left}
            db.session.commit()
        improve((WEEK, FORTNIGHT))
        assert len(offered(look(place))) == 1

    def test_takes_few_queries(self, place: Any, improve: Improve, queries: Any) -> None:
        improve((WEEK, FORTNIGHT))
        look(place)
        with queries() as few:
            look(place)
        for _time in range(3):
            place.draft()
        with queries() as more:
            look(place)
        assert len(more) == len(few) <= 20


class TestTaking:
    def test_writes_into_a_draft_and_nowhere_else(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), (ELECTRONIC, ""))
        standing = place.in_force()
        (period,) = [where for where in offered(look(place)) if where.startswith("Reply period")]
        draft = draft_of(send(place, {period: "take"}))
        assert place.state(draft) == "draft"
        assert place.policy(draft).reply_period.amount == 2
        assert len(place.policy(draft).objectives.detailed) == 6
        assert place.in_force() == standing
        assert place.policy(standing).reply_period.amount == 1
        page = look(place)
        assert "1 change awaits your decision" in page
        assert period not in offered(page)

    def test_goes_on_in_the_draft_that_there_is(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        begun = place.draft()
        assert draft_of(place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(look(place))})) == begun

    def test_is_on_record_with_who_and_when(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        draft = draft_of(place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(look(place))}))
        with place.serve():
            (act,) = db.session.scalars(select(PolicyAct).where(PolicyAct.act == "took"))
            assert (act.version_id, act.data["to"], act.by.name) == (draft, FIRST + 1, "منسوب administrator")
        for page in (look(place), place.desk().get(f"/admin/policy/{draft}").text):
            assert "Changes of the blueprint were taken" in page
            assert f"Version {FIRST + 1} of the blueprint" in page

    def test_is_undone_by_throwing_the_draft_away(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        draft = draft_of(place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(look(place))}))
        assert "There is nothing new" in look(place)
        place.desk().post(f"/admin/policy/{draft}/discard")
        page = look(place)
        assert len(offered(page)) == 1
        assert "See what changed" in place.desk().get("/admin/policy").text

    def test_what_makes_no_policy_is_refused_with_the_reason(self, place: Any, improve: Improve) -> None:
        draft = place.draft()
        address = f"/admin/policy/{draft}/reply-period"
        days = ["friday", "saturday", "monday", "tuesday", "wednesday", "thursday"]
        place.save(address, place.form(address) | {"calendar.weekend": days})
        improve(("[control]", '[calendar]\nweekend = ["friday", "saturday", "sunday"]\n\n[control]'))
        page = look(place)
        answer = place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(page)})
        assert answer.status_code == 409
        assert "does not go together" in answer.text
        assert "Weekend" in answer.text
        assert len(place.policy(draft).calendar.weekend) == 6

    def test_what_is_refused_begins_no_draft(self, place: Any, improve: Improve) -> None:
        draft = place.draft()
        address = f"/admin/policy/{draft}/reply-period"
        days = ["friday", "saturday", "monday", "tuesday", "wednesday", "thursday"]
        place.save(address, place.form(address) | {"calendar.weekend": days})
        with place.serve():
            version = db.session.get_one(PolicyVersion, draft)
            version.approve(date(2026, 9, 7))
            bring_into_force(version, date(2026, 9, 7))
            db.session.commit()
        improve(("[control]", '[calendar]\nweekend = ["friday", "saturday", "sunday"]\n\n[control]'))
        assert place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(look(place))}).status_code == 409
        with place.serve():
            assert {one.state for one in db.session.scalars(select(PolicyVersion))} == {"in_force", "superseded"}


class TestLeaving:
    def test_is_not_offered_again_until_that_place_changes_anew(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        answer = place.desk().post(PAGE, data={"deed": "leave_all", "seen": mark(look(place))})
        assert answer.status_code == 302
        page = look(place)
        assert "There is nothing new" in page
        assert "Changes of the blueprint were left" in page
        improve((ELECTRONIC, ""))
        assert not [where for where in offered(look(place)) if where.startswith("Reply period")]
        improve(("amount = 2", "amount = 3"))
        (period,) = [where for where in offered(look(place)) if where.startswith("Reply period")]
        draft = draft_of(send(place, {period: "take"}))
        assert place.policy(draft).reply_period.amount == 3

    def test_leaves_the_policy_and_makes_no_draft(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        place.desk().post(PAGE, data={"deed": "leave_all", "seen": mark(look(place))})
        with place.serve():
            assert [one.state for one in db.session.scalars(select(PolicyVersion))] == ["in_force"]

    def test_a_version_that_changes_nothing_here_is_noted(self, place: Any, improve: Improve) -> None:
        improve()
        page = look(place)
        assert "changes nothing in your policy" in page
        place.desk().post(PAGE, data={"seen": mark(page)})
        assert "There is nothing new" in look(place)


class TestConflicts:
    @pytest.fixture
    def torn(self, place: Any, improve: Improve) -> UUID:
        """The association and the blueprint reworded the same step, and the blueprint lengthened the period."""
        draft: UUID = place.draft()
        address = f"/admin/policy/{draft}/steps"
        sent = place.form(address)
        (name,) = [name for name, values in sent.items() if values == [SAID]]
        place.save(address, sent | {name: ["We answer in ten days."]})
        improve((SAID, "They are answered in two weeks."), (WEEK, FORTNIGHT))
        return draft

    def test_show_what_each_of_the_three_has(self, place: Any, torn: UUID) -> None:
        page = look(place)
        assert "You changed this too" in page
        for words in (SAID, "We answer in ten days.", "They are answered in two weeks."):
            assert words in page
        assert "1 of them at a place that you changed yourselves" in page

    def test_are_not_taken_with_everything(self, place: Any, torn: UUID) -> None:
        place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(look(place))})
        assert place.policy(torn).step("reply").text.en == "We answer in ten days."
        assert place.policy(torn).reply_period.amount == 2
        assert len(offered(look(place))) == 1

    def test_are_taken_singly(self, place: Any, torn: UUID) -> None:
        (step,) = [where for where in offered(look(place)) if where.startswith("Dealing steps")]
        send(place, {step: "take"})
        assert place.policy(torn).step("reply").text.en == "They are answered in two weeks."
        assert "We answer in ten days." not in look(place)

    def test_are_none_where_both_wrote_the_same(self, place: Any, improve: Improve) -> None:
        draft = place.draft()
        address = f"/admin/policy/{draft}/reply-period"
        place.save(address, place.form(address) | {"reply_period.amount": ["2"]})
        improve((WEEK, FORTNIGHT))
        assert "changes nothing in your policy" in look(place)
