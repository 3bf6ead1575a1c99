"""The stylesheets and templates know no left and no right, and nothing inline that the policy would refuse."""

import re
from pathlib import Path

import pytest

from silah import shell

HERE = Path(shell.__file__).parent
PLATFORM = HERE.parent
SHEETS = sorted((HERE / "static" / "css").glob("*.css"))
TEMPLATES = sorted(
    path for path in PLATFORM.rglob("templates/**/*.html") if path.stem != "mail"
)  # mail has no stylesheet

PHYSICAL = re.compile(
    r"(?<![\w-])(?:left|right)(?![\w-])|(?<![\w-])(?:top|bottom)\s*:"
    r"|(?:margin|padding|border|scroll-(?:margin|padding))-(?:left|right|top|bottom)"
    r"|(?<![\w-])(?:(?:min|max)-)?(?:width|height)\s*:"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset|border-(?:width|color|style|radius))\s*:\s*([^;}]+)")


def rules(sheet: Path) -> str:
    """A sheet without comments and media conditions, which speak of the screen."""
    return re.sub(r"/\*.*?\*/|@media[^{]*\{", "", sheet.read_text("utf-8"), flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
class TestSheets:
    def test_only_logical_properties(self, sheet: Path) -> None:
        assert [found[0] for found in PHYSICAL.finditer(rules(sheet))] == []

    def test_no_shorthand_sets_four_sides_apart(self, sheet: Path) -> None:
        sides = [re.sub(r"\([^()]*\)", "", value).split("/")[0].split() for value in FOUR_SIDES.findall(rules(sheet))]
        assert [side for side in sides if len(side) == 4 and side[1] != side[3]] == []

    def test_nothing_from_another_host(self, sheet: Path) -> None:
        assert not re.search(r"@import|https?://", rules(sheet).replace('href^="http"', ""))

    def test_braces_are_balanced(self, sheet: Path) -> None:
        text = sheet.read_text("utf-8")
        assert text.count("{") == text.count("}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PLATFORM)))
class TestTemplates:
    def test_no_inline_style_or_script(self, template: Path) -> None:
        text = template.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text)
        assert not re.search(r"<script(?![^>]*\ssrc=)", text)

    def test_nothing_from_another_host(self, template: Path) -> None:
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", template.read_text("utf-8"))


def test_there_are_sheets_and_templates_to_look_at() -> None:
    assert len(SHEETS) >= 5
    assert len(TEMPLATES) >= 30
