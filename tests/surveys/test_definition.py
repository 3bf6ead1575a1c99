"""What a questionnaire asks, what is wrong with one, and what is made of whatever is typed into it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from silah.language.digits import arabic_indic
from silah.surveys import answers, questionnaires
from silah.surveys.bank import QUESTIONS, READY
from silah.surveys.definition import Definition, Option, Section, When, asked, piped
from silah.surveys.errors import NotInOrder
from silah.surveys.models import SurveyResponse
from tenants.database import db
from tenants.texts import Text
from tests.surveys.conftest import EVERY_KIND, OPTIONS, opened, planned, question, text


def of(*pages):
    sections = tuple(Section(key=f"s{n}", questions=tuple(page)) for n, page in enumerate(pages, 1))
    return Definition(title=text("Title"), sections=sections)


class TestTheBank:
    @pytest.mark.parametrize("ready", READY)
    def test_is_in_order(self, at_home, ready):
        assert questionnaires.problems(READY[ready], anonymous=True) == []
        assert Definition.read(READY[ready].document()) == READY[ready]

    @pytest.mark.parametrize("key", QUESTIONS)
    def test_has_each_question_whole(self, at_home, key):
        assert questionnaires.problems(of([QUESTIONS[key]])) == []

    def test_measures_what_the_policies_promise(self):
        promised = {"courtesy", "enough_time", "all_answered", "accurate", "in_place", "hospitality"}
        assert promised <= set(QUESTIONS)
        assert promised & {one.key for one in READY["after_service"].questions}


class TestTheChecker:
    FAULTS = (
        of([]),
        of([question("q1").model_copy(update={"text": Text(ar="وحدها")})]),
        of([question("q1", hint=Text(en="alone"))]),
        of([question("q1", "one")]),
        of([question("q1", "one", options=(*OPTIONS, Option(key="east", label=Text(ar="شرق"))))]),
        of([question("q1", "many", options=(OPTIONS[0], OPTIONS[0]))]),
        of([question("q1", "matrix")]),
        of([question("q1", "number", least=3, most=1)]),
        of([question("q1", "one", options=OPTIONS, measures="nps")]),
        of([question("q1", "file")], [question("q2")]),
        of([question("q1")], [question("q1")]),
        of([question("q1"), question("q2", when=When(question="q1", any_of=("1",)))]),
        of([question("q1")], [question("q2", when=When(question="q1", any_of=("9",)))]),
        of([question("q1", when=When(question="q2", any_of=("1",)))], [question("q2")]),
    )

    @pytest.mark.parametrize("definition", FAULTS, ids=range(len(FAULTS)))
    def test_finds_the_fault_and_no_round_is_made(self, at_home, definition):
        assert len(questionnaires.problems(definition)) == 1
        with pytest.raises(NotInOrder):
            planned(definition)

    def test_lets_no_anonymous_round_ask_for_a_file(self, at_home):
        definition = of([question("q1", "file")])
        assert questionnaires.problems(definition) == []
        with pytest.raises(NotInOrder):
            planned(definition, anonymous=True)


class TestConditions:
    def test_lead_over_the_pages_that_are_asked_and_no_other(self):
        definition = of(
            [question("q1")],
            [question("q2", when=When(question="q1", any_of=("1",)))],
            [question("q3", when=When(question="q2", any_of=("2",)))],
            [question("q4")],
        )

        def way(given_):
            return [one.key for _section, here in asked(definition, given_) for one in here]

        assert way({"q1": "5", "q2": "2"}) == ["q1", "q4"], "what was not asked was not answered"
        assert way({"q1": "1", "q2": "2"}) == ["q1", "q2", "q3", "q4"]

    def test_look_into_several_answers(self):
        definition = of(
            [question("q1", "many", options=OPTIONS)], [question("q2", when=When(question="q1", any_of=("west",)))]
        )
        assert len(asked(definition, {"q1": ["north", "west"]})) == 2
        assert len(asked(definition, {"q1": ["north"]})) == 1

    def test_the_service_has_its_name_in_either_language(self):
        assert piped("ما رأيك في {الخدمة}؟", "دعم عيني") == "ما رأيك في دعم عيني؟"
        assert piped("How was {service}?", "{الخدمة}") == "How was {الخدمة}?"


class TestWhatIsTyped:
    def read(self, **typed):
        held = {"happy": "3", "office": "north"}
        return answers.read(EVERY_KIND, answers.typed(EVERY_KIND, MultiDict(held | typed)))

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("12", "12"), ("١٢", "12"), ("۱۲٫۵", "12.5"), (" 7 ", "7"), ("1.23456", "1.235"), ("100", "100"), ("0", "0")],
    )
    def test_numbers_in_any_digits_are_one_number(self, at_home, typed, kept):
        found, wrong = self.read(times=typed)
        assert (found["times"], wrong) == (kept, {})

    @pytest.mark.parametrize("typed", ["كثير", "NaN", "inf", "1e9", "101", "-1", "1e400", "--2", "9" * 5000])
    def test_what_is_no_number_is_said(self, at_home, typed):
        found, wrong = self.read(times=typed)
        assert "times" in wrong
        assert "times" not in found

    @pytest.mark.parametrize("typed", ["2026-13-01", "٢٠٢٦-٠٢-٣٠", "tomorrow", "2026-1", "0000-00-00"])
    def test_what_is_no_day_is_said(self, at_home, typed):
        assert "day" in self.read(day=typed)[1]

    def test_days_in_any_digits_are_one_day(self, at_home):
        assert self.read(day="٢٠٢٦/٩/٢٣")[0]["day"] == "2026-09-23"

    def test_a_matrix_half_filled_is_kept_where_it_need_not_be_whole(self, at_home):
        assert self.read(**{"lines.north": "٤"})[0]["lines"] == {"north": "4"}
        assert "lines" in self.read(**{"lines.north": "9"})[1]

    def test_an_order_gives_each_place_once(self, at_home):
        assert "order" in self.read(**{"order.north": "1", "order.south": "2"})[1]
        assert "order" in self.read(**{"order.north": "1", "order.south": "2", "order.west": "2"})[1]
        whole = {"order.north": "3", "order.south": "1", "order.west": "2"}
        assert self.read(**whole)[0]["order"] == {"north": "3", "south": "1", "west": "2"}

    NAMES = st.sampled_from([*(one.key for one in EVERY_KIND.questions), "lines.north", "order.west", "nothing"])

    @given(typed=st.lists(st.tuples(NAMES, st.text(max_size=12) | st.integers(0, 12).map(str).map(arabic_indic))))
    def test_nothing_that_is_typed_breaks_it_or_comes_through_unchecked(self, app, typed):
        with app.test_request_context():
            found, _wrong = answers.read(EVERY_KIND, answers.typed(EVERY_KIND, MultiDict(typed)))
        for key, value in found.items():
            asked_ = EVERY_KIND.question(key)
            if asked_.points:
                assert set(value if isinstance(value, list) else [value]) <= set(asked_.points)
            assert answers.answer(asked_, value) == (value, "")


class TestAFile:
    @pytest.fixture
    def sent(self, serve, home):
        with serve(home):
            found = opened(of([question("happy")], [question("paper", "file", required=True)]), anonymous=False)
            db.session.commit()
            return f"/s/{found.code}", found.id

    def picture(self, kind="PNG", name="دليل.png"):
        out = io.BytesIO()
        Image.new("RGB", (9, 9), "white").save(out, kind)
        return io.BytesIO(out.getvalue()), name

    def test_comes_with_the_answers_and_is_for_those_who_see_results(self, client, home, sent, serve, signed_in):
        path, key = sent
        answer = client(home).post(path, data={"page": "s2", "go": "send", "happy": "4", "paper": self.picture()})
        assert answer.status_code == 200
        with serve(home):
            kept = db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == key)).one()
            file, other = kept.answers["paper"], opened(anonymous=False).id
            db.session.commit()
        officer = signed_in(home, "management")
        assert officer.get(f"/desk/surveys/{key}/files/{file}").data.startswith(b"\x89PNG")
        assert officer.get(f"/desk/surveys/{other}/files/{file}").status_code == 404
        assert signed_in(home, "liaison_officer").get(f"/desk/surveys/{key}/files/{file}").status_code == 403

    @pytest.mark.parametrize("wrong", [None, (io.BytesIO(b"MZ\x90"), "x.exe")])
    def test_that_is_missing_or_refused_loses_nothing_typed(self, client, home, sent, serve, wrong):
        data = {"page": "s2", "go": "send", "happy": "2"} | ({"paper": wrong} if wrong else {})
        answer = client(home).post(sent[0], data=data)
        assert answer.status_code == 422
        assert 'id="paper-error"' in answer.text
        assert 'name="happy" value="2"' in answer.text
        with serve(home):
            assert not db.session.scalars(select(SurveyResponse).where(SurveyResponse.round_id == sent[1])).all()
