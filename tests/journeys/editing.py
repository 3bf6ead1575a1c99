"""The editor of the policy before a browser, for whoever turns one policy into another by its pages."""

from dataclasses import dataclass
from typing import Any

import psycopg2
from playwright.sync_api import Page
from psycopg2 import sql

from tenants.policy import Policy

FILL = """sent => {
  for (const one of document.getElementById('edit').elements) {
    const values = sent[one.name] || []
    if (!one.name || one.type === 'hidden' || one.tagName === 'BUTTON') continue
    if (one.type === 'checkbox') one.checked = values.includes(one.value)
    else one.value = values.length ? values[0] : ''
  }
}"""


@dataclass
class Answer:
    """What came to the browser after a page was opened or a button pressed."""

    text: str
    status_code: int


class Editor:
    """Opens a section's page, fills its form in and presses one of its buttons, as somebody at a screen does."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home

    def get(self, address: str) -> Answer:
        """Open a page."""
        answer = self.page.goto(f"{self.home}{address}")
        assert answer
        return Answer(answer.text(), answer.status)

    def post(self, address: str, data: dict[str, Any]) -> Answer:
        """Fill in the form of the page that stands open, and press the button."""
        assert address in self.page.url, (address, self.page.url)
        fields = {name: held if isinstance(held, list) else [held] for name, held in data.items() if name != "deed"}
        self.page.evaluate(FILL, fields)
        button = self.page.locator(f"form#edit button[name=deed][value='{data['deed']}']").first
        with self.page.expect_navigation(wait_until="domcontentloaded") as gone:
            button.evaluate("one => one.click()")
        errors = self.page.locator(".error-summary")
        assert data["deed"] != "save" or not errors.count(), (address, errors.inner_text())
        return Answer(gone.value.text(), gone.value.status)


def kept(demo: Any, slug: str, version: str) -> Policy:
    """A version of an association's policy as it is kept, to see what the pages have made of it."""
    address = demo.described["database_url"].replace("postgresql+psycopg2://", "postgresql://")
    with psycopg2.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT role FROM shared.association WHERE slug = %s", [slug])
        role = sql.Identifier(cursor.fetchone()[0])
        cursor.execute(sql.SQL("SET LOCAL search_path TO {}").format(role))
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(role))
        cursor.execute("SELECT document FROM policy_version WHERE id = %s", [version])
        document = cursor.fetchone()[0]
    connection.close()
    return Policy.read(document)
