"""How far a worker is with a long table: told through Redis, where losing it harms nothing."""

import logging

from flask import current_app
from redis.exceptions import RedisError

from silah.jobs import transport

log = logging.getLogger(__name__)
KEPT_SECONDS = 3600


def tell(key: str, done: int) -> None:
    """Say how many rows are written."""
    try:
        transport.link().ask(lambda redis: redis.set(_name(key), done, ex=KEPT_SECONDS))
    except RedisError:
        log.info("how far a table is could not be told")


def done(key: str) -> int:
    """How many rows are written, as far as is known."""
    try:
        return int(transport.link().ask(lambda redis: redis.get(_name(key))) or 0)
    except RedisError:
        return 0


def _name(key: str) -> str:
    return f"{current_app.config['SILAH'].installation}:export:{key}"
