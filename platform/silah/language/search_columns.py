"""The column in which a row keeps the tokens by which it is found, and the condition on it."""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Dialect, Text, TypeDecorator, cast, func, literal, type_coerce
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR

LEXEME = re.compile(r"'((?:[^']|'')*)'")


class SearchTokens(TypeDecorator[list[str]]):
    """Tokens made in Python, kept as they are: no parser of the database's cuts a word at a vowel sign or a slash."""

    impl = TSVECTOR
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> list[str] | None:
        """Read the tokens back, without the places that PostgreSQL noted where it made them."""
        return None if value is None else [one.replace("''", "'") for one in LEXEME.findall(str(value))]

    def bind_expression(self, bindvalue: BindParameter[list[str]]) -> ColumnElement[Any]:
        """Keep a list of tokens as a vector, which PostgreSQL can index."""
        return func.array_to_tsvector(type_coerce(bindvalue, ARRAY(Text)))


def match(column: Any, alternatives: Sequence[Sequence[str]], *, whole: bool = False) -> ColumnElement[bool]:
    """Return the condition that a row holds a token of each group, or one that begins so unless ``whole``."""
    ending = "" if whole else ":*"
    groups = (" | ".join(f"{_quote(token)}{ending}" for token in group) for group in alternatives)
    query = " & ".join(f"({group})" for group in groups)
    found: ColumnElement[bool] = type_coerce(column, TSVECTOR).bool_op("@@")(cast(literal(query), TSQUERY))
    return found


def _quote(token: str) -> str:
    """Return a token as a text of PostgreSQL's query language, in which no sign of it means anything."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
