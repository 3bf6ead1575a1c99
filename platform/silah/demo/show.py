"""What the demo prints: its steps, and at the end a table of addresses and accounts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from silah.config import Settings
from silah.demo import OPERATOR

TELLING = {
    *("administrator", "relations_officer", "social_research_officer", "management"),
    *("research_committee_chair", "competent_committee_chair"),
}

Told = Callable[[str, int, int], None]
"""Told what is being done, how much is done and how much there is."""


class Show:
    """Prints on a terminal, or plain lines where there is none."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    def step(self, text: str) -> None:
        """One line for each step."""
        self.console.print(f"[bold cyan]·[/] {text}")

    def warn(self, text: str) -> None:
        """Something to know, that stops nothing."""
        self.console.print(f"[yellow]![/] {text}")

    @contextmanager
    def progress(self, text: str) -> Iterator[Told]:
        """A bar for long work; gives a function that moves it."""
        self.step(text)
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as bars:
            task = bars.add_task(text, total=None)

            def told(doing: str, done: int, total: int) -> None:
                bars.update(task, description=doing, completed=done, total=total)

            yield told

    def ready(self, settings: Settings, described: dict[str, Any], data: Path) -> None:
        """The table of addresses and accounts, and the line that says that pages answer."""
        table = Table("Address", "Accounts", box=SIMPLE_HEAD, pad_edge=False)
        for association in described["associations"]:
            for number, account in enumerate(shown(association["accounts"])):
                table.add_row("" if number else association["url"], account["email"])
            table.add_section()
        table.add_row(f"{settings.address()}", OPERATOR)
        self.console.print(table)
        self.console.print(f"Password of all: [bold]{described['associations'][0]['accounts'][0]['password']}[/]")
        self.console.print(f"Mail:            {settings.address()}/demo/mail")
        self.console.print(f"Every account:   {data / 'demo.json'}", soft_wrap=True)
        self.console.print(f"[bold green]Ready[/] on port {settings.port}; Ctrl-C stops it.")


def shown(accounts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those who take a request from its receipt to its reply."""
    return [one for one in accounts if TELLING.intersection(one["roles"])]
