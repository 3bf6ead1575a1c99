"""Measure Silah: `python -m tests.benchmarks` prints a table of ratios, each within this one run.

`--quick` runs everything small, in a minute, which shows that it works and no more. Nothing here is asserted: figures
are for readers, and depend on the machine.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from . import answering, migrating, pages, provisioning, serving, surveys, table, transactions
from .sizes import QUICK, WHOLE
from .stage import Stage, staged
from .timing import machine, tell

MEASURES: dict[str, Callable[[Stage], Iterator[table.Row]]] = {
    "provisioning": provisioning.measure,
    "transactions": transactions.measure,
    "associations": pages.over_associations,
    "cases": pages.over_cases,
    "complaints": pages.over_complaints,
    "serving": serving.measure,
    "answering": answering.measure,
    "surveys": surveys.measure,
    "migrating": migrating.measure,
}
"""In the order in which they are run: provisioning fills the database that others measure, migrating changes it."""


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that everything runs")
    parser.add_argument("--only", action="append", choices=MEASURES, metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--markdown", action="store_true", help="print the table for a README")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything to a file, too")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the servers end with it
    rows: list[table.Row] = []
    with staged(QUICK if asked.quick else WHOLE) as stage:
        found = machine(stage.postgresql())
        for name, measure in MEASURES.items():
            if not asked.only or name in asked.only:
                tell(f"== {name}")
                rows += measure(stage)
    if asked.json:
        asked.json.write_text(table.as_json(rows, found), "utf-8")
    if asked.markdown:
        print(table.as_markdown(rows, found))
    else:
        table.shown(rows, found)
    return 0


sys.exit(main())
