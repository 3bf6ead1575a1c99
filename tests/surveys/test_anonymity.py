"""Attacks on what the programme promises: an anonymous answer has no author, small numbers are not worked out."""

import csv as tables
import io
from itertools import pairwise

import pytest
from openpyxl import load_workbook
from pydantic import ValidationError
from sqlalchemy import DateTime, create_engine, select, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from silah import clock as time
from silah.programme import instrument_comparison
from silah.surveys import aggregates, counting, responses, rounds, rules, trends
from silah.surveys import jobs as work
from silah.surveys.models import SurveyInvitation, SurveyResponse
from silah.surveys.rules import SurveyRules
from tenants.database import db
from tests.surveys.conftest import answers_in, invited, opened, served, take

ANSWER = {"happy": "4", "office": "north", "why": "كلام"}


@pytest.fixture
def answered(at_home):
    """An anonymous round in which everybody who was invited has answered, in the order of the list."""
    found = invited(opened(rule=served()))
    people = db.session.scalars(
        select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
    ).all()
    for number, one in enumerate(people):
        take(found, ANSWER | {"times": str(number), "why": f"الإجابة {number}"}, one, way="personal")
    return found, people


def csv_reader(text_):
    return tables.DictReader(io.StringIO(text_))


def rows_of(found, columns):
    statement = text(f"SELECT {columns} FROM survey_response WHERE round_id = :id")  # noqa: S608 - our own columns
    return db.session.execute(statement, {"id": found.id}).all()


class TestAnAnswerHasNoAuthor:
    def test_no_column_of_a_response_says_who_when_or_by_what_way(self, answered):
        found, people = answered
        assert len(people) > 3
        for row in rows_of(found, "*"):
            assert (row.invitation_id, row.answered_on, row.way, row.facts) == (None, None, None, {})
            assert not {str(one.id) for one in people} & set(map(str, row))

    def test_no_column_holds_an_hour(self):
        for model in (SurveyResponse, SurveyInvitation):
            assert not [column for column in model.__table__.c if isinstance(column.type, DateTime)]

    def test_the_list_of_who_answered_holds_no_day_of_the_answer(self, answered):
        changed = {"answered"}
        left = {column.name for column in SurveyInvitation.__table__.c} - {
            "id", "round_id", "person", "case_id", "digest", "told_on", "means", "reachable", "reminded"
        }  # fmt: skip
        assert left == changed

    def test_what_postgresql_keeps_of_the_writing_joins_nothing(self, serve, home):
        """Each answer and its mark on the list are one transaction, so until the night, when all are written anew, an
        answer can be joined to its mark by whoever reads the database itself: it is sealed, and as long as the others.
        Only once the round is closed they are opened, all in one transaction."""
        with serve(home):
            found = invited(opened(rule=served()))
            db.session.commit()
            key, before = found.id, {}
            for one in db.session.scalars(select(SurveyInvitation.id).where(SurveyInvitation.round_id == key)).all():
                invitation = db.session.get(SurveyInvitation, one)
                if invitation.reachable:
                    mine = {"times": str(len(before)), "why": "كلام " * len(before), "happy": "1"}
                    take(rounds.get(key), ANSWER | mine, invitation, way="personal")
                    db.session.commit()
                    newest = rows_of(found, "id, answers, texts, xmin::text AS xmin")
                    before |= {row.id: row for row in newest}
            work.count(str(key), {})
            db.session.commit()
            found = rounds.get(key)
            after = rows_of(found, "id, answers, xmin::text AS xmin")
            marks = db.session.execute(
                text("SELECT xmin::text FROM survey_invitation WHERE round_id = :id"), {"id": key}
            ).scalars()
            assert len(after) == len(before) > 3
            assert len({row.xmin for row in before.values()}) > 3, "the attack works before the night"
            assert len({row.xmin for row in after}) == 1
            assert not {row.xmin for row in after} & set(marks)
            assert not {row.id for row in after} & set(before)
            assert {str(row.answers) for row in (*before.values(), *after)} == {"{}"}
            assert len({len(row.texts) for row in before.values()}) == 1
            assert not [row for row in before.values() if b"times" in bytes(row.texts)]
            rounds.close(found)
            db.session.commit()
            last = rows_of(found, "id, answers, texts, xmin::text AS xmin")
            assert sorted(int(row.answers["times"]) for row in last) == list(range(len(before)))
            assert len({row.xmin for row in last}) == 1
            assert not {row.id for row in last} & {row.id for row in after}
            assert not {bytes(row.texts) for row in last} & {bytes(row.texts) for row in before.values()}

    def test_no_aggregate_grows_by_one_days_few_answers(self, answered):
        found, people = answered
        work.count(str(found.id), {})
        assert found.counted == {}
        rounds.close(found)
        assert counting.taken_part(found.counted) == len(people)
        assert found.counted == aggregates.in_full(found)

    def test_rows_stand_in_no_telling_order(self, answered):
        found, _people = answered
        for number in range(100, 112):
            take(found, ANSWER | {"times": str(number)})
        orders = set()
        for _ in range(3):
            aggregates.shuffle(found)
            mine = select(SurveyResponse).where(SurveyResponse.round_id == found.id)
            rows = db.session.scalars(mine.order_by(text("survey_response.ctid")))
            orders.add(tuple(answers_in(row)[0]["times"] for row in rows))
            db.session.expire_all()
        assert len(orders) == 3
        assert tuple(sorted(next(iter(orders)), key=int)) not in orders

    def test_answering_owes_nothing_and_writes_to_nobody(self, at_home):
        found = invited(opened(rule=served()))
        count = lambda: [  # noqa: E731
            db.session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of tables
            for table in ("outbox_message", "shared.due_work", "timeline_entry", "case_message")
        ]
        before = count()
        one = db.session.scalars(
            select(SurveyInvitation).where(SurveyInvitation.round_id == found.id, SurveyInvitation.reachable)
        ).first()
        take(found, ANSWER, one, way="personal")
        assert count() == before

    def test_a_link_is_in_no_copy_of_the_database(self, answered):
        _found, people = answered
        assert all(one.digest != responses.token(one.id).encode() for one in people)
        assert all(len(one.digest) == 32 for one in people)


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize("column", ["anonymous", "definition", "rule", "split", "revision"])
    def test_a_change_of_what_stands(self, answered, column):
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text(f"UPDATE survey_round SET {column} = {column}"))  # noqa: S608 - our own columns

    def test_it_to_the_owner_of_the_tables_too_once_somebody_answered(self, serve, home, settings):
        with serve(home):
            found = opened()
            take(found, ANSWER)
            db.session.commit()
            key = found.id
        engine = create_engine(settings.owner_url)
        with engine.connect() as conn:
            conn.execute(text(f'SET search_path TO "{home.role}"'))
            with pytest.raises(IntegrityError, match="survey_response"):
                conn.execute(text("UPDATE survey_round SET anonymous = false WHERE id = :id"), {"id": key})
            conn.rollback()
            conn.execute(text(f'SET search_path TO "{home.role}"'))
            with pytest.raises(IntegrityError, match="anonymous_has_no_facts"):
                conn.execute(text("UPDATE survey_response SET way = 'kiosk' WHERE round_id = :id"), {"id": key})
        engine.dispose()

    @pytest.mark.parametrize("statement", ["DELETE FROM survey_round", "UPDATE survey_response SET answers = '{}'"])
    def test_taking_it_away(self, answered, statement):
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(text(statement))

    @pytest.mark.parametrize(
        "fact", [{"way": "kiosk"}, {"facts": {"branch": "x"}}, {"answered_on": "2026-01-01"}, {"anonymous": False}]
    )
    def test_an_anonymous_answer_with_a_fact_beside_it(self, answered, fact):
        found, _people = answered
        made = {"round_id": found.id, "anonymous": True, "answers": {}, "texts": "{}", "facts": {}}
        with pytest.raises(IntegrityError):
            db.session.execute(SurveyResponse.__table__.insert().values(**made | fact))

    def test_an_anonymous_answer_that_names_its_invitation(self, answered):
        found, people = answered
        made = {"round_id": found.id, "anonymous": True, "answers": {}, "texts": "{}", "facts": {}}
        with pytest.raises(IntegrityError):
            db.session.execute(SurveyResponse.__table__.insert().values(**made, invitation_id=people[0].id))


class TestSmallNumbers:
    def test_cannot_be_allowed(self):
        with pytest.raises(ValidationError):
            SurveyRules(fewest=4)

    def shown(self, browser, path, rounds_id):
        page = browser.get(f"/desk/surveys/{rounds_id}/results?lang=en").text
        csv = browser.get(f"/desk/surveys/{rounds_id}/results.csv?lang=en").data.decode("utf-8-sig")
        sheet = load_workbook(io.BytesIO(browser.get(f"/desk/surveys/{rounds_id}/results.xlsx").data)).active
        return page, csv, list(sheet.iter_rows(min_row=2, values_only=True))

    def test_are_left_out_of_page_chart_and_tables(self, serve, home, signed_in):
        with serve(home):
            found = opened(anonymous=False)
            for number in range(4):
                take(found, ANSWER | {"why": f"سر رقم {number}"})
            rounds.close(found)
            db.session.commit()
            key = found.id
        page, csv, cells = self.shown(signed_in(home, "management"), "", key)
        assert '<svg class="chart"' not in page
        assert "سر رقم" not in page + csv
        assert page.count("Too few to show") == csv.count("Too few to show") == len(cells)
        assert not [value for row in cells for value in row if isinstance(value, int | float)]

    def test_of_one_question_among_many_are_left_out_alone(self, serve, home, signed_in):
        with serve(home):
            found = opened(anonymous=False)
            for number in range(6):
                take(found, {"happy": "1", "office": "north"} | ({"why": "لا أحد سواي"} if number < 2 else {}))
            rounds.close(found)
            db.session.commit()
            key = found.id
        page, csv, _cells = self.shown(signed_in(home, "management"), "", key)
        assert '<svg class="chart"' in page
        assert "لا أحد سواي" not in page + csv

    def test_move_for_nobody_to_watch_while_an_anonymous_round_is_open(self, serve, home, signed_in):
        with serve(home):
            found = opened()
            for _ in range(9):
                take(found, ANSWER)
            db.session.commit()
            key = found.id
        page, csv, cells = self.shown(signed_in(home, "management"), "", key)
        assert "Results appear once the round is closed" in page
        assert "finding-" not in page
        assert len(csv.splitlines()) == 1
        assert cells == []

    def test_move_by_many_answers_at_once_while_another_round_is_open(self, serve, home, signed_in):
        """Whoever takes one day's figures from the next day's finds nobody, or as many as may be shown."""
        with serve(home):
            found = opened(anonymous=False)
            db.session.commit()
            key, boss = found.id, signed_in(home, "management")
        seen = [0]
        for number, some in enumerate((4, 3, 1, 5, 1, 1, 4, 2)):
            with serve(home):
                for _ in range(some):
                    take(rounds.get(key), ANSWER | {"why": f"سر رقم {number}"})
                work.count(str(key), {})
                db.session.commit()
            page, csv, _cells = self.shown(boss, "", key)
            seen.append(int(next(csv_reader(csv))["Answered by"] or 0))
            assert "سر رقم" not in page
            assert "The round is still open" in page
        with serve(home):
            rounds.close(rounds.get(key))
            db.session.commit()
        page, csv, _cells = self.shown(boss, "", key)
        seen.append(int(next(csv_reader(csv))["Answered by"]))
        assert seen[-1] == 21
        assert len(set(seen)) > 3, "they do move"
        assert all(one == before or one - before >= 5 for before, one in pairwise(seen))

    def test_are_those_of_when_the_round_was_made_though_the_rule_is_lowered_later(self, serve, home, signed_in):
        with serve(home):
            rules.save(SurveyRules(fewest=9))
            found = opened(anonymous=False)
            rules.save(SurveyRules())
            for _ in range(8):
                take(found, ANSWER)
            rounds.close(found)
            db.session.commit()
            key, source = found.id, found.questionnaire_id
            assert (found.fewest, rules.fewest_of(found)) == (9, 9)
            lines = instrument_comparison._rounds(time.today(), time.today(), 5)
            assert [(one.n, one.score) for one in lines if one.source == source] == [(None, None)] * 2
            assert trends.courses(trends.closed(source), 5) == []
        boss = signed_in(home, "management")
        page, _csv, cells = self.shown(boss, "", key)
        assert not [value for row in cells for value in row if isinstance(value, int | float)]
        assert '<svg class="chart"' not in page
        with serve(home):
            for refused in ("fewest = 1", "fewest = 5"):
                with pytest.raises(ProgrammingError, match="permission denied"):
                    db.session.execute(text(f"UPDATE survey_round SET {refused}"))  # noqa: S608 - our own columns
                db.session.rollback()

    def test_texts_stand_on_the_page_without_the_names_of_those_who_work_here(self, serve, home, signed_in):
        with serve(home):
            found = opened(anonymous=False)
            for number in range(5):
                take(found, {"happy": "1", "office": "north", "why": f"منسوب relations_officer رقمه 05512345{number}0"})
            rounds.close(found)
            db.session.commit()
            key = found.id
        page = signed_in(home, "management").get(f"/desk/surveys/{key}/results").text
        assert "رقمه •••" in page
        assert "05512345" not in page
        assert "منسوب" not in page.split("<h2")[-1] or "••• رقمه" in page
