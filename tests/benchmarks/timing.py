"""Timing sides against each other: turn by turn, so that what slows the machine slows all of them alike."""

import gc
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

Side = Callable[[], object]


def timed(side: Side) -> float:
    """Seconds that one call takes."""
    begun = time.perf_counter()
    side()
    return time.perf_counter() - begun


def in_turn(sides: Mapping[str, Side], rounds: int) -> dict[str, float]:
    """The median time of each side over the rounds; who goes first changes from round to round."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    with unhindered():
        for turn in range(rounds):
            start = turn % len(names)
            for name in names[start:] + names[:start]:
                found[name].append(timed(sides[name]))
    return {name: median(times) for name, times in found.items()}


@contextmanager
def unhindered() -> Iterator[None]:
    """No garbage collection in the block, which would fall on one side or the other."""
    gc.collect()
    gc.freeze()  # or the next collection would go through the whole application again
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def machine(postgresql: str) -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "Python": platform.python_version(),
        "PostgreSQL": postgresql,
        "load before": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def tell(text: str) -> None:
    """Say on the side what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)
