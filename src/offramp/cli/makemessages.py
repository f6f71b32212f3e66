"""For developers: collect the texts to translate into the catalogues of src/offramp/locale."""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from offramp.cli.answer import say
from offramp.cli.place import load

PACKAGE = Path(__file__).parents[1]
CATALOGUES = PACKAGE / "locale"

# Floors whose texts are messages, translated where they are shown (rules/message.py): no call marks them.
MESSAGE_FLOORS = ("rules", "pathways", "actions", "formats/paper")
SPOKEN = re.compile(r"[A-Z¿¡“{][^_]*[a-z]")
PAGE_CALLS = {"_": None, "gettext": None, "gettext_lazy": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2), "ngettext_lazy": (1, 2)}

Found = Iterator[tuple[str, str | tuple[str, str], str | None]]  # file, text or (one, many), context


def add(parser) -> None:
    parser.add_argument("language", nargs="*", default=["es"], help="the catalogues to bring up to date (default: es)")


def run(args) -> int:
    load()
    found = [*in_templates(), *in_pages(), *in_messages()]
    for language in args.language:
        catalogue = CATALOGUES / language / "LC_MESSAGES" / "django.po"
        waiting, known = bring_up_to_date(catalogue, language, found)
        say(f"{language}: {known} texts, {waiting} of them to be translated, in {catalogue.relative_to(PACKAGE)}")
    return 0


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
    """Every text of the floors that speak in messages that reads like one."""
    for floor in MESSAGE_FLOORS:
        for path in sorted((PACKAGE / floor).rglob("*.py")):
            for text in texts(ast.parse(path.read_text("utf-8"))):
                if SPOKEN.match(text):
                    yield name(path), text, None


def texts(node: ast.AST) -> Iterator[str]:
    """The strings of a module that stand for something: no docstrings."""
    alone = {id(part.value) for part in ast.walk(node) if isinstance(part, ast.Expr)}
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in alone:
            yield part.value


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def bring_up_to_date(file: Path, language: str, found: list) -> tuple[int, int]:
    """Add what is new, drop what is gone, keep every translation. How many wait, and how many there are."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    fresh = Catalog(locale=language, project="Offramp", header_comment="# Offramp in another language.\n#", fuzzy=False)
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
