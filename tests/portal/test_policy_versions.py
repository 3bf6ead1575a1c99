"""The policy in public: the version in force with its channels, and every older one."""

import io
import json
from datetime import timedelta

import pytest

from silah import clock
from tenants import versions
from tenants.database import db
from tenants.versions import PolicyVersion


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="nobough-talents")


@pytest.fixture(scope="module")
def history(app, home):
    """A version that was in force, the one that is, and a draft: their ids."""
    from tenants.context import serving

    with app.app_context(), serving(home):
        today = clock.today()
        now = versions.in_force(today)
        document = json.loads(json.dumps(now.document))
        document["reply_period"]["amount"] = 4
        old = PolicyVersion.of(now.policy, at=clock.now() - timedelta(days=400))
        old.document, old.number, old.state = document, "00", "superseded"
        until = now.in_force_from or today
        old.in_force_from, old.in_force_until = until - timedelta(days=300), until
        draft = PolicyVersion.of(now.policy, at=clock.now())
        db.session.add_all([old, draft])
        now.in_force_from = now.in_force_from or today
        db.session.commit()
        return {"old": old.id, "now": now.id, "draft": draft.id}


class TestVersions:
    def test_are_listed_with_their_days(self, client, home, history):
        page = client(home).get("/policy/versions?lang=en").text
        assert f"/policy/versions/{history['old']}" in page
        assert str(history["draft"]) not in page

    @pytest.mark.parametrize("language", ["ar", "en"])
    def test_an_old_one_is_readable_and_says_that_it_counts_no_longer(self, client, home, history, language):
        answer = client(home).get(f"/policy/versions/{history['old']}?lang={language}")
        assert answer.status_code == 200
        assert ('rel="canonical"' in answer.text, "noindex" in answer.text) == (True, True)
        words = {"ar": "لم يعد هذا الإصدار ساريًا", "en": "This version is no longer in force"}
        assert words[language] in answer.text

    def test_what_changed_is_told_in_words(self, client, home, history):
        page = client(home).get("/policy?lang=en").text
        assert "What changed from the version before" in page

    def test_as_data_and_on_paper(self, client, home, history):
        visitor = client(home)
        data = visitor.get(f"/policy/versions/{history['old']}.json").json
        assert data["reply_period"]["amount"] == 4
        assert {
            "channels",
            "tools",
            "referral",
            "reply_period",
            "studied_by",
            "attestation",
            "version",
            "clauses",
        } <= set(data)
        for language in ("ar", "en"):
            paper = visitor.get(f"/policy/versions/{history['old']}.pdf?lang={language}")
            assert paper.data.startswith(b"%PDF")

    @pytest.mark.parametrize("form", ["", ".json", ".pdf"])
    def test_a_draft_is_nobodys_business(self, client, home, history, form):
        assert client(home).get(f"/policy/versions/{history['draft']}{form}").status_code == 404


class TestChannels:
    def test_are_links_on_the_page_and_on_paper(self, client, home, app):
        from tenants.context import serving

        with app.app_context(), serving(home):
            now = versions.in_force(clock.today())
            document = json.loads(json.dumps(now.document))
            phone = next(one for one in document["channels"] if one["kind"] == "phone")
            phone["address"], phone["public"] = "+966 11 000 0000", True
            now.document = document
            db.session.commit()
        page = client(home).get("/policy?lang=en").text
        assert 'href="tel:+966110000000"' in page
        paper = client(home).get("/policy.pdf?lang=en").data
        assert b"tel:+966110000000" in io.BytesIO(paper).read()
