"""How a person walks through a form: answers whatever is asked on the page, in the digits of their language."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

from silah.demo import sample_texts
from tests.small_files import small_pdf

PDF = small_pdf()
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FIELDS = "main form :is(input, textarea, select):visible"
MAIN_BUTTON = "main :is(form button, a.button).primary:visible"

Sound = Callable[[Page, str], None]


class Applicant:
    """Somebody who answers questions; ``number`` makes them another person."""

    def __init__(self, number: int, locale: str, reply: str = "email") -> None:
        self.locale, self.reply = locale, reply
        self.name = (
            sample_texts.APPLICANTS[number % len(sample_texts.APPLICANTS)]
            if locale == "ar"
            else f"Test Applicant {number}"
        )
        self.email = f"walker{number}@mail.example"
        self.typed = {
            "name": self.name,
            "national_id": sample_texts.national_id(number),
            "mobile": f"055{number:07d}",
            "email": self.email,
            "iban": sample_texts.IBAN,
            "companion_id": sample_texts.national_id(number + 1),
            "transfer_to": sample_texts.national_id(number + 1),
            "member_number": "1047",
            "signed_by": self.name,
        }

    def words_for(self, field: Locator) -> str:
        """What to type into a text field."""
        name = field.get_attribute("name") or ""
        if "date" in name or name == "valid_until":
            typed = "15/9/1430" if "birth" in name else "15/9/1449"
        elif field.get_attribute("inputmode") == "decimal" or field.get_attribute("type") == "number":
            typed = sample_texts.AMOUNTS.get(name) or str(sample_texts.NUMBERS.get(name, 20))
        else:
            typed = self.typed.get(name) or sample_texts.TEXTS.get(name, "نص")
        latin = name in ("email", "iban")
        return typed.translate(ARABIC) if self.locale == "ar" and not latin else typed


def answer_page(page: Page, who: Applicant) -> None:
    """Answer every question of the page; an answer may bring up another question, so look again."""
    asked: list[str] = []
    while asked != (asked := page.locator(FIELDS).evaluate_all("all => all.map(one => one.id || one.name)")):
        for field in page.locator(FIELDS).all():
            answer(page, field, who)


def answer(page: Page, field: Locator, who: Applicant) -> None:
    """Answer one question, unless it is answered."""
    kind, name = field.get_attribute("type") or "text", field.get_attribute("name") or ""
    if kind in ("radio", "checkbox"):
        group = page.locator(f"main form input[name='{name}']")
        wanted = page.locator(f"main form input[name='{name}'][value='{who.reply}']")
        if name == "reply_channel":
            wanted.check()
        elif not any(one.is_checked() for one in group.all()):
            group.first.check()
    elif kind == "file":
        if not field.input_value():
            field.set_input_files({"name": "مستند.pdf", "mimeType": "application/pdf", "buffer": PDF})
    elif field.evaluate("e => e.tagName") == "SELECT":
        if not field.input_value():
            field.select_option(index=1)
    elif not field.input_value():
        field.fill(who.words_for(field))


def send(page: Page) -> None:
    """Press the page's one main button and wait for the page that follows."""
    press(page, page.locator(MAIN_BUTTON).last)


def press(page: Page, button: Locator) -> None:
    """Press a button or link that leads to another page, be it by the browser or by a script that shows progress."""
    with page.expect_navigation():
        button.click()
    page.wait_for_load_state()
    page.locator("main h1").first.wait_for()


def sign(page: Page) -> None:
    """Draw a signature in the box."""
    box = page.locator("main canvas").first
    box.scroll_into_view_if_needed()
    at = box.bounding_box()
    assert at is not None
    page.mouse.move(at["x"] + 30, at["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(at["x"] + 30 + step * 12, at["y"] + 40 + (step % 3) * 14)
    page.mouse.up()
