"""How an anonymous answer is kept until its round is closed: sealed whole, as long as many others.

PostgreSQL keeps with each row which transaction wrote it, so for a while an answer could be joined to the mark on the
invitation by whoever reads the database itself, or a copy of its files. What they would find is sealed; it is opened
when all answers of the round are counted and written anew, together and in random order.
"""

import json
from collections.abc import Mapping
from typing import Any

LENGTH = 256
"""To a multiple of which the text is filled up, so that its length does not tell which answer became which row."""


def kept(answers: Mapping[str, Any], texts: Mapping[str, str], *, anonymous: bool) -> tuple[dict[str, Any], str]:
    """The columns ``answers`` and ``texts`` of a new response."""
    if not anonymous:
        return dict(answers), _json(texts)
    whole = _json([answers, texts])
    return {}, whole + " " * (-len(whole.encode()) % LENGTH)


def read(answers: dict[str, Any], texts: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What was answered, and the words, of a response as it stands."""
    held = json.loads(texts)
    return (held[0], held[1]) if isinstance(held, list) else (answers, held)


def opened(answers: dict[str, Any], texts: str) -> tuple[dict[str, Any], str]:
    """The same columns once the round is closed and counted."""
    found, words = read(answers, texts)
    return found, _json(words)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
