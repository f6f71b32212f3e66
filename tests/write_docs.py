"""The generated pages of docs/. `python -m tests.write_docs` writes them; tests/architecture/test_docs.py compares."""

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from offramp import cli
from offramp.rules.clocks import REGISTER
from offramp.rules.duties import CARDS, Duty, may
from offramp.rules.sources import known
from offramp.rules.visibility import kinds_for, sides_for
from offramp.rules.words import Kind, Role, Side
from tests.pathways.page import page

DOCS = Path(__file__).parent.parent / "docs"
BY = "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"


def pages() -> dict[str, str]:
    """Each page's file name and text."""
    return {
        "commands.md": commands(),
        "pathways.md": page(BY),
        "roles.md": roles(),
        "sources.md": sources(),
        "timers.md": timers(),
        "visibility.md": visibility(),
    }


# -- Commands -------------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments."""
    text = "# Commands\n\n" + BY
    text += "`--json` prints one JSON document on stdout and nothing else; words and progress go to stderr.\n"
    text += "A command leaves with 0 when it is done, 1 when it refused (one sentence on stderr says why), 2 on wrong usage.\n\n"
    return text + "\n".join(_command(name, parser) for name, parser in each_command())


def each_command(folder: Path = cli.HERE, package: str = "offramp.cli", before: str = "offramp") -> Iterator[tuple]:
    """Each command's whole name, and the parser of its arguments."""
    for name, entry in cli.commands(folder).items():
        if entry.is_dir():
            yield from each_command(entry, f"{package}.{entry.name}", f"{before} {name}")
        else:
            module = import_module(f"{package}.{entry.stem}")
            parser = argparse.ArgumentParser(prog=f"{before} {name}", description=module.__doc__.partition("\n")[0])
            module.add(parser)
            yield from _with_children(f"{before} {name}", parser)


def _with_children(name: str, parser: argparse.ArgumentParser) -> Iterator[tuple]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield name, parser
    for group in groups:
        about = {choice.dest: choice.help for choice in group._choices_actions}
        for word, child in group.choices.items():
            child.description = child.description or about.get(word) or parser.description
            yield from _with_children(f"{name} {word}", child)


def _command(name: str, parser: argparse.ArgumentParser) -> str:
    lines = [f"## {name}\n", f"{parser.description}\n"]
    arguments = [action for action in parser._actions if action.dest != "help"]
    if arguments:
        lines += ["| Argument | |", "|---|---|", *(_argument(action) for action in arguments), ""]
    return "\n".join(lines)


def _argument(action: argparse.Action) -> str:
    shown = ", ".join(action.option_strings) or (action.metavar or action.dest).upper()
    if action.option_strings and action.nargs != 0:
        shown += f" {action.metavar or action.dest.upper()}"
    return f"| `{shown.replace('|', chr(92) + '|')}` | {action.help or ''} |"


# -- Roles ----------------------------------------------------------------------------------------------------------


def roles() -> str:
    """What each role may do, and which kinds of fact it may ever be shown."""
    text = "# Roles\n\n" + BY
    text += "May they *do* it: duties. May they *see* it: kinds of fact, on the sides named, and then only with a live reason for that very file.\n"
    text += "A role without duties here has none yet.\n"
    for role in Role:
        card = CARDS.get(role)
        text += f"\n## {card.name if card else role.value.capitalize()} (`{role.value}`)\n\n"
        text += f"{card.says}\n\n" if card else ""
        text += f"- Duties: {_words(duty for duty in Duty if may(role, duty))}\n"
        text += f"- Sees: {_words(kinds_for(role))}; of: {_words(sides_for(role))}\n"
    return text


def _words(codes) -> str:
    return ", ".join(f"`{code}`" for code in sorted(code.value for code in codes)) or "nothing"


# -- Visibility -----------------------------------------------------------------------------------------------------


def visibility() -> str:
    """Who may ever be shown which kind of fact, as one table for the privacy officer."""
    text = "# Who may see what\n\n" + BY
    text += "The table of `src/offramp/rules/visibility.py`. A dot is *may ever be shown*, and then only on the sides named, and\n"
    text += "only with a live reason for that very file (a sight row). An empty cell is never: not in a list, a count, a search or a print.\n\n"
    text += f"| | {' | '.join(kind.value for kind in Kind)} | sides |\n|---|{':-:|' * len(Kind)}---|\n"
    for role in Role:
        dots = " | ".join("●" if kind in kinds_for(role) else "" for kind in Kind)
        text += f"| {role.value} | {dots} | {', '.join(side.value for side in Side if side in sides_for(role))} |\n"
    return text


# -- Sources --------------------------------------------------------------------------------------------------------


def sources() -> str:
    """What the keys in rules, packs and timers stand for."""
    text = "# Sources\n\n" + BY
    text += "What the rules cite. Pages are paraphrased, never quoted; several are press or program pages, and programs change:\n"
    text += "a sample pack is for reading and planning until somebody answers for it.\n\n| Key | What | Where |\n|---|---|---|\n"
    return text + "".join(f"| {one.key} | {one.title} | {one.address} |\n" for one in known().values())


# -- Timers ---------------------------------------------------------------------------------------------------------


def timers() -> str:
    """The register of what is due when."""
    text = "# Timers\n\n" + BY
    text += "Every number is a default that a pack may set. *Sourced* numbers come from a program or a rule; *design* numbers are ours.\n\n"
    text += "| Id | What | Marks | Basis | |\n|---|---|---|---|---|\n"
    for line in REGISTER.values():
        marks = ", ".join(f"{name.replace(chr(95), chr(32))} {span}" for name, span in line.marks)
        basis = f"{line.basis.value}: {line.source}" if line.source else line.basis.value
        text += f"| {line.id} | {line.says} | {marks} | {basis} | {line.note or ''} |\n"
    return text


def main() -> None:
    for name, text in pages().items():
        (DOCS / name).write_text(text, "utf-8")
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
