"""References, receipt codes and one-time codes."""

import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from silah import clock
from silah.cases import kinds, one_time_codes, receipts, references
from silah.cases.errors import CodeExpired, NoAddress, NoSuchCase, WrongCode
from silah.cases.models import OneTimeCode
from silah.errors import TooMany
from silah.language.digits import arabic_indic
from silah.notifications.models import OutboxMessage
from tenants.context import serving
from tenants.database import db


class TestReferences:
    def test_run_on_within_a_hijri_year_and_begin_again_in_the_next(self, here):
        last = references.next_reference("complaint", date(2026, 6, 10))
        again = references.next_reference("complaint", date(2026, 6, 10))
        fresh = references.next_reference("complaint", date(2026, 6, 20))
        assert re.fullmatch(r"C-1447-\d{6}", last)
        assert int(again[-6:]) == int(last[-6:]) + 1
        assert fresh.startswith("C-1448-")

    def test_those_taken_at_once_differ(self, app, at, tenants_of_cases):
        with at():
            pass
        taken: list[str] = []

        def take() -> None:
            for _ in range(10):
                with app.app_context(), serving(tenants_of_cases["madinah-centers"]):
                    taken.append(references.next_reference("inquiry", date(2026, 9, 7)))
                    db.session.commit()

        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(taken)) == 40
        assert sorted(int(one[-6:]) for one in taken) == list(range(1, 41))

    @given(st.sampled_from(sorted(kinds.every())), st.integers(1440, 1500), st.integers(1, 999_999))
    def test_are_read_as_people_write_them(self, kind, year, number):
        shown = references.written(kind, year, number)
        for typed in (shown, shown.lower(), arabic_indic(shown), shown.replace("-", " "), shown.replace("-", "")):
            assert references.read(typed) == shown

    @given(st.text(max_size=20))
    def test_whatever_else_is_typed_is_none_or_a_reference(self, typed):
        found = references.read(typed)
        assert found is None or references.read(found) == found


class TestReceiptCodes:
    def test_are_twelve_signs_that_nobody_mistakes(self):
        code = receipts.new_code()
        assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", code)
        assert not set("0O1IL") & set(code)

    def test_find_their_case_however_they_are_typed(self, here, new_case):
        case = new_case()
        for code in ("K7QF-M2ZD-9RXW", "k7qf m2zd 9rxw", "K٧QFM٢ZD٩RXW"):
            assert receipts.find(arabic_indic(case.reference.lower()), code) is case

    def test_are_not_kept(self, here, new_case):
        case = new_case()
        assert len(case.receipt_digest) == 32
        assert b"K7QF" not in bytes(case.receipt_digest)

    @pytest.mark.parametrize("reference", ["R-1448-999999", "nonsense", ""])
    def test_tell_nothing_about_a_reference_that_is_not(self, here, new_case, reference):
        new_case()
        with pytest.raises(NoSuchCase):
            receipts.find(reference, "K7QF-M2ZD-9RXW")

    def test_of_one_association_open_nothing_in_another(self, at, new_case):
        with at("madinah-centers"):
            reference = new_case().reference
            db.session.commit()
        with at("tamkeen-qassim"):
            theirs = new_case(reference=f"{reference}9", receipt_digest=receipts.digest("AAAA-BBBB-CCCC"))
            theirs.reference = reference
            db.session.flush()
            with pytest.raises(NoSuchCase):
                receipts.find(reference, "K7QF-M2ZD-9RXW")


def sent_code() -> str:
    rows = select(OutboxMessage).where(OutboxMessage.template == "code")
    latest = db.session.scalars(rows.order_by(OutboxMessage.created_at.desc(), OutboxMessage.id).limit(1)).one()
    found = re.search(r"\b\d{6}\b", latest.body)
    assert found
    return found[0]


class TestOneTimeCodes:
    def test_work_once(self, here, new_case):
        case = new_case()
        one_time_codes.send(case, "follow")
        code = sent_code()
        one_time_codes.check(case, "follow", arabic_indic(f" {code[:3]} {code[3:]}"))
        with pytest.raises(CodeExpired):
            one_time_codes.check(case, "follow", code)

    def test_are_for_one_purpose(self, here, new_case):
        case = new_case()
        one_time_codes.send(case, "follow")
        with pytest.raises(CodeExpired):
            one_time_codes.check(case, "attestation", sent_code())

    def test_expire(self, here, new_case):
        case = new_case()
        one_time_codes.send(case, "follow")
        with clock.at(clock.now() + timedelta(minutes=11)), pytest.raises(CodeExpired):
            one_time_codes.check(case, "follow", sent_code())

    def test_allow_five_tries_even_if_each_is_rolled_back(self, at, new_case):
        with at():
            case = new_case()
            one_time_codes.send(case, "follow")
            code = sent_code()
            db.session.commit()
            for _ in range(5):
                with pytest.raises(WrongCode):
                    one_time_codes.check(case, "follow", "000000" if code != "000000" else "111111")
                db.session.rollback()
            with pytest.raises(CodeExpired):
                one_time_codes.check(case, "follow", code)
            assert db.session.scalars(select(OneTimeCode).where(OneTimeCode.case_id == case.id)).one().tries_left == 0

    def test_are_sent_at_most_five_times_an_hour(self, at, new_case):
        with at(when=datetime(2026, 9, 8, 9, tzinfo=UTC)):
            case = new_case()
            for _ in range(5):
                one_time_codes.send(case, "follow")
            with pytest.raises(TooMany):
                one_time_codes.send(case, "follow")
            with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
                one_time_codes.send(case, "follow")

    def test_go_to_the_mobile_where_the_reply_is_carried_by_hand(self, here, new_case):
        case = new_case(reply_channel="interview", reply_address=None)
        assert one_time_codes.recipient(case).means == "sms"

    def test_need_somewhere_to_go(self, here, new_case):
        case = new_case(reply_channel="interview", reply_address=None)
        case.applicant.mobile = case.applicant.email = None
        with pytest.raises(NoAddress):
            one_time_codes.send(case, "follow")
