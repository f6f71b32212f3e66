"""Small files, small functions, names that say something."""

import ast

from tests.architecture.source import PACKAGE, modules, name, tree

LONGEST_FILE = 250
LONGEST_FUNCTION = 30
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "misc", "exceptions", "constants", "managers", "mixins"}

# A table of data is as long as what it tells.
TABLES: dict[str, str] = {}


def test_no_file_is_longer_than_the_eye():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules()}

    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE and file not in TABLES} == {}


def test_no_function_is_longer_than_half_a_page():
    assert [
        f"{name(path)}:{node.lineno} {node.name} ({length(node)} lines)"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and length(node) > LONGEST_FUNCTION
    ] == []


def length(node) -> int:
    """The lines of its body, without its docstring."""
    document = ast.get_docstring(node, clean=False)
    first = node.body[1] if document is not None and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


def test_every_name_says_what_is_inside():
    parts = {part for path in PACKAGE.rglob("*.py") for part in path.relative_to(PACKAGE).with_suffix("").parts}

    assert parts & SAYS_NOTHING == set()


def test_every_module_opens_with_what_it_is_for():
    speaking = [path for path in modules() if path.name != "urls.py" and path.read_text("utf-8").strip()]
    silent = [name(path) for path in speaking if not ast.get_docstring(tree(path))]

    assert silent == []
