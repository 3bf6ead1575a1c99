"""The second factor: a code from the telephone (TOTP), and ten codes on paper that each stand in for it once.

The secret is sealed under the platform's master key, for one account. A code is taken once: the time step of the last
one is kept, and neither it nor an earlier one counts again. Guessing is slowed by the same lock as that of passwords.

Who may take away the second factor of somebody that lost both telephone and paper, `code_resets` says.
"""

import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from typing import Literal
from uuid import UUID

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete, func, or_, select, update

from silah import clock
from silah.language.digits import western
from silah.language.text_cleaning import normalize_typed
from silah.staff import session_validity
from silah.staff.models import Account, RecoveryCode
from silah.staff.platform_transactions import on_platform
from silah.staff.sign_in import lock
from tenants.database import db, installation

CODES = 10
STEP = 30
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NONCE = 12

How = Literal["totp", "recovery"]


def fresh_secret() -> str:
    """A secret for a telephone to keep; it counts once a code made from it was shown."""
    return pyotp.random_base32()


def address(secret: str, email: str, issuer: str) -> str:
    """What the telephone reads from the QR picture."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer))


def set_up(account_id: UUID, secret: str, code: str) -> list[str] | None:
    """Ask for the code from now on, if this one proves that the telephone has the secret; gives the paper codes.

    Earlier paper codes are void. None where the code is not right.
    """
    step = _step(secret, code, after=None)
    if step is None:
        return None
    with on_platform():
        account = db.session.get_one(Account, account_id, with_for_update=True)
        account.totp_secret, account.totp_step = seal(secret, account_id), step
        codes = _fresh_codes(account_id)
    session_validity.forget(account_id)
    return codes


def prove(account_id: UUID, code: str) -> How | None:
    """Whether this is a code of the telephone, or one of the paper; either is used up. None for anything else."""
    with on_platform():
        account = db.session.get_one(Account, account_id, with_for_update=True)
        if account.totp_secret is None or (account.locked_until and account.locked_until > clock.now()):
            return None
        step = _step(unseal(account.totp_secret, account_id), code, after=account.totp_step)
        how: How | None = "totp" if step is not None else "recovery" if _spent(account_id, code) else None
        if how is None:
            _count_failure(account_id)
            return None
        account.totp_step = step if step is not None else account.totp_step
        account.failed_attempts, account.locked_until = 0, None
    return how


def renew_codes(account_id: UUID) -> list[str]:
    """Ten fresh paper codes; those before are void."""
    with on_platform():
        return _fresh_codes(account_id)


def codes_left(account_id: UUID) -> int:
    """How many paper codes are still good."""
    mine = (RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    with on_platform():
        return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*mine)) or 0


def remove(account_id: UUID) -> None:
    """Ask for no code any more; every session of the account ends."""
    with on_platform():
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
        gone = {"totp_secret": None, "totp_step": None, "epoch": Account.epoch + 1}
        db.session.execute(update(Account).where(Account.id == account_id).values(**gone))
    session_validity.forget(account_id)


def seal(secret: str, account_id: UUID) -> bytes:
    """The secret as it is kept: AES-256-GCM under the platform's master key, bound to the account."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(_key(b"totp")).encrypt(nonce, secret.encode(), account_id.bytes)


def unseal(sealed: bytes, account_id: UUID) -> str:
    """What `seal` sealed; raises ``cryptography.exceptions.InvalidTag`` for anything else."""
    for key in _keys(b"totp")[:-1]:
        with suppress(InvalidTag):
            return _opened(sealed, key, account_id)
    return _opened(sealed, _keys(b"totp")[-1], account_id)


def _opened(sealed: bytes, key: bytes, account_id: UUID) -> str:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], account_id.bytes).decode()


def reseal_all() -> int:
    """Seal every secret under the present master key, a transaction each; returns how many there are."""
    with on_platform():
        ids = db.session.scalars(select(Account.id).where(Account.totp_secret.is_not(None))).all()
    for id in ids:
        with on_platform():
            account = db.session.get(Account, id, with_for_update=True)
            if account is not None and account.totp_secret is not None:
                account.totp_secret = seal(unseal(account.totp_secret, id), id)
    return len(ids)


def _step(secret: str, code: str, after: int | None) -> int | None:
    """The time step whose code this is: the present one, or the one beside it for a clock that goes wrong."""
    typed, totp = normalize_typed(code).replace(" ", ""), pyotp.TOTP(secret)
    now = int(clock.now().timestamp()) // STEP
    steps = [step for step in (now, now - 1, now + 1) if after is None or step > after]
    return next((step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())), None)


def _fresh_codes(account_id: UUID) -> list[str]:
    made = ["".join(secrets.choice(LETTERS) for _ in range(12)) for _ in range(CODES)]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    db.session.add_all(RecoveryCode(account_id=account_id, digest=_digest(account_id, one)) for one in made)
    db.session.flush()
    return [f"{one[:4]}-{one[4:8]}-{one[8:]}" for one in made]


def _spent(account_id: UUID, code: str) -> bool:
    good = (
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest.in_([_digest(account_id, code, key) for key in _keys(b"recovery")]),
        RecoveryCode.used_at.is_(None),
    )
    used = update(RecoveryCode).where(*good).values(used_at=clock.now()).returning(RecoveryCode.digest)
    return db.session.scalar(used) is not None


def _count_failure(account_id: UUID) -> None:
    unlocked = or_(Account.locked_until.is_(None), Account.locked_until <= clock.now())
    more = {"failed_attempts": Account.failed_attempts + 1, "locked_until": lock()}
    db.session.execute(update(Account).where(Account.id == account_id, unlocked).values(**more))


def _digest(account_id: UUID, code: str, key: bytes | None = None) -> bytes:
    plain = "".join(letter for letter in western(code).upper() if letter in LETTERS)
    return hmac.new(key or _key(b"recovery"), account_id.bytes + plain.encode(), sha256).digest()


def _key(use: bytes) -> bytes:
    return _keys(use)[0]


def _keys(use: bytes) -> list[bytes]:
    """The keys for a use: the present one, and while keys are rotated the one before it."""
    return [_derived(master, use) for master in installation().master_keys]


@lru_cache(maxsize=8)
def _derived(master: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=use).derive(master)
