"""The files of beneficiaries: one for each person, never overwritten silently."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text

from silah.access import Member, Permission
from silah.beneficiaries import service as files
from silah.beneficiaries.models import Beneficiary
from silah.errors import Forbidden, NotFound
from tenants.database import db

ID = "1000000008"


@pytest.fixture(scope="module")
def tenant(make_association):
    return make_association()


@pytest.fixture
def here(serve, tenant) -> Iterator[None]:
    with serve(tenant):
        yield


def somebody(**changes: object):
    return files.find_or_create(**{"name": "نورة بنت سعد", "national_id": ID, "mobile": "+966550000001", **changes})


class TestFiles:
    def test_of_one_national_id_is_one(self, here):
        first, second = somebody(), somebody()
        assert first.fresh
        assert not second.fresh
        assert first.file is second.file

    def test_is_never_overwritten_and_says_what_differs(self, here):
        somebody()
        found = somebody(name="نورة سعد", mobile="+966559999999", email="n@example.com")
        assert found.differs == ("name", "mobile")
        assert found.file.mobile == "+966550000001"

    def test_what_was_blank_is_filled_in(self, here):
        somebody(email=None)
        assert somebody(email="n@example.com", member_number="12").file.email == "n@example.com"

    def test_a_name_written_another_way_does_not_differ(self, here):
        somebody(name="أحمد عبدالله")
        assert somebody(name="احمد  عبدالله").differs == ()

    def test_without_a_national_id_mobile_and_name_find_it(self, here):
        first = somebody(national_id=None)
        assert somebody(national_id=None).file is first.file
        assert somebody(national_id=None, name="سعاد").file is not first.file

    def test_is_sealed_at_rest(self, here):
        somebody()
        row = db.session.execute(text("SELECT national_id, mobile, national_id_hash FROM beneficiary")).first()
        assert row is not None
        assert ID.encode() not in bytes(row.national_id)
        assert len(bytes(row.national_id_hash)) == 32

    def test_is_corrected_knowingly(self, here):
        file = somebody().file
        clerk = Member(
            id=file.id, account_id=file.id, name="Clerk", permissions=frozenset({Permission.CHECK_COMPLETENESS})
        )
        assert files.correct(file, by=clerk, mobile="+966551111111", name="نورة بنت سعد") == ("mobile",)
        assert somebody(national_id=None, mobile="+966551111111").file is file
        with pytest.raises(Forbidden):
            files.correct(file, by=Member(id=file.id, account_id=file.id, name="Nobody"), mobile="1")

    def test_of_another_association_is_not_found(self, serve, tenant, make_association):
        with serve(tenant):
            file_id = somebody(national_id=None, name="سر").file.id
            db.session.commit()
        with serve(make_association()):
            assert db.session.scalars(select(Beneficiary).where(Beneficiary.id == file_id)).all() == []
            with pytest.raises(NotFound):
                files.get(file_id)

    def test_gathers_the_persons_cases(self, here):
        assert files.cases_of(somebody().file) == []
