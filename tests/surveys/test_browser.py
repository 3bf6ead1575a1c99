"""In a real browser: answered on a phone by keyboard without script, scales mirrored, nothing for axe to find."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from silah import clock
from silah.surveys import kiosk_session, questionnaires, rounds
from silah.surveys.audience import Audience
from silah.surveys.models import Questionnaire, SurveyResponse
from tenants.database import db
from tests.browsing import PHONE, faults, picture
from tests.surveys.conftest import answers_in, opened, take

BOTH = pytest.mark.parametrize("lang", ["ar", "en"])


@pytest.fixture
def link(serve, home, port):
    """The address of a round of every kind of question, and its id."""
    with serve(home):
        found = opened(rule=Audience(who="comers", kiosk=True))
        db.session.commit()
        return f"http://{home.slug}.silah.test:{port}/s/{found.code}", found.id


@pytest.fixture
def phone(chromium):
    contexts = []

    def make(*, scripts=True):
        context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts, bypass_csp=True)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def look(page, name):
    """Nothing for axe to find, nothing wider than the screen; a picture for whoever looks."""
    picture(page, f"surveys/{name}")
    assert faults(page, name) == []


class TestOnAPhone:
    @BOTH
    def test_is_answered_by_keyboard_without_script(self, phone, link, lang, serve, home):
        page = phone(scripts=False)
        page.goto(f"{link[0]}?lang={lang}")
        page.locator("#happy-0").focus()
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(page.locator("#happy-3")).to_be_checked()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        expect(page.locator("#office-0")).to_be_checked()
        page.locator(".actions button[value=next]").focus()
        page.keyboard.press("Enter")
        page.locator("#times").fill("١٢")
        page.locator(".actions button[value=send]").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".confirmation")).to_be_visible()
        with serve(home):
            kept = db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == link[1])).one()
            given, _words = answers_in(kept)
            assert (given["happy"], given["office"], given["times"]) == ("4", "north", "12")

    @pytest.mark.parametrize(("lang", "mirrored"), [("ar", True), ("en", False)])
    def test_scales_run_from_where_the_page_begins(self, phone, link, lang, mirrored):
        page = phone()
        page.set_viewport_size({"width": 1000, "height": 844})
        page.goto(f"{link[0]}?lang={lang}")
        for least, most in (("#happy-0", "#happy-4"), ("#recommend-0", "#recommend-5")):
            first, last = page.locator(least).bounding_box(), page.locator(most).bounding_box()
            assert (first["x"] > last["x"]) is mirrored
            assert abs(first["y"] - last["y"]) < 2

    @BOTH
    def test_has_no_fault_on_any_page_of_the_way(self, phone, link, lang):
        page = phone()
        page.goto(f"{link[0]}/kiosk?lang={lang}")
        look(page, f"first-{lang}")
        page.locator(".actions button[value=next]").click()
        look(page, f"wrong-{lang}")
        expect(page.locator("[data-focus]")).to_be_focused()
        page.locator(".error-summary a").first.click()
        expect(page.locator("#happy-0")).to_be_focused()
        page.check("#happy-1")
        page.check("#office-2")
        page.locator(".actions button[value=next]").click()
        look(page, f"second-{lang}")
        page.locator(".actions button[value=send]").click()
        look(page, f"thanks-{lang}")

    def test_the_tablet_left_alone_goes_back_to_its_beginning_and_back_shows_nothing(self, phone, link, monkeypatch):
        monkeypatch.setattr(kiosk_session, "Idle", partial(kiosk_session.Idle, seconds=2))
        page = phone()
        page.goto(f"{link[0]}/kiosk?lang=en")
        page.check("#happy-0")
        page.check("#office-2")
        page.locator(".actions button[value=next]").click()
        page.fill("#why", "nobody's business")
        expect(page.locator("[data-idle]")).to_be_visible()
        expect(page.locator("#happy-0")).not_to_be_checked()
        assert page.url.endswith("/kiosk?lang=ar")
        page.go_back()
        expect(page.locator("#happy-0")).not_to_be_checked()
        assert "nobody's business" not in page.content()

    @BOTH
    def test_no_target_is_too_small_for_a_thumb(self, phone, link, lang):
        page = phone()
        page.goto(f"{link[0]}?lang={lang}")
        boxes = [one.bounding_box() for one in page.locator(".choice").all()]
        assert len(boxes) > 15
        assert min(min(box["width"], box["height"]) for box in boxes) >= 44


class TestAtTheDesk:
    @pytest.fixture
    def paths(self, serve, home):
        with serve(home):
            source = questionnaires.begin("yearly")
            found = opened(rule=Audience(who="comers", kiosk=True), anonymous=False)
            for number in range(7):
                take(found, {"happy": str(1 + number % 5), "office": "south", "why": f"نص {number}"})
            closed = opened()
            rounds.close(closed)
            for point in "245":
                again = rounds.make(
                    db.session.get(Questionnaire, closed.questionnaire_id),
                    rule=Audience(who="comers"), anonymous=False, opens_on=clock.today(), closes_on=clock.today(),
                )  # fmt: skip
                rounds.open_now(again)
                for number in range(6):
                    take(again, {"happy": point, "office": "south", "recommend": str(number + 4)})
                rounds.close(again)
            db.session.commit()
            admin, desk = f"/admin/surveys/{source.id}", f"/desk/surveys/{found.id}"
            return {
                "list": "/admin/surveys", "questionnaire": admin, "preview": f"{admin}/preview",
                "question": f"{admin}/sections/manner/questions/new", "rules": "/admin/surveys/rules",
                "rounds": "/desk/surveys", "new": "/desk/surveys/new", "round": desk,
                "results": f"{desk}/results", "people": f"{desk}/people",
                "closed": f"/desk/surveys/{closed.id}/results", "ended": f"/desk/surveys/{again.id}/results",
                "trend": f"/desk/surveys/questionnaires/{closed.questionnaire_id}/trend",
                "instruments": "/desk/programme/instruments",
            }  # fmt: skip

    @pytest.mark.parametrize(("lang", "width"), [("ar", 390), ("en", 1280)])
    def test_no_page_has_a_fault(self, seated, signed_in, home, paths, lang, width):
        page = seated(home, signed_in(home, "administrator"), width).new_page()
        for name, path in paths.items():
            page.goto(f"{path}?lang={lang}")
            assert re.search(r"/(admin|desk)/(surveys|programme)", page.url), page.url
            look(page, f"{name}-{lang}-{width}")
