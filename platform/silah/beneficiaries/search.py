"""By which tokens a person is found: those of the name, and keyed hashes of what is sealed."""

from typing import Protocol

from silah.documents.sealing import fingerprint
from silah.language.tokenizer import list_tokens

TAIL = 4
"""How many of its last digits a mobile or an ID may be searched by, as people give them at a counter."""

SHORTEST_NUMBER, HASH_LETTERS = 8, 20


class Named(Protocol):
    """Whoever has a name and may have numbers: a file, or a party of a case."""

    name: str
    national_id: str | None
    mobile: str | None
    email: str | None


def list_person_tokens(person: Named) -> list[str]:
    """Return the tokens of a person's name, numbers and e-mail."""
    return [*list_tokens(person.name or "", joined=True), *list_sign_tokens(person)]


def list_sign_tokens(person: Named) -> list[str]:
    """Return the tokens by which two entries of one person are found without opening what is sealed."""
    numbers = (number for number in (person.national_id, person.mobile) if number and len(number) >= SHORTEST_NUMBER)
    tails = [make_tail_token(number[-TAIL:]) for number in numbers]
    return [*tails, *([_make_token(person.email.casefold(), "email")] if person.email else [])]


def make_tail_token(digits: str) -> str:
    """Return the token of the last digits of a number; without the association's key nothing can be read from it."""
    return _make_token(digits, "tail")


def _make_token(text: str, purpose: str) -> str:
    return f"#{fingerprint(text, purpose).hex()[:HASH_LETTERS]}"
