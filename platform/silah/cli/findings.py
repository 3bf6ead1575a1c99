"""What `silah check` finds: each a plain line, and whether the installation is wrong or only less than it could be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from silah.config import Settings


@dataclass(frozen=True)
class Finding:
    """One line; `wrong` if the installation does not work, or is not safe, as it is."""

    text: str
    wrong: bool = True


Check = Callable[[Settings], Iterator[Finding]]


def note(text: str) -> Finding:
    """Something to know, with which the installation works all the same."""
    return Finding(text, wrong=False)


def first_line(error: BaseException) -> str:
    """The beginning of what an error says, which is what fits into a line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
