"""Which entry of the rail stands for a page that has none of its own: pure."""

from typing import Any

HOME = "/desk/"


def marked(offered: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The entries; on a page that has none of its own, the nearest one above it is marked."""
    above = [
        one
        for one in offered
        if "href" in one
        and ("count" not in one or one.get("covers"))
        and one["href"] != HOME
        and path.startswith(one["href"].rstrip("/") + "/")
    ]
    if above and not any(one.get("current") for one in offered):
        max(above, key=lambda one: len(one["href"]))["current"] = "above"
    return offered
