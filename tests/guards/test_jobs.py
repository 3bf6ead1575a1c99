"""Whatever is owed can be done: each kind of due work has a handler, and a worker loads every handler that there is."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from silah import jobs
from silah.cases import clocks
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
from silah.jobs import handlers
handlers.load()
for kind in sorted(handlers.kinds()):
    found = handlers.handler_of(kind)
    print(kind, found.__module__, found.__qualname__)
"""
Owing = set[tuple[Any, int]]
"""Functions that owe work, each with the place of the argument that names the kind."""


def modules(word: str) -> Iterator[tuple[str, ast.Module]]:
    """Return the name and the tree of every module whose text has this word."""
    for folder, parent in (("platform/silah", "platform"), ("tenants", "")):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text("utf-8")
            if word in text and path.name != "__main__.py":
                parts = path.relative_to(ROOT / parent).with_suffix("").parts
                yield ".".join(part for part in parts if part != "__init__"), ast.parse(text)


def meant(module: ModuleType, node: ast.AST) -> Any:
    """Return what an expression of names and dots stands for in a module, a constant as it is, else None."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        held = meant(module, node.value)
        return getattr(held, node.attr, None) if isinstance(held, ModuleType) else None
    return None


def calls(tree: ast.AST, inside: ast.FunctionDef | None = None) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Return every call with the function in which it stands."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Call):
            yield child, inside
        yield from calls(child, child if isinstance(child, ast.FunctionDef) else inside)


def owed() -> tuple[set[str], set[str], Owing]:
    """Return the kinds that are owed anywhere, the calls whose kind cannot be told, and what owes."""
    read = [(import_module(name), tree) for name, tree in modules("owe")]
    owing: Owing = {(jobs.owe, 0)}
    while True:
        kinds: set[str] = set()
        unknown: set[str] = set()
        further: Owing = set()
        places = dict(owing)
        for module, tree in read:
            for call, inside in calls(tree):
                function = meant(module, call.func)
                if not isinstance(function, FunctionType) or function not in places:
                    continue
                named = call.args[places[function]]
                names = [one.arg for one in inside.args.args] if inside else []
                if isinstance(named, ast.Name) and inside is not None and named.id in names:
                    further.add((getattr(module, inside.name), names.index(named.id)))
                    continue
                for one in [named.body, named.orelse] if isinstance(named, ast.IfExp) else [named]:
                    kind = meant(module, one)
                    place = f"{module.__name__}:{call.lineno}"
                    (kinds if isinstance(kind, str) else unknown).add(kind if isinstance(kind, str) else place)
        if further <= owing:
            return kinds, unknown, owing
        owing |= further


def marked() -> set[tuple[str, str, str]]:
    """Return each kind with the module and the name of the function that is marked as its handler, wherever it is."""
    found = set()
    for name, tree in modules("handles"):
        module = None
        for node in ast.walk(tree):
            for one in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
                if not isinstance(one, ast.Call) or not ast.unparse(one.func).endswith("handles"):
                    continue
                module = module or import_module(name)
                if meant(module, one.func) is jobs.handles:
                    found.add((str(meant(module, one.args[0])), name, node.name))
    return found


def loaded() -> set[tuple[str, str, str]]:
    """Return the same of a process that has loaded what a worker loads, and nothing besides."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return {(kind, module, name) for kind, module, name in (line.split() for line in done.stdout.splitlines())}


class TestJobs:
    def test_no_handler_is_forgotten(self) -> None:
        known = marked()
        assert "message" in {kind for kind, _module, _name in known}
        assert loaded() == known

    def test_whatever_is_owed_has_a_handler_and_nothing_else_has_one(self) -> None:
        kinds, unknown, _owing = owed()
        assert unknown == set()
        assert kinds == {kind for kind, _module, _name in marked()}

    def test_kinds_are_followed_through_the_functions_that_take_them(self) -> None:
        """So that the test above reads what ``cases.clocks`` owes for both of its days."""
        assert (clocks.owe, 0) in owed()[2]
