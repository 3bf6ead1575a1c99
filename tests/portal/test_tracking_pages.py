"""Cases of every kind are confirmed, followed, written about and taken back on the same pages."""

from pathlib import Path

import pytest
from sqlalchemy import select

import silah
from silah.cases import kinds
from silah.cases.models import TimelineEntry
from silah.cases.states import State
from silah.portal import tracking_registry
from tenants.database import db
from tests.complaints.test_portal import PERSON, case_of, followed, sent

INQUIRY = {"kind": "inquiry", "text": "متى تُفتح المكاتب؟", **PERSON}
COMPLAINT = {"about": "service", "text": "تأخرت الخدمة شهرًا", "how": "named", **PERSON}
FRAME = Path(str(silah.__file__)).parent / "portal"


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def visitor(client, home):
    return client(home)


class TestEveryKind:
    def test_has_a_page_on_which_it_is_followed(self, app):
        assert set(tracking_registry.list_kinds()) == set(kinds.every())

    @pytest.mark.parametrize("file", ["tracking.html", "sent.html"])
    def test_is_named_by_no_common_page(self, file):
        text = (FRAME / "templates" / "portal" / file).read_text("utf-8")
        assert "case.kind" not in text
        assert not any(
            f"url_for('{feature}." in text for feature in ("voices", "settlements", "complaints", "requests")
        )


class TestAddressesOfBefore:
    """Pages that were open before, and links that were kept, lead where they did."""

    @pytest.mark.parametrize("path", ["/requests/sent", "/complaints/sent"])
    def test_confirm_what_was_sent(self, visitor, path):
        reference, _code = sent(visitor, "/inquiries/new", INQUIRY)
        page = visitor.get(path)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert reference in page.text

    @pytest.mark.parametrize("old", ["say", "note"])
    def test_take_a_message(self, visitor, client, home, old):
        browser = client(home)
        where = followed(browser, *sent(visitor, "/inquiries/new", INQUIRY))
        assert browser.post(f"{where}/{old}", data={"body": "نسيت اسم المكتب"}).location == f"{where}#messages"
        assert "نسيت اسم المكتب" in browser.get(where).text

    @pytest.mark.parametrize("old", ["take-back", "leave-it", "withdraw"])
    def test_take_it_back(self, visitor, client, serve, home, old):
        browser = client(home)
        reference, code = sent(visitor, "/inquiries/new", INQUIRY)
        where = followed(browser, reference, code)
        assert f'action="{where}/withdraw"' in browser.get(where).text
        assert browser.post(f"{where}/{old}").location == where
        page = browser.get(where).text
        assert f'action="{where}/withdraw"' not in page
        assert f'action="{where}/messages"' not in page
        with serve(home):
            assert case_of(reference).state is State.WITHDRAWN
        assert browser.post(f"{where}/{old}").status_code == 409

    def test_the_reason_of_a_complaint_taken_back_is_kept(self, visitor, client, serve, home):
        browser = client(home)
        reference, code = sent(visitor, "/complaints/new", COMPLAINT)
        where = followed(browser, reference, code)
        assert browser.post(f"{where}/withdraw", data={"reason": "حُلّ الأمر"}).location == where
        with serve(home):
            entries = db.session.scalars(select(TimelineEntry).where(TimelineEntry.case_id == case_of(reference).id))
            assert "حُلّ الأمر" in [entry.note for entry in entries]
