"""The tablet at the desk: one person after the other, and nothing of one is left for the next."""

import re

import pytest
from sqlalchemy import select

from silah.surveys.audience import Audience
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tests.surveys.conftest import hidden, opened

FIRST = {"page": "s1", "go": "next", "happy": "1", "office": "north"}
LAST = FIRST | {"page": "s2", "go": "send", "why": "سر بيننا"}


@pytest.fixture
def tablet(client, home, serve):
    """A tablet, the address of its questionnaire, and how many answers there are."""
    with serve(home):
        found = opened(rule=Audience(who="comers", kiosk=True))
        db.session.commit()
        path, id_ = f"/s/{found.code}/kiosk", found.id

    def answers():
        with serve(home):
            return len(db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == id_)).all())

    return client(home), path, answers


def sitting(browser, path):
    return {"sitting": hidden(browser.get(path).text)["sitting"]}


def test_takes_one_person_after_the_other(tablet, serve, home):
    browser, path, answers = tablet
    for _ in range(2):
        sent = browser.post(path, data=LAST | sitting(browser, path))
        assert f'href="{path}?lang=ar"' in sent.text
    assert answers() == 2
    with serve(home):
        other = opened()
        db.session.commit()
        assert browser.get(f"/s/{other.code}/kiosk").status_code == 404


def test_a_page_of_the_person_before_leads_to_the_beginning_and_shows_nothing(tablet):
    browser, path, answers = tablet
    before = sitting(browser, path)
    assert hidden(browser.post(path, data=FIRST | before).text)["office"] == "north"
    now = sitting(browser, path)
    for sent in (FIRST, LAST, LAST | {"go": "back"}, LAST | {"go": "stay"}):
        again = browser.post(path, data=sent | before)
        assert (again.status_code, again.location) == (303, f"{path}?lang=ar")
    assert browser.post(path, data=LAST).status_code == 303
    assert answers() == 0
    assert browser.post(path, data=LAST | now).status_code == 200
    assert browser.post(path, data=LAST | now).status_code == 303, "the thanks loaded anew send nothing twice"
    assert answers() == 1


def test_goes_back_by_itself_without_script_and_leads_nowhere_else(tablet):
    browser, path, _answers = tablet
    mark = sitting(browser, path)
    first, second = browser.get(f"{path}?lang=en"), None
    mark = {"sitting": hidden(first.text)["sitting"]}
    second, thanks = browser.post(path, data=FIRST | mark), browser.post(path, data=LAST | mark)
    for page, seconds in ((first, 300), (second, 300), (thanks, 20)):
        assert f'<noscript><meta http-equiv="refresh" content="{seconds};url={path}?lang=ar"></noscript>' in page.text
        assert page.headers["Cache-Control"] == "no-store"
        ways = set(re.findall(r'<a [^>]*href="(/[^"#?]*)', page.text))
        assert ways == {path}
    assert 'autocomplete="off"' in first.text


def test_the_language_is_changed_in_the_midst_and_nothing_typed_is_lost(tablet):
    browser, path, _answers = tablet
    sent = LAST | sitting(browser, path) | {"go": "stay", "times": "كثير"}
    page = browser.post(f"{path}?lang=en", data=sent)
    assert page.status_code == 200
    assert 'lang="en"' in page.text
    assert 'value="كثير"' in page.text
    assert "سر بيننا" in page.text
    assert hidden(page.text)["office"] == "north"
