"""What is new in the blueprint: seen in words, each change taken into a draft or left, by whom and when on record."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from silah.jobs import handlers
from silah.jobs.run import work
from silah.policies import blueprint
from silah.policies.models import PolicyAct
from tenants import blueprints
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.registry import Association
from tenants.versions import PolicyVersion

PAGE = "/admin/policy/blueprint"
NAME = "tamkeen-qassim"
WEEK, FORTNIGHT = 'amount = 1\nunit = "weeks"', 'amount = 2\nunit = "weeks"'
SAID = "They are answered in not less than one week."
EASE, ELECTRONIC = '  { use = "ease" },\n', '  { use = "electronic" },\n'
GUIDE = '{ use = "social_research_guide" }'
Improve = Callable[..., None]


@pytest.fixture
def improve(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Improve:
    """`improve((old, new), …)` has the installation work from blueprints of which one has its next version."""
    here = [Path(blueprints.__file__).parent]

    def make(*changes: tuple[str, str]) -> None:
        folder = tmp_path / str(len(here))
        shutil.copytree(here[-1], folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        head = folder / NAME / "association.toml"
        version = len(here) + 1
        head.write_text(head.read_text().replace(f"version = {version - 1}", f"version = {version}"))
        policy = folder / NAME / "policy.toml"
        text = policy.read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        policy.write_text(text)
        here.append(folder)
        monkeypatch.setitem(app.config, "SILAH", app.config["SILAH"].model_copy(update={"blueprints_dir": folder}))

    return make


@pytest.fixture
def place(chancery: Any) -> Any:
    return chancery(NAME)


def look(place: Any, language: str = "en", role: str = "administrator") -> str:
    answer = place.desk(role).get(f"{PAGE}?lang={language}")
    assert answer.status_code == 200, answer.text
    text: str = answer.text
    return text


def offered(page: str) -> dict[str, str]:
    """The keys of the changes on a page, by where they are."""
    pairs = re.findall(r"<legend><strong><bdi>(.*?)</bdi>.*?name=\"c-([0-9a-f]+)\"", page, re.S)
    return {where.replace("›", ">"): key for where, key in pairs}


def mark(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def send(place: Any, chosen: dict[str, str], **sent: str) -> Any:
    """Choose by where the changes are, and send."""
    page = look(place)
    keys = offered(page)
    data = {f"c-{keys[where]}": what for where, what in chosen.items()}
    return place.desk().post(PAGE, data={"seen": mark(page), **data, **sent})


def draft_of(answer: Any) -> UUID:
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.text)[:2000]
    return UUID(answer.headers["Location"].split("/")[3])


PERIOD, STEP = "Reply period > Quantity", "Dealing steps > Reply > Text"


class TestWhatIsNew:
    def test_nothing_for_an_association_that_has_just_begun(self, place: Any) -> None:
        page = look(place)
        assert "There is nothing new in the blueprint" in page
        assert "Version 1" in page
        assert "See what changed" not in place.desk().get("/admin/policy").text

    def test_is_told_clause_by_clause_and_setting_by_setting(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), (SAID, "They are answered in two weeks."), (ELECTRONIC, ""), (f", {GUIDE}", ""))
        assert "Version 2 of it is there" in place.desk().get("/admin/policy?lang=en").text
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
            assert (act.version_id, act.data["to"], act.by.name) == (draft, 2, "منسوب administrator")
        for page in (look(place), place.desk().get(f"/admin/policy/{draft}").text):
            assert "Changes of the blueprint were taken" in page
            assert "Version 2 of the blueprint" in page

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


class TestTwoAdministrators:
    def test_the_second_is_shown_what_the_first_decided(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT), (ELECTRONIC, ""))
        page = look(place)
        keys = offered(page)
        (period,) = [where for where in keys if where.startswith("Reply period")]
        send(place, {period: "leave"})
        other = next(key for where, key in keys.items() if where != period)
        answer = place.desk().post(PAGE, data={"seen": mark(page), f"c-{keys[period]}": "take", f"c-{other}": "take"})
        assert answer.status_code == 409
        assert re.search(rf'name="c-{other}" value="take" checked', answer.text), "what was chosen is kept"
        with place.serve():
            assert [one.state for one in db.session.scalars(select(PolicyVersion))] == ["in_force"]

    def test_a_draft_changed_meanwhile_counts_too(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        draft = place.draft()
        page = look(place)
        address = f"/admin/policy/{draft}/identity"
        place.save(address, place.form(address) | {"title.en": ["Another"]})
        assert place.desk().post(PAGE, data={"deed": "take_all", "seen": mark(page)}).status_code == 409

    def test_a_place_that_is_not_offered_is_refused(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        seen = mark(look(place))
        for forged in ("0" * 16, "control", "../identity"):
            answer = place.desk().post(PAGE, data={"seen": seen, f"c-{forged}": "take"})
            assert answer.status_code == 404, forged
        assert len(offered(look(place))) == 1

    def test_nothing_chosen_decides_nothing(self, place: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        page = look(place)
        (key,) = offered(page).values()
        assert place.desk().post(PAGE, data={"seen": mark(page), f"c-{key}": "later"}).status_code == 302
        assert len(offered(look(place))) == 1

    def test_who_may_not_edit_the_policy_sees_nothing_of_it(self, place: Any) -> None:
        assert place.desk("relations_officer").get(PAGE).status_code == 403


class TestTheOperator:
    def version(self, place: Any) -> int:
        with place.app.app_context(), serving(PLATFORM):
            return db.session.get_one(Association, place.tenant.id).blueprint_version

    def test_learns_that_everything_is_decided_by_due_work(self, place: Any, improve: Improve, app: Flask) -> None:
        handlers.load()
        improve((WEEK, FORTNIGHT))
        assert self.version(place) == 1
        place.desk().post(PAGE, data={"deed": "leave_all", "seen": mark(look(place))})
        with app.app_context():
            assert work(place.tenant.role, blueprint.STANDING, "standing")
        assert self.version(place) == 2

    def test_an_association_made_of_it_begins_with_the_newest(self, chancery: Any, improve: Improve) -> None:
        improve((WEEK, FORTNIGHT))
        place = chancery(NAME)
        assert self.version(place) == 2
        assert "There is nothing new" in look(place)
