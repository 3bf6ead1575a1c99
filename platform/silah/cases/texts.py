"""Text that somebody wrote, made fit to keep."""


def clean(text: str | None) -> str:
    """The text without surrounding space, and without the NUL signs that PostgreSQL does not take."""
    return (text or "").replace("\x00", "").strip()


def masked(text: str) -> str:
    """A sensitive value with all but its last four digits hidden; of words nothing is left."""
    tail = text[-4:]
    return "" if not text else f"••••{tail if tail.isdigit() else ''}"
