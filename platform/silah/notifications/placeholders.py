"""Placeholders like ``{{name}}`` filled in, and a rewording checked before it is kept. Pure: no template language.

Values go in as text and are never read as placeholders again; a line that an empty value leaves bare is dropped.
"""

import re
from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from silah.errors import Invalid
from silah.language.bilingual import join_words
from silah.notifications.message_templates import Template, Wording

PLACE = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
ADDRESS = re.compile(r"https?://\S+")
LONGEST_SUBJECT, LONGEST_BODY = 150, 5000

Value = str | int | Iterable[str]


def fill(text: str, values: Mapping[str, Value]) -> str:
    """The text with every placeholder replaced by its value; one that is missing leaves nothing."""
    lines = [_filled(line, values) for line in text.strip().splitlines()]
    kept = "\n".join(line for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", kept).strip()


def _filled(line: str, values: Mapping[str, Value]) -> str | None:
    """The line, or None where it held nothing but empty placeholders."""
    done = PLACE.sub(lambda found: _written(values.get(found[1], "")), line)
    return None if PLACE.search(line) and not done.strip() else done


def _written(value: Value) -> str:
    return str(value) if isinstance(value, str | int) else "\n".join(f"- {item}" for item in value)


def one_line(text: str) -> str:
    """A subject or an SMS's first line: without line breaks, whatever the values held."""
    return " ".join(text.split())


def paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a filled text, as lines."""
    return [part.splitlines() for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def linked(line: str) -> Markup:
    """A line as HTML: escaped, and addresses as links."""
    parts, end = [], 0
    for found in ADDRESS.finditer(line):
        parts += [
            escape(line[end : found.start()]),
            Markup('<a href="{0}"><bdi dir="ltr">{0}</bdi></a>').format(found[0]),
        ]
        end = found.end()
    return Markup("").join([*parts, escape(line[end:])])


def check(template: Template, subject: str, body: str) -> Wording:
    """The rewording, tidied; raises ``Invalid`` naming what cannot be taken."""
    wording = Wording(one_line(subject), body.replace("\r\n", "\n").strip())
    wrong = {
        "subject": _wrong(template, wording.subject, LONGEST_SUBJECT),
        "body": _wrong(template, wording.body, LONGEST_BODY),
    }
    used = set(PLACE.findall(wording.subject + wording.body))
    lost = [place for place in template.needs if place not in used]
    if lost and not wrong["body"]:
        wrong["body"] = _l("This message must contain %(places)s.", places=_shown(lost))
    found = {field: words for field, words in wrong.items() if words}
    if found:
        raise Invalid(found)
    return wording


def _wrong(template: Template, text: str, longest: int) -> object:
    if not text:
        return _l("Write something here.")
    if len(text) > longest:
        return _l("At most %(count)s characters.", count=longest)
    unknown = [place for place in PLACE.findall(text) if place not in template.places]
    if unknown:
        return _l("This message does not know %(places)s.", places=_shown(unknown))
    if "{{" in PLACE.sub("", text) or "}}" in PLACE.sub("", text):
        return _l("A placeholder is a name between two pairs of braces, like %(example)s.", example="{{name}}")
    return None


def _shown(places: Iterable[str]) -> str:
    return join_words("{{" + place + "}}" for place in places)
