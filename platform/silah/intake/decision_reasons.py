"""Reasons of a decision: those of its own outcome, never those that were given for another."""

from silah.language.tokenizer import split_words


def are_alike(one: str, other: str) -> bool:
    """Say whether two texts say the same but for spaces, signs and the forms of letters."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(word.plain for word in split_words(text))
