"""`silah worker` and `silah scheduler`: the two processes beside the web server."""

import logging

import click

from silah.app import create_app
from silah.config import Settings
from silah.jobs.scheduler import run
from silah.jobs.worker import work

FORMAT = "%(asctime)s %(name)s %(levelname)s %(message)s"


@click.command()
def worker() -> None:
    """Do the work that is owed, one forked process for each job; SIGTERM lets the job in hand finish."""
    to_standard_error()
    work(create_app(Settings.from_environment()))


@click.command()
def scheduler() -> None:
    """Hand due work of all associations to the workers; several may run."""
    to_standard_error()
    run(create_app(Settings.from_environment()))


def to_standard_error() -> None:
    """Log what we say to standard error, and from the libraries only what is amiss."""
    logging.basicConfig(level=logging.WARNING, format=FORMAT)
    logging.getLogger("silah").setLevel(logging.INFO)
