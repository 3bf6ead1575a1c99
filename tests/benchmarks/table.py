"""The rows of the report, and how they are written: for a terminal, for the README, for another program."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

HEADINGS = ("Measure", "Figure", "Beside", "Ratio", "Aim", "Met")


@dataclass(frozen=True)
class Row:
    """One ratio within this run; the aim is a most for what costs and a least for what gains."""

    measure: str
    figure: str
    beside: str
    ratio: float
    aim: float | None = None
    at_most: bool = True
    details: dict[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        return self.ratio <= self.aim if self.at_most else self.ratio >= self.aim

    def cells(self) -> tuple[str, ...]:
        """The row as it is shown."""
        aim = "" if self.aim is None else f"{'≤' if self.at_most else '≥'} {self.aim:g}"
        met = {None: "", True: "yes", False: "no"}[self.met]
        return self.measure, self.figure, self.beside, f"{self.ratio:.3g}", aim, met


def ms(seconds: float) -> str:
    """A time in milliseconds, to three figures."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def shown(rows: Sequence[Row], machine: dict[str, Any]) -> None:
    """Write the table to the terminal."""
    console = Console()
    table = Table(caption=described(machine), title="Silah: ratios within one run")
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading in ("Figure", "Ratio") else "left")
    for row in rows:
        table.add_row(*row.cells())
    console.print(table)
    for row in rows:
        if row.details:
            console.print(f"\n{row.measure}:")
            for name, ratio in sorted(row.details.items(), key=lambda one: -one[1]):
                console.print(f"  {ratio:6.2f}  {name}", highlight=False)


def as_markdown(rows: Sequence[Row], machine: dict[str, Any]) -> str:
    """The table for a README, with the machine below it."""
    lines = [HEADINGS, tuple("---" for _ in HEADINGS), *(row.cells() for row in rows)]
    written = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{written}\n\n{described(machine)}\n"


def as_json(rows: Sequence[Row], machine: dict[str, Any]) -> str:
    """Everything, details included."""
    kept = [asdict(row) | {"met": row.met} for row in rows]
    return json.dumps({"machine": machine, "rows": kept}, ensure_ascii=False, indent=1) + "\n"


def described(machine: dict[str, Any]) -> str:
    """The machine in one line."""
    return ", ".join(f"{name} {value}" if name != "processor" else str(value) for name, value in machine.items())
