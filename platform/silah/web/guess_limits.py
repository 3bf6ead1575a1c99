"""Guesses of codes and passwords: counted in PostgreSQL before anything is compared, by subject and by source.

A *subject* is what is guessed at (a case's reference, an account's address), a *source* is where from: one IPv4
address, or the first 64 bits of an IPv6 one, as the limits know it today. Only a source that guessed wrong is made to
wait, and only at that subject in that association: whoever comes from elsewhere with the right code or password is
let in, whatever a guesser does meanwhile. Past a subject's total, or an association's, every source has fewer guesses
before it waits, and the association's administrators are told.

What is kept tells nobody who guessed at what: each counter lies under a keyed hash, and those of a source are mixed
with the salt of the day, which is written nowhere.
"""

import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app, has_request_context, request
from sqlalchemy import case, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from silah import clock
from silah.web import client_key
from silah.web.models import GuessCount
from tenants.context import PLATFORM, Tenant, key, place, serving
from tenants.database import db, installation

log = logging.getLogger(__name__)
FIRST_WAIT, LONGEST_WAIT = 60, 900
"""Seconds for which a source waits: after its last free guess, and at most; it doubles in between."""
ALERT = "staff.guessing"
"""The kind of owed work that tells an association's administrators."""
EXTENSION = "silah.guess_alerts"
"""Under this name an application has the function that owes an alert: kind of guess, hour, count."""


@dataclass(frozen=True)
class GuessRule:
    """How many guesses of one kind are free, to a source at a subject, and past which totals they are fewer."""

    kind: str
    free: int
    free_under_attack: int
    most_at_subject: int
    most_at_association: int
    window: timedelta = timedelta(hours=1)


RECEIPT_CODES = GuessRule("receipt", free=10, free_under_attack=3, most_at_subject=40, most_at_association=300)
ONE_TIME_CODES = GuessRule("code", free=5, free_under_attack=2, most_at_subject=15, most_at_association=150)
PASSWORDS = GuessRule("password", free=5, free_under_attack=2, most_at_subject=40, most_at_association=300)
CODE_REQUESTS = GuessRule(
    "asked", free=5, free_under_attack=2, most_at_subject=10, most_at_association=150, window=timedelta(days=1)
)
"""How often one source has a code sent for one case: five times a day, or twice where others used up the case's."""
RULES = (RECEIPT_CODES, ONE_TIME_CODES, PASSWORDS)


@dataclass(frozen=True)
class CountedGuess:
    """One guess as it was counted: whether it may be looked at, and how many went before it at the subject."""

    rule: GuessRule
    subject: str
    admitted: bool
    before: int


def count_guess(rule: GuessRule, subject: str) -> CountedGuess:
    """Count one guess in a transaction of its own, before it is looked at; many at once are not free.

    The request must not have written anything yet: its transaction is ended first, so that no second connection is
    taken while one is held.
    """
    _end_transaction()
    here, now = key(place.get()) or "", clock.now()
    association, whole = _key(rule.kind, here), _key(rule.kind, _place_of(rule, here), subject)
    with serving(PLATFORM):
        totals = _add(rule, now, sorted((association, whole)))
        attacked = totals[whole] > rule.most_at_subject or totals[association] > rule.most_at_association
        admitted = _take(_source_key(rule, here, subject), rule.free_under_attack if attacked else rule.free, now)
        db.session.commit()
    if totals[association] == rule.most_at_association + 1:
        _raise_alert(rule, totals[association])
    return CountedGuess(rule, subject, admitted, totals[whole] - 1)


def count_request(rule: GuessRule, subject: str) -> int:
    """Count that the present source asked for something of a subject; return how often it did within the window.

    As with a guess, the request must not have written anything yet.
    """
    _end_transaction()
    mine = _source_key(rule, key(place.get()) or "", subject)
    with serving(PLATFORM):
        asked = _add(rule, clock.now(), [mine])[mine]
        db.session.commit()
    return asked


def forgive_guess(guess: CountedGuess) -> None:
    """Take back a guess that was right, with what its source and its subject had gathered before."""
    _end_transaction()
    here = key(place.get()) or ""
    association, whole = _key(guess.rule.kind, here), _key(guess.rule.kind, _place_of(guess.rule, here), guess.subject)
    mine = (_source_key(guess.rule, here, guess.subject), whole)
    with serving(PLATFORM):
        db.session.execute(delete(GuessCount).where(GuessCount.key.in_(mine)))
        less = update(GuessCount).where(GuessCount.key == association, GuessCount.wrong > 0)
        db.session.execute(less.values(wrong=GuessCount.wrong - 1))
        db.session.commit()


def forget_guesses(rule: GuessRule, subject: str) -> None:
    """Forget what the present source guessed at a subject: it has proved by other means who it is."""
    _end_transaction()
    here = key(place.get()) or ""
    mine = (_source_key(rule, here, subject), _key(rule.kind, _place_of(rule, here), subject))
    with serving(PLATFORM):
        db.session.execute(delete(GuessCount).where(GuessCount.key.in_(mine)))
        db.session.commit()


def forget_expired() -> None:
    """Remove the counters whose time is over."""
    with serving(PLATFORM):
        db.session.execute(delete(GuessCount).where(GuessCount.expires_at < clock.now()))
        db.session.commit()


def _add(rule: GuessRule, now: datetime, keys: list[bytes]) -> dict[bytes, int]:
    """Add one to each total, beginning anew where its window is over; always in one order, so nobody waits in turn."""
    rows = insert(GuessCount).values([{"key": one, "wrong": 1, "expires_at": now + rule.window} for one in keys])
    over = GuessCount.expires_at <= now
    counted = rows.on_conflict_do_update(
        index_elements=[GuessCount.key],
        set_={
            "wrong": case((over, 1), else_=GuessCount.wrong + 1),
            "expires_at": case((over, rows.excluded.expires_at), else_=GuessCount.expires_at),
        },
    ).returning(GuessCount.key, GuessCount.wrong)
    return {bytes(row.key): row.wrong for row in db.session.execute(counted)}


def _take(mine: bytes, free: int, now: datetime) -> bool:
    """Take one of the guesses that a source has at a subject; False while it has to wait."""
    over = GuessCount.wrong + 1 - free
    wait = func.least(FIRST_WAIT * func.power(2, func.least(func.greatest(over, 0), 10)), LONGEST_WAIT)
    until = literal(now) + func.make_interval(0, 0, 0, 0, 0, 0, wait)
    fresh = {"wrong": 1, "locked_until": now + timedelta(seconds=FIRST_WAIT) if free <= 1 else None}
    row = insert(GuessCount).values(key=mine, **fresh, expires_at=now + timedelta(days=1))
    stale = GuessCount.expires_at <= now
    taken = row.on_conflict_do_update(
        index_elements=[GuessCount.key],
        set_={
            "wrong": case((stale, 1), else_=GuessCount.wrong + 1),
            "locked_until": case((stale, None), (over >= 0, until), else_=None),
            "expires_at": row.excluded.expires_at,
        },
        where=or_(GuessCount.locked_until.is_(None), GuessCount.locked_until <= now),
    ).returning(GuessCount.wrong)
    return db.session.execute(taken).first() is not None


def waits_until(rule: GuessRule, subject: str) -> datetime | None:
    """Return until when the present source has to wait at a subject, if it ever had to."""
    mine = _source_key(rule, key(place.get()) or "", subject)
    with serving(PLATFORM):
        return db.session.scalar(select(GuessCount.locked_until).where(GuessCount.key == mine))


def _raise_alert(rule: GuessRule, count: int) -> None:
    """Tell the association's administrators, once an hour and kind; for the platform's own host the log says it."""
    log.warning("more than %d wrong guesses of kind %s within %s", count - 1, rule.kind, rule.window)
    if isinstance(place.get(), Tenant):
        hour = clock.now().strftime("%Y-%m-%dT%H")
        tell: Callable[[str, str, int], None] = current_app.extensions[EXTENSION]
        tell(rule.kind, hour, count - 1)
        db.session.commit()


def _end_transaction() -> None:
    """End the request's own transaction, so that its connection is free for the counters."""
    if place.get() is not None and db.session().in_transaction():
        db.session.commit()


def _place_of(rule: GuessRule, here: str) -> str:
    """Where a subject stands: an account is one on the whole platform, a reference is its association's."""
    return "" if rule is PASSWORDS else here


def _source_key(rule: GuessRule, here: str, subject: str) -> bytes:
    address = (request.remote_addr or "") if has_request_context() else ""
    return _key(rule.kind, here, subject, client_key.hashed(address))


def _key(*parts: str) -> bytes:
    return hmac.new(_secret(installation().master_key_bytes), "\0".join(parts).encode(), sha256).digest()


@lru_cache(maxsize=8)
def _secret(master: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"guesses").derive(master)
