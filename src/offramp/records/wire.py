"""The second lock: SQL about people leaves for the database only with the guard's signature.

The guard in the compiler sees what Django's ORM builds from a protected model. What it cannot see is a raw
cursor, RawSQL, a plain Query made by hand, or an open table joined into a protected one. Those reach the wire
all the same, and here each statement that names a protected table must carry `/*seen table*/`.

It is a net under mistakes, not a wall against a developer who forges the signature; an AST test forbids that.
"""

import re
from functools import lru_cache

from django.db.backends.signals import connection_created

from offramp.records.guard import protected_tables
from offramp.records.rule import NoViewer

_SIGNED = re.compile(r"/\*seen ([^*]*)\*/")
_INSERT = re.compile(r'\s*INSERT\s+INTO\s+"?(\w+)"?', re.IGNORECASE)
# What only shapes tables, empties them for a test, or resets a counter tells nobody anything.
_SHAPES = re.compile(
    r"\s*(CREATE|ALTER|DROP|PRAGMA|COMMENT|TRUNCATE|ANALYZE|VACUUM|REINDEX|LOCK|SAVEPOINT|RELEASE|ROLLBACK)\b"
    r'|\s*DELETE\s+FROM\s+"?\w+"?\s*;?\s*$|\s*INSERT\s+INTO\s+"?new__|\s*SELECT\s+setval\('
    r'|\s*UPDATE\s+"sqlite_sequence"',
    re.IGNORECASE,
)
_CREATES_FROM = re.compile(r"\s*CREATE\b.*\bSELECT\b", re.IGNORECASE | re.DOTALL)
_names: tuple[dict | None, re.Pattern] = (None, re.compile("(?!)"))
# Statements come again and again, only their parameters differ: each text is judged once.
STATEMENTS_KNOWN = 4_000


def watch(execute, sql, params, many, context):
    """Let the statement pass, or say why not."""
    if isinstance(sql, str) and (named := _past_the_door(sql, _protected_names())):
        raise NoViewer(f"SQL that names {', '.join(sorted(named))} did not come through the door")
    return execute(sql, params, many, context)


@lru_cache(STATEMENTS_KNOWN)
def _past_the_door(sql: str, protected: re.Pattern) -> frozenset[str]:
    """The protected tables this statement names without the guard's signature, if it could show or change them."""
    named = set(protected.findall(sql))
    if named:
        for signed in _SIGNED.findall(sql):
            named -= set(signed.split())
    return frozenset(named) if named and not _harmless(sql, named) else frozenset()


def _harmless(sql: str, named: set[str]) -> bool:
    if _SHAPES.match(sql):
        return not _CREATES_FROM.match(sql)
    # A plain insert shows nothing; one that reads or writes over a protected table does.
    into = _INSERT.match(sql)
    return (
        bool(into)
        and named == {into.group(1)}
        and not re.search(r"\bON CONFLICT\b|\bFROM \"?records_", sql, re.IGNORECASE)
    )


def _protected_names() -> re.Pattern:
    global _names
    tables = protected_tables()
    if tables is not _names[0]:
        words = "|".join(sorted(map(re.escape, tables), key=len, reverse=True)) or "(?!)"
        _names = (tables, re.compile(rf"\b(?:{words})\b"))
    return _names[1]


def stretch(connection, **kwargs) -> None:
    """Every connection is watched from its first statement on."""
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, watch)


def lay() -> None:
    """Watch every connection this process opens. Django offers no other place to stand than this signal."""
    connection_created.connect(stretch, dispatch_uid="offramp.wire")
