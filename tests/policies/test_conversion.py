"""A fresh association is turned into each of the others through pages alone, and behaves so from that moment."""

from typing import Any

import pytest

from tenants import blueprints

from .converting import Converter

PLAINEST = "madinah-centers"
"""It lists no channels, names no tools and no complaints: everything that the others have must be made."""
OTHERS = [name for name in blueprints.NAMES if name != PLAINEST]


@pytest.mark.parametrize("name", OTHERS)
def test_the_plainest_becomes_any_other_by_its_pages(chancery: Any, name: str) -> None:
    place = chancery(PLAINEST)
    draft = place.draft()
    target = blueprints.load(name).policy
    Converter(place.desk(), draft, lambda: place.policy(draft), target).convert()
    made = place.policy(draft)
    assert made.reply_period == target.reply_period
    assert (made.studied_by, made.attestation, made.takes_incomplete) == (
        target.studied_by,
        target.attestation,
        target.takes_incomplete,
    )
