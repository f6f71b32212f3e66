"""How a command answers: its document on stdout, words and progress on stderr."""

import json
import sys
from collections.abc import Iterable


class Stop(Exception):
    """The command can not go on. Its words are one clear sentence for the person at the keyboard."""


def say(*words) -> None:
    """Progress and remarks, out of the way of the document."""
    print(*words, file=sys.stderr, flush=True)


def answer(document, *, as_json: bool, lines: Iterable[str] = ()) -> None:
    """The result: one JSON document and nothing else, or lines for reading."""
    if as_json:
        json.dump(document, sys.stdout, ensure_ascii=False, indent=1, default=str)
        print()
    else:
        for line in lines:
            print(line)


def add_json(parser) -> None:
    """The `--json` switch, the same for every command."""
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
