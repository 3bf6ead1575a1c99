"""Redis as the carrier: this installation's queue, and the nudge to its scheduler."""

import logging
from typing import Any

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from silah.config import Settings

log = logging.getLogger(__name__)

JOB_SECONDS = 300
FAILURES_KEPT_SECONDS = 86_400


def connect(settings: Settings) -> Redis:
    """A client of the installation's Redis that gives up on a silent server instead of waiting for ever."""
    return Redis.from_url(settings.redis_url, socket_connect_timeout=3, health_check_interval=15)


def client() -> Redis:
    """The app's own client, whose connections are kept from one use to the next."""
    held: Redis = current_app.extensions.setdefault("silah.redis", connect(current_app.config["SILAH"]))
    return held


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
        with client().pipeline(transaction=False) as pipe:
            pipe.lpush(nudge_key(settings), b"1")
            pipe.ltrim(nudge_key(settings), 0, 0)
            pipe.execute()
    except RedisError as error:
        log.warning("the scheduler was not nudged: %s", error)
