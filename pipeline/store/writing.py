"""What writing to the store shares: transactions, and moments and lists as it keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing; takes the right to write at once, so that two programs wait for each other instead of failing.

    Within another transaction it is part of that one: a savepoint would copy every page that it touches.
    """
    if db.conn.in_transaction:
        yield
        return
    with db.conn:
        db.conn.execute("BEGIN IMMEDIATE")
        yield


def id_of(db: Database, table: str, columns: Sequence[str], values: Sequence[Any]) -> int:
    """The id of the row with these values, which is made when missing."""
    same = " AND ".join(f"{column} = ?" for column in columns)
    found = db.execute(f"SELECT id FROM {table} WHERE {same}", values).fetchone()
    if found is None:
        places = ", ".join("?" * len(columns))
        found = (db.execute(f"INSERT INTO {table}({', '.join(columns)}) VALUES ({places})", values).lastrowid,)
    return int(found[0])


def dumps(value: Any) -> str:
    """A value as JSON, in letters that a reader of the store knows."""
    return json.dumps(value, ensure_ascii=False)


def now() -> str:
    """This moment in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
