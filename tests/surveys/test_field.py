"""What phones bring back from the field: for those to whom it was given, each answer once, by the rules of the web."""

import json
from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest

from silah import clock as time
from silah.surveys import field_work, rounds
from tenants.database import db
from tests.surveys.conftest import answers_in, planned
from tests.surveys.fielding import WHOLE, bring, delegate, given, kept

__all__ = ["given"]


class TestTakingAlong:
    def test_is_for_those_to_whom_the_round_was_given(self, given, seat):
        id_ = str(given())
        carried = seat("delegate").get("/desk/field/rounds.json").json
        assert id_ in [one["id"] for one in carried["rounds"]]
        assert seat("volunteer").get("/desk/field/rounds.json").json["rounds"] == []
        assert bring(seat("volunteer"), id_).status_code == 404

    def test_carries_each_question_in_both_languages(self, given, seat):
        id_ = str(given())
        (one,) = [it for it in seat("delegate").get("/desk/field/rounds.json").json["rounds"] if it["id"] == id_]
        first, second = one["pages"]
        assert "happy بالعربية" in first["html"]["ar"]
        assert "Very satisfied" in first["html"]["en"]
        assert "Very satisfied" not in first["html"]["ar"]
        assert [q["key"] for q in second["questions"] if q["when"]] == ["why"]
        assert 'name="lines.north"' in second["html"]["ar"]

    def test_a_round_that_is_not_open_stays_at_home(self, seat, serve, home):
        seat("delegate")
        with serve(home):
            found = planned(opens_on=time.today() + timedelta(3))
            field_work.assign(found, [delegate()])
            db.session.commit()
            id_ = str(found.id)
        assert id_ not in [one["id"] for one in seat("delegate").get("/desk/field/rounds.json").json["rounds"]]

    def test_the_page_names_nobody_and_its_worker_keeps_what_it_is_drawn_with(self, client, home, seat):
        page = seat("delegate").get("/desk/field/?lang=ar").text
        assert "منسوب delegate" not in page
        assert "csrf" not in page
        script = client(home).get("/desk/field/worker.js")
        assert script.mimetype == "text/javascript"
        known = json.loads(script.text.split("const KEPT = ")[1].split(";\n")[0])
        assert {path.split("?")[0] for path in known["files"]} >= {
            "/static/silah.css",
            "/static/field.js",
            "/theme.css",
        }
        assert all(client(home).get(path).status_code == 200 for path in known["files"])

    def test_the_manifest_and_its_icons_stand_on_the_associations_own_host(self, client, home):
        about = json.loads(client(home).get("/desk/field/manifest.webmanifest?lang=ar").text)
        assert (about["dir"], about["start_url"]) == ("rtl", "/desk/field/")
        assert client(home).get(about["icons"][0]["src"]).data[:4] == b"\x89PNG"

    def test_a_stranger_gets_the_way_in_and_a_program_a_word(self, client, home):
        assert client(home).get("/desk/field/").status_code == 302
        assert client(home).get("/desk/field/rounds.json").status_code == 401


class TestBringing:
    @pytest.mark.parametrize("anonymous", [False, True])
    def test_the_same_answer_twice_is_one(self, given, seat, serve, home, anonymous):
        id_, mine = given(anonymous), uuid4()
        for _ in range(3):
            assert bring(seat("delegate"), id_, mine).json == {"taken": True}
        (one,) = kept(serve, home, id_)
        answers, words = answers_in(one)
        assert (answers["recommend"], words) == ("10", {"why": "تأخر"})

    def test_again_after_the_round_has_ended_is_still_taken(self, given, seat, serve, home):
        id_, mine = given(True), uuid4()
        bring(seat("delegate"), id_, mine)
        with serve(home):
            rounds.close(rounds.get(id_))
            db.session.commit()
        assert bring(seat("delegate"), id_, mine).json == {"taken": True}
        late = bring(seat("delegate"), id_)
        assert late.status_code == 409
        assert "أُغلقت" in late.json["error"]
        assert len(kept(serve, home, id_)) == 1

    def test_by_two_at_once_is_one(self, given, seat, serve, home, app):
        """The second waits for the first to be written, then has nothing to do."""
        id_, mine, said = given(), uuid4(), []
        browser = seat("delegate")
        cookie = browser.get_cookie("silah", domain=f"{home.slug}.silah.test").value

        def send():
            other = app.test_client(use_cookies=True)
            other.set_cookie("silah", cookie, domain=f"{home.slug}.silah.test")
            sent = WHOLE | {"id": str(mine)}
            address = f"http://{home.slug}.silah.test"
            said.append(other.post(f"/desk/field/{id_}/answers.json", data=sent, base_url=address).status_code)

        threads = [Thread(target=send) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert said == [200] * 4
        assert len(kept(serve, home, id_)) == 1

    def test_while_the_round_is_being_closed_waits_and_is_refused(self, given, seat, serve, home):
        """Else it would be taken after everything was counted, and never be counted itself."""
        id_, said = given(True), []
        sending = Thread(target=lambda: said.append(bring(seat("delegate"), id_).status_code))
        with serve(home):
            rounds.close(rounds.get(id_))
            sending.start()
            sending.join(1)
            assert said == []
            db.session.commit()
        sending.join()
        assert said == [409]
        assert kept(serve, home, id_) == []

    def test_is_checked_as_on_the_web_and_refused_with_words(self, given, seat, serve, home):
        id_ = given()
        answer = bring(seat("delegate"), id_, happy="9", times="many")
        assert answer.status_code == 422
        assert set(answer.json["fields"]) == {"happy", "times"}
        assert kept(serve, home, id_) == []

    def test_after_being_put_right_it_is_taken_under_the_same_id(self, given, seat, serve, home):
        id_, mine = given(), uuid4()
        assert bring(seat("delegate"), id_, mine, happy="9").status_code == 422
        assert bring(seat("delegate"), id_, mine).status_code == 200
        assert len(kept(serve, home, id_)) == 1

    @pytest.mark.parametrize("strange", ["", "1", "not-an-id", "00000000-0000-1000-8000-000000000000"])
    def test_needs_a_proper_id(self, given, seat, strange):
        assert bring(seat("delegate"), given(), id=strange).status_code == 422

    def test_an_id_of_another_round_is_not_taken_for_this_one(self, given, seat, serve, home):
        first, second, mine = given(), given(), uuid4()
        assert bring(seat("delegate"), first, mine).status_code == 200
        assert bring(seat("delegate"), second, mine).status_code == 409

    def test_without_proof_of_where_it_was_made_is_refused(self, given, seat, app, monkeypatch, serve, home):
        id_ = given()
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
        assert bring(seat("delegate"), id_).status_code == 400
        proof = seat("delegate").get("/desk/field/rounds.json").json["proof"]
        sent = WHOLE | {"id": str(uuid4())}
        path = f"/desk/field/{id_}/answers.json"
        assert seat("delegate").post(path, data=sent, headers={"X-CSRFToken": proof}).status_code == 200

    def test_the_quota_holds(self, given, seat, serve, home):
        id_ = given(quota=1)
        assert [bring(seat("delegate"), id_).status_code for _ in range(2)] == [200, 409]
