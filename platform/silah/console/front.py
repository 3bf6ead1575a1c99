"""The first page of the platform's own host."""

from flask import render_template


def page() -> str:
    """What Silah is, in a few words; it names no association."""
    return render_template("console/front.html")
