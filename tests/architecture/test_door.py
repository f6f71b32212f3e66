"""Who holds a key to the door: each file that may go beside it, and why; and that nobody makes a key of their own."""

import ast

import pytest

from tests.architecture.source import DOOR, calls, modules, name, tree

# Files that read whole tables, seen by nobody in particular. None hands a row to a person.
MAY_READ_WHOLE_TABLES: dict[str, str] = {
    "records/errand.py": "the one file that an errand is sent to, by its key",
    "records/person.py": "whether a new code is free; who keeps which file, to count sight again",
    "records/encounter.py": "whose encounter it is, to count sight again",
    "records/referral.py": "who is asked to take whom, to count sight again; keys of late answers, for a neutral notice; whether the search went on",
    "records/episode.py": "keys of calls nobody answered, for a neutral notice; which workers are on their way, to count who is free",
    "records/candidates.py": "whether a file is restricted, which shows nothing but that it is absent",
    "records/inspection.py": "looks over the whole place; says how many, and names rows by table and number",
    "records/rotation.py": "wraps each file's key under a new root, without opening what it locks",
    "records/link.py": "the key of the one file that an officer's undo is sent to",
}

# Only a deed gives sight, takes it, or sends an errand. A new file gives its own agency sight.
GIVES = {"grant", "withdraw"}
MAY_GIVE_SIGHT = ("actions/", "records/person.py")


def found(wanted) -> dict[str, list[str]]:
    """Calls by file, outside the door itself, for which `wanted(on, word)` is true."""
    seen = {}
    for path in modules():
        if not name(path).startswith((*DOOR, "records/sight.py")):
            lines = [
                f"{call.lineno} {ast.unparse(call)[:60]}"
                for call, on, word in calls(tree(path))
                if wanted(on, word)
            ]
            if lines:
                seen[name(path)] = lines
    return seen


def test_whole_tables_are_read_by_few_and_each_says_why():
    reading = found(lambda on, word: word == "whole_table")
    reading = {file: lines for file, lines in reading.items() if not file.startswith("bench/")}  # made-up people only

    assert {file: lines for file, lines in reading.items() if file not in MAY_READ_WHOLE_TABLES} == {}
    assert set(MAY_READ_WHOLE_TABLES) - set(reading) == set(), "a permission nobody uses any more"


def test_errands_are_sent_by_deeds_alone():
    sending = found(lambda on, word: word == "across")

    assert [file for file in sending if not file.startswith("actions/")] == []


def test_sight_is_given_and_taken_by_deeds_alone():
    giving = found(lambda on, word: on.rpartition(".")[2] == "sight" and word in GIVES)
    writing = found(
        lambda on, word: (
            on.startswith("Sight.objects") and word in {"create", "update", "delete", "bulk_create"}
        )
    )

    assert [file for file in giving if not file.startswith(MAY_GIVE_SIGHT)] == []
    assert writing == {}


# What only the door makes or touches: a query by hand, a rule, an errand, a viewer put on a row, a signature.
MAKES = {
    "Query",
    "UpdateQuery",
    "DeleteQuery",
    "InsertQuery",
    "AggregateQuery",
    "QuerySet",
    "Errand",
    "SeenBy",
}
TOUCHES = {"_viewer", "_file_seen", "execute_wrappers", "_raw_delete", "_do_update", "_do_insert", "_insert"}
MAY_MAKE: dict[str, str] = {
    "records/errand.py": "sends errands",
    "records/candidates.py": "asks the row rule of tokens, before candidates are counted or cut",
}


def forged(node: ast.AST) -> list[str]:
    lines = [f"{call.lineno} {word}" for call, _, word in calls(node) if word in MAKES]
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr in TOUCHES:
            lines.append(f"{part.lineno} {part.attr}")
        elif (
            isinstance(part, ast.Attribute)
            and part.attr == "viewer"
            and isinstance(part.value, ast.Attribute)
            and part.value.attr == "query"
        ):
            lines.append(f"{part.lineno} query.viewer")
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and "/*seen" in part.value:
            lines.append(f"{part.lineno} a signature")
        elif isinstance(part, ast.Name) and part.id.startswith(("Whole", "Guarded")):
            lines.append(f"{part.lineno} {part.id}")
    return lines


def test_nobody_makes_a_key_of_their_own():
    making = {name(path): forged(tree(path)) for path in modules() if not name(path).startswith(DOOR)}

    assert {file: lines for file, lines in making.items() if lines and file not in MAY_MAKE} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "QuerySet(PersonFile)",
        "models.QuerySet(model=PersonFile).all()",
        "sql.Query(PersonFile)",
        "row._viewer = viewer",
        "rows.query.viewer = viewer",
        "sql + ' /*seen records_personfile*/'",
        "connection.execute_wrappers.clear()",
        "Errand(sender=v, side=s, kinds=k, ground='g')",
        "WholeQuery(PersonFile)",
    ],
)
def test_a_planted_key_is_found(planted):
    assert forged(ast.parse(planted))
