"""Disputes: begun, negotiated in turn, accepted by both, promised and kept, or referred out."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import confidentiality, timeline, visibility
from silah.cases.errors import NotLegal
from silah.cases.models import CaseDocument
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.errors import Conflict, Forbidden, Invalid
from silah.settlements import claims, offer_rules, offers, rules
from silah.settlements.claims import Told
from silah.settlements.errors import AboveLimit, NoSettlement, NotInTurn, OfferExpired, OfferGone, OwnOffer
from silah.settlements.models import DISPUTE
from tenants.database import db

TOLD = Told("لم يُحل الخلاف")


def sees(case, member):
    return db.session.scalar(
        select(visibility.Case.id).where(visibility.Case.id == case.id, visibility.visible(member))
    )


class TestBeginning:
    def test_out_of_a_complaint_is_on_record_on_both_and_opens_with_its_code(self, house):
        parent = house.answered(house.chair)
        case = claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        assert "dispute_opened" in house.verbs(parent)
        assert timeline.entries(case, for_applicant=False)[-1].data["from"] == parent.reference
        assert case.receipt_digest == parent.receipt_digest
        assert case.reference.startswith("D-")
        assert (case.applicant_id, case.reply_address) == (parent.applicant_id, parent.reply_address)
        assert (case.applicant.name, case.applicant.mobile) == (parent.applicant.name, parent.applicant.mobile)
        assert house.told(case, "settlement_received") == 1

    def test_by_the_beneficiary_needs_an_answer_and_the_rule(self, house):
        case = house.complain().case
        with pytest.raises(NoSettlement):
            claims.out_of(case, DISPUTE, TOLD)
        answered = house.answered(house.chair)
        house.limit(by_beneficiary=False)
        assert not claims.may_begin(answered)
        house.limit()
        assert claims.out_of(answered, DISPUTE, TOLD).born_of is answered

    def test_one_at_a_time_and_never_with_nobody(self, house):
        parent = house.answered(house.chair)
        claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        with pytest.raises(NoSettlement):
            claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        nameless = house.answered(house.chair, anonymous=True)
        with pytest.raises(NoSettlement, match="مجهول"):
            claims.out_of(nameless, DISPUTE, TOLD, by=house.chair)

    def test_whoever_is_barred_from_the_complaint_is_barred_from_it(self, house):
        clerk = house.person("follow_up_committee_secretary")
        other = house.person("follow_up_committee_chair")
        parent = house.answered(house.chair)
        confidentiality.bar(parent, [clerk], "subject")
        case = claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        assert not sees(case, house.member(clerk))
        assert sees(case, house.member(other))
        case.holder = other
        confidentiality.bar(parent, [other], "subject")
        assert case.holder_id is None
        assert not sees(case, house.member(other))

    def test_of_a_confidential_one_is_open_to_its_readers_alone(self, house):
        from silah.complaints import receiving

        parent = house.answered(house.chair)
        early = claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        assert sees(early, house.head)
        receiving.keep_confidential(parent, house.chair)
        perform(early, "end", house.chair, {"reason": "لم نتفق"})
        late = claims.out_of(parent, DISPUTE, TOLD, by=house.chair)
        for case in (early, late):
            assert sees(case, house.chair)
            assert not sees(case, house.head)

    def test_other_staff_may_not(self, house):
        with pytest.raises(Forbidden):
            claims.out_of(house.answered(house.chair), DISPUTE, TOLD, by=house.member("human_resources"))


class TestOffers:
    def test_each_side_takes_its_turn(self, house):
        case = house.dispute()
        first = house.offered(case)
        assert (case.state, case.pauses[-1][1]) == (State.INCOMPLETE, None)
        with pytest.raises(NotLegal):
            house.offered(case)
        second = house.countered(case, "1500.00")
        assert (first.state, second.number, case.state) == ("superseded", 2, State.UNDER_STUDY)
        with pytest.raises(NotInTurn):
            house.countered(case)
        third = house.offered(case, "1200.00")
        assert (second.state, third.state) == ("superseded", "open")

    @pytest.mark.parametrize("amount", ["0.01", "1234.56", "49999.99"])
    def test_amounts_are_exact(self, house, amount):
        case = house.dispute()
        offer = house.offered(case, amount)
        db.session.flush()
        db.session.expire(offer)
        assert offer.amount == Decimal(amount)
        assert str(offer.amount) == amount

    @pytest.mark.parametrize(
        ("amount", "days", "terms", "field"),
        [("-1", 5, "x", "amount"), ("5", -1, "x", "expires_on"), ("5", 400, "x", "expires_on"), ("5", 5, " ", "terms")],
    )
    def test_are_checked(self, house, amount, days, terms, field):
        case = house.dispute()
        with pytest.raises(Invalid) as refused:
            perform(case, "offer", house.chair, {"draft": offers.Draft(terms, Decimal(amount), house.day(days))})
        assert field in refused.value.fields

    def test_one_above_everybodys_limit_is_refused_with_the_limit(self, house):
        case = house.dispute()
        with pytest.raises(AboveLimit, match=r"50,000"):
            house.offered(case, "50000.01")
        house.limit(limits={})
        with pytest.raises(AboveLimit):
            house.offered(case, "1.00")
        assert house.offered(case).amount is None

    def test_an_expired_one_is_accepted_by_nobody(self, house):
        case = house.dispute()
        offer = house.offered(case, days=3)
        with clock.at(clock.now() + timedelta(days=3)):
            assert offer_rules.find_live_offer(case) is offer
        with clock.at(clock.now() + timedelta(days=4)):
            assert offer_rules.find_live_offer(case) is None
            with pytest.raises(OfferExpired):
                perform(case, "accept_offer", None, {"offer_id": offer.id})
            offers.expire(offer.id)
            offers.expire(offer.id)
            assert (offer.state, case.state) == ("expired", State.UNDER_STUDY)
            assert house.told(case, "offer_expired") == 1
            assert house.offered(case).number == 2

    def test_one_that_was_superseded_is_gone(self, house):
        case = house.dispute()
        first = house.offered(case)
        house.countered(case)
        with pytest.raises(OfferGone):
            perform(case, "accept_offer", None, {"offer_id": first.id})
        assert first.beneficiary_at is None

    def test_refused_with_a_reason_by_the_association(self, house):
        case = house.dispute()
        offer = house.countered(case)
        with pytest.raises(Invalid):
            perform(case, "refuse", house.chair, {"offer_id": offer.id, "reason": " "})
        perform(case, "refuse", house.chair, {"offer_id": offer.id, "reason": "فوق ما يمكن"})
        assert (offer.state, offer.reason) == ("refused", "فوق ما يمكن")
        assert house.told(case, "offer_refused") == 1

    def test_what_a_side_accepted_it_refuses_no_more(self, house):
        case = house.dispute()
        offer = house.offered(case)
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        with pytest.raises(Conflict):
            perform(case, "decline_offer", None, {"offer_id": offer.id, "reason": ""})
        with pytest.raises(NotInTurn):
            house.countered(case)


class TestAcceptance:
    def test_by_both_makes_the_agreement(self, house):
        case = house.dispute()
        offer = house.offered(case, "800.00", promises=house.promised())
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        assert case.state is State.UNDER_STUDY
        perform(case, "accept", house.manager, {"offer_id": offer.id})
        assert (offer.state, case.state) == ("agreed", State.REPLIED)
        paper = db.session.scalars(select(CaseDocument).where(CaseDocument.case_id == case.id)).one()
        assert (paper.purpose, paper.for_applicant) == ("agreement", True)
        assert house.told(case, "agreement_made") == 1
        assert timeline.verify(case) == []
        data = next(one for one in timeline.entries(case, for_applicant=False) if one.verb == "agreed").data
        assert data == {"offer": 1, "amount": "800.00"}

    def test_of_the_beneficiarys_offer_waits_for_the_beneficiary(self, house):
        case = house.dispute()
        offer = house.countered(case, "700.00")
        perform(case, "accept", house.manager, {"offer_id": offer.id})
        assert (offer.state, case.state) == ("open", State.INCOMPLETE)
        assert house.told(case, "offer_confirm") == 1
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        assert offer.state == "agreed"

    def test_takes_the_permission_to_bind_and_another_person(self, house):
        case = house.dispute()
        offer = house.offered(case, by=house.manager)
        with pytest.raises(Forbidden):
            perform(case, "accept", house.chair, {"offer_id": offer.id})
        with pytest.raises(OwnOffer):
            perform(case, "accept", house.manager, {"offer_id": offer.id})
        house.limit(other_accepts=False)
        perform(case, "accept", house.manager, {"offer_id": offer.id})
        assert offer.association_by == house.manager.id

    def test_keeps_to_the_members_own_limit(self, house):
        case = house.dispute()
        offer = house.offered(case, "5000.01")
        with pytest.raises(AboveLimit, match=r"5,000"):
            perform(case, "accept", house.manager, {"offer_id": offer.id})
        assert offer_rules.find_limit(house.head) == Decimal("50000.00")
        perform(case, "accept", house.head, {"offer_id": offer.id})

    def test_twice_is_once(self, house):
        case = house.dispute()
        offer = house.offered(case)
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        perform(case, "accept_offer", None, {"offer_id": offer.id})
        assert house.verbs(case).count("offer_accepted") == 1


def test_rules_survive_being_kept(house):
    house.limit(offer_days=21, enough=(("fault",),))
    db.session.flush()
    db.session.info.pop(rules.RULES.key)
    found = rules.rules()
    assert (found.offer_days, found.enough, found.limits["management"]) == (21, (("fault",),), Decimal("5000.00"))
