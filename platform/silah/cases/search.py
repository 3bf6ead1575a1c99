"""By which tokens a case is found, and how the words of a search are met."""

from collections.abc import Sequence

from silah.beneficiaries.search import TAIL, list_person_tokens, make_tail_token
from silah.cases.models import Case
from silah.cases.parties import list_parties
from silah.language.tokenizer import VERSION, list_tokens


def index_case(case: Case) -> None:
    """Keep by what a case is found: its reference and titles, and the names and numbers typed on it."""
    own = list_tokens(" ".join((case.reference, case.title_ar, case.title_en)))
    tokens = dict.fromkeys([*own, *(token for party in list_parties(case) for token in list_person_tokens(party))])
    case.search, case.search_version = list(tokens), VERSION


def add_tails(words: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Let four digits stand for the last of a mobile or an ID, too; typed alone they stand for nothing else.

    ``words`` are for each word of a search the tokens that meet it.
    """
    return [_add_tail(tokens, alone=len(words) == 1) for tokens in words]


def is_tail(word: str) -> bool:
    """Whether a word may be the last digits of a number."""
    return len(word) == TAIL and word.isdecimal()


def _add_tail(tokens: Sequence[str], *, alone: bool) -> tuple[str, ...]:
    if not is_tail(tokens[0]):
        return tuple(tokens)
    tail = make_tail_token(tokens[0])
    return (tail,) if alone else (*tokens, tail)
