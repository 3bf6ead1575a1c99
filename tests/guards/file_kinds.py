"""Which kind of file holds what: under the same name everywhere, so that a stranger finds it in any package."""

import ast
from collections.abc import Iterator
from pathlib import Path

ERRORS = ("Conflict", "Forbidden", "Invalid", "NotFound", "SilahError", "TooMany", "Unavailable")
"""What is refused derives from one of these, which ``silah.errors`` has."""
VIEWS = ("route", "get", "post", "errorhandler", "before_request", "before_app_request", "after_app_request")
BARRED = {
    "views": "*_routes.py",
    "view": "*_routes.py",
    "pages": "*_routes.py",
    "controllers": "*_routes.py",
    "telling": "notifications.py",
    "mails": "notifications.py",
    "words": "labels.py",
    "face": "presenters.py",
    "faces": "presenters.py",
    "kind": "registration.py",
    "exceptions": "errors.py",
    "utils": "a noun of what it does",
    "helpers": "a noun of what it does",
    "common": "a noun of what it does",
}
"""Last words of names that other kinds of files have, with what such a file is called here."""


def misplaced(root: Path) -> list[str]:
    """Return each file under a package of this folder that holds what another kind of file holds, with the reason."""
    found = []
    for package in sorted(path.parent for path in root.glob("*/__init__.py")):
        for path in sorted(package.rglob("*.py")):
            where = path.relative_to(root)
            found += [f"{package.name}: {where} {why}" for why in faults(path.stem, ast.parse(path.read_text("utf-8")))]
    return found


def faults(name: str, tree: ast.Module) -> Iterator[str]:
    """Return what is wrong with a file of this name, of what it holds."""
    last = name.rsplit("_", 1)[-1]
    if last in BARRED and last != "models":
        yield f"is called {BARRED[last]}"
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    errors = {name for name, full in imported.items() if full.startswith("silah.") and ".errors." in full}
    errors |= {one for one in ERRORS if imported.get(one) == f"silah.errors.{one}"}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            if _is_table(node) and last != "models":
                yield f"has the table {node.name}: models.py or *_models.py"
            if any(isinstance(one, ast.Name) and one.id in errors for one in node.bases) and last != "errors":
                yield f"has the error {node.name}: errors.py"
        if last not in ("routes", "tracking") and _has_views(node):
            yield "has a blueprint or its views: routes.py or *_routes.py"
        if last != "jobs" and any(
            ast.unparse(one).split("(")[0] in ("handles", "jobs.handles") for one in _marks(node)
        ):
            yield f"has the handler {getattr(node, 'name', '')}: jobs.py"


def _is_table(node: ast.ClassDef) -> bool:
    names = [target.id for one in node.body if isinstance(one, ast.Assign) for target in one.targets
             if isinstance(target, ast.Name)]  # fmt: skip
    return "__tablename__" in names


def _marks(node: ast.stmt) -> list[ast.expr]:
    return node.decorator_list if isinstance(node, ast.FunctionDef) else []


def _has_views(node: ast.stmt) -> bool:
    """Whether a statement makes a blueprint or hangs a view on one."""
    made = isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    if made and ast.unparse(node.value).startswith("Blueprint("):
        return True
    calls = [one.func for one in _marks(node) if isinstance(one, ast.Call)]
    return any(isinstance(one, ast.Attribute) and one.attr in VIEWS and ast.unparse(one.value) == "bp" for one in calls)
