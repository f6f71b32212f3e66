"""The database's own refusal to change or remove what the ledger holds, on both databases.

Set up after every migration. A person with the database's password can take it down again; then the chain tells.
"""

from django.db import connections

TABLES = ("records_entry", "records_seal")
SAYS = "the ledger is only added to"


def hold(using: str, *, acts: tuple[str, ...] = ("update", "delete")) -> None:
    """Set the guards, or set them anew. Tests that empty SQLite's tables after themselves leave "delete" out."""
    connection = connections[using]
    statements = _postgres() if connection.vendor == "postgresql" else _sqlite(acts)
    with connection.cursor() as cursor:
        if not set(TABLES) <= set(connection.introspection.table_names(cursor)):
            return  # migrated back to before there was a ledger
        for statement in statements:
            cursor.execute(statement)


def _sqlite(acts: tuple[str, ...]) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for table in TABLES
        for act in acts
    ]


def _postgres() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{SAYS}'; END $$"
    )
    statements = [function]
    for table in TABLES:
        statements.append(f"DROP TRIGGER IF EXISTS {table}_only_added ON {table}")
        statements.append(
            f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION only_added_to()"
        )
    return statements
