"""Choosing another password by a link: asked for by anybody, sent only to a member of staff.

Asking writes one owed row, whoever is asked for; a worker finds out whether there is anybody. So neither the answer
nor the time it takes tells who has an account.
"""

from uuid import uuid4

from silah import clock
from silah.documents import sealing
from silah.jobs import owe
from silah.staff import letters, members, service, tokens
from silah.web import guess_limits
from tenants.context import current_tenant

KIND = "staff.reset.awaited"


def ask(email: str) -> None:
    """Owe a letter to this address, if it turns out to be a member's."""
    sealed = sealing.seal(service.address(email), KIND).hex()
    owe(KIND, str(uuid4()), clock.now(), {"email": sealed})


def deliver(sealed: str) -> None:
    """The owed part: for an active member of this association a link is made and sent, otherwise nothing is."""
    person = service.find(sealing.unseal(bytes.fromhex(sealed), KIND))
    if person is None or person.state != "active":
        return
    member = members.at_work(person.id)
    if member is not None:
        letters.password_reset(person, member.name, tokens.mint("reset", person.id, current_tenant().id))


def choose(secret: str, password: str) -> service.Person:
    """Set the new password; earlier sessions and links end, and wrong guesses count no longer. Raises `LinkExpired`."""
    person = service.choose_password(tokens.spend(secret, "reset", current_tenant().id), password)
    guess_limits.forget_guesses(guess_limits.PASSWORDS, service.address(person.email))
    return person
