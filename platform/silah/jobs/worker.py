"""`silah worker`: takes jobs from RQ and forks for each one; outlives Redis being emptied or restarted."""

import gc
import logging
import time
from typing import Any

from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.job import Job
from rq.serializers import JSONSerializer
from sqlalchemy.orm import configure_mappers

from silah.config import Settings
from silah.jobs import run
from silah.jobs.transport import connect, queue
from tenants.database import forked

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1


class ForkingWorker(Worker):
    """RQ's worker, whose children do not speak on their parent's connections to PostgreSQL."""

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """The child's first steps after the fork."""
        with run.application().app_context():
            forked()
        super().main_work_horse(job, queue)

    @property
    def told_to_stop(self) -> bool:
        """Whether SIGTERM or SIGINT came, as opposed to Redis going away."""
        return self._shutdown_requested_date is not None


def work(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, finishing the job in hand; start anew whenever Redis went away."""
    run.application()
    configure_mappers()  # Once here, rather than in each child's first query.
    gc.freeze()
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    stopped = False
    while not stopped:
        try:
            stopped = _work_while_redis_lasts(settings)
        except RedisError as error:
            log.warning("the worker waits for Redis: %s", error)
            time.sleep(PAUSE_SECONDS)


def _work_while_redis_lasts(settings: Settings) -> bool:
    """True once told to stop; RQ itself returns from its loop also on errors that pass."""
    options: dict[str, Any] = {"serializer": JSONSerializer, "log_job_description": False}
    connection = connect(settings)
    worker = ForkingWorker([queue(settings, connection)], connection=connection, **options)
    worker.max_connection_wait_time = 5
    try:
        worker.work(logging_level="WARNING")
    finally:
        connection.close()
    if not worker.told_to_stop:
        time.sleep(PAUSE_SECONDS)
    return worker.told_to_stop
