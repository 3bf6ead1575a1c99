"""SQL is never built from strings: psycopg2 sends stacked statements, so a splice could leave its association."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TAKES_SQL = {"text", "execute", "exec_driver_sql", "executemany", "scalar", "scalars", "literal_column", "DDL"}

OUR_NAMES_ONLY = {
    "tenants/isolation.py": "the pin before each transaction's first statement: the role whose shape was checked",
    "tenants/provisioning.py": "the role whose shape was checked, and SQL that Alembic rendered",
    "tenants/replaying.py": "likewise",
}
"""Where a name cannot be a parameter, since SQL has none for it; nothing here ever comes from outside."""


def spliced(node: ast.expr) -> bool:
    """Whether an expression builds text: an f-string with a hole, %, +, .format, .join or .replace."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return True
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    if node.func.attr == "join":  # of a text; a query's own `join` is another thing
        return isinstance(node.func.value, ast.Constant)
    return node.func.attr in {"format", "format_map", "replace"}


def names_spliced(tree: ast.AST) -> set[str]:
    """Names that are given a spliced text in a function; what a module says of itself knows nothing from outside."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    found: set[str] = set()
    for node in (inner for function in functions for inner in ast.walk(function)):
        match node:
            case ast.Assign(targets=targets, value=value) if spliced(value):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.NamedExpr(target=ast.Name(id=name), value=value) if spliced(value):
                found.add(name)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add()):
                found.add(name)
    return found


def offences(source: str) -> Iterator[int]:
    """The lines on which spliced text is handed over as SQL."""
    tree = ast.parse(source)
    names = names_spliced(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if called in TAKES_SQL and (spliced(first) or (isinstance(first, ast.Name) and first.id in names)):
            yield node.lineno


def sources() -> list[Path]:
    return sorted(
        path
        for folder in ("platform", "tenants", "migrations")
        for path in (ROOT / folder).rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in OUR_NAMES_ONLY
    )


def test_nothing_splices_sql() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}" for path in sources() for line in offences(path.read_text("utf-8"))]
    assert found == []


def test_each_exception_is_needed() -> None:
    needless = [name for name in OUR_NAMES_ONLY if "f'" not in (text := (ROOT / name).read_text()) and 'f"' not in text]
    assert needless == []


@pytest.mark.parametrize(
    "bad",
    [
        "db.session.execute(text(f'SELECT {x}'))",
        "db.session.execute(text('SELECT %s' % x))",
        "db.session.execute(text('SELECT ' + x))",
        "db.session.execute(text('SELECT {}'.format(x)))",
        "db.session.scalar(text(' '.join(parts)))",
        "def find(x):\n    query = f'SELECT {x}'\n    return db.session.execute(text(query))",
        "def find(x):\n    query = 'SELECT '\n    query += x\n    cursor.execute(query)",
        "conn.exec_driver_sql(f'SET ROLE {x}')",
        "select(literal_column(f'{x}'))",
    ],
)
def test_the_guard_bites(bad: str) -> None:
    assert list(offences(bad))


@pytest.mark.parametrize(
    "good",
    [
        "db.session.execute(text('SELECT :x'), {'x': x})",
        "db.session.execute(select(Case).where(Case.id == id))",
        "cursor.execute('SELECT %s', (x,))",
        "text(f'SELECT 1')",
        "def find(x):\n    rows = select(Case).join(Holder)\n    return db.session.scalars(rows)",
    ],
)
def test_the_guard_lets_parameters_pass(good: str) -> None:
    assert not list(offences(good))


def test_ruff_bites_too(tmp_path: Path) -> None:
    bad = "def find(name):\n    return db.execute(f\"SELECT * FROM holiday WHERE name = '{name}'\")\n"
    command = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml"), "--stdin-filename"]
    found = subprocess.run([*command, str(ROOT / "tenants" / "x.py"), "-"], input=bad, capture_output=True, text=True)
    assert found.returncode == 1
    assert "S608" in found.stdout
