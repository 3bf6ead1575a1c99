"""What the public is shown of a year: sums and shares, with everything small left out."""

from typing import Any

from silah.cases.models import Case
from silah.complaints.rules import rules
from silah.errors import NotFound
from silah.figures import charts, numbers, view
from silah.figures.sight import Sight
from silah.figures.suppression import suppressed
from silah.i18n import locale


def shown() -> dict[str, Any]:
    """The page's figures; raises NotFound where the association shows none."""
    chosen = rules()
    if not chosen.public_statistics:
        raise NotFound
    sight = Sight.read({"span": "year"})
    total = numbers.total(sight, None)
    names = view.kind_names()
    came = {names.get(line.key, line.key): line.received for line in numbers.by(Case.kind, sight, None)}
    kept = suppressed(came, chosen.fewest_shown)
    enough = total.received >= chosen.fewest_shown
    answered = total.answered >= chosen.fewest_shown
    return {
        "sight": sight,
        "least": chosen.fewest_shown,
        "received": total.received if enough else None,
        "in_time": total.in_time if answered else None,
        "median": total.median if answered else None,
        "kinds": kept,
        "bars": charts.bars([(name, n) for name, n in kept.items() if n is not None], rtl=locale() == "ar"),
    }
