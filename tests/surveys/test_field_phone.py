"""A phone in the field, in a real browser with its connection cut: nothing is lost, nothing arrives twice."""

import pytest
from playwright.sync_api import expect

from silah import clock
from silah.shell.models import AssociationSetting
from silah.surveys import rounds
from tenants.database import db
from tests.surveys.phone import (
    DUMP,
    SECRET,
    arrived,
    check,
    die,
    field,
    host,
    mast,
    names,
    send,
    served,
    stored,
    take,
    taken_along,
    waiting,
)

__all__ = ["field", "host", "mast", "served"]


class TestWithoutAConnection:
    def test_three_answers_outlive_the_tab_and_the_battery_and_arrive_once(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        for name in ("الأول", "الثاني"):
            take(page, name)
        expect(page.locator("[data-off]")).to_be_visible()
        waiting(page, 2)
        page.close()
        page = field.context.new_page()
        page.goto("/desk/field/")
        waiting(page, 2)
        take(page, "الثالث", keep=False)
        expect(page.locator("[data-draft]")).to_be_visible()
        stored(page)
        die(field)
        page = field.context.new_page()
        page.goto("/desk/field/")
        waiting(page, 3)
        assert arrived(field) == []
        page.locator("[data-answers] li", has_text="لم تكتمل").locator("[data-open]").click()
        expect(page.locator("#name")).to_have_value("الثالث")
        page.locator("[data-last]").click()
        waiting(page, 3)
        field.context.set_offline(False)
        send(page)
        waiting(page, 0)
        assert names(field) == sorted(["الأول", "الثاني", "الثالث"])
        assert {times for _texts, times in arrived(field)} == {"12"}
        expect(page.locator("[data-sent]")).to_have_text("3")
        expect(page.locator("[data-touch]")).to_contain_text(str(clock.today().year))
        page.reload()
        waiting(page, 0)
        assert len(arrived(field)) == 3

    def test_nothing_can_be_read_on_the_phone(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "نورة بنت سعد")
        take(page, "نورة بنت سعد", keep=False)
        stored(page)
        held = page.evaluate(DUMP)
        assert len(held["answers"]) == 2
        assert "key false" in held["meta"]
        told = repr(held)
        assert not [word for word in ("why", "happy", "north", "%D8%B3%D8%B1") if word in repr(held["answers"])]
        assert not [word for word in (SECRET, "نورة") if word in told]

    def test_the_languages_change_and_conditions_hold(self, field):
        page = taken_along(field, "en")
        field.context.set_offline(True)
        page.locator("[data-begin]").click()
        page.locator('label[for="happy-4"]').click()
        page.locator('label[for="office-1"]').click()
        page.locator('button[data-tongue="ar"]').click()
        expect(page.locator("[data-page]")).to_have_attribute("dir", "rtl")
        expect(page.locator("#happy-4")).to_be_checked()
        page.locator("[data-next]").click()
        expect(page.locator("#why")).to_have_count(0)
        page.goto("/desk/field/?lang=ar")
        assert page.locator("html").get_attribute("dir") == "rtl"
        waiting(page, 1)

    def test_a_keyboard_is_enough(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        for name, key in (
            ("[data-begin]", "Enter"),
            ("#happy-2", "Space"),
            ("#office-0", "Space"),
            ("#happy-2", "Enter"),
        ):
            page.locator(name).focus()
            page.keyboard.press(key)
        expect(page.locator("#times")).to_be_visible()
        expect(page.locator("[data-title]")).to_be_focused()
        page.locator("#times").focus()
        page.keyboard.type("7")
        page.keyboard.press("Enter")
        waiting(page, 1)

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        page.locator("[data-begin]").click()
        page.locator("[data-next]").click()
        expect(page.locator("[data-wrong] li")).to_have_count(2)
        assert page.evaluate("document.activeElement.matches('[data-wrong]')")
        page.locator('label[for="happy-0"]').click()
        page.locator('label[for="office-0"]').click()
        page.locator("[data-next]").click()
        page.fill("#times", "كثير")
        page.locator("[data-last]").click()
        expect(page.locator("#times-error")).to_be_visible()
        expect(page.locator("#times")).to_have_value("كثير")
        page.locator("[data-later]").click()
        waiting(page, 1)

    def test_a_button_pressed_twice_in_haste_does_its_work_once(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        page.locator("[data-begin]").click()
        page.locator('label[for="happy-4"]').click()
        page.locator('label[for="office-1"]').click()
        page.locator("[data-next]").dblclick(delay=80)
        expect(page.locator("#times")).to_be_visible()
        stored(page)
        expect(page.locator('[data-screen="asking"]')).to_be_visible()
        page.locator("[data-last]").dblclick()
        waiting(page, 1)
        expect(page.locator('[data-trouble="store"]')).to_be_hidden()


class TestComingBack:
    def test_a_connection_that_dies_after_the_answer_was_taken_makes_no_second_row(self, field, mast, monkeypatch):
        page = taken_along(field)
        monkeypatch.setattr(mast, "broken", True)
        take(page, "مرة واحدة")
        expect(page.locator("[data-off]")).to_be_visible()
        waiting(page, 1)
        assert mast.cut
        assert len(arrived(field)) == 1
        monkeypatch.setattr(mast, "broken", False)
        send(page)
        waiting(page, 0)
        assert len(arrived(field)) == 1

    def test_too_late_is_said_plainly_and_the_answer_stays(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "متأخر")
        with field.serve(field.home):
            rounds.close(rounds.get(field.id))
            db.session.commit()
        field.context.set_offline(False)
        send(page)
        expect(page.locator("[data-reason]")).to_contain_text("أُغلقت هذه الاستبانة")
        waiting(page, 1)
        page.reload()
        expect(page.locator("[data-reason]")).to_contain_text("أُغلقت هذه الاستبانة")
        assert arrived(field) == []

    def test_signed_out_meanwhile_it_says_so_and_keeps_everything(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "باقٍ")
        field.context.clear_cookies()
        field.context.set_offline(False)
        send(page)
        expect(page.locator('[data-trouble="signin"]')).to_be_visible()
        waiting(page, 1)

    def test_somebody_else_sees_nothing_of_it(self, field, signed_in, app, monkeypatch):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "لغيره")
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
        other = signed_in(field.home, "volunteer").get_cookie("silah", domain=f"{field.home.slug}.silah.test").value
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        field.context.set_offline(False)
        field.context.add_cookies([{"name": "silah", "value": other, "url": field.base}])
        page.reload()
        expect(page.locator('[data-screen="other"]')).to_be_visible()
        assert arrived(field) == []


class TestAChangeOfThePage:
    def test_comes_along_the_next_time_and_takes_no_answer_with_it(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "قديم")
        field.context.set_offline(False)
        field.context.route("**/answers.json*", lambda route: route.abort())
        before = page.evaluate("caches.keys()")
        with field.serve(field.home):
            setting = db.session.get(AssociationSetting, 1)
            setting.accent = "#7a1f5c" if setting.accent != "#7a1f5c" else "#1f5c7a"
            db.session.commit()
        page.reload()
        page.wait_for_function(
            "before => caches.keys().then((now) => now.length === 2 && now.join() !== before)", arg=",".join(before)
        )
        field.context.set_offline(True)
        page.reload()
        theme = page.locator("link[href^='/theme.css']").get_attribute("href")
        assert page.evaluate("path => caches.match(path, {ignoreVary: true}).then(Boolean)", theme)
        waiting(page, 1)


class TestSigningOut:
    def test_warns_of_what_would_be_lost_and_leaves_nothing(self, field):
        page = taken_along(field)
        field.context.set_offline(True)
        take(page, "ضائع")
        field.context.set_offline(False)
        field.context.route("**/answers.json*", lambda route: route.abort())
        page.goto("/desk/account")
        page.locator(".rail-fold > summary").click()
        page.locator('.rail form[action="/sign-out"] button').click()
        expect(page.locator("[data-losing]")).to_be_visible()
        page.locator("[data-stay]").click()
        waiting(page, 1)
        page.locator("[data-leave]").click()
        page.locator("[data-wipe]").click()
        page.wait_for_url("**/sign-in**")
        assert page.evaluate("indexedDB.databases()") == []
        assert page.evaluate("caches.keys()") == []
        assert page.evaluate("localStorage.length") == 0
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        page.goto("/desk/field/")
        assert "/sign-in" in page.url


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_each_screen_is_sound_for_everybody(field, lang):
    page = taken_along(field, lang)
    found = check(page, f"home-{lang}")
    page.locator("[data-begin]").click()
    page.locator("[data-next]").click()
    found += check(page, f"wrong-{lang}")
    page.locator('label[for="happy-0"]').click()
    page.locator('label[for="office-1"]').click()
    page.locator("[data-next]").click()
    found += check(page, f"second-{lang}")
    page.locator("[data-later]").click()
    field.context.set_offline(True)
    send(page)
    found += check(page, f"unsent-{lang}")
    page.locator("[data-drop]").click()
    found += check(page, f"dropping-{lang}")
    page.keyboard.press("Escape")
    page.locator("[data-leave]").click()
    found += check(page, f"leaving-{lang}")
    assert not found, "\n".join(found)
