"""The course of figures over rounds: right in both directions, over revisions, and nothing small in it."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from silah import clock
from silah.figures.trend_chart import At, course
from silah.surveys import questionnaires, rounds, trends
from silah.surveys.audience import Audience
from silah.surveys.definition import Definition, Section
from tenants.database import db
from tests.surveys.conftest import begun, question, take, text

FIGURES = (
    question("happy", measures="csat"),
    question("recommend", "scale", measures="nps"),
    question("times", "number", least=0, most=100),
    question("why", "long"),
)


def asks(*questions):
    return Definition(title=text("Course"), sections=(Section(key="s1", title=text("One"), questions=questions),))


def held(source, answers, *, anonymous=True):
    """A round of the questionnaire, answered and closed."""
    today = clock.today()
    made = rounds.make(
        source, rule=Audience(who="comers"), anonymous=anonymous, opens_on=today, closes_on=today + timedelta(9)
    )
    rounds.open_now(made)
    for one in answers:
        take(made, one)
    rounds.close(made)
    return made


@pytest.fixture
def questionnaire(serve, home):
    """Makes a questionnaire and rounds of it; gives its id and theirs."""

    def make(*several):
        with serve(home):
            source = begun(asks(*FIGURES))
            found = [held(source, answers) for answers in several]
            db.session.commit()
            return source.id, [one.id for one in found]

    return make


def many(point, n=6, **more):
    return [{"happy": point, "recommend": "9", "times": str(place)} | more for place in range(n)]


def page(browser, key, lang="en"):
    return browser.get(f"/desk/surveys/questionnaires/{key}/trend?lang={lang}")


class TestThePage:
    def test_shows_each_round_with_its_bounds_and_n(self, boss, questionnaire):
        key, ids = questionnaire(many("5"), many("1", 8))
        shown = page(boss, key).text
        assert shown.count('<svg class="chart"') == 3, "the satisfied, the recommending, the times; no chart of words"
        assert all(f"/desk/surveys/{one}/results" in shown for one in ids)
        assert "61% to 100%" in shown
        assert "0% to 32%" in shown

    @pytest.mark.parametrize(("lang", "word"), [("ar", "تطوّر المؤشرات"), ("en", "Trend")])
    def test_speaks_both_languages(self, boss, questionnaire, lang, word):
        key, _ids = questionnaire(many("4"), many("5"))
        shown = page(boss, key, lang).text
        assert word in shown
        assert f'dir="{"rtl" if lang == "ar" else "ltr"}"' in shown

    def test_says_that_nothing_is_closed_yet(self, boss, questionnaire):
        assert "No round is closed yet" in page(boss, questionnaire()[0]).text

    def test_takes_as_many_statements_however_many_rounds(self, boss, questionnaire, queries):
        counts = []
        for times in (1, 6):
            key, _ids = questionnaire(*[many("4")] * times)
            page(boss, key)
            with queries() as sent:
                assert page(boss, key).status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 15

    def test_is_closed_to_others_and_to_unknown_ids(self, home, signed_in, boss, questionnaire):
        key, ids = questionnaire(many("5"))
        assert page(signed_in(home, "liaison_officer"), key).status_code == 403
        assert page(boss, ids[0]).status_code == 404

    def test_is_found_from_the_results(self, boss, questionnaire):
        key, ids = questionnaire(many("5"))
        assert f"/desk/surveys/questionnaires/{key}/trend" in boss.get(f"/desk/surveys/{ids[0]}/results").text


class TestWhatIsLeftOut:
    def test_is_a_round_in_which_too_few_answered(self, boss, questionnaire):
        key, ids = questionnaire(many("5"), many("1", 4), many("5", 7))
        shown = page(boss, key).text
        assert str(ids[1]) not in shown
        assert "Too few to show" not in shown
        assert not re.search(r">\s*(4|17)\s*<", shown), "neither its number nor a sum that it is in"

    def test_is_that_question_alone_which_too_few_answered(self, at_home):
        source = begun(asks(*FIGURES))
        held(source, many("5"))
        held(source, [{"happy": "4"}] * 6 + [{"happy": "4", "recommend": "10"}] * 4)
        stops = {one.key: len(one.stops) for one in trends.courses(trends.closed(source.id), 5)}
        assert stops == {"happy": 2, "recommend": 1, "times": 1}

    def test_is_a_round_that_is_open(self, at_home):
        source = begun(asks(*FIGURES))
        made = held(source, many("5"))
        today = clock.today()
        still = rounds.make(
            source, rule=Audience(who="comers"), anonymous=False, opens_on=today, closes_on=today + timedelta(9)
        )
        rounds.open_now(still)
        for one in many("1", 9):
            take(still, one)
        assert trends.closed(source.id) == [made]

    @given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.integers(5, 9))
    def test_is_never_more_than_the_rounds_own_results_show(self, sizes, fewest):
        """A course holds the numbers of each round's own page and none besides, so no sum can be taken apart."""
        definition = asks(*FIGURES)
        several = [
            FakeRound(definition, {"happy": {"*": {"": n}, "5": {"": n}}, "": {"*": {"": n}}}) for n in sizes
        ]  # fmt: skip
        if sizes[-1] < fewest:
            several.append(FakeRound(definition, {"happy": {"*": {"": 20}, "5": {"": 20}}}))
        shown = [stop.n for one in trends.courses(several, fewest) for stop in one.stops]
        assert shown == [n for n in (one.counted["happy"]["*"][""] for one in several) if n >= fewest]


class FakeRound:
    def __init__(self, definition, counted):
        self.asks, self.counted, self.fewest = definition, counted, 5


class TestOverRevisions:
    def test_a_question_keeps_its_course_by_its_key(self, at_home):
        source = begun(asks(*FIGURES))
        held(source, many("5"))
        questionnaires.keep(source, asks(question("happy", measures="csat").model_copy(update={"text": text("Well?")})))
        held(source, [{"happy": "4"}] * 6)
        found = trends.courses(trends.closed(source.id), 5)
        assert [one.key for one in found] == ["happy"]
        assert [stop.reworded for stop in found[0].stops] == [True, False]
        assert [stop.round.revision for stop in found[0].stops] == [1, 2]

    def test_what_was_measured_otherwise_is_not_put_on_the_same_scale(self, at_home):
        source = begun(asks(*FIGURES))
        held(source, many("5"))
        questionnaires.keep(source, asks(question("happy", measures="ces")))
        held(source, [{"happy": "4"}] * 3 + [{"happy": "5"}] * 3)
        found = trends.courses(trends.closed(source.id), 5)
        assert [len(one.stops) for one in found] == [1]


SCALE = [(0.0, "0"), (50.0, "50"), (100.0, "100")]
POINTS = st.lists(st.floats(0, 100), min_size=1, max_size=24)


class TestTheChart:
    @given(POINTS, st.booleans())
    def test_runs_from_where_reading_begins_and_stays_inside(self, values, rtl):
        chart = course([At(str(n), value, value, value) for n, value in enumerate(values)], SCALE, rtl=rtl)
        across = [x for x, _y in chart.dots]
        assert across == sorted(across, reverse=rtl)
        assert all(0 < x < chart.width and 0 < y < chart.height for x, y in chart.dots)
        assert len(chart.marks) <= 6
        assert len(chart.whiskers) == len(values)

    @given(POINTS)
    def test_is_mirrored_in_arabic(self, values):
        points = [At("", value) for value in values]
        one, other = course(points, SCALE, rtl=False), course(points, SCALE, rtl=True)
        assert [(round(one.width - x, 1), y) for x, y in one.dots] == list(other.dots)
        assert one.whiskers == ()
