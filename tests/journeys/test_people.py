"""The people of an association, in a browser: the operator makes it, staff are invited, and switch."""

import email
import email.policy
import json
import re
import secrets

import pytest
from playwright.sync_api import Page

from silah.demo import people
from tests.waiting import wait_until

PASSWORD = "قلم وورقة وكوب قهوة"
SUBMIT = "main form.card button[type=submit]"


@pytest.fixture
def password(demo):
    """The one password of the demo's accounts."""
    return json.loads((demo.folder / "secrets.json").read_text())["password"]


@pytest.fixture
def letter(demo):
    """`letter(address)` waits for mail to an address, and gives the link of the latest one."""

    def find(address: str) -> str:
        def latest() -> str | None:
            files = [file for file in (demo.folder / "mail").rglob("*") if file.is_file()]
            for file in sorted(files, key=lambda file: -file.stat().st_mtime):
                mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                if address in str(mail["to"]):
                    return re.search(r"http://\S+", mail.get_body(("plain",)).get_content())[0]
            return None

        return wait_until(latest, f"a letter to {address}", every=0.5)

    return find


def sign_in(page: Page, base: str, address: str, password: str) -> None:
    page.goto(f"{base}/sign-in")
    page.fill("#email", address)
    page.fill("#password", password)
    page.press("#password", "Enter")
    page.wait_for_url(re.compile(r"/(desk|console)/"))


def test_from_the_operator_to_an_administrator_at_work(demo, chromium, visit, letter, password, sound):
    base, slug, boss = demo.described["base_url"], f"amal-{secrets.token_hex(3)}", f"{secrets.token_hex(4)}@x.example"
    context = chromium.new_context(locale="ar")
    page = context.new_page()
    page.goto(f"{base}/?lang=ar")
    sound(page, "ar-platform")
    sign_in(page, base, people.OPERATOR, password)
    sound(page, "ar-console")
    page.goto(f"{base}/console/associations/new")
    sound(page, "ar-console-new")
    said = {"name_ar": "جمعية الأمل", "name_en": "Al-Amal", "slug": slug, "admin_name": "سعاد", "admin_email": boss}
    for name, words in said.items():
        page.fill(f"#{name}", words)
    page.check("input[value=hayat-arar]")
    page.click(SUBMIT)
    page.wait_for_url(re.compile(r"/associations/[0-9a-f-]{36}$"))
    sound(page, "ar-console-association")

    page.goto(letter(boss))
    sound(page, "ar-invitation")
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click(SUBMIT)
    page.wait_for_url("**/desk/")
    for name in ("staff", "staff/invite", "roles", "branches", "branches/new"):
        page.goto(page.url.split("/desk")[0].split("/admin")[0] + f"/admin/{name}")
        sound(page, f"ar-admin-{name.replace('/', '-')}")
    context.close()


@pytest.mark.parametrize(("locale", "phone"), [("ar", True), ("en", False)])
def test_an_officer_of_two_associations_goes_from_one_to_the_other(demo, visit, password, sound, locale, phone):
    address = people.LENT[0]
    first, second = (one for one in demo.described["associations"] if address in str(one["accounts"]))
    page = visit(first["slug"], locale, phone=phone)
    page.goto(f"{first['url']}/sign-in")
    sound(page, f"{locale}-sign-in")
    sign_in(page, first["url"], address, password)
    page.goto(f"{first['url']}/desk/associations")
    sound(page, f"{locale}-my-associations")
    page.click("main a[href^='/switch/']")
    page.wait_for_url(f"{second['url']}/switched?**")
    sound(page, f"{locale}-switched")
    page.click("main button[type='submit']")
    page.wait_for_url(f"{second['url']}/desk/")
    assert page.goto(f"{first['url']}/desk/").ok  # still signed in there, too
    page.goto(f"{second['url']}/password")
    sound(page, f"{locale}-forgotten")
