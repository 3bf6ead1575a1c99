"""The hidden fields of a page, as a browser would send them."""

from html.parser import HTMLParser


class HiddenFields(HTMLParser):
    """Gathers the hidden fields of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.fields.append((given["name"] or "", given.get("value") or ""))


def hidden_fields(page: str) -> list[tuple[str, str]]:
    """List the hidden fields of a page, by name and value."""
    parser = HiddenFields()
    parser.feed(page)
    return parser.fields
