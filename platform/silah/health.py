"""`/healthz`: the process answers. `/readyz`: it can serve, because PostgreSQL answers. Open on any host."""

import logging

from flask import Blueprint, Response, current_app, jsonify
from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from silah.access import public
from silah.config import Settings
from silah.jobs.transport import connect
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
    """Say whether PostgreSQL and Redis answer.

    Without Redis pages are still served, and what is owed waits in PostgreSQL: that is told, but takes no
    server out of a load balancer.
    """
    database, redis = database_answers(), redis_answers(current_app.config["SILAH"])
    return jsonify(ready=database, database=database, redis=redis), 200 if database else 503


def database_answers() -> bool:
    """Whether the application's login gets an answer."""
    try:
        return db.session.scalar(select(1)) == 1
    except SQLAlchemyError as error:
        db.session.rollback()
        log.error("PostgreSQL does not answer: %s", error)
        return False


def redis_answers(settings: Settings) -> bool:
    """Whether Redis gets an answer."""
    try:
        with connect(settings) as connection:
            return bool(connection.ping())
    except RedisError as error:
        log.error("Redis does not answer: %s", error)
        return False
