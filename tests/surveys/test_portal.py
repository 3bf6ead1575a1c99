"""Answering at the portal: page by page without script, nothing typed lost, one answer a link."""

from threading import Thread

import psycopg2
import pytest
from sqlalchemy import func, select

from silah import clock
from silah.cases import receipts
from silah.cases.models import Case
from silah.surveys import responses, rounds
from silah.surveys.bank import READY
from silah.surveys.models import SurveyInvitation, SurveyResponse
from silah.web.extensions import limiter
from tenants.database import db
from tests.surveys.conftest import answers_in, hidden, invited, opened, planned, served

WHOLE = {"page": "s1", "go": "next", "happy": "1", "recommend": "١٠", "office": "north", "got": ["north", "west"]}


@pytest.fixture
def open_link(serve, home):
    with serve(home):
        found = opened()
        db.session.commit()
        return f"/s/{found.code}", found.id


@pytest.fixture
def personal(serve, home):
    """Links of two who were invited, with what the round is."""
    with serve(home):
        found = invited(opened(rule=served(), anonymous=False, split="channel"))
        rows = select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
        links = [f"/s/{responses.token(one.id)}" for one in db.session.scalars(rows)]
        db.session.commit()
        return links, found.id


def answers_of(serve, home, round_id):
    with serve(home):
        return db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == round_id)).all()


class TestPages:
    def test_lead_one_after_the_other_and_carry_what_was_typed(self, client, home, open_link, serve):
        browser, (path, id_) = client(home), open_link
        assert "صفحة 1 من 2" in browser.get(f"{path}?lang=ar").text
        second = browser.post(path, data=WHOLE)
        assert second.status_code == 200
        assert hidden(second.text)["recommend"] == "١٠"
        assert 'name="why"' in second.text
        sent = browser.post(path, data=WHOLE | {"page": "s2", "go": "send", "times": "٣", "why": "تأخر", "day": ""})
        assert "وصلتنا إجاباتك" in sent.text
        (kept,) = answers_of(serve, home, id_)
        assert answers_in(kept) == (
            {"happy": "1", "recommend": "10", "office": "north", "got": ["north", "west"], "times": "3"},
            {"why": "تأخر"},
        )

    def test_a_question_whose_condition_is_not_met_is_not_asked_nor_kept(self, client, home, open_link, serve):
        browser, (path, id_) = client(home), open_link
        glad = WHOLE | {"happy": "5"}
        assert 'id="why"' not in browser.post(path, data=glad).text
        browser.post(path, data=glad | {"page": "s2", "go": "send", "why": "sneaked in"})
        assert answers_in(answers_of(serve, home, id_)[0])[1] == {}

    @pytest.mark.parametrize(
        ("typed", "said"),
        [({"happy": ""}, "أجب"), ({"happy": "6"}, "اختر"), ({"office": "moon"}, "اختر")],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(self, client, home, open_link, typed, said):
        answer = client(home).post(f"{open_link[0]}?lang=ar", data=WHOLE | typed)
        assert answer.status_code == 422
        name = next(iter(typed))
        assert said in answer.text.split(f'id="{name}-error"')[1][:400]
        assert 'value="west" checked' in answer.text
        assert f'href="#{name}-0"' in answer.text

    def test_what_is_wrong_with_lines_numbers_and_dates_is_said(self, client, home, open_link):
        sent = WHOLE | {"page": "s2", "go": "send", "order.north": "1", "order.south": "1", "order.west": "2"}
        answer = client(home).post(open_link[0], data=sent | {"times": "كثير", "day": "2026-02-30"})
        assert answer.status_code == 422
        assert {f'id="{key}-error"' in answer.text for key in ("order", "times", "day")} == {True}
        assert 'value="كثير"' in answer.text

    def test_back_is_never_refused_and_keeps_what_was_typed(self, client, home, open_link):
        answer = client(home).post(open_link[0], data=WHOLE | {"page": "s2", "go": "back", "times": "nonsense"})
        assert answer.status_code == 200
        assert 'value="north" checked' in answer.text
        assert hidden(answer.text)["times"] == "nonsense"

    def test_cannot_be_jumped_over(self, client, home, open_link, serve):
        answer = client(home).post(open_link[0], data={"page": "s2", "go": "send"})
        assert answer.status_code == 422
        assert answers_of(serve, home, open_link[1]) == []

    def test_the_thanks_are_the_same_for_all_who_answer_and_lead_to_no_link_of_anybody(self, client, home, personal):
        sent = WHOLE | {"page": "s2", "go": "send"}
        first, second = (client(home).post(f"{link}?lang=ar", data=sent) for link in personal[0][:2])
        assert first.text == second.text
        assert "وصلتنا إجاباتك" in first.text
        assert personal[0][0] not in first.text
        assert 'href="?lang=en"' in first.text
        assert "have reached us" in client(home).post(f"{personal[0][2]}?lang=en", data=sent).text

    def test_the_same_browser_is_thanked_the_second_time(self, client, home, open_link, serve):
        browser = client(home)
        for _ in range(2):
            last = browser.post(open_link[0], data=WHOLE | {"page": "s2", "go": "send"})
        assert last.status_code == 409
        assert len(answers_of(serve, home, open_link[1])) == 1


class TestAPersonalLink:
    def test_is_good_for_one_answer(self, client, home, personal, serve):
        (first, *_rest), id_ = personal
        for expected in (200, 409):
            assert client(home).post(first, data=WHOLE | {"page": "s2", "go": "send"}).status_code == expected
        (kept,) = answers_of(serve, home, id_)
        assert kept.invitation_id
        assert kept.way == "personal"
        assert kept.facts["kind"] == "request"

    def test_names_the_service(self, client, home, serve):
        with serve(home):
            found = invited(opened(READY["after_service"], rule=served(), anonymous=True))
            one = db.session.scalars(
                select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
            ).first()
            link = f"/s/{responses.token(one.id)}"
            db.session.commit()
        page = client(home).get(f"{link}?lang=ar").text
        assert "{الخدمة}" not in page
        assert "ما مدى رضاك عن" in page

    def test_that_was_made_up_leads_nowhere(self, client, home):
        for code in ("a" * 24, "abcdefghjk", "x"):
            assert client(home).get(f"/s/{code}").status_code == 404


class TestWhatStandsInTheWay:
    def test_a_planned_round_is_nothing_a_closed_one_says_so(self, client, home, serve):
        with serve(home):
            found = planned()
            db.session.commit()
            path = f"/s/{found.code}"
            assert client(home).get(path).status_code == 404
            rounds.open_now(found)
            rounds.close(found)
            db.session.commit()
        assert client(home).get(path).status_code == 409
        assert client(home).post(path, data=WHOLE | {"page": "s2", "go": "send"}).status_code == 409

    def test_a_quota_is_kept(self, client, home, serve):
        with serve(home):
            found = opened(quota=1)
            db.session.commit()
            path, id_ = f"/s/{found.code}", found.id
        for expected in (200, 409):
            assert client(home).post(path, data=WHOLE | {"page": "s2", "go": "send"}).status_code == expected
        assert len(answers_of(serve, home, id_)) == 1


def test_two_at_once_by_one_link_are_one_answer(serve, home, client):
    with serve(home):
        found = invited(opened(rule=served()))
        rows = select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
        code, key = responses.token(db.session.scalars(rows).first().id), found.id
        db.session.commit()
    sent = {"page": "s2", "go": "send", "happy": "5", "office": "west"}
    codes = []
    post = lambda: codes.append(client(home).post(f"/s/{code}", data=sent).status_code)  # noqa: E731
    threads = [Thread(target=post) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(codes) == [200, 409, 409, 409]
    with serve(home):
        mine = SurveyResponse.round_id == key
        assert db.session.scalar(select(func.count()).select_from(SurveyResponse).where(mine)) == 1


def test_who_follows_a_case_finds_the_questions_there_until_they_are_answered(serve, home, client):
    with serve(home):
        found = invited(opened(rule=served(), closes_on=clock.today()))
        one = db.session.scalars(select(SurveyInvitation).where(SurveyInvitation.round_id == found.id)).first()
        case = db.session.get(Case, one.case_id)
        code, path = receipts.new_code(), f"/s/{responses.token(one.id)}"
        case.receipt_digest, reference = receipts.digest(code), case.reference
        db.session.commit()
    browser = client(home)
    page = browser.post("/follow", data={"reference": reference, "code": code}).location
    assert f'href="{path}"' in browser.get(page).text
    assert browser.post(path, data=WHOLE | {"page": "s2", "go": "send"}).status_code == 200
    assert f'href="{path}"' not in browser.get(page).text
    assert client(home).get(path).status_code == 409


def test_personal_links_from_one_address_are_not_held_back(app, client, home, open_link):
    """Behind a telephone network hundreds share an address; an open link is held back, a personal one answers once."""
    with app.app_context():
        limiter.reset()
    browser = client(home)
    assert {browser.post(f"/s/{'a' * 24}").status_code for _ in range(125)} == {404}
    open_ = [browser.post(open_link[0], data={"page": "s1"}).status_code for _ in range(125)]
    assert (open_[0], open_[-1]) == (422, 429)
    with app.app_context():
        limiter.reset()


def test_an_answer_that_meets_the_close_is_refused_and_not_half_kept(client, home, serve, open_link, monkeypatch):
    link, key = open_link
    take_apart = responses.parted

    def closed_meanwhile(asks, given):
        def close():
            with serve(home):
                rounds.close(rounds.get(key))
                db.session.commit()

        thread = Thread(target=close)
        thread.start()
        thread.join()
        return take_apart(asks, given)

    monkeypatch.setattr(responses, "parted", closed_meanwhile)
    answer = client(home).post(link, data={"page": "s2", "go": "send", "happy": "5", "office": "west"})
    assert answer.status_code == 409
    assert answers_of(serve, home, key) == []


def test_an_answer_waits_for_whoever_is_closing_and_then_finds_it_closed(client, home, serve, personal, cluster):
    links, key = personal
    codes, sent = [], WHOLE | {"page": "s2", "go": "send"}
    answering_it = Thread(target=lambda: codes.append(client(home).post(links[0], data=sent).status_code))
    with serve(home):
        rounds.close(rounds.get(key))
        answering_it.start()
        while not _somebody_waits(cluster):
            assert answering_it.is_alive()
        db.session.commit()
    answering_it.join()
    assert codes == [409]
    assert answers_of(serve, home, key) == []
    with serve(home):
        used = select(SurveyInvitation).where(SurveyInvitation.round_id == key, SurveyInvitation.answered)
        assert db.session.scalars(used).all() == []


def _somebody_waits(cluster):
    conn = psycopg2.connect(cluster.superuser_url.replace("+psycopg2", ""))
    try:
        with conn, conn.cursor() as cursor:
            waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
            cursor.execute(waiting, ("%survey_response%",))
            return cursor.fetchone()[0]
    finally:
        conn.close()
