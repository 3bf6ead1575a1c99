"""What the demo prints: its steps, and at the end a table of addresses and accounts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from silah.config import Settings

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

    def ready(self, settings: Settings, described: dict[str, Any]) -> None:
        """The table of addresses and accounts, and the line that says that pages answer."""
        table = Table("Address", "Account", "Password", "Roles", show_lines=False, pad_edge=False)
        for association in described["associations"]:
            table.add_section()
            for number, account in enumerate(association["accounts"]):
                address = association["url"] if number == 0 else ""
                table.add_row(address, account["email"], account["password"], ", ".join(account["roles"]))
        self.console.print(table)
        self.console.print(f"The platform: {settings.address()}   Mail: {settings.address()}/demo/mail")
        self.console.print(f"[bold green]Ready[/] on port {settings.port}; stop with Ctrl-C.")
