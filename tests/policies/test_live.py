"""While a section is typed, the printed page and the reckoned example beside it follow; nothing is saved by that."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.policies.conftest import Chancery
from tests.policies.test_browser import check, page, place

__all__ = ["page", "place"]


@pytest.fixture
def draft(place: Chancery) -> Any:
    return place.draft()


def test_the_printed_page_and_the_example_follow_what_is_typed(place: Chancery, page: Page, draft: Any) -> None:
    page.goto(f"/admin/policy/{draft}/reply-period?lang=en")
    page.locator("#preview summary").click()
    example = page.locator("#example").inner_text()
    page.locator('[name="reply_period.amount"]').fill("3")
    expect(page.locator("#example")).not_to_have_text(example)
    expect(page.locator("#preview")).to_have_attribute("open", "")
    before = page.locator("#preview").inner_text()
    page.locator('[name="reply.text.en"]').fill("They hear from us, and are told why.")
    expect(page.locator("#preview")).to_contain_text("They hear from us, and are told why.")
    assert page.locator("#preview").inner_text() != before
    assert check(page, "live") == []
    assert "They hear from us" not in str(place.policy(draft).document())


def test_keys_alone_reach_every_button_of_a_section(place: Chancery, page: Page, draft: Any) -> None:
    page.goto(f"/admin/policy/{draft}/attestation?lang=en")
    page.locator("#edit [name]:visible").first.focus()
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.value || document.activeElement.textContent.trim()"))
    assert {"save", "preview"} <= reached
