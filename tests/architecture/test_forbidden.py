"""What no module may do: go round the door, look at the clock below the top floors, hide a deed in a signal."""

import ast

import pytest

from tests.architecture.source import DOOR, calls, imports, modules, name, tree

# -- Round the door -------------------------------------------------------------------------------------------------

RAW = {"cursor", "RawSQL", "extra", "raw", "execute", "executemany"}

# Files that speak to the database themselves, each with its reason.
MAY_SPEAK_SQL: dict[str, str] = {
    "formats/hsds/staging.py": "lays a directory's rows out in a temporary file of its own; no person is in it",
    "formats/hsds/staged_links.py": "the same temporary file",
    "records/inspection.py": "asks the database whether it holds together",
    "records/copies_sqlite.py": "SQLite's own backup, and whether anybody works here, of a file Django has not opened",
    "records/copies_postgres.py": "whether anybody works here, and whether somebody is still at it",
    "demo/city.py": "asks the database to count its rows, so that it plans its queries well",
    "records/append_only.py": "sets the triggers by which the database itself refuses to change the ledger",
}


def raw_calls(node: ast.AST) -> list[str]:
    return [f"{call.lineno} {ast.unparse(call)[:60]}" for call, _, word in calls(node) if word in RAW]


def test_nobody_speaks_to_the_database_round_the_door():
    found = {name(path): raw_calls(tree(path)) for path in modules() if not name(path).startswith((*DOOR, "bench/"))}
    speaking = {file: lines for file, lines in found.items() if lines}

    assert {file: lines for file, lines in speaking.items() if file not in MAY_SPEAK_SQL} == {}
    assert set(MAY_SPEAK_SQL) - set(speaking) == set(), "a permission nobody uses any more"


# -- The clock ------------------------------------------------------------------------------------------------------

NO_CLOCK = ("rules", "pathways", "records", "insight", "formats", "notices", "actions", "extracts")
CLOCKS = {"now", "utcnow", "today", "localdate", "localtime", "Now", "monotonic", "perf_counter"}
CLOCK_MODULES = {"datetime", "date", "timezone", "time", "dt", ""}


def clock_looks(node: ast.AST) -> list[str]:
    """A call of a clock, a clock handed over as a default, or Django's own `auto_now`."""
    found = []
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr in CLOCKS | {"time"}:
            if ast.unparse(part.value).rpartition(".")[2] in CLOCK_MODULES - ({"datetime", "dt", ""} if part.attr == "time" else set()):
                found.append(f"{part.lineno} {ast.unparse(part)}")
        elif isinstance(part, ast.keyword) and part.arg in {"auto_now", "auto_now_add"}:
            found.append(f"{part.value.lineno} {part.arg}")
    return found + [f"{line} {what}" for line, what in imports(node) if what in {"django.utils.timezone.now", "time.time"}]


def test_time_comes_in_as_an_argument():
    found = {name(path): clock_looks(tree(path)) for path in modules(*NO_CLOCK)}

    assert {file: lines for file, lines in found.items() if lines} == {}


# -- Hidden deeds ---------------------------------------------------------------------------------------------------

SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals", "django.test.signals")

# Files that hang on a signal of Django's own machinery, each with its reason. No deed hangs on one.
MAY_HEAR_SIGNALS: dict[str, str] = {
    "records/apps.py": "the ledger's triggers are set whenever Django has migrated; a migration is no deed",
}

# Methods that are there to refuse.
REFUSES: dict[str, str] = {
    "records/ledger.py AddOnly.delete": "an entry is never taken out",
}


def test_there_are_no_signals():
    found = {name(path): what for path in modules() for _, what in imports(tree(path)) if what.startswith(SIGNALS)}

    assert {file: what for file, what in found.items() if file not in MAY_HEAR_SIGNALS} == {}
    assert set(MAY_HEAR_SIGNALS) - set(found) == set(), "a permission nobody uses any more"


def test_no_model_hides_work_in_save_or_delete():
    found = {
        f"{name(path)} {kind.name}.{method.name}"
        for path in modules()
        if not name(path).startswith(DOOR)
        for kind in ast.walk(tree(path))
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.FunctionDef) and method.name in {"save", "delete", "full_clean"}
    }

    assert found - set(REFUSES) == set()
    assert set(REFUSES) - found == set(), "a permission nobody uses any more"


# -- Who writes -----------------------------------------------------------------------------------------------------

WRITES = {"save", "delete", "create", "update", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
WRITES |= {f"a{word}" for word in WRITES}

# Files above actions that write rows of their own, each with its reason.
MAY_WRITE: dict[str, str] = {
    "pages/account/drafts.py": "a draft is a page's own short memory, like the session: nothing was done with it yet",
    "pages/account/second_step.py": "takes off a second step, which is allauth's own row; the deed that follows writes the ledger",
}


def writes(node: ast.AST) -> list[str]:
    """Calls that write rows. Rows are updated by keywords; what is handed over plainly is put into a dictionary."""
    found = [(call, f"{on}.{word}") for call, on, word in calls(node) if word in WRITES and on]
    return [words for call, words in found if not (words.endswith(".update") and call.args)]


def test_pages_exchange_and_jobs_write_through_actions_only():
    found = {name(path): writes(tree(path)) for path in modules("pages", "exchange", "jobs")}
    writing = {file: lines for file, lines in found.items() if lines}

    assert {file: lines for file, lines in writing.items() if file not in MAY_WRITE} == {}
    assert set(MAY_WRITE) - set(writing) == set(), "a permission nobody uses any more"


# -- Deeds ----------------------------------------------------------------------------------------------------------


def called_from_above() -> set[tuple[str, str]]:
    """Each call of a module's function on the floors above actions, as (module, function)."""
    above = modules("pages", "exchange", "jobs", "demo", "bench", "cli")
    return {(on.rpartition(".")[2], word) for path in above for _, on, word in calls(tree(path)) if on}


def test_every_deed_takes_keywords_only():
    """A function of actions/ that is called from above, and is told who looks and when, changes something: it is a deed."""
    used = called_from_above()

    assert [
        f"{name(path)}:{deed.lineno} {deed.name}"
        for path in modules("actions")
        for deed in tree(path).body
        if isinstance(deed, ast.FunctionDef) and (path.stem, deed.name) in used
        if {"viewer", "at"} <= {argument.arg for argument in [*deed.args.args, *deed.args.kwonlyargs]}
        if deed.args.args or deed.args.kwarg or deed.args.vararg
    ] == []


# -- Forms ----------------------------------------------------------------------------------------------------------

WRITES_BY_ITSELF = {"ModelForm", "modelform_factory", "modelformset_factory", "inlineformset_factory", "ModelAdmin", "full_clean"}


def test_no_form_and_no_admin_writes_a_record_by_itself():
    named = {
        f"{name(path)}:{part.lineno}"
        for path in modules()
        if not name(path).startswith(DOOR)
        for part in ast.walk(tree(path))
        if (isinstance(part, ast.Attribute) and part.attr in WRITES_BY_ITSELF)
        or (isinstance(part, ast.Name) and part.id in WRITES_BY_ITSELF)
    }

    assert named == set()


# -- The tests of the tests -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "planted",
    ["connection.cursor()", "Person.objects.raw('x')", "qs.extra(where=['1'])", "q.annotate(a=RawSQL('x', []))"],
)
def test_a_planted_way_round_the_door_is_found(planted):
    assert raw_calls(ast.parse(planted))


@pytest.mark.parametrize(
    "planted",
    [
        "timezone.now()",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "time.time()",
        "DateTimeField(default=timezone.now)",
        "DateTimeField(auto_now_add=True)",
        "from django.utils.timezone import now",
    ],
)
def test_a_planted_look_at_the_clock_is_found(planted):
    assert clock_looks(ast.parse(planted))


def test_a_planted_write_above_actions_is_found():
    assert writes(ast.parse("Referral.objects.seen_by(v).update(state='x')"))
