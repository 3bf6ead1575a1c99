"""After the offers: promises reminded and kept, a dispute referred out, ended, closed, reopened or withdrawn."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from silah import clock
from silah.cases.errors import NotLegal
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.errors import Conflict, Forbidden, Invalid, NotFound
from silah.settlements import offer_rules, undertakings
from silah.settlements.models import negotiation_of

from .conftest import owed


class TestPromises:
    def settled(self, house, days=7, side="association"):
        case = house.dispute()
        offer = house.offered(case, promises=house.promised(days, side))
        assert owed(undertakings.REMIND, offer.undertakings[0].id) is None
        house.agreed(case, offer)
        return case, offer.undertakings[0]

    def test_are_owed_once_agreed_and_reminded(self, house):
        case, one = self.settled(house)
        assert one.owed
        due = owed(undertakings.REMIND, one.id)
        assert clock.day_of(due) == one.due_on - timedelta(days=3)
        undertakings.remind(one.id)
        assert clock.day_of(owed(undertakings.REMIND, one.id)) == one.due_on + timedelta(days=1)
        assert house.told(case, "promise_due") >= 1
        with clock.at(datetime.combine(one.due_on + timedelta(days=1), datetime.min.time(), UTC)):
            undertakings.remind(one.id)
            assert owed(undertakings.REMIND, one.id) >= clock.now() + timedelta(hours=5)

    def test_of_the_beneficiary_remind_the_beneficiary(self, house):
        case, one = self.settled(house, side="beneficiary")
        undertakings.remind(one.id)
        assert house.told(case, "promise_due_yours") == 1

    def test_of_the_beneficiary_are_proven_by_them_and_looked_at_by_the_association(self, house):
        case, one = self.settled(house, side="beneficiary")
        with pytest.raises(Invalid) as refused:
            undertakings.hand_in(one, remark=" ", proof=None)
        assert set(refused.value.fields) == {"remark", "proof"}
        undertakings.hand_in(one, remark="دفعت ما علي", proof=house.file("mine"))
        told = house.told(case, "proof_came")
        assert told >= 1
        with pytest.raises(Conflict):
            undertakings.hand_in(one, remark="مرة أخرى", proof=house.file("mine"))
        undertakings.remind(one.id)
        assert (house.told(case, "proof_came"), house.told(case, "promise_due_yours")) == (2 * told, 0)
        with pytest.raises(Forbidden):
            undertakings.send_back(one, by=house.member("human_resources"), reason="غير واضح")
        undertakings.send_back(one, by=house.chair, reason="غير واضح")
        assert (one.handed_on, one.proof_id, house.told(case, "proof_sent_back")) == (None, None, 1)
        with pytest.raises(Invalid):
            undertakings.keep(one, by=house.chair, remark="كفى", proof=None)
        undertakings.hand_in(one, remark="دفعت", proof=house.file("mine"))
        undertakings.keep(one, by=house.chair, remark="كفى", proof=None)
        assert (one.kept_on, owed(undertakings.REMIND, one.id)) == (clock.today(), None)
        with pytest.raises(Conflict):
            undertakings.send_back(one, by=house.chair, reason="تأخر")

    def test_of_the_association_are_not_proven_by_the_beneficiary(self, house):
        case, one = self.settled(house)
        assert not undertakings.is_proof_awaited(one)
        with pytest.raises(NotFound):
            undertakings.get_of_beneficiary(case, one.id)
        with pytest.raises(NotFound):
            undertakings.get_of_beneficiary(house.dispute(), self.settled(house, side="beneficiary")[1].id)

    def test_are_kept_with_proof_and_only_then_is_it_closed(self, house):
        case, one = self.settled(house)
        with pytest.raises(NotLegal):
            perform(case, "close", house.chair)
        with pytest.raises(Invalid) as refused:
            undertakings.keep(one, by=house.chair, remark="", proof=None)
        assert set(refused.value.fields) == {"remark", "proof"}
        undertakings.keep(one, by=house.chair, remark="سُلّمت", proof=house.file("proof"))
        assert owed(undertakings.REMIND, one.id) is None
        with pytest.raises(Conflict):
            undertakings.keep(one, by=house.chair, remark="مرة أخرى", proof=house.file("proof"))
        perform(case, "close", house.chair)
        assert case.state is State.CLOSED

    def test_not_kept_by_its_day_is_referred_out_and_closed_with_the_result(self, house):
        case, one = self.settled(house, side="beneficiary")
        out = {"to": "المحكمة العامة", "number": "9"}
        with pytest.raises(NotLegal):
            perform(case, "refer_out", house.chair, {"on": clock.today(), **out})
        with clock.at(datetime.combine(one.due_on + timedelta(days=1), datetime.min.time(), UTC)):
            perform(case, "refer_out", house.chair, {"on": clock.today(), **out})
            before = house.told(case, "promise_due_yours")
            undertakings.remind(one.id)
            assert house.told(case, "promise_due_yours") == before
            assert not undertakings.is_proof_awaited(one)
            with pytest.raises(NotLegal):
                perform(case, "close", house.chair)
            perform(case, "result", house.chair, {"words": "أُلزم بالوفاء", "on": clock.today()})
            perform(case, "close", house.chair)
        assert case.state is State.CLOSED

    def test_stand_in_one_list_the_most_pressing_first(self, house):
        later, sooner = self.settled(house, 20), self.settled(house, 2)
        ids = [one.id for one in undertakings.waiting(house.chair)]
        assert ids.index(sooner[1].id) < ids.index(later[1].id)
        assert undertakings.waiting(house.member("human_resources")) == []


class TestAnAmount:
    def test_agreed_in_a_dispute_without_a_promise_is_paid_with_proof_before_it_is_closed(self, house):
        case = house.dispute()
        house.agreed(case, house.offered(case, "900.50"))
        with pytest.raises(NotLegal):
            perform(case, "close", house.chair)
        perform(
            case,
            "pay",
            house.chair,
            {"amount": Decimal("900.50"), "on": clock.today(), "proof": house.file("transfer")},
        )
        assert (case.state, house.told(case, "amount_paid")) == (State.REPLIED, 1)
        with pytest.raises(NotLegal):
            perform(
                case,
                "pay",
                house.chair,
                {"amount": Decimal("900.50"), "on": clock.today(), "proof": house.file("again")},
            )
        perform(case, "close", house.chair)
        assert case.state is State.CLOSED


class TestOtherwise:
    def test_referred_out_with_reference_and_result(self, house):
        case = house.dispute()
        perform(case, "refer_out", house.chair, {"to": "لجنة فض المنازعات", "number": "77/ب", "on": clock.today()})
        assert case.state is State.REGISTERED
        with pytest.raises(NotLegal):
            perform(case, "close", house.chair)
        perform(case, "result", house.chair, {"words": "رُدت المطالبة", "on": clock.today()})
        perform(case, "close", house.chair)
        assert (negotiation_of(case).out_number, negotiation_of(case).out_result) == ("77/ب", "رُدت المطالبة")
        assert case.state is State.CLOSED

    def test_is_not_ended_over_an_open_offer(self, house):
        case = house.dispute()
        house.offered(case)
        for leave in (
            lambda: perform(case, "end", house.chair, {"reason": "x"}),
            lambda: perform(case, "refer_out", house.chair, {"to": "x", "number": "1", "on": clock.today()}),
        ):
            with pytest.raises(NotLegal):
                leave()

    def test_ended_with_reasons_and_taken_up_again(self, house):
        case = house.dispute()
        perform(case, "end", house.chair, {"reason": "لم نتفق"})
        assert house.told(case, "settlement_ended") == 1
        perform(case, "reopen", house.chair, {"reason": "ظهر جديد"})
        assert case.state is State.UNDER_STUDY
        house.agreed(case, house.offered(case))
        perform(case, "close", house.chair)
        with pytest.raises(NotLegal):
            perform(case, "reopen", house.chair, {"reason": "x"})

    def test_withdrawn_by_the_beneficiary_leaves_no_open_offer(self, house):
        case = house.dispute()
        offer = house.offered(case)
        perform(case, "withdraw", None)
        assert (case.state, offer.state) == (State.WITHDRAWN, "expired")
        assert owed(offer_rules.EXPIRES, offer.id) is None
