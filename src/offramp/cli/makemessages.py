"""For developers: collect the texts to translate into the catalogues of src/offramp/locale."""

import ast
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from offramp.cli.answer import say
from offramp.cli.place import load

PACKAGE = Path(__file__).parents[1]
CATALOGUES = PACKAGE / "locale"

# Floors whose texts are messages, translated where they are shown (rules/message.py): no call marks them.
MESSAGE_FLOORS = ("rules", "pathways", "actions")
# Floors that hold other strings too: there only what is said or refused counts.
CALLING_FLOORS = ("records", "formats", "notices", "pages", "exchange", "jobs", "config")
# What people read in our data files: file, and the keys that hold it.
SPOKEN_DATA = {
    "codes/*.toml": {"words", "name", "label"},
    "packs/*.toml": {"title", "place", "because", "but", "unclear", "waits", "ends"},
}
NOT_SPOKEN = {"source", "citation"}  # arguments that are for scholars, not for people on a screen
FOR_PROGRAMMERS = {
    "ValueError",
    "TypeError",
    "RuntimeError",
    "LookupError",
    "KeyError",
    "AssertionError",
    "compile",
    "TypeVar",
    "cast",
}
SPOKEN = re.compile(r"(?:[A-Z¿¡“{]|\d+ )[^_]*[a-z]")
PAGE_CALLS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}

Found = Iterator[tuple[str, str | tuple[str, str], str | None]]  # file, text or (one, many), context


def add(parser) -> None:
    parser.add_argument(
        "language", nargs="*", default=["es"], help="the catalogues to bring up to date (default: es)"
    )


def run(args) -> int:
    load()
    found = everything()
    for language in args.language:
        catalogue = CATALOGUES / language / "LC_MESSAGES" / "django.po"
        waiting, known = bring_up_to_date(catalogue, language, found)
        say(
            f"{language}: {known} texts, {waiting} of them to be translated, in {catalogue.relative_to(PACKAGE)}"
        )
    return 0


def everything() -> list[tuple[str, str | tuple[str, str], str | None]]:
    """All there is to translate. Django must be loaded."""
    return [*in_templates(), *in_pages(), *in_messages(), *in_data()]


def in_templates() -> Found:
    """What `{% translate %}` and its kin mark."""
    from django.utils.translation.template import templatize

    for path in sorted((PACKAGE / "pages" / "templates").rglob("*.*")):
        # In brackets, because what Django makes of a template keeps its indentation and is no Python otherwise.
        source = f"({templatize(path.read_text('utf-8'), origin=str(path))})"
        yield from marked(path, source.encode())


def in_pages() -> Found:
    """What gettext's calls mark in pages and notices."""
    for path in [*sorted((PACKAGE / "pages").rglob("*.py")), *sorted((PACKAGE / "notices").rglob("*.py"))]:
        yield from marked(path, path.read_bytes())


def marked(path: Path, source: bytes) -> Found:
    from babel.messages.extract import extract

    for _, text, _, context in extract("python", BytesIO(source), PAGE_CALLS):
        yield name(path), text, context


def in_messages() -> Found:
    """Every text of the floors that speak in messages that reads like one, and what other floors say or refuse."""
    for floors, pick in ((MESSAGE_FLOORS, texts), (CALLING_FLOORS, said)):
        for floor in floors:
            for path in sorted((PACKAGE / floor).rglob("*.py")):
                tree = ast.parse(path.read_text("utf-8"))
                for text in {*filter(SPOKEN.match, pick(tree)), *said(tree)}:
                    yield name(path), text, None


def in_data() -> Found:
    """What officers read of the tables of codes and the packs."""
    for files, keys in SPOKEN_DATA.items():
        for path in sorted(PACKAGE.glob(files)):
            for text in _under(tomllib.loads(path.read_text("utf-8")), keys):
                if SPOKEN.match(text):
                    yield name(path), text, None


def _under(table: object, keys: set[str]) -> Iterator[str]:
    if isinstance(table, dict):
        for key, value in table.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _under(value, keys)
    elif isinstance(table, list):
        for value in table:
            yield from _under(value, keys)


def texts(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that stand for something: no docstrings, annotations, pieces or words for programmers."""
    silent = {id(part) for node in ast.walk(tree) for root in _silent(node) for part in ast.walk(root)}
    for part in ast.walk(tree):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in silent:
            yield part.value


def _silent(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.FunctionDef(name="__repr__"):
            yield node
        case ast.FunctionDef(returns=ast.AST() as annotation) | ast.arg(annotation=ast.AST() as annotation):
            yield annotation
        case ast.AnnAssign(annotation=annotation):
            yield annotation
        case ast.keyword(arg=arg, value=value) if arg in NOT_SPOKEN:
            yield value
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in FOR_PROGRAMMERS:
            yield from node.args
        case ast.Subscript(slice=inside):
            yield inside


def said(tree: ast.AST) -> Iterator[str]:
    """The first argument of `say(…)`, and of what is raised."""
    raised = {id(node.exc) for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=called), args=[ast.Constant(value=str(text)), *_]):
                refusal = id(node) in raised and called not in FOR_PROGRAMMERS and SPOKEN.match(text)
                if called in ("say", "Message") or refusal:
                    yield text


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def bring_up_to_date(file: Path, language: str, found: list) -> tuple[int, int]:
    """Add what is new, drop what is gone, keep every translation. How many wait, and how many there are."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    fresh = Catalog(
        locale=language, project="Offramp", header_comment="# Offramp in another language.\n#", fuzzy=False
    )
    for where, text, context in found:
        fresh.add(text, locations=[(where, 0)], context=context)
    catalogue = fresh
    if file.exists():
        with open(file, "rb") as old:
            catalogue = read_po(old, locale=language)
        catalogue.update(fresh, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file, "wb") as out:
        write_po(out, catalogue, width=110, include_lineno=False, sort_output=True, omit_header=False)
    return sum(1 for message in catalogue if message.id and not message.string), len(catalogue)
