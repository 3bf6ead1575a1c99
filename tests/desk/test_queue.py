"""The queue on real PostgreSQL: every case once and in order, found however it is asked for, at a fixed cost."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from silah.beneficiaries.models import Beneficiary
from silah.cases.models import Case, Referral
from silah.cases.party_models import CaseParty
from silah.desk import counts, queue, search
from silah.desk.cursors import Cursor
from silah.desk.filters import SORTS, Filters
from silah.documents.sealing import fingerprint
from silah.language.tokenizer import list_tokens
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db

ALL = Member(uuid4(), uuid4(), "كل شيء", permissions=frozenset(Permission), role_keys=frozenset({"management"}))


@pytest.fixture(scope="module")
def tenant(make_association: Callable[..., Any]) -> Any:
    return make_association()


@pytest.fixture
def served(serve: Any, tenant: Any, monday: Any) -> Iterator[None]:
    with serve(tenant):
        db.session.execute(delete(Referral))
        db.session.execute(delete(CaseParty))
        db.session.execute(delete(Case))
        yield


def walk(filters: Filters, member: Member, size: int) -> tuple[list[UUID], list[UUID]]:
    """Every id going forward page by page, and every id going back from the last page."""
    there: list[UUID] = []
    page = queue.page(filters, member, None, size)
    there += [case.id for case in page.cases]
    while page.next:
        page = queue.page(filters, member, Cursor.read(page.next, filters.sort), size)
        there += [case.id for case in page.cases]
    back = [case.id for case in page.cases]
    while page.previous:
        page = queue.page(filters, member, Cursor.read(page.previous, filters.sort), size)
        back = [case.id for case in page.cases] + back
    return there, back


class TestPages:
    @given(
        sort=st.sampled_from(SORTS),
        descending=st.booleans(),
        size=st.integers(1, 9),
        ties=st.lists(st.integers(0, 3), min_size=0, max_size=23),
    )
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_show_every_case_once_and_in_order_both_ways(
        self, served: None, monday: Any, many: Any, sort: str, descending: bool, size: int, ties: list[int]
    ) -> None:
        db.session.execute(delete(CaseParty))
        db.session.execute(delete(Case))
        if ties:
            many(
                len(ties),
                received_at=lambda n: monday - timedelta(days=ties[n]),
                latest=lambda n: monday.date() + timedelta(days=ties[n]) if ties[n] else None,
            )
        filters = Filters(sort=sort, descending=descending)
        there, back = walk(filters, ALL, size)
        column = queue.SORT_COLUMNS[sort]
        order = (column.desc(), Case.id.desc()) if descending else (column, Case.id)
        assert there == back == list(db.session.scalars(select(Case.id).order_by(*order)))

    def test_a_case_that_ends_between_two_pages_costs_no_other_its_place(self, served: None, many: Any) -> None:
        many(12)
        first = queue.page(Filters(), ALL, None, 5)
        db.session.execute(update(Case).where(Case.id == first.cases[-1].id).values(state="closed"))
        rest = queue.page(Filters(), ALL, Cursor.read(first.next, "due"), 10)
        assert len(rest.cases) == 7

    @pytest.mark.parametrize("few", [1, 25])
    def test_cost_the_same_whatever_stands_on_them(self, served: None, many: Any, queries: Any, few: int) -> None:
        many(few)
        with queries() as sent:
            rows_of(queue.page(Filters(), ALL))
        assert len(sent) <= 3

    def test_open_nothing_that_is_sealed(self, served: None, many: Any, queries: Any) -> None:
        many(3)
        db.session.expunge_all()
        with queries() as sent:
            queue.page(Filters(), ALL)
        assert not any("reply_address" in one or "national_id" in one for one in sent)


def rows_of(page: queue.Page) -> None:
    from silah.cases import clocks

    for case in page.cases:
        assert case.beneficiary is not None
        assert isinstance(clocks.describe_clock(case), str)
        assert case.holder is None or case.holder.name


class TestViews:
    def ids(self, member: Member = ALL, **args: str) -> set[UUID]:
        return {case.id for case in queue.page(Filters.read(args), member).cases}

    def test_overdue_holds_what_passed_its_ceiling_and_has_no_reply(self, served: None, many: Any) -> None:
        late, replied, today = many(3, latest=lambda n: date(2026, 9, 6 if n < 2 else 7))
        db.session.execute(update(Case).where(Case.id == replied).values(state="replied"))
        assert self.ids(view="overdue") == {late}
        assert today in self.ids(view="week")

    def test_a_floor_is_never_overdue(self, served: None, many: Any) -> None:
        many(2, earliest=date(2026, 1, 1))
        assert self.ids(view="overdue") == set()

    def test_waiting_unassigned_and_ended_tell_by_state_and_holder(self, served: None, many: Any) -> None:
        waiting, ended, other = many(3, state=lambda n: ("incomplete", "closed", "complete")[n])
        holder = db.session.scalars(select(Membership.id)).first()
        db.session.execute(update(Case).where(Case.id == other).values(holder_id=holder))
        assert self.ids(view="waiting") == {waiting}
        assert self.ids(view="ended") == {ended}
        assert self.ids(view="unassigned") == {waiting}
        me = Member(holder, uuid4(), "أنا", permissions=frozenset(Permission))
        assert self.ids(me, view="mine") == {other}

    def test_referred_to_me_means_my_role_or_myself_while_it_is_open(self, served: None, many: Any) -> None:
        to_role, to_another, ended = many(3)
        holder = db.session.scalars(select(Membership.id)).first()
        for case, extra in ((to_role, {}), (to_another, {"to_member_id": holder}), (ended, {"ended_at": None})):
            db.session.add(Referral(case_id=case, to_role="management", question="؟", **extra))
        db.session.flush()
        done = update(Referral).where(Referral.case_id == ended)
        db.session.execute(done.values(ended_at=queue.clock.now(), ending="answered"))
        assert self.ids(view="referred") == {to_role}

    def test_a_member_of_a_branch_sees_it_and_what_belongs_to_none(self, served: None, many: Any) -> None:
        from silah.organisation.models import BranchOffice

        here, there = list(db.session.scalars(select(BranchOffice.id).limit(2)))
        mine, theirs = many(2, branch_id=lambda n: (here, there)[n])
        clerk = Member(uuid4(), uuid4(), "", permissions=frozenset({Permission.SEE_CASES}), branch_id=here)
        assert self.ids(clerk) == {mine}
        assert self.ids(ALL, branch=str(there)) == {theirs}


class TestCounts:
    def test_are_all_asked_for_in_one_statement(self, served: None, many: Any, queries: Any) -> None:
        many(4, state=lambda n: "incomplete" if n else "received")
        with queries() as sent:
            found = counts.counts(ALL)
        assert len(sent) == 1
        assert (found["open"], found["waiting"]) == (4, 3)

    def test_stop_where_a_reader_needs_no_more(self, served: None, many: Any) -> None:
        many(120)
        assert counts.counts(ALL)["open"] == 100
        assert counts.capped(100) == "99+"
        assert counts.capped(99) == 99


class TestSearch:
    def found(self, q: str) -> set[UUID]:
        return {case.id for case in queue.page(Filters.read({"view": "all", "q": q}), ALL).cases}

    def person(self, case: UUID, **values: Any) -> None:
        person = db.session.scalars(select(Case.beneficiary_id).where(Case.id == case)).one()
        db.session.execute(update(Beneficiary).where(Beneficiary.id == person).values(**values))

    def test_takes_a_reference_in_every_way_of_writing_it(self, served: None, many: Any) -> None:
        case, _other = many(2)
        for q in ("R-1448-000500", "r-1448-500", "1448-500", "٥٠٠", "R 1448 000500", "000500"):
            assert self.found(q) == {case}, q

    def test_finds_a_mobile_by_its_keyed_hash_however_it_is_written(self, served: None, many: Any) -> None:
        case, _other = many(2)
        self.person(case, mobile_hash=fingerprint("+966551234567", "mobile"))
        for q in (
            *("0551234567", "٠٥٥١٢٣٤٥٦٧", "+966 55 123 4567", "00966551234567", "551234567", "055.123.4567"),
            *("055/123/4567", "+966 (0)55 123 4567", "tel:+966551234567", "\u200f٠٥٥-١٢٣-٤٥٦٧\u200f", "966551234567+"),
        ):
            assert self.found(q) == {case}, q

    def test_finds_a_national_id_in_either_digits(self, served: None, many: Any) -> None:
        case, _other = many(2)
        self.person(case, national_id_hash=fingerprint("1000000008", "national_id"))
        assert self.found("1000000008") == self.found("١٠٠٠٠٠٠٠٠٨") == {case}
        assert self.found("1000000016") == set()

    def test_finds_names_by_the_beginnings_of_their_words_folded(self, served: None, many: Any) -> None:
        case, _other = many(2)
        db.session.execute(
            update(Case).where(Case.id == case).values(search=list_tokens("فاطمة بنت إبراهيم آل عُمَر", joined=True))
        )
        for q in ("فاطمه", "ابراهيم", "فاط ابر", "عمر"):
            assert case in self.found(q), q
        assert self.found("راهيم") == set()

    @given(st.text(max_size=40))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_takes_whatever_is_typed(self, served: None, q: str) -> None:
        db.session.execute(select(Case.id).where(search.matching(q)).limit(1)).all()
        db.session.execute(select(Beneficiary.id).where(search.people(q)).limit(1)).all()


class TestTheRail:
    def test_says_no_more_than_a_reader_needs(self, own_office: Any, monday: Any, many: Any) -> None:
        with own_office.serve():
            many(120)
        page = own_office.desk("relations_officer").get("/desk/cases?lang=en").text
        assert "<bdi>99+</bdi>" in page


class TestMyWork:
    def test_holds_what_waits_for_ones_own_move(self, own_office: Any, monday: Any, many: Any) -> None:
        states = ("recommended", "under_study", "decided", "received", "closed")
        with own_office.serve():
            recommended, studied, decided, received, _closed = many(5, state=lambda n: states[n])
        chair = own_office.desk("research_committee_chair").get("/desk/").text
        officer = own_office.desk("relations_officer").get("/desk/").text
        assert [str(one) in chair for one in (recommended, studied, decided, received)] == [True, True, True, False]
        assert [str(one) in officer for one in (recommended, studied, decided, received)] == [False, False, True, True]
        assert str(_closed) not in chair + officer
