"""An application that has one connection to the database in all: a request that takes a second one fails."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from silah.app import create_app
from silah.config import Settings
from tenants.database import db


@contextmanager
def app_with_one_connection(settings: Settings) -> Iterator[Flask]:
    """Make it, answering errors rather than raising them; at its end the connection must have been given back."""
    made = create_app(settings.model_copy(update={"pool_size": 1, "pool_overflow": 0}))
    made.config["WTF_CSRF_ENABLED"] = False
    with made.app_context():
        db.engine.pool._timeout = 0.1  # type: ignore[attr-defined]  # of the queue that it is
    yield made
    with made.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        db.engine.dispose()
