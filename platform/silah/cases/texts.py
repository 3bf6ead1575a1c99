"""Text that somebody wrote, made fit to keep."""


def clean(text: str | None) -> str:
    """The text without surrounding space, and without the NUL signs that PostgreSQL does not take."""
    return (text or "").replace("\x00", "").strip()
