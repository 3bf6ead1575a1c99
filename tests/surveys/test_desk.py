"""The builder and the desk: a questionnaire from the bank, a round of it, invitations, results; by pages alone."""

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from silah import clock
from silah.cases.models import Case
from silah.jobs import handlers, runner
from silah.notifications.models import OutboxMessage
from silah.surveys import questionnaires, rounds
from silah.surveys.audience import Audience
from silah.surveys.models import Questionnaire, SurveyInvitation, SurveyRound
from silah.surveys.rules import rules
from tenants.database import db
from tenants.registry import DueWork
from tests.surveys.conftest import begun, invited, opened, served, take
from tests.walls import pages


@pytest.fixture
def begin(seat):
    """The address of a questionnaire just begun."""

    def made(ready=""):
        return seat("administrator").post("/admin/surveys/new", data={"ready": ready}).location

    return made


def keys(page, kind):
    return re.findall(rf'id="part-({kind}[^"]*)"', page)


class TestTheBuilder:
    def test_makes_a_whole_questionnaire_by_pages_alone(self, seat, begin):
        admin, path = seat("administrator"), begin()
        assert "ليس للاستبانة عنوان" in admin.get(f"{path}?lang=ar").text
        assert (
            admin.post(
                f"{path}/edit", data={"title_ar": "رأيك", "title_en": "Your view", "readers": "beneficiaries"}
            ).status_code
            == 302
        )
        assert admin.post(f"{path}/sections/s1", data={"title_ar": "الأولى", "title_en": "First"}).status_code == 302
        assert admin.post(f"{path}/sections/s1/bank", data={"question": "courtesy"}).status_code == 302
        assert admin.post(f"{path}/sections/new", data={"title_ar": "الثانية", "title_en": "Second"}).status_code == 302
        sent = {
            "kind": "one",
            "text_ar": "أين؟",
            "text_en": "Where?",
            "options": "الشمال | North\nالجنوب | South",
            "when": "courtesy=1",
        }
        assert admin.post(f"{path}/sections/s2/questions/new", data=sent).status_code == 302
        page = admin.get(path).text
        assert keys(page, "q") == ["q1"]
        assert "جاهزة لجولة" in page
        shown = admin.get(f"{path}/preview").text
        assert 'dir="rtl"' in shown
        assert 'dir="ltr"' in shown
        assert "North" in shown
        assert "الشمال" in shown

    def test_moves_and_removes(self, seat, begin, serve, home):
        admin, path = seat("administrator"), begin("after_service")
        order = lambda: re.findall(r'id="part-(\w+)"', admin.get(path).text)  # noqa: E731
        assert order()[:3] == ["how", "satisfied", "courtesy"]
        admin.post(f"{path}/parts/courtesy/up")
        assert order()[:3] == ["how", "courtesy", "satisfied"]
        admin.post(f"{path}/parts/in_place/down")
        assert order().index("in_place") > order().index("words")
        admin.post(f"{path}/parts/in_place/remove")
        assert "in_place" not in order()
        assert admin.post(f"{path}/parts/nothing/up").status_code == 404

    def test_an_option_keeps_its_key_when_others_are_added(self, seat, begin, serve, home):
        admin, path = seat("administrator"), begin("yearly")
        page = admin.get(f"{path}/questions/way").text
        assert "زيارة المقر | I visited the office" in page
        sent = {"kind": "one", "text_ar": "كيف؟", "text_en": "How?", "options": "فاكس | Fax\nالهاتف | By telephone"}
        assert admin.post(f"{path}/questions/way", data=sent).status_code == 302
        with serve(home):
            held = db.session.get(Questionnaire, path.rsplit("/", 1)[1]).draft.question("way")
            assert [one.key for one in held.options] == ["o1", "phone"]

    @pytest.mark.parametrize("lang", ["ar", "en"])
    def test_lists_stay_as_cheap_however_many(self, seat, begin, queries, lang):
        admin, counts = seat("administrator"), []
        for _ in range(2):
            begin("yearly")
            admin.get("/admin/surveys")
            with queries() as sent:
                assert admin.get(f"/admin/surveys?lang={lang}").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 15

    def test_is_closed_to_others(self, seat, begin):
        path = begin()
        for address in ("/admin/surveys", path, f"{path}/preview", "/admin/surveys/rules"):
            assert seat("relations_officer").get(address).status_code == 403
        assert seat("liaison_officer").get("/desk/surveys").status_code == 403


class TestWhatIsWritten:
    POISON = "\"'><img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}{{{{7*7}}}}"

    def test_runs_nowhere(self, seat, begin, serve, home, client):
        """Whatever stands in a title, a question, a choice, an answer."""
        admin, path, host = seat("administrator"), begin(), f"{home.slug}.silah.test"
        both = {
            f"{name}_{lang}": self.POISON
            for name in ("title", "intro", "thanks", "text", "hint")
            for lang in ("ar", "en")
        }
        admin.post(f"{path}/edit", data=both | {"readers": "beneficiaries"})
        admin.post(f"{path}/sections/s1", data=both)
        lines = {"options": f"{self.POISON} | {self.POISON}\nب | b"}
        admin.post(f"{path}/sections/s1/questions/new", data=both | lines | {"kind": "one"})
        admin.post(f"{path}/sections/s1/questions/new", data=both | {"kind": "long"})
        with serve(home):
            today = clock.today()
            settled = {"rule": Audience(who="comers"), "anonymous": False, "opens_on": today, "closes_on": today}
            found = rounds.make(questionnaires.get(UUID(path.rsplit("/", 1)[1])), **settled)
            rounds.open_now(found)
            for _ in range(5):
                take(found, {"q1": "o1", "q2": self.POISON})
            db.session.commit()
            desk, portal = f"/desk/surveys/{found.id}", f"/s/{found.code}"
        for address in (path, f"{path}/preview", f"{path}/questions/q1", "/admin/surveys", desk, f"{desk}/results"):
            assert pages.faults(admin.get(address).text, host) == [], address
        for answer in (
            client(home).get(portal),
            client(home).post(portal, data={"page": "s1", "go": "send", "q2": self.POISON}),
        ):
            assert pages.faults(answer.text, host) == []
            assert "<img src=x" not in answer.text
            assert "49" not in answer.text.split("<main")[1]
        assert admin.get(f"{desk}/poster.pdf").status_code == 200
        assert "\n\"'><img" not in admin.get(f"{desk}/results.csv").data.decode("utf-8-sig")


class TestARound:
    @pytest.fixture
    def made(self, seat, begin):
        def make(ready="after_service", **more):
            path = begin(ready)
            sent = {
                "questionnaire": path.rsplit("/", 1)[1], "anonymous": "yes", "who": "served",
                "since": "2020-01-01", "until": f"{clock.today()}", "opens_on": f"{clock.today()}",
                "closes_on": "2099-01-01", "reminders": "٢",
            }  # fmt: skip
            return seat("relations_officer").post("/desk/surveys/new", data=sent | more)

        return make

    def test_is_made_opened_built_and_invites_each_once(self, seat, made, serve, home, app):
        officer, answer = seat("relations_officer"), made()
        assert answer.status_code == 302, answer.text
        path = answer.location
        assert "لم يُكتب إلى أحد بعد" in officer.get(f"{path}?lang=ar").text
        assert officer.post(f"{path}/open").status_code == 302
        handlers.load()
        with app.app_context():
            key = path.rsplit("/", 1)[1]
            assert runner.work(home.role, rounds.BUILD, key)
        with serve(home):
            found = db.session.get(SurveyRound, key)
            letters = [
                m
                for m in db.session.scalars(select(OutboxMessage).where(OutboxMessage.template == "survey_invitation"))
                if found.title_ar in m.subject
            ]
            assert found.told == len(letters) > 0
            assert len({letter.address for letter in letters}) == len(letters)
        assert officer.get(path).status_code == 200
        poster = officer.get(f"{path}/poster.pdf")
        assert poster.data.startswith(b"%PDF")
        assert officer.get(f"{path}/results").status_code == 200
        assert officer.post(f"{path}/close").status_code == 302
        assert officer.post(f"{path}/open").status_code == 409

    @pytest.mark.parametrize(
        "wrong", [{"closes_on": "2020-01-01"}, {"opens_on": ""}, {"sample": "-3"}, {"reminders": "9"}]
    )
    def test_is_not_made_of_nonsense_and_nothing_typed_is_lost(self, made, wrong):
        answer = made(title_ar="جولة الربيع", **wrong)
        assert answer.status_code == 422
        assert "جولة الربيع" in answer.text

    def test_is_not_made_of_a_questionnaire_with_faults(self, made):
        assert made("").status_code == 422

    def test_keeps_its_questions_when_the_questionnaire_changes(self, serve, home):
        with serve(home):
            source, today = begun(), clock.today()
            settled = {"rule": Audience(who="comers"), "anonymous": True, "opens_on": today, "closes_on": today}
            first, again = rounds.make(source, **settled), rounds.make(source, **settled)
            questionnaires.remove(source, "recommend")
            second = rounds.make(source, **settled)
            assert (first.revision, again.revision, second.revision) == (1, 1, 2)
            assert first.asks.question("recommend")
            assert not second.asks.question("recommend")
            db.session.rollback()

    def test_the_list_costs_the_same_however_long(self, seat, made, queries):
        officer, counts = seat("relations_officer"), []
        for _ in range(2):
            made()
            officer.get("/desk/surveys")
            with queries() as sent:
                assert officer.get("/desk/surveys").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 15

    def test_the_list_is_read_page_by_page(self, seat, made, serve, home, monkeypatch):
        for _ in range(3):
            made()
        monkeypatch.setattr(rounds, "SHOWN", 2)
        browser, seen, number = seat("relations_officer"), [], 1
        while True:
            page = browser.get(f"/desk/surveys?page={number}").text
            here = re.findall(r'href="/desk/surveys/([0-9a-f-]{36})"', page)
            seen += here
            assert len(here) <= 2
            if f"page={number + 1}" not in page:
                break
            number += 1
        with serve(home):
            held = db.session.scalar(select(func.count()).where(SurveyRound.state != "discarded"))
        assert len(seen) == len(set(seen)) == held

    def test_has_no_results_before_it_opens(self, seat, made):
        path = made(anonymous="no").location
        assert seat("management").get(path).status_code == 200
        assert seat("management").get(f"{path}/results").status_code == 404
        assert seat("management").get(f"{path}/results.csv").status_code == 404

    def test_tells_who_was_invited_and_nothing_of_what_they_answered(self, seat, serve, home, queries):
        officer, counts = seat("relations_officer"), []
        with serve(home):
            found = invited(opened(rule=served()))
            people = db.session.scalars(
                select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
            ).all()
            take(found, {"happy": "5", "office": "west"}, people[0])
            name = db.session.get(Case, people[0].case_id).applicant.name
            db.session.commit()
            path = f"/desk/surveys/{found.id}/people"
        assert name in officer.get(f"{path}?view=answered").text
        assert name not in officer.get(f"{path}?view=unreached").text
        for view in ("answered", "owing"):
            officer.get(path)
            with queries() as sent:
                assert officer.get(f"{path}?view={view}&page=1").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 20
        assert officer.get(f"{path}?view=nonsense&page=-3").status_code == 200

    def test_names_nobody_behind_a_case_that_the_reader_may_not_see(self, seat, serve, home):
        with serve(home):
            found = invited(opened(rule=served()))
            key = found.id
            rows = select(SurveyInvitation.case_id).where(SurveyInvitation.round_id == key)
            case = db.session.get(Case, db.session.scalars(rows).first())
            kind, case.kind = case.kind, "complaint"
            name = case.applicant.name
            db.session.commit()
            case_id = case.id
        address = f"/desk/surveys/{key}/people?view="
        shown = "".join(seat("relations_officer").get(address + view).text for view in ("owing", "unreached"))
        assert name not in shown
        with serve(home):
            db.session.get(Case, case_id).kind = kind
            db.session.commit()

    def test_rules_are_kept_and_owe_the_mornings_work(self, seat, serve, home, begin):
        admin, path = seat("administrator"), begin("after_service")
        sent = {
            "fewest": "٧", "after_cases": path.rsplit("/", 1)[1], "after_kinds": "request", "periodic": "",
            "every_months": "6", "stands_days": "21", "anonymous": "y", "reminders": "1", "remind_after_days": "4",
        }  # fmt: skip
        for wrong in ({"fewest": "4"}, {"after_kinds": []}, {"every_months": "0"}, {"reminders": "كثير"}):
            assert admin.post("/admin/surveys/rules", data=sent | wrong).status_code == 422, wrong
        assert admin.post("/admin/surveys/rules", data=sent).status_code == 302
        with serve(home):
            assert rules().fewest == 7
            assert db.session.scalars(select(DueWork).where(DueWork.kind == "survey.programme")).one().done_at is None
        assert admin.post("/admin/surveys/rules", data=sent | {"after_cases": "", "fewest": "5"}).status_code == 302
