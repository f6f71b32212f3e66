"""The `offramp` command. A file in this folder with `add` and `run` is a command; a folder is a group of them.

Only the one asked for is loaded, so `offramp assess` needs no Django and starts at once.
"""

import argparse
import ast
import sys
from importlib import import_module
from pathlib import Path

from offramp import __version__
from offramp.cli.answer import Stop

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
HERE = Path(__file__).parent


def main(argv: list[str] | None = None) -> int:
    """Run one command. The exit code says how it went: 0 done, 1 refused with a sentence, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = _parser(words).parse_args(words)
    try:
        return args.run(args) or DONE
    except Stop as stop:
        print(stop, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader of our output went away
        sys.stderr.close()
        return REFUSED
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return REFUSED


def commands(folder: Path = HERE) -> dict[str, Path]:
    """Each command's name, and its file or folder. A name Python keeps for itself (`import`) is written with a `_`."""
    entries = [entry for entry in sorted(folder.iterdir()) if _is_command(entry)]
    return {entry.stem.rstrip("_"): entry for entry in entries}


def _is_command(entry: Path) -> bool:
    if entry.is_dir():
        return (entry / "__init__.py").exists()
    return entry.suffix == ".py" and {"add", "run"} <= _defines(entry)


def _defines(file: Path) -> set[str]:
    """The functions of a file, read without running it."""
    return {part.name for part in ast.parse(file.read_text("utf-8")).body if isinstance(part, ast.FunctionDef)}


def _parser(words: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="offramp", description="Police-led pre-arrest diversion.")
    parser.add_argument("--version", action="version", version=f"offramp {__version__}")
    _add(parser, folder=HERE, package="offramp.cli", words=words)
    return parser


def _add(parser, *, folder: Path, package: str, words: list[str]) -> None:
    """Know every command's name and purpose, and load only the one that was asked for."""
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, entry in commands(folder).items():
        purpose = _purpose(entry)
        child = subparsers.add_parser(name, help=purpose, description=purpose)
        if not words or words[0] != name:
            continue
        if entry.is_dir():
            _add(child, folder=entry, package=f"{package}.{entry.name}", words=words[1:])
        else:
            module = import_module(f"{package}.{entry.stem}")
            module.add(child)
            child.set_defaults(run=module.run)


def _purpose(entry: Path) -> str:
    """The first line of the docstring, read without running the file."""
    source = entry / "__init__.py" if entry.is_dir() else entry
    return (ast.get_docstring(ast.parse(source.read_text("utf-8"))) or "").partition("\n")[0]


def _sentence(error: Exception) -> str | None:
    """One sentence for what is so and not a defect: a refusal, a missing file, a database that does not answer."""
    from offramp.rules.refusal import Refused

    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
    database = sys.modules.get("django.db")
    if database and isinstance(error, database.OperationalError):
        return f"The database does not answer: {str(error).partition(chr(10))[0]}."
    place = sys.modules.get("offramp.config.place")
    return str(error) if place and isinstance(error, place.BadSetting) else None
