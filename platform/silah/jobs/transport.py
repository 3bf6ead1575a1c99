"""Redis as the carrier: this installation's queue, and the nudge to its scheduler."""

import logging
from typing import Any

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from silah.config import Settings
from silah.web.redis_link import RedisLink

log = logging.getLogger(__name__)

JOB_SECONDS = 300
FAILURES_KEPT_SECONDS = 86_400


def connect(settings: Settings) -> Redis:
    """A client of the installation's Redis that gives up on a silent server instead of waiting for ever."""
    return Redis.from_url(settings.redis_url, socket_connect_timeout=3, health_check_interval=15)


def link() -> RedisLink:
    """Redis as a request asks it: briefly, and not again for a while once it failed."""
    held: RedisLink = current_app.extensions.setdefault("silah.redis", RedisLink(settings_url(), "Redis"))
    return held


def settings_url() -> str:
    """Where the running app's Redis answers."""
    settings: Settings = current_app.config["SILAH"]
    return settings.redis_url


def queue(settings: Settings, connection: Redis) -> Queue:
    """The installation's own queue: another one on the same Redis never sees its jobs."""
    return Queue(settings.installation, connection=connection, serializer=JSONSerializer, default_timeout=JOB_SECONDS)


def carry(
    settings: Settings, connection: Redis, function: str, *batches: tuple[Any, ...], at_front: bool = False
) -> None:
    """Put a call of `function` for each tuple of arguments on the queue, in one round trip."""
    line = queue(settings, connection)
    jobs = [
        Queue.prepare_data(
            function,
            args=arguments,
            timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=FAILURES_KEPT_SECONDS,
            description=function,
            at_front=at_front,
        )
        for arguments in batches
    ]
    if jobs:
        line.enqueue_many(jobs)


def nudge_key(settings: Settings) -> str:
    """The list on which the scheduler waits."""
    return f"{settings.installation}:nudge"


def nudge() -> None:
    """Tell the scheduler that something is due; without Redis it finds out by itself a little later."""
    settings: Settings = current_app.config["SILAH"]
    try:
        link().ask(lambda redis: _push(redis, nudge_key(settings)))
    except RedisError as error:
        log.info("the scheduler was not nudged: %s", error)


def _push(redis: Redis, key: str) -> None:
    with redis.pipeline(transaction=False) as pipe:
        pipe.lpush(key, b"1")
        pipe.ltrim(key, 0, 0)
        pipe.execute()
