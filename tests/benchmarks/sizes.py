"""How much is measured: the whole pass, or a quick one that only shows that everything runs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers of associations, cases and repetitions; of pages, ``every`` so many is looked at."""

    few: int = 1
    some: int = 100
    many: int = 1_000
    cases: int = 1_000
    more_cases: int = 100_000
    transactions: int = 3_000
    provisioned: int = 12
    alembic_sample: int = 50
    visits: int = 60
    every: int = 1
    case_visits: int = 40
    answers: int = 400
    more_answers: int = 1_000_000
    slice_seconds: float = 2.0
    slices: int = 6


WHOLE = Sizes()
QUICK = Sizes(
    some=2,
    many=4,
    cases=30,
    more_cases=120,
    transactions=40,
    provisioned=2,
    alembic_sample=2,
    visits=2,
    every=6,
    case_visits=2,
    answers=12,
    more_answers=400,
    slice_seconds=0.2,
    slices=1,
)
