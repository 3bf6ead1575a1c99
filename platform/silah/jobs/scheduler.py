"""`silah scheduler`: sweeps for due work, at once when nudged and every few seconds otherwise."""

import logging
import signal
import time
from types import FrameType

from flask import Flask
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from silah.config import Settings
from silah.jobs.sweeper import forget_done, sweep
from silah.jobs.transport import connect, nudge_key
from silah.web import guess_limits

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 3
HOUSEKEEPING_SECONDS = 3600


class Scheduler:
    """The loop of one scheduler process; several may run, and each outlives PostgreSQL and Redis."""

    def __init__(self, app: Flask, interval: int = INTERVAL_SECONDS) -> None:
        self.app = app
        self.settings: Settings = app.config["SILAH"]
        self.connection = connect(self.settings)
        self.interval = interval
        self.stopping = False
        self.tidied = 0.0

    def run(self) -> None:
        """Sweep until SIGTERM or SIGINT."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        log.info("the scheduler is running")
        while not self.stopping:
            self.once()
            self.wait()
        log.info("the scheduler has stopped")

    def stop(self, number: int, frame: FrameType | None) -> None:
        """End the loop after the present sweep."""
        self.stopping = True

    def once(self) -> None:
        """One sweep; a lost server is logged and tried again."""
        try:
            with self.app.app_context():
                while sweep(self.settings, self.connection) and not self.stopping:
                    time.sleep(0.05)
                if time.monotonic() - self.tidied > HOUSEKEEPING_SECONDS:
                    self.tidied = time.monotonic()
                    forget_done()
                    guess_limits.forget_expired()
        except (SQLAlchemyError, RedisError) as error:
            log.warning("the sweep will be tried again: %s", str(error).strip().splitlines()[0])
        except Exception:
            log.exception("the sweep failed and will be tried again")

    def wait(self) -> None:
        """Wait for a nudge, at most the interval; in short steps, so that a signal is heard."""
        until = time.monotonic() + self.interval
        while not self.stopping and time.monotonic() < until:
            try:
                if self.connection.blpop([nudge_key(self.settings)], timeout=1):
                    return
            except RedisError:
                time.sleep(1)


def run(app: Flask) -> None:
    """Run a scheduler for this app until it is told to stop."""
    Scheduler(app).run()
