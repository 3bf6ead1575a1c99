"""Claims for compensation: only where the policy has it, only on complete grounds, paid exactly, closed by letter."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from silah import clock
from silah.cases import beneficiary_links, confidentiality, timeline
from silah.cases.errors import NotLegal
from silah.cases.models import CaseDocument
from silah.cases.states import State
from silah.cases.workflow import perform
from silah.committees import agenda, ballots, item_presenters, meeting_presenters, meetings, signing
from silah.committees.ballots import Cast
from silah.errors import Forbidden, Invalid, NotFound
from silah.settlements import (
    claims,
    grounds,
    harm_acknowledgement,
    offer_rules,
)
from silah.settlements.claims import Told
from silah.settlements.errors import GroundsMissing, OwnOffer
from silah.settlements.models import COMPENSATION, negotiation_of
from tenants.database import db
from tests.complaints.conftest import MONDAY, PERSON

from .conftest import BODY


def lacking(case):
    with pytest.raises(GroundsMissing) as refused:
        grounds.need(case)
    return {one.key: one.reason for one in refused.value.missing}


class TestWhereThePolicyHasNone:
    def test_there_is_no_claim(self, serve, association):
        with serve(association), clock.at(MONDAY):
            with pytest.raises(NotFound):
                claims.receive(COMPENSATION, Told("x", person=PERSON), by=None, channel="website")
            assert not claims.offered(COMPENSATION, _policy())


def _policy():
    from tenants import versions

    return versions.in_force(clock.today()).policy


class TestGrounds:
    def test_are_all_missing_at_first_and_no_offer_is_taken_from_either_side(self, house):
        case = house.claim()
        assert set(lacking(case)) == {"fault", "acknowledgement", "judgment", "final_ruling"}
        with pytest.raises(GroundsMissing):
            house.offered(case, "100.00")
        with pytest.raises(GroundsMissing):
            house.countered(case, "100.00")
        assert offer_rules.list_offers(case) == []

    @pytest.mark.parametrize("key", ["judgment", "final_ruling"])
    def test_a_judgment_or_a_final_ruling_is_enough_alone(self, house, key):
        case = house.claim()
        paper = house.file("ruling")
        perform(
            case,
            "ground",
            house.head,
            {"ground": key, "issued_by": "م", "number": "9", "dated": clock.today(), "file": paper},
        )
        grounds.need(case)
        assert house.offered(case, "100.00").number == 1

    def test_each_needs_its_particulars(self, house):
        case = house.claim()
        with pytest.raises(Invalid) as refused:
            perform(case, "ground", house.head, {"ground": "judgment"})
        assert set(refused.value.fields) == {"issued_by", "number", "dated", "file"}
        tomorrow, paper = clock.today() + timedelta(days=1), house.file("x")
        with pytest.raises(Invalid) as refused:
            perform(
                case,
                "ground",
                house.head,
                {"ground": "judgment", "issued_by": "م", "number": "9", "dated": tomorrow, "file": paper},
            )
        assert set(refused.value.fields) == {"dated"}
        with pytest.raises(Invalid):
            perform(case, "ground", house.head, {"ground": "acknowledgement", "words": "أقررنا"})

    def test_the_fault_is_a_justified_complaint_of_the_same_person(self, house):
        case = house.claim()
        theirs, unjust = house.answered(house.chair), house.answered(house.chair, finding="not_upheld")
        with pytest.raises(Invalid):
            perform(case, "ground", house.head, {"ground": "fault", "words": "ثبت", "complaint": theirs.reference})
        for one in (case, theirs, unjust):
            beneficiary_links.establish(one, by=house.head, how="spoke")
        for reference in (unjust.reference, "C-1448-999999", "x"):
            with pytest.raises(Invalid) as refused:
                perform(
                    case, "ground", house.chair_of(case), {"ground": "fault", "words": "ثبت", "complaint": reference}
                )
            assert set(refused.value.fields) == {"complaint"}
        other = house.answered(
            house.chair, person=PERSON | {"name": "آخر", "mobile": "+966550000011", "email": "o@x.sa"}
        )
        beneficiary_links.establish(other, by=house.head, how="spoke")
        with pytest.raises(Invalid):
            perform(case, "ground", house.head, {"ground": "fault", "words": "ثبت", "complaint": other.reference})
        perform(case, "ground", house.head, {"ground": "fault", "words": "ثبت الخطأ", "complaint": theirs.reference})
        assert "fault" not in lacking(case)

    def test_the_fault_alone_is_not_enough_unless_the_association_says_so(self, house):
        case = house.claim()
        perform(case, "ground", house.head, {"ground": "fault", "words": "ثبت", "file": house.file("x")})
        assert "acknowledgement" in lacking(case)
        house.limit(enough=(("fault",), ("judgment",)))
        grounds.need(case)

    def test_a_choice_that_the_policy_does_not_know_falls_back_to_the_policy(self, house):
        house.limit(enough=(("oath",),))
        assert grounds.enough(_policy()) == (("fault", "acknowledgement"), ("judgment",), ("final_ruling",))

    def test_are_added_by_the_body_or_by_who_may_bind(self, house):
        case = house.claim()
        for role in ("relations_officer", "human_resources"):
            with pytest.raises(Forbidden):
                perform(case, "ground", house.member(role), {"ground": "fault", "words": "x", "file": house.file("x")})
        with pytest.raises(Forbidden):
            perform(case, "ground", house.chair, {"ground": "fault", "words": "x", "file": house.file("x")})


class TestAcknowledgement:
    @pytest.fixture
    def claim(self, house):
        house.committee()
        return house.claim()

    def reason(self, case):
        return lacking(case)["acknowledgement"]

    def test_comes_of_signed_minutes_that_state_harm_size_and_causes(self, house, claim):
        reasons = [self.reason(claim)]
        house.stated(claim)
        reasons.append(self.reason(claim))
        meeting = house.session(claim)
        house.decided(meeting)
        reasons.append(self.reason(claim))
        house.closed(meeting)
        reasons.append(self.reason(claim))
        house.signed(meeting, "chair", "first", "clerk")
        reasons.append(self.reason(claim))
        assert len(set(reasons)) == 5
        house.signed(meeting, "second")
        assert "acknowledgement" not in lacking(claim)
        perform(claim, "ground", house.head, {"ground": "fault", "words": "ثبت", "file": house.file("x")})
        grounds.need(claim)
        content = " ".join(meetings.items(meeting)[0].reasons.splitlines())
        assert all(words in content for words in ("تلف الجهاز", "ثلاثة آلاف ريال", "خطأ في التركيب"))
        assert timeline.verify(claim) == []

    def test_waits_for_the_agenda_of_its_committee_alone(self, house, claim):
        assert claim not in agenda.waiting(BODY)
        house.stated(claim)
        assert claim in agenda.waiting(BODY)
        assert claim not in agenda.waiting("competent_committee")

    def test_complaints_under_study_come_to_no_agenda(self, house):
        case = house.handled(house.chair)
        assert case.state is State.UNDER_STUDY
        for body in ("competent_committee", BODY, "follow_up_committee"):
            assert case not in agenda.waiting(body)

    def test_is_refused_by_a_vote_and_stated_anew(self, house, claim):
        house.stated(claim)
        meeting = house.session(claim)
        house.decided(meeting, refusal="لم يثبت الضرر")
        assert (negotiation_of(claim).acknowledged_id, negotiation_of(claim).harm) == (None, None)
        assert claim not in agenda.waiting(BODY)
        assert "تلف الجهاز" in meetings.items(meeting)[0].reasons

    def test_does_not_hold_where_a_member_declined_to_sign(self, house, claim):
        house.stated(claim)
        meeting = house.session(claim)
        house.decided(meeting)
        house.closed(meeting)
        house.signed(meeting, "chair", "first", "clerk")
        signing.decline(meeting, house.seated["second"].id, "لا أوافق", by=house.seated["second"])
        assert house.seated["second"].name in self.reason(claim)

    def test_once_made_the_statement_stands(self, house, claim):
        house.stated(claim)
        house.decided(house.session(claim))
        with pytest.raises(NotLegal):
            house.stated(claim)

    def test_a_barred_member_neither_sees_nor_votes(self, house, claim):
        house.stated(claim)
        barred = house.seated["second"]
        confidentiality.bar(
            claim, [db.session.get_one(house.person(f"{BODY}_member").__class__, barred.id)], "interest"
        )
        meeting = house.session(claim)
        item = meetings.items(meeting)[0]
        with pytest.raises(NotFound):
            item_presenters.item(item, barred)
        assert [one["it"] for one in meeting_presenters.meeting(meeting, barred)["items"]] == []
        by = house.seated["clerk"]
        cast = {house.seated[key].id: Cast("for") for key in ("chair", "first")}
        with pytest.raises(Forbidden):
            ballots.record(item, cast | {barred.id: Cast("for")}, by=by, seen=meeting.version)
        db.session.refresh(meeting)
        ballots.record(item, cast, by=by, seen=meeting.version)
        ballots.conclude(item, by=by, seen=meeting.version)
        assert negotiation_of(claim).acknowledged_id == item.id


class TestPayment:
    @pytest.fixture
    def agreed(self, house):
        case = house.proven()
        house.agreed(case, house.offered(case, "2750.50", by=house.manager))
        return case

    def test_is_of_exactly_what_was_agreed_with_proof(self, house, agreed):
        assert agreed.state is State.DECIDED
        for amount in ("2750.49", "2750.51", "2750", "27505.0"):
            with pytest.raises(Invalid) as refused:
                perform(
                    agreed,
                    "pay",
                    house.head,
                    {"amount": Decimal(amount), "on": clock.today(), "proof": house.file("p")},
                )
            assert set(refused.value.fields) == {"amount"}
        tomorrow = clock.today() + timedelta(days=1)
        with pytest.raises(Invalid) as refused:
            perform(agreed, "pay", house.head, {"amount": Decimal("2750.50"), "on": tomorrow, "proof": None})
        assert set(refused.value.fields) == {"on", "proof"}
        perform(agreed, "pay", house.head, {"amount": Decimal("2750.5"), "on": clock.today(), "proof": house.file("p")})
        assert (agreed.state, negotiation_of(agreed).paid) == (State.DELIVERED, Decimal("2750.50"))

    def test_is_followed_by_a_closing_letter(self, house, agreed):
        with pytest.raises(NotLegal):
            perform(agreed, "close", house.head)
        perform(
            agreed, "pay", house.head, {"amount": Decimal("2750.50"), "on": clock.today(), "proof": house.file("p")}
        )
        perform(agreed, "close", house.head)
        rows = select(CaseDocument.purpose).where(CaseDocument.case_id == agreed.id)
        assert set(db.session.scalars(rows)) == {"evidence", "agreement", "payment", "closing_letter"}
        assert house.told(agreed, "settlement_closed") == 1

    def test_an_offer_needs_its_amount_and_another_persons_acceptance(self, house):
        case = house.proven()
        with pytest.raises(Invalid) as refused:
            house.offered(case)
        assert set(refused.value.fields) == {"amount"}
        offer = house.offered(case, "10.00", by=house.head)
        with pytest.raises(OwnOffer):
            perform(case, "accept", house.head, {"offer_id": offer.id})

    def test_a_claim_is_declined_with_reasons(self, house):
        case = house.claim()
        perform(case, "end", house.head, {"reason": "لم يثبت خطأ"})
        assert (case.state, negotiation_of(case).ending) == (State.CLOSED, "لم يثبت خطأ")

    def test_a_ruling_of_elsewhere_becomes_evidence(self, house):
        case = house.claim()
        perform(case, "refer_out", house.head, {"to": "المحكمة", "number": "5", "on": clock.today()})
        perform(case, "result", house.head, {"words": "حُكم له", "on": clock.today()})
        assert case.state is State.UNDER_STUDY
        house.judged(case)
        grounds.need(case)
        assert harm_acknowledgement.minutes_of(negotiation_of(case)) is None
