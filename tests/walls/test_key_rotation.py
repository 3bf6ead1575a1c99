"""The master key is changed under all that lies sealed, while the site serves; a break is mended by a rerun."""

import base64
import os
from typing import Any

import pyotp
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from silah.app import create_app
from silah.cli import main
from silah.config import Settings
from silah.documents import sealing
from silah.staff import second_factor, service
from silah.staff.models import Account
from tenants import keys
from tenants.context import Tenant, serving
from tenants.database import db, owner_engine
from tenants.errors import CannotUnwrap
from tenants.registry import Association


@pytest.fixture
def rotating(settings: Settings) -> Settings:
    """The same installation under a new master key, which knows the one before."""
    new = base64.b64encode(os.urandom(32)).decode()
    return settings.model_copy(update={"master_key": new, "master_key_old": settings.master_key})


def wrapped(serve: Any, tenant: Tenant) -> bytes:
    with serve():
        return bytes(db.session.scalars(select(Association.wrapped_key).where(Association.id == tenant.id)).one())


def test_what_was_sealed_before_opens_during_and_after(
    settings: Settings,
    rotating: Settings,
    make_association: Any,
    serve: Any,
    app: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = make_association(), make_association()
    with app.app_context(), serving(one):
        sealed, found = sealing.seal("1055555555", "test"), sealing.fingerprint("1055555555", "test")
        person = service.ensure("rotated@silah.test", "x")
    with app.app_context():
        secret = pyotp.random_base32()
        with serve():
            db.session.get_one(Account, person.id).totp_secret = second_factor.seal(secret, person.id)
            db.session.commit()
    before = create_app(rotating)
    with before.app_context(), serving(one):  # the running server takes both keys
        assert sealing.unseal(sealed, "test") == "1055555555"

    # Killed in the middle: one association is through, the other is not.
    new, old = rotating.master_keys
    with owner_engine(settings.owner_url).begin() as conn:
        assert keys._rewrap(conn, one.id, new, old) == "rewrapped"
    assert keys.unwrap(wrapped(serve, one), new, one.id)
    with pytest.raises(CannotUnwrap):
        keys.unwrap(wrapped(serve, two), new, two.id)

    for name, value in rotating.environment().items():
        monkeypatch.setenv(name, value)
    try:
        told = CliRunner().invoke(main, ["keys", "rotate"])
        assert told.exit_code == 0, told.output
        assert "already" in told.output
        again = CliRunner().invoke(main, ["keys", "rotate"])
        assert "Associations: 0 rewrapped" in again.output
        after = create_app(rotating.model_copy(update={"master_key_old": None}))
        with serve():
            fresh = db.session.scalars(select(Association).where(Association.id == one.id)).one().tenant()
        with after.app_context(), serving(fresh):
            assert sealing.unseal(sealed, "test") == "1055555555"
            assert sealing.fingerprint("1055555555", "test") == found
        with serve():
            kept = db.session.get_one(Account, person.id).totp_secret
        with after.app_context():
            assert kept is not None
            assert second_factor.unseal(kept, person.id) == secret
        with pytest.raises(CannotUnwrap):
            keys.unwrap(wrapped(serve, two), old, two.id)
    finally:  # the other tests go on under the key that they began with
        keys.rewrap_all(owner_engine(settings.owner_url), old, new)


def test_without_the_old_key_nothing_is_rotated(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    told = CliRunner().invoke(main, ["keys", "rotate"])
    assert told.exit_code != 0
    assert "SILAH_MASTER_KEY_OLD" in told.output
