"""E-mail addresses: what can be mailed, and how an address is written on its way."""

from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from flask import current_app, has_app_context

from silah.language.text_cleaning import remove_marks


class Unmailable(ValueError):
    """An address that no mail reaches: it is none, or its part before the @ needs a server that takes other letters."""

    def __init__(self, *, foreign: bool = False) -> None:
        super().__init__("letters before the @ that the mail server does not take" if foreign else "no e-mail address")
        self.foreign = foreign


def read_address(text: str, *, testing: bool = False) -> str:
    """Return an address as it is kept, its domain in lower case; raises ``Unmailable``.

    ``testing`` takes names under the domain ``test`` too.
    """
    found = _parse(text, testing=testing)
    if found.ascii_email is None and not takes_any_letters():
        raise Unmailable(foreign=True)
    return found.normalized


def write_address(text: str) -> str:
    """Return an address as it goes out: a domain in Unicode as punycode; raises ``Unmailable`` for what is none.

    Letters beyond ASCII before the @ stay; whether a server takes them is known once one speaks to it.
    """
    found = _parse(text, testing=True)
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def takes_any_letters() -> bool:
    """Whether the installation's mail server is said to take letters beyond ASCII before the @ (SMTPUTF8)."""
    return has_app_context() and bool(current_app.config["SILAH"].smtp_utf8)


def _parse(text: str, *, testing: bool) -> ValidatedEmail:
    try:
        return validate_email(remove_marks(text), check_deliverability=False, test_environment=testing)
    except EmailNotValidError:
        raise Unmailable from None
