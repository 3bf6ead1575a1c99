"""Findings, differences and the association's own chain of approval."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from silah.acknowledgements.models import Campaign
from silah.jobs import handlers
from silah.jobs.runner import work
from silah.policies import approvals, service
from silah.policies.differences import differences
from tenants import blueprints
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.policy import Policy
from tenants.registry import DueWork
from tenants.versions import PolicyVersion, in_force

DRAWN = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def png() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (40, 40), "navy").save(out, "PNG")
    return BytesIO(out.getvalue())


def people(place: Any) -> None:
    """Somebody holds each role that the policy relies on."""
    for role in ("social_research_officer", "research_committee_member", "relations_officer"):
        place.desk(role)


def act(place: Any, draft: Any, name: str, by: str = "administrator", **sent: Any) -> Any:
    """Do an act through its page, with a reason for each warning that it asks about."""
    page = place.desk(by).get(f"/admin/policy/{draft}/approval").text
    fields = dict.fromkeys(re.findall(r'name="(reason-[^"]+)"', page), "مقبول")
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    sent = {"on": "2026-09-07", "seen": seen[1] if seen else "", **fields, **sent}
    return place.desk(by).post(f"/admin/policy/{draft}/approval/{name}", data=sent, content_type="multipart/form-data")


class TestFindings:
    def test_lead_to_where_they_are_mended(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        page = place.desk().get(f"/admin/policy/{draft}/findings?lang=en").text
        assert f"/admin/policy/{draft}/reply-period#reply_period.target" in page
        assert f"/admin/policy/{draft}/study#committees.0.quorum" in page
        assert f"/admin/policy/{draft}/referral#refer_unclear.to" in page
        assert "/admin/staff/invite" in page

    def test_of_a_committee_without_roles_leads_to_making_them(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/study"
        sent = place.form(address)
        sent |= {"study.by": ["competent_committee"], "committees.0.name.en": ["The bench"], "committees.0.key": [""]}
        place.save(address, sent | {"committees.0.name.ar": ["هيئة البت"]})
        seat = "/admin/roles/new?seat=competent_committee_chair"
        findings = f"/admin/policy/{draft}/findings?lang=en"
        page = place.desk().get(findings).text
        assert "is not among the committees" not in page
        assert seat in page
        assert 'value="The bench chair"' in place.desk().get(f"{seat}&lang=en").text
        data = {"name_ar": "الرئيس", "name_en": "Presiding", "seat": "competent_committee_chair", "permissions": []}
        assert place.desk().post("/admin/roles/new", data=data).status_code == 302
        place.desk("competent_committee_chair")  # somebody works in it
        assert seat not in place.desk().get(findings).text
        for address in set(re.findall(rf'href="(/admin/policy/{draft}/[^"#]+)#', page)):
            assert place.desk().get(address).status_code == 200

    @pytest.mark.parametrize("blueprint", ["madinah-centers", "samtah-cooperative"])
    def test_each_anchor_stands_on_its_page(self, chancery: Any, blueprint: str) -> None:
        place = chancery(blueprint)
        draft = place.draft()
        page = place.desk().get(f"/admin/policy/{draft}/findings").text
        links = re.findall(rf'href="(/admin/policy/{draft}/[^"#]+)#([^"]+)"', page)
        assert links
        for address, field in links:
            assert f'id="{field}"' in place.desk().get(address).text, field


class TestDifferences:
    @pytest.mark.parametrize("first", blueprints.NAMES)
    def test_between_any_two_policies_are_told_in_both_languages(self, first: str) -> None:
        one = blueprints.load(first).policy
        for second in blueprints.NAMES:
            other = blueprints.load(second).policy
            for locale in ("ar", "en"):
                found = differences(one, other, locale)
                assert bool(found) == (first != second)
                assert all(change.where for change in found)

    def test_say_what_was_and_what_is(self) -> None:
        old = blueprints.load("madinah-centers").policy
        period = old.reply_period.model_copy(update={"bound": "ceiling"})
        (change,) = differences(old, old.model_copy(update={"reply_period": period}), "en")
        assert (change.where, change.before, change.after) == ("Reply period › Bound", "floor", "ceiling")

    def test_a_clause_that_moved_in_is_no_change_of_the_others(self) -> None:
        old = blueprints.load("madinah-centers").policy
        items = old.preamble.items
        fewer = old.model_copy(update={"preamble": old.preamble.model_copy(update={"items": items[1:]})})
        (change,) = differences(old, fewer, "ar")
        assert (change.how, change.before) == ("removed", items[0].text.ar)

    def test_a_clause_that_moved_is_neither_added_nor_removed(self, app: Any) -> None:
        old = blueprints.load("madinah-centers").policy
        items = old.preamble.items
        turned = old.model_copy(update={"preamble": old.preamble.model_copy(update={"items": (*items[1:], items[0])})})
        with app.test_request_context():
            (change,) = differences(old, turned, "en")
        assert change.how == "moved"
        assert items[0].text.en in change.after

    def test_order_counts_once(self) -> None:
        old = blueprints.load("hayat-arar").policy
        turned = old.model_copy(update={"channels": old.channels[::-1]})
        assert [change.how for change in differences(old, turned, "en")] == ["moved"]

    def test_a_page_shows_them(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        address = f"/admin/policy/{draft}/study"
        place.save(address, place.form(address) | {"study.by": ["management"]})
        page = place.desk().get(f"/admin/policy/{draft}/differences?lang=en").text
        assert "Dealing steps › Study › Body" in page
        assert "<del>Research committee</del>" in page
        assert "<ins>Management</ins>" in page


class TestTheChain:
    def test_goes_from_preparation_to_the_board_and_into_force(self, chancery: Any, client: Any) -> None:
        place = chancery("madinah-centers")
        people(place)
        draft = place.draft()
        address = f"/admin/policy/{draft}/identity"
        place.save(address, place.form(address) | {"title.en": ["The amended policy"], "title.ar": ["السياسة المعدلة"]})
        assert act(place, draft, "prepared").status_code == 302
        assert act(place, draft, "reviewed").status_code == 302
        refused = act(place, draft, "approved")
        assert refused.status_code == 403, "who prepared it does not approve it"
        answer = act(place, draft, "approved", "secretary_general", signature=DRAWN, seal=(png(), "ختم.png"))
        assert answer.status_code == 302, answer.text
        assert act(place, draft, "board", "secretary_general", number="٧").status_code == 302
        assert place.state(draft) == "approved"
        control = place.policy(draft).control
        assert (control.board.number, control.board.on) == ("7", date(2026, 9, 7))
        assert control.board.printed == "2026/09/07"
        assert control.board.printed_hijri == "1448/03/25"
        assert control.amended == date(2026, 9, 7)
        assert [one.on for one in control.sign_offs] == [date(2026, 9, 7)] * 3
        assert place.desk().get(f"/admin/policy/{draft}/preview.pdf?lang=ar").data.startswith(b"%PDF")
        answer = place.desk("secretary_general").post(f"/admin/policy/{draft}/in-force", data={"on": "2026-09-07"})
        assert answer.status_code == 302
        assert place.in_force() == draft
        assert "The amended policy" in client(place.tenant).get("/policy?lang=en").text
        for page in ("", "/approval", "/findings", "/preview", "/differences"):
            assert place.desk().get(f"/admin/policy/{draft}{page}").status_code == 200
        assert place.desk().get("/admin/policy").status_code == 200

    def test_each_warning_asks_for_a_reason(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        people(place)
        draft = place.draft()
        act(place, draft, "prepared")
        act(place, draft, "reviewed")
        page = place.desk("secretary_general").get(f"/admin/policy/{draft}/approval").text
        names = re.findall(r'name="(reason-[^"]+)"', page)
        assert "reason-floor_without_target.reply_period.target" in names
        assert not [name for name in names if "board_date_blank" in name], "the board's act mends that"
        answer = act(place, draft, "approved", "secretary_general", **{names[0]: " "})
        assert answer.status_code == 422
        assert act(place, draft, "approved", "secretary_general").status_code == 302
        with place.serve():
            kept = approvals.standing(service.get(draft))["approved"].data["reasons"]
            assert {one["reason"] for one in kept} == {"مقبول"}

    def test_errors_stop_it(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()  # nobody is a social-research officer
        assert act(place, draft, "prepared").status_code == 409
        assert place.state(draft) == "draft"

    def test_a_changed_text_undoes_what_was_done(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        people(place)
        draft = place.draft()
        assert act(place, draft, "prepared").status_code == 302
        address = f"/admin/policy/{draft}/identity"
        place.save(address, place.form(address) | {"title.en": ["Another"]})
        assert act(place, draft, "reviewed").status_code == 409
        with place.serve():
            assert approvals.next_act(service.get(draft)) == "prepared"

    def test_a_page_of_an_older_text_signs_nothing(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        people(place)
        draft = place.draft()
        act(place, draft, "prepared", seen="older")
        with place.serve():
            assert approvals.next_act(service.get(draft)) == "prepared"

    def test_a_day_to_come_is_refused(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        people(place)
        assert act(place, place.draft(), "prepared", on="2026-09-08").status_code == 422


class TestInForce:
    def approved(self, place: Any) -> Any:
        people(place)
        draft = place.draft()
        with place.serve():
            version = service.get(draft)
            version.approve(date(2026, 9, 7))
            db.session.commit()
        return draft

    def test_from_its_day_on_by_due_work(self, chancery: Any, clock: Any, app: Any) -> None:
        handlers.load()
        place = chancery("madinah-centers")
        before, draft = place.in_force(), self.approved(place)
        answer = place.desk("secretary_general").post(f"/admin/policy/{draft}/in-force", data={"on": "2026-10-01"})
        assert answer.status_code == 302
        assert place.in_force() == before
        with app.app_context():
            assert not work(place.tenant.role, approvals.IN_FORCE, str(draft)), "its day has not come"
            clock(datetime(2026, 9, 30, 21, 1, tzinfo=UTC))
            assert work(place.tenant.role, approvals.IN_FORCE, str(draft))
        assert (place.in_force(), place.state(before)) == (draft, "superseded")
        with place.app.app_context(), serving(place.tenant):
            campaign = db.session.scalars(select(Campaign).where(Campaign.policy_version_id == draft)).one()
            assert campaign.ended_at is None, "the staff are asked anew for the version in force"
        with place.serve():
            assert in_force(date(2026, 9, 30)).id == before
            assert in_force(date(2026, 10, 1)).id == draft
        with app.app_context():
            assert not work(place.tenant.role, approvals.IN_FORCE, str(draft)), "once"

    def test_a_moved_day_counts(self, chancery: Any, clock: Any, app: Any) -> None:
        handlers.load()
        place = chancery("madinah-centers")
        draft = self.approved(place)
        for day in ("2026-10-01", "2026-10-05"):
            place.desk("secretary_general").post(f"/admin/policy/{draft}/in-force", data={"on": day})
        with app.app_context():
            with serving(PLATFORM):
                row = db.session.scalars(
                    select(DueWork).where(DueWork.kind == "policy.in_force", DueWork.key == str(draft))
                ).one()
                assert row.due_at == datetime(2026, 10, 4, 21, tzinfo=UTC)
            clock(datetime(2026, 10, 1, 3, tzinfo=UTC))
            work(place.tenant.role, approvals.IN_FORCE, str(draft))
        assert place.state(draft) == "approved"

    def test_not_on_a_day_that_has_passed(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = self.approved(place)
        answer = place.desk("secretary_general").post(f"/admin/policy/{draft}/in-force", data={"on": "2026-09-06"})
        assert answer.status_code == 422

    def test_a_draft_never(self, chancery: Any) -> None:
        place = chancery("madinah-centers")
        draft = place.draft()
        answer = place.desk().post(f"/admin/policy/{draft}/in-force", data={"on": "2026-09-07"})
        assert answer.status_code == 409


def test_the_document_stays_a_policy(chancery: Any) -> None:
    place = chancery("nobough-talents")
    draft = place.draft()
    with place.serve():
        version = db.session.get_one(PolicyVersion, draft)
        assert Policy.read(version.document) == version.policy
