"""What is owed to applicants by telephone or by hand: calls and deliveries, and each try to make them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, and_, func, or_, select

from silah import clock
from silah.cases import timeline
from silah.cases.models import Case
from silah.cases.visibility import visible
from silah.errors import Invalid, NotFound
from silah.notifications.models import ContactAttempt, OutboxMessage
from silah.notifications.service import CARRIED, Recipient
from silah.organisation.models import Membership
from silah.web.access import Member, Permission
from tenants.database import db

PAGE_SIZE = 50
CARRIERS = (Permission.MESSAGE_APPLICANTS, Permission.RELEASE_REPLIES)
"""Who makes calls and deliveries: one of these is enough."""
REACHED, NO_ANSWER, WRONG_NUMBER = "reached", "no_answer", "wrong_number"
OUTCOMES: dict[str, dict[str, Any]] = {
    "call": {
        REACHED: _l("Notified"),
        NO_ANSWER: _l("No answer"),
        WRONG_NUMBER: _l("Wrong number"),
    },
    "hand": {
        REACHED: _l("Notified"),
        NO_ANSWER: _l("Nobody was there"),
        WRONG_NUMBER: _l("Wrong address"),
    },
}
"""What a try can come to, by means, in the order in which it is offered."""


@dataclass(frozen=True)
class OwedContact:
    """One call or delivery that is owed: the message, its case, the number or address, and the tries so far."""

    message: OutboxMessage
    case: Case | None
    address: str
    tries: int = 0
    last: ContactAttempt | None = None
    last_by: str = ""

    @property
    def name(self) -> str:
        """Whom it is for, as the message was made for, else as the case names the applicant."""
        person = None if self.message.name or self.case is None else self.case.applicant or self.case.beneficiary
        return self.message.name or (person.name if person else "")


def list_owed(member: Member) -> list[OwedContact]:
    """Return the calls and deliveries owed on cases that the member sees, oldest first, as many as a page holds."""
    rows = _with_case(_owed(member)).order_by(OutboxMessage.created_at, OutboxMessage.id).limit(PAGE_SIZE)
    return _with_tries(list(db.session.execute(rows)))


def list_owed_on(case: Case) -> list[OwedContact]:
    """Return the calls and deliveries that are owed on one case, oldest first; none are where its messages leave."""
    if case.anonymous or Recipient.of_case(case).means not in CARRIED:
        return []
    rows = select(OutboxMessage).where(*is_owed(), OutboxMessage.case_id == case.id)
    found = db.session.scalars(rows.order_by(OutboxMessage.created_at, OutboxMessage.id))
    return _with_tries([(one, case) for one in found])


def ids_owed_on(case: Case) -> set[UUID]:
    """Return the ids of the messages about a case that somebody has still to carry."""
    return set(db.session.scalars(select(OutboxMessage.id).where(*is_owed(), OutboxMessage.case_id == case.id)))


def is_owed() -> tuple[Any, ...]:
    """Return the conditions on messages that somebody has still to carry."""
    return OutboxMessage.means.in_(CARRIED), OutboxMessage.state == "owed"


def select_owed(member: Member) -> Select[Any]:
    """Return the statement that selects the ids of the calls and deliveries owed on cases that the member sees."""
    return _owed(member).with_only_columns(OutboxMessage.id)


def get(message_id: UUID, member: Member) -> OwedContact:
    """Return one call or delivery on a case that the member sees; raises ``NotFound`` for every other message."""
    rows = _with_case(_carried(member)).where(OutboxMessage.id == message_id)
    found = list(db.session.execute(rows))
    if not found:
        raise NotFound
    return _with_tries(found)[0]


def reveal(contact: OwedContact, *, by: Member) -> None:
    """Record on the case that a member saw the number or address in full."""
    if contact.case is not None:
        timeline.record(contact.case, "looked", by=by, data={"field": "reply_address"}, private=True)


def record_attempt(message: OutboxMessage, outcome: str, *, by: UUID) -> None:
    """Record one try to tell the applicant; once they are reached the message is owed no longer.

    Of a message that is owed no longer nothing is recorded: two who press at once have told it once.
    """
    if outcome not in OUTCOMES["call"]:
        raise Invalid({"outcome": _("Choose one of the answers.")})
    db.session.flush()
    db.session.refresh(message, ["state"], with_for_update=True)
    if message.means not in CARRIED or message.state != "owed":
        return
    db.session.add(ContactAttempt(message_id=message.id, outcome=outcome, made_by=by))
    if outcome == REACHED:
        message.state, message.sent_at = "sent", clock.now()
    db.session.flush()


def words_after(case: Case, sent: Any) -> Any:
    """Return what staff are told after something was written to the applicant: ``sent`` only if it leaves by itself."""
    means = Recipient.of_case(case).means
    if case.anonymous or means == "page":
        return _("It is now on the applicant's tracking page.")
    if means == "call":
        return _("The applicant is to be called: the call stands in the list of calls and deliveries.")
    if means == "hand":
        return _("It is to be handed over: it stands in the list of calls and deliveries.")
    return sent


def saying(sent: Any) -> Callable[[Case], Any]:
    """Return the function that words what is said after writing to the applicant of a case."""
    return lambda case: words_after(case, sent)


def _carried(member: Member) -> Select[Any]:
    """Only what goes by telephone or by hand: other messages hold single-use links and codes for their reader alone."""
    seen = or_(OutboxMessage.case_id.is_(None), visible(member))
    return select(OutboxMessage).outerjoin(Case).where(OutboxMessage.means.in_(CARRIED), seen)


def _owed(member: Member) -> Select[Any]:
    return _carried(member).where(and_(*is_owed()))


def _with_case(rows: Select[Any]) -> Select[Any]:
    return rows.add_columns(Case)


def _with_tries(found: Sequence[tuple[OutboxMessage, Case | None]]) -> list[OwedContact]:
    """The messages with how often each was tried, and the latest try, in one statement for all of them."""
    ids = [message.id for message, _case in found]
    if not ids:
        return []
    count = func.count().over(partition_by=ContactAttempt.message_id)
    newest = func.row_number().over(
        partition_by=ContactAttempt.message_id, order_by=(ContactAttempt.made_at.desc(), ContactAttempt.id)
    )
    ranked = (
        select(ContactAttempt.id, count.label("tries"), newest.label("place"))
        .where(ContactAttempt.message_id.in_(ids))
        .subquery()
    )
    rows = (
        select(ContactAttempt, ranked.c.tries, Membership.name)
        .join(ranked, and_(ranked.c.id == ContactAttempt.id, ranked.c.place == 1))
        .outerjoin(Membership, Membership.id == ContactAttempt.made_by)
    )
    latest = {one.message_id: (tries, one, name or "") for one, tries, name in db.session.execute(rows)}
    return [
        OwedContact(message, case, (case and case.reply_address) or message.address, *latest.get(message.id, ()))
        for message, case in found
    ]
