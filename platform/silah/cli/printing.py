"""How commands answer: a table for people, JSON for programs, one plain line for what went wrong."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
import psycopg2.errors
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import OperationalError, ProgrammingError

from tenants.errors import TenancyError

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")

Row = Mapping[str, Any]

WIDE = 200
"""Columns of a table that nobody reads on a terminal, so that what searches it finds whole words."""


def show(found: Row | Sequence[Row], as_json: bool) -> None:
    """Print one thing or many; every row has the same keys, which are the headings."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    table = _one(found) if isinstance(found, Mapping) else _many(found)
    console = Console()
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)


def _one(found: Row) -> Table:
    """One thing, a line for each of its facts."""
    table = Table(show_edge=False, show_header=False)
    for name, value in found.items():
        table.add_row(_words(name), _cell(value))
    return table


def _many(rows: Sequence[Row]) -> Table:
    table = Table(show_edge=False)
    for position, name in enumerate(rows[0] if rows else ("none",)):
        table.add_column(_words(name), overflow="fold", no_wrap=position == 0)
    for row in rows:
        table.add_row(*map(_cell, row.values()))
    return table


def _words(name: str) -> str:
    return name.replace("_", " ")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


@contextmanager
def plainly() -> Iterator[None]:
    """Tell what is refused, or a database that does not answer, in one line, with exit code 1."""
    try:
        yield
    except TenancyError as error:
        raise click.ClickException(str(error) or type(error).__name__) from error
    except (OperationalError, psycopg2.OperationalError) as error:
        reason = str(getattr(error, "orig", error)).strip()
        raise click.ClickException(f"the database does not answer: {reason}") from error
    except (ProgrammingError, psycopg2.errors.UndefinedTable) as error:
        if not isinstance(getattr(error, "orig", error), psycopg2.errors.UndefinedTable):
            raise
        raise click.ClickException("the database has none of the platform's tables; run: silah migrate") from error


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on the terminal's error stream, moved by calling with how many are done; nothing where none is seen."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)
