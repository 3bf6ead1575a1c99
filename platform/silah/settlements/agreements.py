"""Both have accepted: the agreement as a paper, and what it promises becomes owed."""

from silah import jobs
from silah.cases import clocks, creation, notifications, responsibility
from silah.cases.states import State
from silah.cases.transitions import Change
from silah.documents import service as documents
from silah.documents.models import StoredFile
from silah.errors import Conflict
from silah.settlements import offer_rules, papers, undertakings
from silah.settlements.models import COMPENSATION, SettlementOffer


def is_agreed(offer: SettlementOffer) -> bool:
    """Whether both have accepted an offer."""
    return offer.beneficiary_at is not None and offer.association_at is not None


def agree(change: Change) -> StoredFile:
    """Make the offer that both have accepted the agreement: what it promises is owed, and it stands as a paper."""
    case, offer = change.case, offer_rules.find_open_offer(change.case)
    if offer is None or not is_agreed(offer):
        raise Conflict
    offer.state = "agreed"
    clocks.go_on(case)
    if case.kind == COMPENSATION:
        change.target = State.DECIDED
    else:
        change.target, change.replies = State.REPLIED, True
    jobs.settle(offer_rules.EXPIRES, str(offer.id))
    undertakings.begin(offer)
    change.data = {"offer": offer.number, "amount": str(offer.amount) if offer.amount is not None else None}
    made = documents.keep_made(papers.agreement(case, offer), f"{case.reference}-agreement.pdf", purpose="agreement")
    creation.attach(case, [made], "agreement", change.by)
    return made


def tell_both(change: Change) -> None:
    """Send the agreement to the beneficiary, and tell those who handle the case."""
    notifications.applicant("agreement_made", change.case, {}, [change.result])
    if change.by is None:
        responsibility.mark_unread(change.case)
    notifications.members("agreement_reached", offer_rules.list_near(change.case), change.case)
