"""What is searched on real PostgreSQL: the index and the search speak of the same tokens, and old rows follow."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from silah import clock as time
from silah import jobs
from silah.beneficiaries.models import Beneficiary
from silah.cases import reindexing
from silah.cases.models import Case
from silah.cases.search import index_case
from silah.complaints.models import PublicAnswer
from silah.desk import search
from silah.jobs.scheduled_jobs import whose
from silah.language import tokenizer
from silah.language.search_columns import match
from silah.language.tokenizer import list_alternatives
from tenants import rendering
from tenants.database import Base, db
from tenants.registry import DueWork
from tests.language.test_tokenizer import KEPT, VARIED

ID, MOBILE = "1000000008", "+966551237654"


def put_person(name: str, **given: Any) -> Beneficiary:
    person = Beneficiary(name=name, **given)
    db.session.add(person)
    db.session.flush()
    return person


def find_people(sought: str) -> set[Any]:
    return set(db.session.scalars(select(Beneficiary.id).where(search.people(sought))))


def put_case(new_case: Any, **given: Any) -> Case:
    case: Case = new_case()
    assert case.beneficiary is not None
    for key, value in {"mobile": None, "email": None, **given}.items():
        case.beneficiary.write(key, value)
    index_case(case)
    db.session.flush()
    return case


def find_cases(sought: str) -> set[Any]:
    return set(db.session.scalars(select(Case.id).where(search.matching(sought))))


class TestSearching:
    @pytest.mark.parametrize(("one", "other"), VARIED)
    def test_a_person_is_found_in_either_of_two_ways_of_writing(self, here: Any, one: str, other: str) -> None:
        first, second = put_person(one).id, put_person(other).id
        assert find_people(one) >= {first, second} <= find_people(other)

    @pytest.mark.parametrize("name", KEPT)
    def test_a_name_of_any_signs_is_found_on_a_file_and_on_a_case(self, here: Any, new_case: Any, name: str) -> None:
        person, case = put_person(name).id, put_case(new_case, name=name).id
        for sought in (name, *name.split()):
            assert person in find_people(sought), sought
            assert case in find_cases(sought) or search.understand(sought).references, sought

    def test_four_digits_are_the_last_of_a_mobile_or_an_identity_number(self, here: Any, new_case: Any) -> None:
        person = put_person("سعد", national_id=ID, mobile=MOBILE).id
        case = put_case(new_case, national_id=ID, mobile=MOBILE).id
        for sought in ("7654", "٧٦٥٤", "0008", " 0008 "):
            assert find_people(sought) == {person}, sought
            assert find_cases(sought) == {case}, sought
        assert find_people("سعد 7654") == {person}
        assert find_people("5512") == find_cases("5512") == find_people("سعد 5512") == set()

    def test_the_last_digits_are_kept_as_nothing_that_can_be_read_without_the_key(self, here: Any) -> None:
        person = put_person("سعد", national_id=ID, mobile=MOBILE)
        db.session.expire(person)
        assert not any(one in str(person.search) for one in ("7654", "0008", ID, MOBILE))

    def test_a_file_that_is_changed_is_found_by_what_it_became(self, here: Any) -> None:
        person = put_person("سعد")
        person.name, person.mobile = "عبد الله", MOBILE
        db.session.flush()
        assert find_people("سعد") == set()
        assert person.id in find_people("عبدالله")
        assert person.id in find_people("7654")

    def test_an_index_answers_it_in_one_statement(self, here: Any, queries: Any) -> None:
        for table, condition in (("beneficiary", search.people("نورة بنت")), ("case", search.matching("نورة بنت"))):
            model = Beneficiary if table == "beneficiary" else Case
            db.session.execute(text("SET LOCAL enable_seqscan = off"))
            with queries() as sent:
                db.session.scalars(select(model.id).where(condition)).all()
            assert len(sent) == 1
            asked = select(func.count()).select_from(model).where(match(model.search, list_alternatives("نورة 7654")))
            compiled = asked.compile(db.engine, compile_kwargs={"literal_binds": True})
            plan = "\n".join(db.session.scalars(text("EXPLAIN " + str(compiled).replace(":", "\\:"))))
            assert f"ix_{table}_search" in plan


class TestIndexingAnew:
    @pytest.fixture
    def outdated(self, here: Any, new_case: Any) -> list[Any]:
        """Rows as an upgrade leaves them: with what PostgreSQL made of their names."""
        db.session.execute(delete(Beneficiary).where(Beneficiary.id.not_in(select(Case.beneficiary_id))))
        people = [put_person(f"عبد الله {number}") for number in range(3)]
        cases = [put_case(new_case, name=f"عبد الله {number}") for number in range(3)]
        for model in (Beneficiary, Case):
            old = {"search": func.to_tsvector("simple", "عبد الله"), "search_version": 0}
            db.session.execute(update(model).values(old), execution_options={"synchronize_session": False})
        db.session.expire_all()
        return [*people, *cases]

    def work(self) -> int:
        """Do what is owed until nothing is; return in how many parts."""
        for parts in range(1, 50):
            payload = db.session.execute(
                select(DueWork.kind, DueWork.key, DueWork.payload).where(
                    DueWork.tenant == whose(), DueWork.kind == reindexing.REINDEX, DueWork.done_at.is_(None)
                )
            ).first()
            if payload is None:
                return parts - 1
            reindexing.reindex_part(payload.payload)
            db.session.execute(
                update(DueWork)
                .where(DueWork.kind == payload.kind, DueWork.key == payload.key, DueWork.tenant == whose())
                .values(done_at=func.now())
            )
        raise AssertionError("the work never ends")

    def owe(self) -> None:
        jobs.owe(reindexing.REINDEX, "version", time.now())

    def test_a_row_that_waits_is_found_by_its_words_as_they_were_typed(self, outdated: list[Any]) -> None:
        assert {one.id for one in outdated[:3]} <= find_people("عبد الله")
        assert {one.id for one in outdated[3:]} <= find_cases("عبد")

    def test_goes_part_by_part_and_tells_how_far_it_is(self, outdated: list[Any], monkeypatch: Any) -> None:
        monkeypatch.setattr(reindexing, "PART", 2)
        self.owe()
        assert reindexing.find_progress() == reindexing.Progress(0, 0)
        reindexing.reindex_part({})
        told = reindexing.find_progress()
        assert told is not None
        assert self.work() > 3
        assert reindexing.find_progress() is None
        for one in (*outdated[:3],):
            assert one.id in find_people("عبدالله")
        for one in outdated[3:]:
            assert one.id in find_cases("عبدالله")

    def test_a_part_that_is_done_again_changes_nothing_and_loses_nothing(self, outdated: list[Any]) -> None:
        for _ in range(2):
            reindexing.reindex_part({})
            reindexing.reindex_part({"table": "case"})
        for model in (Beneficiary, Case):
            assert set(db.session.scalars(select(model.search_version))) == {tokenizer.VERSION}

    def test_reads_with_the_same_statements_for_few_rows_and_for_many(
        self, here: Any, new_case: Any, queries: Any
    ) -> None:
        counts = []
        for number in (2, 7):
            for one in range(number):
                put_case(new_case, name=f"سعد {one}")
            db.session.flush()
            db.session.execute(update(Case).values(search_version=0), execution_options={"synchronize_session": False})
            db.session.expunge_all()
            with queries() as sent:
                reindexing.reindex_part({"table": "case", "total": 9})
                db.session.flush()
            counts.append(len([one for one in sent if one.startswith("SELECT")]))
        assert counts[0] == counts[1]

    def test_every_table_that_is_searched_is_indexed_anew(self, app: Any) -> None:
        searched = {one.class_ for one in Base.registry.mappers if "search_version" in one.columns}
        assert searched == {one.model for one in reindexing.TABLES.values()} == {Beneficiary, Case, PublicAnswer}

    def test_a_new_tokenizer_comes_with_a_revision_that_owes_the_work(self) -> None:
        revisions = (rendering.folder() / "tenant" / "versions").glob("*.py")
        assert any(f"'search.reindex', 'version {tokenizer.VERSION}'" in one.read_text("utf-8") for one in revisions)
