"""Confirming whose file a case is: by staff who saw the original or spoke to the person, or by a code to the person."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError

from silah.beneficiaries.models import Beneficiary
from silah.cases import beneficiary_files, beneficiary_links
from silah.cases.errors import NoCandidate, NumberTaken
from silah.cases.models import Case
from silah.cases.parties import TYPED
from silah.cases.party_models import CaseParty
from silah.cases.transitions import Change
from silah.cases.workflow import perform
from silah.errors import Invalid
from silah.notifications.service import Recipient
from silah.web.access import Member, Permission
from tenants.database import db

CONFIRMERS = (
    Permission.CHECK_COMPLETENESS,
    Permission.RECEIVE_REQUESTS,
    Permission.ANSWER_COMPLAINTS,
    Permission.ANSWER_INQUIRIES,
)
MOST = 5


def may_confirm(member: Member) -> bool:
    """Whether a member may say whose file a case is: somebody who receives or answers, and may see files."""
    return member.may(Permission.SEE_BENEFICIARIES) and member.may(*CONFIRMERS)


def confirm(
    case: Case,
    party: CaseParty,
    file: Beneficiary | None,
    *,
    by: Member,
    how: str,
    paper: str = "",
    take: Collection[str] = (),
    own_contacts: bool = False,
    seen: int | None = None,
) -> None:
    """Link a party to a file, on record; ``file`` None opens one of the person's own.

    ``take`` names the entries that the file takes from the case; every other stays as it is. ``own_contacts``: the
    person said, with the original in hand, that the contacts on the case are theirs.
    """
    said = {"party": party, "file": file, "how": how, "paper": paper, "take": take, "own_contacts": own_contacts}
    perform(case, "confirm_identity", by, said, version=seen)


def link_file(
    change: Change,
    party: CaseParty,
    file: Beneficiary | None,
    how: str,
    paper: str,
    take: Collection[str],
    own_contacts: bool,
) -> None:
    """Link a party to a file by what a member of staff saw or heard."""
    case, by = change.case, change.member
    if how not in beneficiary_links.PROVES:
        raise Invalid({"how": _("Say how you know who it is.")})
    if how == "original" and not paper:
        raise Invalid({"paper": _("Say which document you saw.")})
    file = file or beneficiary_links.open_file(party)
    changed = [
        key for key in TYPED if key in take and getattr(party, key) and getattr(party, key) != getattr(file, key)
    ]
    try:
        with db.session.begin_nested():
            for key in changed:
                beneficiary_links.put(file, key, getattr(party, key))
    except IntegrityError:
        raise NumberTaken from None
    beneficiary_links.prove(file, party, how, by, contacts=own_contacts)
    beneficiary_links.link(case, party, file, how, by)
    change.data = {"side": party.side, "how": how, "paper": paper}
    beneficiary_files.record_corrections(file, changed, by=by, reason=None)


def reject(case: Case, party: CaseParty, *, by: Member, seen: int | None = None) -> None:
    """Say that this is another person than the file's: the case is in nobody's file from now on."""
    perform(case, "reject_identity", by, {"party": party}, version=seen)


def unlink_file(change: Change, party: CaseParty) -> None:
    """Take a party out of every file."""
    beneficiary_links.unlink(change.case, party)
    change.data = {"side": party.side}


def suggestions(party: CaseParty) -> Sequence[Beneficiary]:
    """Files that may be this person's, for somebody who knows them: the candidate, and those of one mobile or name."""
    ways = [Beneficiary.name_folded == party.name_folded] if party.name_folded else []
    if party.mobile_hash:
        ways.append(Beneficiary.mobile_hash == party.mobile_hash)
    if party.candidate_id:
        ways.append(Beneficiary.id == party.candidate_id)
    if not ways:
        return []
    first = and_(Beneficiary.id == party.candidate_id).desc()
    rows = select(Beneficiary).where(or_(*ways)).order_by(first.nulls_last(), Beneficiary.created_at).limit(MOST)
    return db.session.scalars(rows).all()


def proving_contact(party: CaseParty) -> Recipient | None:
    """Where a code goes that proves who it is: a contact of the candidate that was confirmed with the original."""
    file = db.session.get(Beneficiary, party.candidate_id) if party.candidate_id else None
    if file is not None and file.mobile and file.mobile_confirmed_at:
        return Recipient("sms", file.mobile)
    if file is not None and file.email and file.email_confirmed_at:
        return Recipient("email", file.email)
    return None


def confirm_by_code(case: Case, party: CaseParty) -> None:
    """Link a party to its candidate, whose confirmed contact received the code that was typed here."""
    perform(case, "prove_identity", None, {"party": party})


def link_candidate(change: Change, party: CaseParty) -> None:
    """Link a party to the file that it was taken to be of; raises ``NoCandidate``."""
    file = db.session.get(Beneficiary, party.candidate_id) if party.candidate_id else None
    if file is None or party.confirmed_how is not None or proving_contact(party) is None:
        raise NoCandidate
    beneficiary_links.link(change.case, party, file, "code", None)
    change.data = {"side": party.side, "how": "code", "paper": ""}
