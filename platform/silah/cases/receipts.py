"""Receipt codes: the secret with which an applicant follows a case. Only its keyed digest is kept."""

import hmac
import re
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from silah.cases import references
from silah.cases.errors import NoSuchCase
from silah.cases.models import Case
from silah.documents.sealing import fingerprint
from silah.errors import TooMany
from silah.language.localization import western
from tenants.database import db

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0, O, 1, I or L: what is read aloud or copied by hand is not mistaken."""

LENGTH, GROUP = 12, 4
PURPOSE = "receipt"
_NOBODY = bytes(32)


@dataclass(frozen=True)
class ReceivedCase:
    """A case that has just come, and the receipt code that is shown once and kept nowhere."""

    case: Case
    receipt_code: str


def new_code() -> str:
    """A fresh code of 59 bits in three groups, such as K7QF-M2ZD-9RXW."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def plain(code: str) -> str:
    """A code as it is digested: digits of any set, either case, spaces and dashes left out."""
    return re.sub(r"[^0-9A-Z]", "", western(code).upper())


def digest(code: str) -> bytes:
    """The keyed digest by which a code is known; the same code of another association has another."""
    return fingerprint(plain(code), PURPOSE)


def find(reference: str, code: str, *, admitted: bool = True) -> Case:
    """The case with this reference and code; raises ``NoSuchCase`` (a NotFound) without telling which was wrong.

    A reference that does not exist takes as long as a wrong code. A guess that is not admitted is not looked at:
    it raises ``TooMany``.
    """
    if not admitted:
        raise TooMany
    wanted = references.read(reference)
    case = db.session.scalars(select(Case).where(Case.reference == wanted)).one_or_none() if wanted else None
    kept = bytes(case.receipt_digest) if case else _NOBODY
    if not hmac.compare_digest(kept, digest(code)) or case is None:
        raise NoSuchCase
    return case
