"""Modules are imported at the top of a file, so that a circle between two of them is seen and not dodged."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

QUICK = "a command says its help, and refuses what it was given, before the whole application is loaded"
FORKED = "only the process that fills the demo needs it, and the one that watches the others stays small"

REASONS = {
    "platform/silah/cli/demo.py": QUICK,
    "platform/silah/cli/keys.py": QUICK,
    "platform/silah/cli/operator.py": QUICK,
    "platform/silah/cli/tenants.py": QUICK,
    "platform/silah/demo/associations.py": FORKED,
    "platform/silah/demo/supervisor.py": FORKED,
}
"""Files that import a module of ours inside a function, each with its reason."""


def inner_imports(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports of our own modules that stand inside a function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import) and any(is_ours(one.name) for one in node.names):
                    yield node
                if isinstance(node, ast.ImportFrom) and (node.level or is_ours(node.module or "")):
                    yield node


def is_ours(module: str) -> bool:
    return module.split(".")[0] in {"silah", "tenants"}


def found() -> dict[str, list[int]]:
    """The lines of such imports by file."""
    lines: dict[str, list[int]] = {}
    for path in sorted([*ROOT.glob("platform/silah/**/*.py"), *ROOT.glob("tenants/**/*.py")]):
        at = [node.lineno for node in inner_imports(ast.parse(path.read_text("utf-8")))]
        if at:
            lines[str(path.relative_to(ROOT))] = at
    return lines


class TestImports:
    def test_no_module_of_ours_is_imported_inside_a_function_without_a_reason(self) -> None:
        assert {path: at for path, at in found().items() if path not in REASONS} == {}

    def test_each_reason_is_still_needed(self) -> None:
        assert REASONS.keys() - found().keys() == set()

    def test_an_import_inside_a_function_is_seen_however_it_is_written(self) -> None:
        text = """
def one():
    import silah.clock
async def two():
    if True:
        from tenants import periods
class Three:
    def of(self):
        from . import beside
def four():
    import json
"""
        assert [node.lineno for node in inner_imports(ast.parse(text))] == [3, 6, 9]
