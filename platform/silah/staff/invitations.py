"""Inviting somebody: first the account, then the membership; what follows is owed and can be done again.

1. The account exists on the platform (on its own, it opens nothing).
2. The membership stands as `invited` in the association, and in the same transaction the letter is owed.
3. The job remembers where the person may switch to, makes the link, and puts the letter in the outbox.

A stop between any two leaves nothing that inviting again, or the worker, does not complete.
"""

from collections.abc import Iterable
from uuid import UUID, uuid4

from sqlalchemy import select

from silah import clock
from silah.jobs import owe, settle
from silah.organisation.models import Membership
from silah.staff import grants, letters, members, service, sign_in, tokens
from silah.staff.errors import AlreadyMember, LinkExpired, NotInvited
from tenants.context import current_tenant
from tenants.database import db

KIND = "staff.invitation.awaited"


def invite(
    *,
    email: str,
    name: str,
    roles: Iterable[UUID] = (),
    branch_id: UUID | None = None,
    locale: str | None = None,
) -> Membership:
    """Invite somebody into the association that is being served; roles with sensitive permissions may wait.

    Raises `AlreadyMember` for one of its staff, and `BeyondOnesOwn`.
    """
    person = service.ensure(email, name)
    if db.session.scalar(select(Membership.id).where(Membership.account_id == person.id)):
        raise AlreadyMember
    member = Membership(account_id=person.id, email=person.email, name=name.strip(), locale=locale, state="invited")
    member.id, member.branch_id = uuid4(), members.branch_of(branch_id)
    member.roles = grants.settle_roles(member, members.roles_of(roles))
    db.session.add(member)
    db.session.flush()
    _owe(member)
    return member


def again(member: Membership) -> None:
    """Send the letter once more, with a fresh link; the earlier one counts no longer."""
    if member.state != "invited":
        raise NotInvited
    _owe(member)


def withdraw_letter(member: Membership) -> None:
    """Owe no letter: the person can sign in as it is."""
    settle(KIND, str(member.id))


def deliver(membership_id: UUID) -> None:
    """The owed part: link and letter. Done twice, it makes a fresh link, and the last letter holds."""
    member = db.session.get(Membership, membership_id)
    if member is None or member.state != "invited":
        return
    association = current_tenant().id
    service.join(member.account_id, association)
    letters.invitation(member, tokens.mint("invite", member.account_id, association))


def accept(secret: str, password: str) -> service.Person | None:
    """Become an active member: with a first password, or with the one that the person has on the platform.

    None if they have one and this is not it; raises `LinkExpired`. If a first password is set and the rest does not
    come to pass, signing in with it completes the acceptance.
    """
    association = current_tenant().id
    person = service.get(tokens.peek(secret, "invite", association))
    if not members.is_expected(person.id):
        raise LinkExpired
    if person.has_password and sign_in.prove(person.email, password) is None:
        return None
    tokens.spend(secret, "invite", association)
    if not person.has_password:
        person = service.choose_password(person.id, password)
    members.admit(person.id)
    return person


def _owe(member: Membership) -> None:
    owe(KIND, str(member.id), clock.now())
