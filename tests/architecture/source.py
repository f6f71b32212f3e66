"""The product's own text, read for the tests of its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "offramp"

# The files that make the door: they alone reach under Django's queries.
DOOR = ("records/door", "records/guard", "records/rule", "records/wire")


def modules(*floors: str) -> list[Path]:
    """Every Python file of these floors, or of the whole package; migrations are written by Django."""
    folders = [PACKAGE / floor for floor in floors] or [PACKAGE]
    found = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts and "node_modules" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def name(path: Path) -> str:
    """`records/door.py`."""
    return path.relative_to(PACKAGE).as_posix()


def calls(node: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call with what it is called on and its last word: `a.b.save()` gives ("a.b", "save")."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Attribute):
                yield call, ast.unparse(call.func.value), call.func.attr
            elif isinstance(call.func, ast.Name):
                yield call, "", call.func.id


def imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Each imported name with its line, written whole: `from a.b import c` gives `a.b.c`."""
    for statement in ast.walk(node):
        if isinstance(statement, ast.Import):
            yield from ((statement.lineno, alias.name) for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield from ((statement.lineno, f"{statement.module}.{alias.name}") for alias in statement.names)


def strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text in the code but docstrings."""
    documents = {id(document) for part in ast.walk(node) if (document := _docstring(part)) is not None}
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in documents:
            yield part.lineno, part.value


def _docstring(node: ast.AST) -> ast.Constant | None:
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
            return first.value
    return None
