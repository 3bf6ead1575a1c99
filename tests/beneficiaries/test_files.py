"""The files of beneficiaries: one for each person, opened by what is typed and written by what was established."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files as files
from silah.cases import beneficiary_links, parties, party_models
from silah.errors import Forbidden, NotFound
from silah.web.access import Member, Permission
from tenants.database import db

ID, OTHER_ID = "1000000008", "1000000016"
MOBILE = "+966550000001"


@pytest.fixture(scope="module")
def tenant(make_association):
    return make_association()


@pytest.fixture
def here(serve, tenant) -> Iterator[None]:
    with serve(tenant):
        yield


def typed(**changes: Any) -> party_models.CaseParty:
    """Somebody as they were typed on a case."""
    given = {"name": "نورة بنت سعد", "national_id": ID, "mobile": MOBILE, **changes}
    return parties.make("beneficiary", given)


def known(how: str = "original", **changes: Any) -> Beneficiary:
    """A file whose person's identity was established."""
    file, _differs = beneficiary_links.find_or_open(typed(**changes))
    beneficiary_links.prove(file, typed(**changes), how, None)
    return file


def pointed(**changes: Any) -> Beneficiary:
    """The file that a number which was typed points out."""
    party = typed(**changes)
    beneficiary_links.point_out(party)
    return db.session.get_one(Beneficiary, party.candidate_id)


class TestWhatIsTyped:
    def test_opens_a_file_at_the_lowest_level_where_there_is_none(self, here):
        file = pointed()
        assert (file.level, file.mobile_confirmed_at) == ("typed", None)
        assert pointed() is file

    def test_changes_nothing_in_a_file_that_exists(self, here):
        file = known(mobile=None)
        assert pointed(name="غريب", mobile="+966559999999", email="x@example.com", member_number="9") is file
        db.session.refresh(file)
        assert (file.name, file.mobile, file.email, file.member_number) == ("نورة بنت سعد", None, None, None)

    def test_takes_the_same_statements_whether_the_number_is_known(self, here, queries):
        known()
        db.session.flush()
        with queries() as of_known:
            beneficiary_links.point_out(typed(name="غريب"))
        with queries() as of_unknown:
            beneficiary_links.point_out(typed(name="غريب", national_id=OTHER_ID))
        assert [str(one) for one in of_known] == [str(one) for one in of_unknown]

    def test_without_a_number_points_at_nobody(self, here):
        known(national_id=None)
        party = typed(national_id=None)
        beneficiary_links.point_out(party)
        assert party.candidate_id is None


class TestFiles:
    def test_of_one_national_id_is_one(self, here):
        first, second = known(), known()
        assert first is second
        assert db.session.scalar(select(func.count()).select_from(Beneficiary)) == 1

    def test_is_never_overwritten_and_says_what_differs(self, here):
        known()
        file, differs = beneficiary_links.find_or_open(
            typed(name="نورة سعد", mobile="+966559999999", email="n@example.com")
        )
        assert differs == ("name", "mobile")
        assert (file.name, file.mobile) == ("نورة بنت سعد", MOBILE)

    def test_what_nobody_vouched_for_gives_way_to_what_was_established(self, here):
        pointed(name="غريب", mobile="+966559999999", email="x@example.com")
        file = known(email=None)
        assert (file.name, file.mobile, file.level) == ("نورة بنت سعد", MOBILE, "original_seen")
        assert (file.mobile_confirmed_at is None, file.email_confirmed_at is None) == (False, True)

    def test_what_was_blank_is_filled_in(self, here):
        known(email=None)
        assert known(email="n@example.com", member_number="12").email == "n@example.com"

    def test_a_name_written_another_way_does_not_differ(self, here):
        known(name="أحمد عبدالله")
        assert beneficiary_links.find_or_open(typed(name="احمد  عبدالله"))[1] == ()

    def test_without_a_national_id_mobile_and_name_find_it(self, here):
        first = known(how="spoke", national_id=None)
        assert known(national_id=None) is first
        assert known(national_id=None, name="سعاد") is not first

    def test_what_a_stranger_typed_is_not_found_by_mobile_and_name(self, here):
        assert known(national_id=None) is not pointed()

    def test_a_contact_is_confirmed_with_the_original_alone_and_only_as_it_stands(self, here):
        file = known(how="spoke")
        assert (file.level, file.mobile_confirmed_at) == ("contact_proved", None)
        assert known(mobile="+966559999999").mobile_confirmed_at is None
        assert known().mobile_confirmed_at is not None
        beneficiary_links.put(file, "mobile", "+966558888888")
        assert file.mobile_confirmed_at is None

    def test_its_level_is_never_lowered(self, here):
        assert known().level == known(how="spoke").level == "original_seen"

    def test_is_sealed_at_rest(self, here):
        known()
        row = db.session.execute(text("SELECT national_id, mobile, national_id_hash FROM beneficiary")).first()
        assert row is not None
        assert ID.encode() not in bytes(row.national_id)
        assert len(bytes(row.national_id_hash)) == 32

    def test_is_corrected_knowingly(self, here):
        file, id_ = known(), uuid4()
        clerk = Member(id=id_, account_id=id_, name="Clerk", permissions=frozenset({Permission.CHECK_COMPLETENESS}))
        assert files.correct(file, by=clerk, mobile="+966551111111", name="نورة بنت سعد") == ("mobile",)
        assert known(national_id=None, mobile="+966551111111") is file
        with pytest.raises(Forbidden):
            files.correct(file, by=Member(id=id_, account_id=id_, name="Nobody"), mobile="1")

    def test_of_another_association_is_not_found(self, serve, tenant, make_association):
        with serve(tenant):
            file_id = known(national_id=None, name="سر").id
            db.session.commit()
        with serve(make_association()):
            assert db.session.scalars(select(Beneficiary).where(Beneficiary.id == file_id)).all() == []
            with pytest.raises(NotFound):
                files.get(file_id)

    def test_gathers_the_persons_cases(self, here):
        assert files.cases_of(known()) == []
