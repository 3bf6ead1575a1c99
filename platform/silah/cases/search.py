"""What a case is searched by, and a search for words in any of the folded texts."""

import re

from sqlalchemy import ColumnElement, func, literal

from silah.cases.models import Case
from silah.language.localization import fold


def folded(case: Case) -> str:
    """The reference, names and titles of a case, folded for search."""
    names = [one.name for one in (case.applicant, case.beneficiary) if one]
    return fold(" ".join(dict.fromkeys([case.reference, *names, case.title_ar, case.title_en])))


MOST_WORDS = 6


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a search, no more than a query should carry."""
    return tuple(re.findall(r"\w+", fold(text)))[:MOST_WORDS]


def words_query(words: tuple[str, ...]) -> ColumnElement[str]:
    """All words, each of which may be the beginning of one that is kept."""
    return func.to_tsquery(literal("simple"), " & ".join(f"'{word}':*" for word in words))
