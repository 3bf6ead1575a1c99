"""`silah demo` and `silah dev`: everything on this computer, until Ctrl-C."""

import sys
from pathlib import Path

import click


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to answer.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for everything that is kept.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="How many workers.")
def demo(port: int, data: Path | None, workers: int) -> None:
    """Start PostgreSQL, Redis, the web server, workers and the scheduler, with five associations."""
    _run(port, data, workers, reloading=False)


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to answer.")
@click.option("--data", type=click.Path(path_type=Path), help="The folder for everything that is kept.")
def dev(port: int, data: Path | None) -> None:
    """Start the demo for a developer: one process of each kind, all started anew when a source file changes."""
    _run(port, data, workers=1, reloading=True)


def _run(port: int, data: Path | None, workers: int, *, reloading: bool) -> None:
    from silah.demo.folder import CannotStart, default_folder
    from silah.demo.show import Show
    from silah.demo.sources import Sources
    from silah.demo.supervisor import run

    try:
        run(port, data or default_folder(), workers, Show(), sources=Sources() if reloading else None)
    except CannotStart as error:
        click.echo(str(error), err=True)
        sys.exit(1)
