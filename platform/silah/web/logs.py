"""What logs may say: nothing of who speaks up without a name, or follows something by its receipt code.

The server's own access log passes through here however it was started, under gunicorn or by Werkzeug, with whatever
format its lines have. Of error logs the addresses of clients are left out, and the ids in addresses of pages.
"""

import logging
import re
from typing import Any
from urllib.parse import unquote, urlsplit

SILENT = ("/c", "/complaints", "/follow", "/documents", "/s", "/desk/field")
"""Whatever stands at or under these addresses leaves no line: with a receipt code, or the link of a questionnaire
(which is somebody's own), everything is done there; and whoever brings answers from the field does so at some hour."""

STATIC = ("/static", "/theme.css", "/logo", "/favicon.ico")
"""What pages bring along leaves none either: a browser's line without the page's own would tell which page it was."""

ACCESS, ERRORS, WERKZEUG = "gunicorn.access", "gunicorn.error", "werkzeug"
ADDRESS = re.compile(r"\bip=\S+?(?=:\s|\s|$)")
REQUESTED = re.compile(r"\"?(?:\x1b\[[\d;]*m)*[A-Z]+ (\S+) HTTP/")


def silent(path: str | None, referer: str | None = None) -> bool:
    """Whether a request leaves no line: for its own address, or because such a page led to it."""
    return _under(path, SILENT + STATIC) or _under(referer, SILENT)


def _under(address: str | None, places: tuple[str, ...]) -> bool:
    path = re.sub(r"/+", "/", unquote(_path(address or "")))
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _path(address: str) -> str:
    """The path of an address, whole or without its host; of one that cannot be read, what is silent."""
    try:
        return address.partition("?")[0] if address.startswith("/") else urlsplit(address).path
    except ValueError:
        return SILENT[0]


class Access(logging.Filter):
    """Lets a line of gunicorn's access log pass unless its request leaves none; what it cannot read it keeps back."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The parts of the line are gunicorn's atoms: U is the path, f the page that led to it."""
        atoms: Any = record.args
        return isinstance(atoms, dict) and not silent(atoms.get("U"), atoms.get("f"))


class Errors(logging.Filter):
    """Takes the addresses of clients, and the paths of silent pages, out of gunicorn's error log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Written anew rather than kept back: what broke is still told."""
        said = ADDRESS.sub("ip=(left out)", record.getMessage())
        record.msg, record.args = " ".join(_bare(word) for word in said.split(" ")), ()
        return True


def _bare(word: str) -> str:
    return "(left out)" if word.startswith("/") and _under(word, SILENT) else word


class Werkzeug(logging.Filter):
    """Does for Werkzeug's own server what ``Access`` does for gunicorn; its lines name no page that led to another."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The line of a request begins with its method and path."""
        requested = REQUESTED.search(record.getMessage())
        return requested is None or not silent(requested[1])


FILTERS = {ACCESS: Access, ERRORS: Errors, WERKZEUG: Werkzeug}


def init_logs() -> None:
    """Put the filters before the server's logs, each once."""
    for name, kind in FILTERS.items():
        logger = logging.getLogger(name)
        if not any(isinstance(one, kind) for one in logger.filters):
            logger.addFilter(kind())
