"""`silah worker`: takes jobs from RQ and forks for each one; outlives Redis being emptied or restarted."""

import gc
import logging
import time
from contextlib import suppress
from types import FrameType
from typing import Any

from flask import Flask
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer
from sqlalchemy.orm import configure_mappers

from silah.config import Settings
from silah.jobs import runner
from silah.jobs.transport import connect, queue
from tenants.database import forked

log = logging.getLogger(__name__)

PAUSE_SECONDS = 1


class ForkingWorker(Worker):
    """RQ's worker, whose children do not speak on their parent's connections to PostgreSQL."""

    told_to_stop = False
    """Whether SIGTERM or SIGINT came to any worker of this process, as opposed to Redis going away."""

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """The child's first steps after the fork."""
        with runner.application().app_context():
            forked()
        super().main_work_horse(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job in hand; without Redis, too, where RQ cannot look up whether there is one."""
        ForkingWorker.told_to_stop = True
        try:
            super().request_stop(signum, frame)  # type: ignore[no-untyped-call]  # RQ says no types here
        except RedisError:
            if not self.horse_pid:
                raise StopRequested from None
            self._stop_requested = True


def work(app: Flask) -> None:
    """Work for an application until SIGTERM or SIGINT; start anew whenever Redis went away.

    The job in hand is finished first.
    """
    runner.serve(app)
    settings: Settings = app.config["SILAH"]
    configure_mappers()  # Once here, rather than in each child's first query.
    gc.freeze()
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    with suppress(StopRequested):
        while not ForkingWorker.told_to_stop:
            _work_while_redis_lasts(settings)


def _work_while_redis_lasts(settings: Settings) -> None:
    """Work until told to stop, or until Redis goes away; RQ returns from its loop also on errors that pass."""
    options: dict[str, Any] = {"serializer": JSONSerializer, "log_job_description": False}
    worker: ForkingWorker | None = None
    try:
        with connect(settings) as connection:
            worker = ForkingWorker([queue(settings, connection)], connection=connection, **options)
            worker.max_connection_wait_time = 5
            worker.work(logging_level="WARNING")
    except RedisError as error:
        log.warning("the worker waits for Redis: %s", error)
        if worker is not None and worker.pubsub_thread is not None:
            worker.pubsub_thread.stop()
    if not ForkingWorker.told_to_stop:
        time.sleep(PAUSE_SECONDS)
