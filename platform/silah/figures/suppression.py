"""What the public is shown of small numbers: nothing from which one could find out about a single person. Pure."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
FIVE = 5


def rounded(count: int, luck: float, to: int = FIVE) -> int:
    """The count rounded up or down, right on average: ``luck`` (from 0 to 1) says which, and is nobody's to know.

    Whoever knows of all cases but one learns from it neither that there is one more nor that there is none.
    """
    above = count % to
    return count - above + (to if luck < above / to else 0)


def suppressed(cells: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """The cells with those below ``least`` left out (None), zeros among them: none is not told from few.

    The total may be published beside them: where what is left out would add up to less than ``least``, or is one cell
    alone, the next smallest is left out too, so that the difference tells nothing. A total below ``least`` shows none.
    """
    if sum(cells.values()) < least:
        return dict.fromkeys(cells)
    hidden = {key for key, count in cells.items() if count < least}
    rest = sorted((key for key in cells if key not in hidden), key=lambda key: cells[key])
    while hidden and rest and (len(hidden) == 1 or sum(cells[key] for key in hidden) < least):
        hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in cells.items()}
