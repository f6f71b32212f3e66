"""Rows by the million, past the ORM: plain tuples in the order of their columns, indexes taken off first and put on last.

Memory stays flat: rows go through in batches, and the one table that has to be in order, the search tokens, is sorted by
the database on disk. Only ever used on a database that can be thrown away: nothing here survives an interruption.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import connection

from offramp.records.tokens import SearchToken

TOKENS = SearchToken._meta.db_table
Row = Sequence[Any]


@contextmanager
def loading() -> Iterator["Bulk"]:
    """Everything that is added inside goes in without indexes; they are there again at the end, and statistics with them."""
    bulk = Postgres() if connection.vendor == "postgresql" else SQLite()
    bulk.begin()
    yield bulk
    bulk.finish()


class Bulk:
    """What both databases share: which tables, and how a value is written."""

    def __init__(self):
        self.tables = [model._meta.db_table for model in apps.get_app_config("records").get_models()]
        self.put_back: list[str] = []

    def add(self, model, columns: str, rows: Iterable[Row]) -> None:
        """These rows of one table. `columns` names them as the model does, foreign keys with their `_id`."""
        names = [model._meta.get_field(name).column for name in columns.split()]
        self.write(model._meta.db_table, names, rows)

    def execute(self, *statements: str) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def ask(self, question: str, *values) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()

    def begin(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        raise NotImplementedError

    def write(self, table: str, columns: list[str], rows: Iterable[Row]) -> None:
        raise NotImplementedError

    def tokens(self, pairs: Iterable[tuple[int, int]]) -> None:
        raise NotImplementedError


class SQLite(Bulk):
    """By executemany. Tokens wait in a table of their own, so that their key's index grows from left to right."""

    WAIT = "bench_tokens"

    def begin(self) -> None:
        # No journal: who breaks off starts again. A sorter that is told to use files does not grow in memory.
        self.execute(
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "PRAGMA temp_store=FILE",
            "PRAGMA cache_size=-200000",
        )
        for name, table, made in self.ask(
            "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ):
            if table in self.tables:
                self.execute(f'DROP INDEX "{name}"')
                self.put_back.append(made)
        self.execute(f"CREATE TABLE {self.WAIT} (token INTEGER, file_id INTEGER)")

    def write(self, table: str, columns: list[str], rows: Iterable[Row]) -> None:
        marks = ", ".join(["?"] * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        self._many(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
            ([_plain(value) for value in row] for row in rows),
        )

    def tokens(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._many(f"INSERT INTO {self.WAIT} VALUES (?, ?)", pairs)

    def _many(self, statement: str, rows: Iterable[Row]) -> None:
        # Straight to sqlite3: Django would hold all rows in a list, and look at each of them.
        connection.ensure_connection()
        connection.connection.execute("BEGIN")
        connection.connection.executemany(statement, rows)
        connection.connection.execute("COMMIT")

    def finish(self) -> None:
        self.execute(
            f"INSERT INTO {TOKENS} (token, file_id) SELECT token, file_id FROM {self.WAIT} ORDER BY token, file_id"
        )
        self.execute(f"DROP TABLE {self.WAIT}", *self.put_back, "ANALYZE", "PRAGMA journal_mode=WAL")
        connection.close()  # a new one has the product's own settings


class Postgres(Bulk):
    """By COPY. Constraints that are indexes or look into other tables come off too, and are proven when they come back."""

    def begin(self) -> None:
        self.execute("SET synchronous_commit = off", "SET maintenance_work_mem = '512MB'")
        held = self.ask(
            "SELECT c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid) FROM pg_constraint c"
            " JOIN pg_class t ON t.oid = c.conrelid WHERE t.relname = ANY(%s) AND (c.contype IN ('f', 'u') OR c.contype = 'p'"
            " AND t.relname = %s) ORDER BY c.contype = 'p', c.contype = 'u'",
            self.tables,
            TOKENS,
        )
        self.execute(*(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in held))
        indexes = self.ask(
            "SELECT quote_ident(indexname), indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND schemaname = 'public'"
            " AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
            self.tables,
        )
        self.execute(*(f"DROP INDEX {name}" for name, _ in indexes))
        back = [f"ALTER TABLE {table} ADD CONSTRAINT {name} {made}" for table, name, made in reversed(held)]
        self.put_back = [made for _, made in indexes] + back

    def write(self, table: str, columns: list[str], rows: Iterable[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(
                    [json.dumps(value) if isinstance(value, list | dict) else value for value in row]
                )

    def tokens(self, pairs: Iterable[tuple[int, int]]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {TOKENS} (token, file_id) FROM STDIN") as copy:
            copy.write("".join(f"{token}\t{file}\n" for token, file in pairs))

    def finish(self) -> None:
        self.execute(*self.put_back)
        for table, column in self.ask(
            "SELECT table_name, column_name FROM information_schema.columns WHERE is_identity = 'YES' AND table_name = ANY(%s)",
            self.tables,
        ):
            self.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 0) + 1, false) FROM {table}"
            )
        self.execute("VACUUM ANALYZE")


def _plain(value: Any) -> Any:
    """As Django writes it into SQLite."""
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return json.dumps(value) if isinstance(value, list | dict) else value
