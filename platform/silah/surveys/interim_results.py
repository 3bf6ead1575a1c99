"""What is shown of a round that is not anonymous while it is still open: figures that move by enough answers at once.

Whoever looked before and after one more answer could otherwise tell what it was, and the list of who answered would say
whose. Two states of each question are kept, apart by at least the fewest answers, and the older one is shown: so the
next one differs by as many, and what the closed round shows differs by as many from the last one. Pure.
"""

from silah.surveys.counting import ANSWERED, EVERYBODY, Counts

SHOWN, NEXT = "shown", "next"
Released = dict[str, Counts]


def advanced(released: Released, counts: Counts, fewest: int) -> Released:
    """What is shown and what comes next, now that so much is counted."""
    seen, following = dict(released.get(SHOWN, {})), dict(released.get(NEXT, {}))
    for question, options in counts.items():
        if _n(options) - _n(following.get(question, {})) >= fewest:
            if question in following:
                seen[question] = following[question]
            following[question] = {option: {EVERYBODY: cells.get(EVERYBODY, 0)} for option, cells in options.items()}
    return {SHOWN: seen, NEXT: following}


def _n(options: dict[str, dict[str, int]]) -> int:
    return options.get(ANSWERED, {}).get(EVERYBODY, 0)
