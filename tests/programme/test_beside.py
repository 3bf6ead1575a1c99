"""The instruments beside each other: what each came to in a period, with n, and nothing small."""

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from silah import clock
from silah.cases.workflow import perform
from silah.language.text_normalization import fold
from silah.organisation.models import BranchOffice
from silah.programme import comparison_routes, instrument_comparison, review_figures
from silah.surveys import questionnaires, responses, rounds
from silah.surveys.audience import Audience
from silah.surveys.definition import Definition, Question, Section
from silah.surveys.models import SurveyReceipt
from silah.visits.models import Visit
from silah.web.access import Permission
from tenants.database import db
from tenants.texts import Text
from tests.complaints.conftest import MONDAY, Office

HAPPY = Question(key="happy", kind="rating", text=Text(ar="رضاك؟", en="Happy?"), measures="csat")
ASKS = Definition(title=Text(ar="رأيك", en="Your view"), sections=(Section(key="s1", questions=(HAPPY,)),))
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(scope="module")
def home(make_association):
    return make_association(blueprint="samtah-cooperative")


@pytest.fixture
def office(serve, home):
    with serve(home), clock.at(MONDAY):
        yield Office(home)
        db.session.rollback()


@pytest.fixture
def boss(office):
    made = office.member("senior_management")
    assert made.may(Permission.SEE_SURVEYS)
    return made


def source(asks=ASKS):
    made = questionnaires.begin()
    questionnaires.keep(made, asks)
    db.session.flush()
    return made


def held(of, points, *, field=False, close=True):
    today = clock.today()
    found = rounds.make(of, rule=Audience(who="comers"), anonymous=True, opens_on=today, closes_on=today + timedelta(9))
    rounds.open_now(found)
    for point in points:
        responses.submit(responses.Asked(found), {"happy": point}, "field" if field else "open")
    if field:
        db.session.add(SurveyReceipt(id=found.id, round_id=found.id, anonymous=True))
    if close:
        rounds.close(found)
    db.session.flush()
    return found


def told(boss, instrument, *, span=YEAR, fewest=5):
    return [one for one in instrument_comparison.lines(*span, boss, fewest) if one.instrument == instrument]


class TestQuestionnaires:
    def test_are_told_by_question_over_their_rounds_of_the_period(self, boss):
        one = source()
        held(one, "55544")
        held(one, "112345")
        with clock.at(MONDAY - timedelta(days=400)):
            held(one, "111111")
        [line] = told(boss, "questionnaire")
        assert (line.measure, line.n, line.source) == ("csat", 11, one.id)
        assert line.score.value == pytest.approx(7 / 11)
        assert line.score.within.low < 7 / 11 < line.score.within.high

    def test_leave_out_what_is_small_and_do_not_add_it_to_the_others(self, boss):
        one = source()
        held(one, "555555")
        held(one, "1111")
        assert [(line.n, line.score.value) for line in told(boss, "questionnaire")] == [(6, 1.0)]
        other = source(ASKS)
        held(other, "1111")
        small = next(line for line in told(boss, "questionnaire") if line.source == other.id)
        assert (small.n, small.score) == (None, None)

    def test_leave_out_rounds_that_are_still_open(self, boss):
        held(source(), "555555", close=False)
        assert told(boss, "questionnaire") == []

    def test_in_the_field_stand_by_themselves(self, boss):
        one = source()
        held(one, "555555")
        held(one, "1111111", field=True)
        assert [line.n for line in told(boss, "questionnaire")] == [6]
        assert [line.n for line in told(boss, "field_survey")] == [7]

    @given(st.lists(st.integers(0, 12), max_size=6), st.integers(5, 9))
    def test_come_to_the_sum_of_what_each_round_shows(self, sizes, fewest):
        several = [{"happy": {"*": {"": n}, "5": {"": n}}} for n in sizes]
        found = instrument_comparison.pooled(HAPPY, several, fewest)
        assert (found.n if found else 0) == sum(n for n in sizes if n >= fewest)


class TestVisits:
    def test_are_told_by_their_mean_score(self, boss, office):
        branch = BranchOffice(name_ar="فرع", name_en="Branch")
        db.session.add(branch)
        db.session.flush()
        assert [(line.n, line.score) for line in told(boss, "supervisory_visits")] == [(0, None)]
        for score in (60, 80, 70):
            day = date(2026, 8, 2)
            visit = Visit(branch_id=branch.id, visitor_id=boss.id, name_ar="", name_en="", items=[], planned_for=day)
            visit.state, visit.held_on, visit.score = "held", day, score
            db.session.add(visit)
        [line] = told(boss, "supervisory_visits")
        assert (line.n, line.score.value) == (3, pytest.approx(70))
        assert line.score.within.low == pytest.approx(70 - 4.3027 * 10 / 3**0.5, abs=0.01)
        assert told(boss, "supervisory_visits", span=(date(2026, 9, 1), date(2026, 9, 30)))[0].n == 0


class TestComplaints:
    def test_are_told_by_satisfaction_and_by_being_answered_in_time(self, boss, office):
        chair = office.member("follow_up_committee_chair")
        for satisfied in (True, True, True, True, False, None):
            case = office.answered(chair)
            if satisfied is not None:
                perform(case, "rate", None, {"satisfied": satisfied})
        overseer = boss if boss.may(Permission.OVERSEE_COMPLAINTS) else chair
        [line] = told(overseer, "complaints")
        assert (line.n, line.score.value) == (5, pytest.approx(0.8))
        in_time = next(one for one in told(overseer, "times") if one.name == "complaint")
        assert (in_time.n, in_time.score.value) == (6, 1.0)
        [small] = told(overseer, "complaints", fewest=6)
        assert (small.n, small.score) == (None, None)

    def test_are_those_alone_that_the_reader_may_see(self, office):
        chair = office.member("follow_up_committee_chair")
        for _ in range(6):
            office.answered(chair)
        stranger = office.member("volunteer")
        assert told(stranger, "times") == []
        assert told(stranger, "complaints")[0].n is None


class TestOfficers:
    LINES = st.lists(
        st.fixed_dictionaries(
            {"key": st.text("أبتثج ", max_size=4), "answered": st.integers(0, 9), "overdue": st.integers(0, 9)}
        )
    )

    @given(LINES, st.integers(5, 9))
    def test_nobody_is_ranked_by_name_who_answered_too_few(self, lines, fewest):
        known = {"in_time": 0.5, "median": 1.0, "slowest": 2.0}
        found = review_figures.ranked([one | known for one in lines], fewest)
        small = [one for one in found if one["answered"] < fewest]
        assert found[len(found) - len(small) :] == small
        assert [fold(one["key"]) for one in small] == sorted(fold(one["key"]) for one in small)
        assert all(one[name] is None for one in small for name in known)


class TestThePage:
    @pytest.mark.parametrize(
        ("asked", "meant"),
        [((None, None), (2026, None)), ((2025, 3), (2025, 3)), ((1, 9), (2000, None)), ((9999, 4), (2026, 4))],
    )
    def test_understands_a_year_and_a_quarter(self, office, asked, meant):
        assert comparison_routes.period(*asked) == meant

    def test_a_quarter_has_three_months(self):
        assert comparison_routes.span(2026, 1) == (date(2026, 1, 1), date(2026, 3, 31))
        assert comparison_routes.span(2025, 4) == (date(2025, 10, 1), date(2025, 12, 31))
        assert comparison_routes.span(2024, None) == (date(2024, 1, 1), date(2024, 12, 31))

    @pytest.mark.parametrize(
        ("lang", "words"),
        [("ar", ("مقارنة أدوات القياس", "رضاك؟", "الربع 2")), ("en", ("Happy?", "Quarter 2", "57% to 100%"))],
    )
    def test_stands_in_both_languages_with_its_bounds(self, home, serve, signed_in, lang, words):
        with serve(home):
            held(source(), "45555")
            db.session.commit()
        page = signed_in(home, "senior_management").get(f"/desk/programme/instruments?lang={lang}").text
        assert [word for word in words if word not in page] == []

    def test_the_boards_report_tells_a_round_with_its_formula_and_bounds_and_no_officer_by_name(
        self, home, serve, signed_in, monkeypatch
    ):
        with serve(home):
            held(source(), "45555")
            db.session.commit()
        lines = [{"key": "مريم الزهراني", "answered": 9, "overdue": 0, "in_time": 1.0, "median": 2.0, "slowest": 3.0}]
        officers = [one | {"received": 9, "open": 0} for one in lines]
        told_before = review_figures.of
        monkeypatch.setattr(
            review_figures,
            "of",
            lambda what, *more: officers if what == review_figures.LIAISON else told_before(what, *more),
        )
        asked = {"since": clock.today().isoformat(), "until": clock.today().isoformat(), "lang": "en"}
        data = signed_in(home, "senior_management").get("/desk/programme/report.xlsx", query_string=asked).data
        rows = [row for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows(values_only=True)]
        cells = [str(cell) for row in rows for cell in row]
        for told_ in ("CSAT 100%", "57% to 100%", "Answers received: 5.", "Officer 1"):
            assert told_ in cells
        assert any(cell.startswith("CSAT = those who chose 4 or 5") for cell in cells)
        assert not [cell for cell in cells if "الزهراني" in cell]

    def test_takes_as_many_statements_however_much_there_is(self, home, serve, signed_in, queries):
        boss, counts = signed_in(home, "senior_management"), []
        for times in (1, 5):
            with serve(home):
                for _ in range(times):
                    held(source(), "55555")
                db.session.commit()
            boss.get("/desk/programme/instruments")
            with queries() as sent:
                assert boss.get("/desk/programme/instruments").status_code == 200
            counts.append(len(sent))
        assert counts[0] == counts[1] < 15

    def test_is_linked_and_closed_to_others(self, home, signed_in):
        assert "/desk/programme/instruments" in signed_in(home, "senior_management").get("/desk/programme").text
        assert signed_in(home, "volunteer").get("/desk/programme/instruments").status_code == 403
