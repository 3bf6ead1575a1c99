"""`/healthz`: the process answers. `/readyz`: it can serve, because PostgreSQL answers. Open on any host."""

import logging

from flask import Blueprint, Response, current_app, jsonify
from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from silah.config import Settings
from silah.web.access import public
from silah.web.outages import roll_back
from silah.web.redis_link import connect_briefly
from tenants.database import db

log = logging.getLogger(__name__)

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public(place="any")
def alive() -> Response:
    """Say that the process is alive, asking nobody else."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public(place="any")
def ready() -> tuple[Response, int]:
    """Say whether PostgreSQL, Redis and the Redis of limits answer (true for that one where none is set).

    Without either Redis pages are still served, what is owed waits in PostgreSQL and limits are counted in memory:
    that is told, but takes no server out of a load balancer.
    """
    settings: Settings = current_app.config["SILAH"]
    database, redis = database_answers(), redis_answers(settings.redis_url)
    limits = settings.limits_url is None or redis_answers(settings.limits_url)
    return jsonify(ready=database, database=database, redis=redis, limits=limits), 200 if database else 503


def database_answers() -> bool:
    """Whether the application's login gets an answer."""
    try:
        return db.session.scalar(select(1)) == 1
    except SQLAlchemyError as error:
        roll_back()
        log.error("PostgreSQL does not answer: %s", str(error).partition("\n")[0])
        return False


def redis_answers(url: str) -> bool:
    """Whether the Redis at this address gives an answer in time."""
    try:
        with connect_briefly(url) as connection:
            return bool(connection.ping())
    except RedisError as error:
        log.error("Redis does not answer: %s", error)
        return False
