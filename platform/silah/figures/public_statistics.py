"""What the public is shown of a year: sums and shares, rounded, with everything small left out.

A member of staff who is complained about sees all complaints but that one. Beside their own figures, exact ones of
today would tell them that there is one more; so whole months that are over are counted, and rounded by a luck that
stays the same for a month and that nobody can work out.
"""

from datetime import date, timedelta
from typing import Any

from silah import clock
from silah.cases.models import Case
from silah.complaints.rules import rules
from silah.documents.sealing import fingerprint
from silah.errors import NotFound
from silah.figures import charts, presenters, statistics
from silah.figures.report_filter import Sight
from silah.figures.suppression import FIVE, rounded, suppressed
from silah.language.localization import locale

ALL = "*"
PARTS = 100 // FIVE
"""A share is shown in steps of five per cent."""


def shown() -> dict[str, Any]:
    """The page's figures; raises NotFound where the association shows none."""
    chosen = rules()
    if not chosen.public_statistics:
        raise NotFound
    sight = year(clock.today())
    total, by = statistics.tables({"kind": Case.kind}, sight, None)
    names = presenters.kind_names()
    came = {line.key: line.received for line in by["kind"]}
    kept = {
        names.get(key, key): count if count is None else _rounded(key, count, sight)
        for key, count in suppressed(came, chosen.fewest_shown).items()
    }
    enough = total.received >= chosen.fewest_shown
    answered = total.answered >= chosen.fewest_shown
    return {
        "sight": sight,
        "least": chosen.fewest_shown,
        "received": _rounded(ALL, total.received, sight) if enough else None,
        "in_time": round(total.in_time * PARTS) / PARTS if answered and total.in_time is not None else None,
        "median": round(total.median) if answered and total.median is not None else None,
        "kinds": kept,
        "bars": charts.bars([(name, n) for name, n in kept.items() if n is not None], rtl=locale() == "ar"),
    }


def year(today: date) -> Sight:
    """The twelve months that were over before this one began."""
    first = today.replace(day=1)
    return Sight(since=first.replace(year=first.year - 1), until=first - timedelta(days=1), span="own")


def _rounded(key: str, count: int, sight: Sight) -> int:
    luck = fingerprint(f"{sight.until.isoformat()} {key}", "statistics")[:4]
    return rounded(count, int.from_bytes(luck, "big") / 2**32)
