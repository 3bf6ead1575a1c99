"""Both have accepted: the agreement as a paper, and what it promises becomes owed."""

from silah import clock, jobs
from silah.cases import clocks, creation, notifications, responsibility, timeline
from silah.cases.models import Case
from silah.cases.states import State
from silah.documents import service as documents
from silah.settlements import offer_rules, papers, undertakings
from silah.settlements.models import COMPENSATION, SettlementOffer
from silah.web.access import Member
from tenants.database import db


def agreed_by_both(case: Case, offer: SettlementOffer, by: Member | None = None) -> bool:
    """Make the offer the agreement once both have accepted it; False while one has not."""
    if offer.beneficiary_at is None or offer.association_at is None:
        db.session.flush()
        return False
    offer.state = "agreed"
    clocks.go_on(case)
    if case.kind == COMPENSATION:
        case.state = State.DECIDED
    else:
        case.state, case.replied_at = State.REPLIED, clock.now()
        clocks.stop(case)
    jobs.settle(offer_rules.EXPIRES, str(offer.id))
    undertakings.begin(offer)
    amount = str(offer.amount) if offer.amount is not None else None
    timeline.record(case, "agreed", by=by, data={"offer": offer.number, "amount": amount})
    data = papers.agreement(case, offer)
    paper = documents.keep_made(data, f"{case.reference}-agreement.pdf", purpose="agreement")
    creation.attach(case, [paper], "agreement", by)
    notifications.applicant("agreement_made", case, {}, [paper])
    if by is None:
        responsibility.mark_unread(case)
    notifications.members("agreement_reached", offer_rules.list_near(case), case)
    return True
