"""The features of the platform: the one place that lists them, each by its package with a `registration.py`."""

from functools import cache
from importlib import import_module

from silah.feature import Feature

FEATURES = (
    "intake",
    "complaints",
    "settlements",
    "committees",
    "policies",
    "calendars",
    "library",
    "acknowledgements",
    "corrective",
    "figures",
    "surveys",
    "visits",
    "interviews",
    "programme",
)
DEMO = "demo"
"""What only the demo has beside them: the mailbox in which its messages are read."""


def load(*, demo: bool = False) -> tuple[Feature, ...]:
    """Return every feature, known to all registries; with what the demo adds where asked for."""
    return tuple(_load(name) for name in (*FEATURES, *((DEMO,) if demo else ())))


@cache
def _load(name: str) -> Feature:
    feature: Feature = import_module(f"silah.{name}.registration").FEATURE
    feature.register()
    return feature
