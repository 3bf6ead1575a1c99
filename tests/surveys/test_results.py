"""Results as they are read: bounds beside figures, parts, the search among texts, by what means people answered."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from silah.cases.models import Case
from silah.complaints.models import Inquiry, LiaisonArea
from silah.figures.presenters import channel_names, kind_names
from silah.intake.request_catalogue import offered
from silah.language.localization import force_locale
from silah.language.text_normalization import fold
from silah.organisation.models import BranchOffice, Membership
from silah.surveys import aggregates, response_channels, responses, results_presenters, rounds, text_answers
from silah.surveys.models import SurveyInvitation, SurveyResponse
from tenants.database import db
from tests.surveys.conftest import invited, opened, served, take

ANSWER = {"happy": "4", "office": "north"}


@pytest.fixture
def answered(serve, home):
    """Makes a round with these answers; gives its id."""

    def make(several, *, close=True, **more):
        with serve(home):
            found = opened(**more)
            for one in several:
                take(found, one)
            if close:
                rounds.close(found)
            db.session.commit()
            return found.id

    return make


def results(browser, key, lang="en", **asked):
    return browser.get(f"/desk/surveys/{key}/results", query_string={"lang": lang, **asked}).text


class TestBounds:
    PEOPLE = tuple(
        ANSWER | {"happy": happy, "recommend": "9", "times": str(n), "lines": {"north": happy}}
        for n, happy in enumerate("1234455555")
    )

    def test_stand_beside_each_figure_and_mean_on_the_page(self, boss, answered):
        page = results(boss, answered(self.PEOPLE))
        assert "(40% to 89%)" in page, "Wilson's of 7 in 10"
        assert "(2.86 to 4.94)" in page, "Student's of a mean of 3.9"
        assert "(2.33 to 6.67)" in page, "of a number, 0 to 9"
        assert "Bounds by Wilson" in page
        assert "(n = 10)" in page
        assert "√(p(1 − p)/n" in page

    def test_stand_in_the_table_with_the_formula_and_n(self, boss, answered):
        key = answered(self.PEOPLE)
        text = boss.get(f"/desk/surveys/{key}/results.csv?lang=en").data.decode("utf-8-sig")
        first = next(csv.DictReader(io.StringIO(text)))
        assert first["Figure"] == "70%"
        assert first["Bounds of the figure (95 per cent)"] == "40% to 89%"
        assert first["Bounds of the mean (95 per cent)"] == "2.86 to 4.94"
        assert first["Answered by"] == "10"
        assert first["How it is worked out"].startswith("CSAT =")

    def test_are_told_in_arabic(self, boss, answered):
        page = results(boss, answered(self.PEOPLE), "ar")
        assert "من 40% إلى 89%" in page
        assert "فترة الثقة بمعادلة ويلسون" in page

    def test_of_too_few_are_not_told(self, boss, answered):
        assert 'class="bounds"' not in results(boss, answered(self.PEOPLE[:4]))


def parts_of(split):
    """Two parts by which a round can be told apart, and what they are called."""
    if split == "branch":
        made = [BranchOffice(name_ar=f"فرع {name}", name_en=f"Branch {name}") for name in ("One", "Two")]
    elif split == "area":
        made = [LiaisonArea(by="category", name_ar=f"فئة {name}", name_en=f"Category {name}") for name in "AB"]
    elif split == "service":
        keys = [str(one.type.id) for one in offered()][:2]
        names = results_presenters.segment_names(opened(rule=served(), anonymous=False, split="service"))
        return {key: names[key] for key in keys}
    else:
        names = {"channel": channel_names, "kind": kind_names}[split]()
        return dict(list(names.items())[:2])
    db.session.add_all(made)
    db.session.flush()
    return {str(one.id): one.name_en for one in made}


class TestParts:
    @pytest.mark.parametrize("split", ["service", "branch", "channel", "kind", "area"])
    def test_are_called_by_their_names_and_small_ones_left_out(self, boss, serve, home, split):
        with serve(home), force_locale("en"):
            parts = parts_of(split)
            found = opened(rule=served(), anonymous=False, split=split)
            for (key, happy), times in zip(zip(parts, "52", strict=True), (7, 6), strict=True):
                for n in range(times):
                    facts = {split: key} if n else {}
                    made = {"round_id": found.id, "anonymous": False, "texts": "{}", "facts": facts}
                    db.session.add(SurveyResponse(answers={"happy": happy}, way="personal", **made))
            rounds.close(found)
            db.session.commit()
            key = found.id
        page = results(boss, key)
        table = page[page.index("Told apart") :]
        assert all(name in table for name in parts.values())
        assert "told apart by one thing only" in page
        assert table.count("Too few to show") >= 2, "two who belong to no part would be had by taking away"

    def test_of_an_anonymous_round_are_none_and_the_page_says_why(self, boss, answered):
        page = results(boss, answered([ANSWER] * 6))
        assert "never of an anonymous one" in page
        assert "Told apart" not in page

    def test_know_the_category_of_an_inquiry(self, at_home):
        case = db.session.scalars(select(Case)).first()
        area = LiaisonArea(by="category", name_ar="فئة الأيتام", name_en="Orphans")
        db.session.add(area)
        db.session.flush()
        assert "area" not in responses.facts(case.id)
        db.session.add(Inquiry(case_id=case.id, area_id=area.id, text="متى؟"))
        db.session.flush()
        assert responses.facts(case.id)["area"] == str(area.id)
        assert str(area.id) in results_presenters.area_names()

    def test_by_category_and_branch_are_offered_where_a_round_is_made(self, home, signed_in):
        page = signed_in(home, "relations_officer").get("/desk/surveys/new?lang=en").text
        assert 'value="area"' in page
        assert 'value="branch"' in page


WRITTEN = (
    "انتظرت طويلًا ولم يُرَدّ عليّ",
    "الأوراق المطلوبة كثيرة",
    "أوراقٌ كثيرةٌ، ورقمي 0551234567",
    "المكتب بعيد",
    "شكرًا لإدارة الجمعية",
    "The office is far away",
)


class TestTheSearch:
    @pytest.fixture
    def round_(self, answered):
        return answered([ANSWER | {"happy": "1", "why": text} for text in WRITTEN])

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            ("الاوراق", {1}),
            ("اوراق كثيره", {1, 2}),
            ("اداره", {4}),
            ("إدارة", {4}),
            ("يرد", {0}),
            ("OFFICE far", {5}),
            ("", {0, 1, 2, 3, 4, 5}),
            ("لا يوجد", set()),
        ],
    )
    def test_finds_words_however_they_are_spelt(self, boss, round_, wanted, found):
        page = results(boss, round_, q=wanted)
        shown = [text.split("،")[0] for text in WRITTEN]
        assert {n for n, text in enumerate(shown) if f'dir="auto">{text}' in page} == found
        assert (f"{len(found)} of 6 texts" in page) == bool(wanted)

    def test_finds_no_number_and_no_name_that_was_taken_out(self, boss, serve, home, answered, round_):
        with serve(home):
            name = db.session.scalars(select(Membership.name)).first().split()[-1]
        key = answered([ANSWER | {"happy": "1", "why": f"قال لي {name} انتظر {n}"} for n in range(6)])
        assert "0 of 6 texts" in results(boss, key, q=name)
        assert "6 of 6 texts" in results(boss, key, q="قال لي")
        assert "0 of 6 texts" in results(boss, round_, q="0551234567")

    def test_looks_among_all_where_not_all_are_shown(self, boss, round_, monkeypatch):
        monkeypatch.setattr(text_answers, "READ_AT_MOST", 2)
        assert "At most 2 texts stand here, drawn by lot" in results(boss, round_)
        for n, word in ((0, "انتظرت"), (5, "office")):
            page = results(boss, round_, q=word)
            assert f'dir="auto">{WRITTEN[n]}' in page
            assert ("1 of 6 texts hold these words" in page, "drawn by lot" in page) == (True, False)

    def test_tells_nothing_where_too_few_wrote(self, boss, answered):
        people = [ANSWER | {"happy": "1"} | ({"why": WRITTEN[n]} if n < 4 else {}) for n in range(8)]
        key = answered(people)
        hit, miss = results(boss, key, q="المكتب"), results(boss, key, q="غائب")
        assert "texts hold these words" not in hit + miss
        assert 'type="search"' not in hit
        assert hit.split("<main")[1].replace("المكتب", "") == miss.split("<main")[1].replace("غائب", "")

    def test_tells_nothing_of_an_anonymous_round_that_is_open(self, boss, answered):
        key = answered([ANSWER | {"happy": "1", "why": text} for text in WRITTEN], close=False)
        page = results(boss, key, q="المكتب")
        assert "texts hold these words" not in page
        assert WRITTEN[3] not in page

    @given(st.lists(st.text(max_size=30), max_size=8), st.text(max_size=120))
    def test_shows_only_what_is_shown_without_it(self, texts, wanted):
        found = text_answers.search({"why": texts}, wanted)["why"]
        left = list(texts)
        for one in found:
            left.remove(one)
            assert all(word in fold(one) for word in fold(wanted[:100]).split())
        assert found == [one for one in texts if one in found]


CELLS = st.dictionaries(st.sampled_from(("open", "kiosk", "field", "email", "sms")), st.integers(0, 12), min_size=1)


class TestByWhatMeans:
    def test_people_were_written_to_and_came(self, at_home):
        found = invited(opened(anonymous=False, rule=served(kiosk=True)))
        asked = db.session.scalars(
            select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.told_on.is_not(None))
        ).all()
        assert {one.means for one in asked} <= {"email", "sms"}
        for one in asked[1:]:
            take(found, ANSWER, one, way="personal")
        for _ in range(3):
            take(found, ANSWER, way="kiosk")
        told = {one.key: one for one in response_channels.by_means(found, aggregates.in_full(found), 1)}
        for means in {one.means for one in asked}:
            mine = [one for one in asked if one.means == means]
            used = sum(one.answered for one in mine)
            assert (told[means].told, told[means].answered) == (len(mine), used)
            assert told[means].rate == pytest.approx(used / len(mine))
        assert (told["kiosk"].answered, told["open"].answered) == (3, 0)
        assert told["kiosk"].rate is None
        assert "field" not in told, "nobody takes it along"

    def test_is_not_known_of_an_anonymous_round(self, at_home, queries):
        found = invited(opened(rule=served()))
        with queries() as sent:
            assert response_channels.by_means(found, {}, 5) == []
        assert sent == []

    def test_stands_on_the_page_without_small_numbers(self, boss, serve, home):
        with serve(home):
            found = opened(anonymous=False, rule=served(kiosk=True))
            for way, times in (("open", 9), ("kiosk", 3)):
                for _ in range(times):
                    take(found, ANSWER, way=way)
            rounds.close(found)
            db.session.commit()
            key = found.id
        page = results(boss, key)
        table = page[page.index("By what means") : page.index("How figures and their bounds")]
        assert "Tablet at the desk" in table
        assert table.count("Too few to show") == 2, "of two, one left out alone would be had by taking away"
        assert ">9<" not in table

    @given(CELLS, st.integers(5, 9))
    def test_leaves_nothing_small_to_be_worked_out(self, cells, fewest):
        kept = response_channels.shown(cells, fewest)
        hidden = [cells[key] for key, count in kept.items() if count is None]
        assert all(count >= fewest for count in kept.values() if count)
        assert not hidden or (all(hidden) and (sum(hidden) >= fewest or not any(kept.values())))
        assert len(hidden) != 1 or not any(kept.values())


class TestTheLoad:
    def test_a_page_takes_as_many_statements_however_many_answered(self, boss, answered, queries):
        counts = []
        for times in (6, 18):
            key = answered([ANSWER | {"happy": "1", "why": "طويل"}] * times, anonymous=False)
            results(boss, key)
            with queries() as sent:
                assert "طويل" in results(boss, key, q="طويل")
            counts.append([statement for statement in sent if "survey" in str(statement).lower()])
        assert len(counts[0]) == len(counts[1]) < 12, counts

    def test_squares_are_counted_as_sums_are(self, at_home):
        found = opened(anonymous=False)
        for n in ("2", "3.5", "4"):
            take(found, ANSWER | {"times": n})
        rounds.close(found)
        assert found.counted["times"]["squares"] == {"": 4_000_000 + 12_250_000 + 16_000_000}
        assert json.loads(json.dumps(found.counted)) == found.counted
        assert db.session.scalar(select(func.count()).where(SurveyResponse.round_id == found.id)) == 3
