"""The days of a version on its document: as dates, in both calendars, and as printed; the chain keeps its order."""

from datetime import date
from typing import Any

from flask_babel import force_locale

from silah import clock
from silah.policies import papers, service
from silah.policies.papers import control
from tenants import blueprints, versions
from tenants.policy import Policy
from tests.policies.test_approval import DRAWN, act, people

BEFORE = ("relations_officer", "research_committee_member", "social_research_officer", "delegate")


def ratified(place: Any, **sent: str) -> Any:
    """A version adopted by the board and ratified by the chair."""
    people(place)
    for role in BEFORE:
        place.desk(role)
    draft = place.draft()
    address = f"/admin/policy/{draft}/control"
    chain = ["ratified", "board", "prepared"]
    place.save(address, place.form(address) | {"control.chain": chain, "review.every_months": [""]})
    assert act(place, draft, "prepared").status_code == 302
    for name in ("board", "ratified"):
        answer = act(place, draft, name, "secretary_general", number="9", signature=DRAWN, **sent)
        assert answer.status_code == 302, answer.text
    return draft


class TestTheDays:
    def test_are_kept_as_dates_and_as_printed_in_both_calendars(self, chancery: Any) -> None:
        place = chancery("nobough-talents")
        draft = ratified(place)
        block = place.policy(draft).control
        for one in (block.board, block.ratification):
            assert (one.on, one.printed, one.printed_hijri) == (date(2026, 9, 7), "2026/09/07", "1448/03/25")
        page = place.desk().get(f"/admin/policy/{draft}?lang=en").text
        assert "1448/03/25 – 2026/09/07" in page
        assert "Monday 7 September 2026 (25 Rabi&#39; al-Awwal 1448 AH)" in page.replace("’", "&#39;")
        assert "printed as 1448/03/25 – 2026/09/07" in place.desk().get(f"/admin/policy/{draft}/approval?lang=en").text

    def test_are_printed_as_they_were_written(self, chancery: Any) -> None:
        place = chancery("nobough-talents")
        draft = ratified(place, printed="7 / 9 / 2026م", printed_hijri="25 / 3 / 1448هـ")
        with place.serve():
            version = service.get(draft)
            rows = [value for _label, value in control(version, version.policy, "ar")]
        assert any("25 / 3 / 1448هـ — 7 / 9 / 2026م" in value for value in rows)

    def test_are_blank_again_in_the_next_draft(self, chancery: Any) -> None:
        place = chancery("nobough-talents")
        draft = ratified(place)
        place.desk("secretary_general").post(f"/admin/policy/{draft}/in-force", data={"on": "2026-09-07"})
        block = place.policy(place.draft()).control
        assert (block.ratification.on, block.ratification.printed, block.ratification.printed_hijri) == (None, "", "")
        assert block.board.printed == service.BLANK_DATE

    def test_the_one_of_the_next_review_is_missed_where_none_is_set(self, chancery: Any) -> None:
        place = chancery("nobough-talents")
        page = place.desk().get(f"/admin/policy/{place.in_force()}?lang=en").text
        assert "No day is set by which this policy is reviewed" in page


def test_the_chain_stands_in_its_order_whatever_is_sent(chancery: Any) -> None:
    place = chancery("nobough-talents")
    draft = place.draft()
    address = f"/admin/policy/{draft}/control"
    place.save(address, place.form(address) | {"control.chain": ["ratified", "prepared", "approved", "board"]})
    assert place.policy(draft).control.chain == ("prepared", "approved", "board", "ratified")
    page = place.desk().get(address).text
    places = [page.index(f'value="{one}"', page.index("control.chain")) for one in ("prepared", "reviewed", "ratified")]
    assert places == sorted(places)


def test_older_documents_read_as_before() -> None:
    document = blueprints.load("nobough-talents").policy.document()
    del document["control"]["ratification"]["printed"], document["control"]["ratification"]["printed_hijri"]
    assert Policy.read(document) == blueprints.load("nobough-talents").policy


def test_what_the_original_leaves_blank_is_printed_blank(chancery: Any) -> None:
    printed = {}
    for name in ("tamkeen-qassim", "nobough-talents", "samtah-cooperative"):
        place = chancery(name)
        with place.serve(), force_locale("en"):
            data = papers.data(versions.in_force(clock.today()), "en")
        printed[name] = (dict(data["control"]), [label for label, _value in data["letterhead"]["lines"]])
    assert printed["tamkeen-qassim"][0]["Copyright"] == "2022"
    assert printed["nobough-talents"][0].keys() >= {"The signature", "The seal"}
    assert printed["nobough-talents"][1] == []
    assert printed["samtah-cooperative"][1][-2:] == ["Number", "Date"]
