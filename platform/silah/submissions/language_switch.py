"""The way to the other language keeps what is typed on the page's forms, with script and without.

With script the link in the page's head sends the form on which one has typed; without it the link leads to a button at
the end of the form, which does the same. Nothing is recorded: the page is drawn as for whoever opens it, and filled.
Where only a form leads to the page, each of its forms goes to its own address instead; without a form there is no way.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Request, Response, current_app, g, make_response, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from silah.language.locale import alternate_language_url, in_other_language, locale
from silah.submissions import kept_form

LINK = re.compile(r'<a class="language" href="[^"]*"')
FORM = re.compile(r'<form\b([^>]*\bmethod="post"[^>]*)>(.*?)</form>', re.S | re.I)
FIELDS = re.compile(r'<textarea|<select|<input(?![^>]*type="(?:hidden|submit|button|password)")', re.I)
ACTION = re.compile(r'\baction="([^"]*)"')
NO_ACTION = re.compile(r"<form\b(?![^>]*\baction=)", re.I)
WORDS = {"ar": ("en", "English"), "en": ("ar", "العربية")}
OFFERED = "other-language"
FILLED = " data-filled"
NO_WAY = re.compile(rf'<a class="language" href="#{OFFERED}".*?</a>', re.S)


@dataclass(frozen=True)
class Switch:
    """A form on its way to the other language: where it is sent, what is typed, and the address of its page."""

    path: str
    typed: kept_form.Pairs
    address: str


def opens_page(asked: Request) -> bool:
    """Tell whether a form was sent only to have its page in the other language."""
    return asked.method == "POST" and kept_form.SWITCH in asked.args


def bind_as_opened(adapter: MapAdapter | None, asked: Request | None) -> MapAdapter | None:
    """Find the page that such a form stands on by the address under which it is opened, where there is one."""
    if adapter is not None and asked is not None and opens_page(asked):
        try:
            adapter.match(method="GET")
        except HTTPException:
            return adapter
        adapter.default_method = "GET"
    return adapter


def take_switch() -> None:
    """Take what was typed out of a request that only wants the other language; runs once its token was seen."""
    if opens_page(request) and request.url_rule is not None:
        switch = Switch(request.form.get(kept_form.SWITCH) or request.path, kept_form.typed_pairs(), address_here())
        kept_form.become_opened()
        g.language_switch = switch


def switched(view: Callable[[], Any]) -> Response | None:
    """Draw the page in the other language, filled; None where the request wants something else."""
    switch: Switch | None = g.pop("language_switch", None)
    if switch is None:
        return None
    if "GET" not in (request.url_rule.methods or ()):  # type: ignore[union-attr]  # it was seen on taking the switch
        return make_response(kept_form.bare_page(switch.typed, switch.address))
    answer = current_app.make_response(view())
    answer = kept_form.fill_answer(answer, switch.path, switch.typed) or answer
    if answer.mimetype == "text/html":
        action = f'<form action="{escape(switch.address)}"'
        answer.set_data(NO_ACTION.sub(lambda _found: action, answer.get_data(as_text=True)))
    return answer


def offer_switch(response: Response) -> Response:
    """Have the link to the other language keep what is typed, on a page with a form."""
    if response.mimetype != "text/html" or response.is_streamed or not LINK.search(response.get_data(as_text=True)):
        return response
    page, own = response.get_data(as_text=True), alternate_language_url()
    forms = [SwitchedForm(found, own) for found in FORM.finditer(page) if FIELDS.search(found[2]) or _was_sent(found)]
    if forms:
        sent = [one for one in forms if one.was_sent]
        first = (sent or forms)[0]
        for one in reversed(forms):
            page = one.with_button(page, is_first=one is first, is_filled=came_filled() and (not sent or one is first))
        link = f'<a class="language" href="#{OFFERED}" data-switch="{escape(first.address)}"'
        response.set_data(LINK.sub(lambda _found: link, page, count=1))
    elif own is None:
        response.set_data(NO_WAY.sub("", page))
    return response


def _was_sent(found: re.Match[str]) -> bool:
    """Tell whether a form of the page is the one that was sent to get the page."""
    action = ACTION.search(found[1])
    return came_filled() and (action is None or urlsplit(unescape(action[1])).path in ("", request.path))


class SwitchedForm:
    """A form of a page, and where it goes to be shown in the other language: its page, else its own address."""

    def __init__(self, found: re.Match[str], page_address: str | None) -> None:
        self.found = found
        action = ACTION.search(found[1])
        self.goes_to = urlsplit(unescape(action[1])) if action else None
        self.was_sent = _was_sent(found)
        address = page_address
        if address is None:
            path, query = (self.goes_to.path, self.goes_to.query) if self.goes_to else (request.path, "")
            address = in_other_language(path or request.path, parse_qsl(query, keep_blank_values=True))
        self.address = f"{address}&{kept_form.SWITCH}=1"

    def with_button(self, page: str, *, is_first: bool, is_filled: bool) -> str:
        """Write the button at the end of the form, and at its beginning where its script finds the same."""
        language, name = WORDS[locale()]
        words, place = escape(_("what you typed stays")), f' id="{OFFERED}"' if is_first else ""
        button = (
            f'<noscript><p class="actions"><button class="button quiet small"{place} type="submit" formnovalidate '
            f'name="{kept_form.SWITCH}" value="{escape(self.goes_to.path) if self.goes_to else ""}" '
            f'formaction="{escape(self.address)}"><span lang="{language}">{name}</span> '
            f"<span>({words})</span></button></p></noscript>"
        )
        head, end = self.found.start(2) - 1, self.found.end(2)
        told = (FILLED if is_filled else "") + f' data-switch="{escape(self.address)}"'
        return page[:head] + told + page[head:end] + button + page[end:]


def came_filled() -> bool:
    """Tell whether the page shows what was typed before, so that it is not as whoever opens it finds it."""
    return request.environ["REQUEST_METHOD"] == "POST" or kept_form.AGAIN in request.args


def address_here() -> str:
    """Return the address of this page without the mark of a switch."""
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != kept_form.SWITCH]
    return f"{request.path}?{urlencode(asked)}"
