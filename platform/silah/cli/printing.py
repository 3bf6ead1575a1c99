"""How commands answer: a table for people, JSON for programs, one plain line for what went wrong."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import OperationalError

from tenants.errors import TenancyError

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

Row = Mapping[str, Any]


def show(found: Row | Sequence[Row], as_json: bool) -> None:
    """Print one thing or many; every row has the same keys, which are the headings."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    many = [found] if isinstance(found, Mapping) else found
    table = Table(show_edge=False)
    for heading in many[0] if many else ("none",):
        table.add_column(heading.replace("_", " "), overflow="fold")
    for row in many:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    Console().print(table)


@contextmanager
def plainly() -> Iterator[None]:
    """Tell what is refused, or a database that does not answer, in one line, with exit code 1."""
    try:
        yield
    except TenancyError as error:
        raise click.ClickException(str(error) or type(error).__name__) from error
    except OperationalError as error:
        raise click.ClickException(f"the database does not answer: {str(error.orig).strip()}") from error


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal's error stream, moved by calling with how many are done; nothing where none is seen."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)
