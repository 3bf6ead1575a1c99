"""A page that only a form leads to has its other language by its forms, each to where that form goes, or not at all."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from silah.language.locale import alternate_language_url
from silah.submissions import language_switch
from tenants.context import Tenant
from tests.walls.conftest import Town, raise_towns

HEAD = '<html><a class="language" href="#other-language" lang="en">English</a>'
TWO = """
<form method="post" action="/desk/promises/1"><textarea name="remark"></textarea></form>
<form method="post" action="/desk/promises/1/back?x=1"><textarea name="reason">typed</textarea></form>
"""
BUTTON = re.compile(r'<button([^>]*)formaction="([^"]*)"')


def drawn(app: Flask, path: str, forms: str, method: str = "POST") -> str:
    """A page with these forms, as it leaves the application that answered a request to a path."""
    with app.test_request_context(path, base_url="http://silah.test", method=method):
        answer = app.make_response(HEAD + forms)
        return language_switch.offer_switch(answer).get_data(as_text=True)


BACK = "/desk/promises/00000000-0000-0000-0000-000000000001/back"


@pytest.fixture
def two() -> str:
    return TWO.replace("/1", BACK.removeprefix("/desk/promises").removesuffix("/back"))


def test_each_form_goes_where_it_is_sent(app: Flask, two: str) -> None:
    page = drawn(app, BACK, two)
    goes = [urlsplit(unescape(address)) for _id, address in BUTTON.findall(page)]
    assert [one.path for one in goes] == [BACK.removesuffix("/back"), BACK]
    assert [one.query for one in goes] == ["lang=en&switch_language=1", "x=1&lang=en&switch_language=1"]
    assert [unescape(one) for one in re.findall(r'data-switch="([^"]*)"', page)][1:] == [one.geturl() for one in goes]


def test_the_link_leads_to_the_form_that_was_sent(app: Flask, two: str) -> None:
    page = drawn(app, BACK, two)
    assert ['id="other-language"' in place for place, _address in BUTTON.findall(page)] == [False, True]
    assert re.findall(r"<form[^>]*data-filled[^>]*>", page) == re.findall(r'<form[^>]*back\?x=1"[^>]*>', page)
    link = re.search(r'<a class="language" href="#other-language" data-switch="([^"]*)"', page)
    assert link
    assert urlsplit(unescape(link[1])).path == BACK


def test_without_a_form_there_is_no_link_that_nobody_can_open(app: Flask) -> None:
    assert 'class="language"' not in drawn(app, BACK, "<p>no</p>")
    with app.test_request_context(BACK, base_url="http://silah.test", method="POST"):
        assert alternate_language_url() is None
    with app.test_request_context("/desk/", base_url="http://silah.test", method="POST"):
        assert alternate_language_url() == "/desk/?lang=en"


def test_a_page_that_can_be_opened_is_opened_for_all_its_forms(app: Flask, two: str) -> None:
    page = drawn(app, BACK.removesuffix("/back"), two, "GET")
    goes = {urlsplit(unescape(address)).path for _id, address in BUTTON.findall(page)}
    assert goes == {BACK.removesuffix("/back")}


@pytest.fixture(scope="module")
def town(app: Flask, make_association: Callable[..., Tenant]) -> Town:
    """An association of this walk alone, whose forms, sent as they are, may change anything in it."""
    (town,) = raise_towns(app, make_association, "hayat-arar")
    return town


class TestPages:
    """As a visitor meets it: every page that is answered to a form which leads nowhere else."""

    def test_name_no_address_that_takes_only_forms(self, app: Flask, town: Town) -> None:
        browser = town.insider()
        dead, posted = [], 0
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) or rule.arguments:
                continue
            answer = browser.post(rule.rule, data={"any": "thing"})
            if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303, 308):
                continue
            posted += 1
            links = re.findall(r'<(?:link rel="alternate"|a class="language")[^>]*href="(/[^"]*)"', answer.text)
            dead += [(rule.rule, link) for link in links if browser.get(unescape(link)).status_code == 405]
        assert dead == []
        assert posted
