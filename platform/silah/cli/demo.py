"""`silah demo`: everything on this computer, until Ctrl-C."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to answer.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for everything that is kept.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="How many workers.")
def demo(port: int, data: Path | None, workers: int) -> None:
    """Start PostgreSQL, Redis, the web server, workers and the scheduler, with five associations."""
    from silah.demo.folder import CannotStart, default_folder
    from silah.demo.show import Show
    from silah.demo.supervisor import run

    show = Show()
    try:
        run(port, data or default_folder(), workers, show)
    except CannotStart as error:
        click.echo(str(error), err=True)
        sys.exit(1)
