"""The application without rate limits: one machine that asks for everybody is the point of a load."""

from typing import Any


def create_app() -> Any:
    """The app as it is, but for its limits."""
    from silah.app import create_app as made
    from silah.web import extensions

    app = made()
    extensions.limiter.enabled = False
    return app
