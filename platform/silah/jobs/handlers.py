"""Which function does which kind of owed work; each feature's handlers live in its `jobs.py`."""

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import silah

Handler = Callable[[str, dict[str, Any]], None]

_handlers: dict[str, Handler] = {}


class UnknownWork(LookupError):
    """A row is owed of a kind that this release cannot do; it waits for one that can."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Mark `def f(key, payload)` as what does owed work of this kind.

    It runs serving the association that owes it, or the platform, in a transaction of its own which the runner
    commits, and must be idempotent: it is run again if the worker dies before the commit.
    """

    def marked(handler: Handler) -> Handler:
        held = _handlers.setdefault(kind, handler)
        if (held.__module__, held.__qualname__) != (handler.__module__, handler.__qualname__):
            raise ValueError(f"two handlers for {kind}: {held.__module__} and {handler.__module__}")
        _handlers[kind] = handler
        return handler

    return marked


def handler_of(kind: str) -> Handler:
    """The function for a kind; raises `UnknownWork`."""
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownWork(kind) from None


def kinds() -> set[str]:
    """Every kind of work that this release can do."""
    return set(_handlers)


def load() -> None:
    """Import every module of a package that is called `jobs` or `*_jobs`, so that its handlers are known."""
    for package in pkgutil.iter_modules(silah.__path__, "silah."):
        if not package.ispkg:
            continue
        folder = str(Path(str(silah.__file__)).parent / package.name.rpartition(".")[2])
        for module in pkgutil.iter_modules([folder]):
            if module.name == "jobs" or module.name.endswith("_jobs"):
                importlib.import_module(f"{package.name}.{module.name}")
