"""Signatures that were drawn on a screen, as pictures."""

import base64
import binascii
from typing import Any

from flask_babel import gettext as _

from silah.documents import content, errors
from silah.errors import Invalid

PNG = b"\x89PNG\r\n\x1a\n"
MOST_SIDE = 2000
"""Pixels of a drawn signature, each side; beyond it is made smaller."""


def read_picture(drawn: Any) -> bytes:
    """Return the bytes of a drawn signature, given as bytes or as a data address; raises ``Invalid``."""
    if isinstance(drawn, str):
        head, _comma, text = drawn.partition("base64,")
        try:
            drawn = base64.b64decode(text, validate=True) if head.startswith("data:image/png") else b""
        except binascii.Error:
            drawn = b""
    if not isinstance(drawn, bytes) or not drawn.startswith(PNG) or len(drawn) > 500_000:
        raise Invalid({"signature": _("Sign in the box.")})
    try:
        return content.shrink(drawn, most_side=MOST_SIDE)[0]
    except errors.NotTaken:
        raise Invalid({"signature": _("Sign in the box.")}) from None
