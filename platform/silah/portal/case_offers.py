"""What features offer whoever follows a case of another feature's kind, each as a link on the tracking page."""

from collections.abc import Callable
from dataclasses import dataclass

from silah.cases.models import Case


@dataclass(frozen=True)
class CaseOffer:
    """A link, with the words that say when to use it."""

    label: str
    href: str


_registered: dict[str, Callable[[Case], CaseOffer | None]] = {}


def register(name: str, offer: Callable[[Case], CaseOffer | None]) -> None:
    """Ask this function what it offers on a case, under the name of its feature."""
    _registered[name] = offer


def list_offered(case: Case) -> list[CaseOffer]:
    """Return what is offered on this case now."""
    return [made for offer in _registered.values() if (made := offer(case)) is not None]
