"""Text that somebody wrote, made fit to keep."""

from silah.language.text_cleaning import clean_text


def clean(text: str | None) -> str:
    """The text without space and invisible marks around it, and without signs that cannot be kept."""
    return clean_text(text)


def masked(text: str) -> str:
    """A sensitive value with all but its last four digits hidden; of words nothing is left."""
    tail = text[-4:]
    return "" if not text else f"••••{tail if tail.isdigit() else ''}"
