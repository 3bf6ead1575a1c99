"""What is kept in both languages is read by `localized`, and a list is written by `join_words`, nowhere by hand."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.lists import format_list
from flask import Flask

from silah.language.bilingual import join_words, localized
from silah.organisation.models import BranchOffice

ROOT = Path(__file__).resolve().parents[2]
BOTH = re.compile(r"\w+_(ar|en)$")
BY_HAND = ("، ", " و", "، و")
IN_TEMPLATE = re.compile(
    r"_(?:ar|en)\)? if [\w.]+ [!=]= ['\"](?:ar|en)|_(?:ar|en) or [\w.]+_(?:ar|en)\b"
    r"|['\"](?:، |, | و)['\"] if|join\(['\"](?:، | و)|['\"](?:rtl|ltr)['\"] if \w+ [!=]= ['\"](?:ar|en)"
)


def chosen_languages(node: ast.AST) -> set[str]:
    """Return which of two languages an expression reads, of attributes that are kept in both."""
    names = (one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute))
    return {found[1] for found in map(BOTH.match, names) if found}


def chooses_by_hand(node: ast.AST) -> bool:
    """Tell whether an expression chooses between two languages, or begins to put a list together, by itself."""
    if isinstance(node, ast.IfExp):
        sides = (node.body, node.orelse)
        words = {side.value for side in sides if isinstance(side, ast.Constant)}
        return all(map(chosen_languages, sides)) or words == {"rtl", "ltr"} or bool(words & {*BY_HAND})
    if isinstance(node, ast.BoolOp):
        return isinstance(node.op, ast.Or) and chosen_languages(node) == {"ar", "en"}
    return isinstance(node, ast.Attribute) and node.attr == "join" and getattr(node.value, "value", "") in BY_HAND


def choices_by_hand(tree: ast.AST) -> Iterator[int]:
    """Find the lines that do."""
    return (node.lineno for node in ast.walk(tree) if isinstance(node, ast.expr) and chooses_by_hand(node))


class TestNothingChoosesByHand:
    def test_no_program(self) -> None:
        one_place = {ROOT / "platform/silah/language/locale.py"}
        files = [file for root in ("platform", "tenants") for file in (ROOT / root).rglob("*.py")]
        found = [
            f"{file.relative_to(ROOT)}:{line}"
            for file in files
            if file not in one_place
            for line in choices_by_hand(ast.parse(file.read_text("utf-8")))
        ]
        assert found == []

    def test_no_template(self) -> None:
        files = sorted((ROOT / "platform").rglob("*.html"))
        found = [
            f"{file.relative_to(ROOT)}: {match[0]}"
            for file in files
            for match in IN_TEMPLATE.finditer(file.read_text("utf-8"))
        ]
        assert found == []

    def test_the_guard_sees_what_it_looks_for(self) -> None:
        written = 'x = a.name_ar if locale() == "ar" else (a.name_en or a.name_ar)\ny = "، ".join(names)'
        assert set(choices_by_hand(ast.parse(written))) == {1, 2}
        assert IN_TEMPLATE.search('{{ a.name_ar if locale == "ar" else a.name_en }}')


class TestLocalized:
    def test_reads_the_language_of_the_page_and_the_other_where_it_is_blank(self, app: Flask) -> None:
        office = BranchOffice(name_ar="المركز", name_en="Centre", address_ar="حي العزيزية", address_en="")
        with app.test_request_context("/?lang=en"):
            assert (localized(office, "name"), localized(office, "address")) == ("Centre", "حي العزيزية")
            assert localized(office, "name", "ar") == "المركز"
        with app.test_request_context("/?lang=ar"):
            assert localized(office, "name") == "المركز"
        office.address_ar = ""
        assert localized(office, "address", "ar") == ""

    def test_a_list_is_written_as_its_language_writes_it(self) -> None:
        assert join_words(["a", "b", "c"], "en") == "a, b and c"
        assert join_words(["أ", "ب", "ج"], "ar") == format_list(["أ", "ب", "ج"], locale="ar") == "أ وب وج"
        assert join_words(["a", "b"], "en", style="or") == "a or b"
        assert (join_words([], "ar"), join_words(["أ"], "ar")) == ("", "أ")
