"""What a page may not hold: anything inline, anything from elsewhere, a form that could be forged."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

LOADING = {"src", "href", "action", "formaction", "poster", "data", "srcset"}
EVIL = ("javascript:", "vbscript:")


class Page(HTMLParser):
    """Reads a page and gathers its faults."""

    def __init__(self, host: str) -> None:
        super().__init__()
        self.host, self.faults = host, list[str]()
        self._posting, self._token = False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style":
            self.faults.append("an inline style sheet")
        if tag == "script" and (not given.get("src") or given.get("type") == "text/template"):
            self.faults.append("an inline script")
        if tag in ("iframe", "object", "embed", "base"):
            self.faults.append(f"an element {tag}")
        for name, value in attrs:
            self._attribute(tag, name, (value or "").strip())
        if tag == "form":
            self._posting, self._token = (given.get("method") or "").lower() == "post", False
        if tag == "input" and given.get("name") == "csrf_token" and given.get("value"):
            self._token = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._posting and not self._token:
            self.faults.append("a form that is sent without proof of where it stood")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "style" or name.startswith("on"):
            self.faults.append(f"{tag} with an inline {name}")
        if name in LOADING:
            if value.lower().replace("\t", "").replace("\n", "").startswith(EVIL):
                self.faults.append(f"{tag} leads to {value}")
            elsewhere = urlsplit(value.replace("\\", "/")).netloc
            if elsewhere and elsewhere != self.host and tag != "a":
                self.faults.append(f"{tag} loads from {elsewhere}")


def faults(text: str, host: str) -> list[str]:
    """What is wrong with a page."""
    page = Page(host)
    page.feed(text)
    return page.faults
