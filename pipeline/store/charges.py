"""Charges: a body as documents of one place and era charge it, with duties on some fields.

Whom a task is laid on, whether a collective in it holds a commune, who holds the duty after the reorganisations: all of
it is alike for every task of a charge. So these questions are put to the charges, which are few, and not to the tasks.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby

from sqlite_utils import Database

from pipeline.resolve.succession import era, fields_of
from pipeline.store.writing import id_of

_OWNERS = """
    SELECT t.id, t.position, t.role, t.due, t.text, o.agency_id
    FROM tasks t JOIN task_agencies o ON o.task_id = t.id WHERE t.document_id = ? ORDER BY t.position, o.position
"""
_WHERE = """
    SELECT coalesce(province, ''), coalesce(district, ''), coalesce(commune, ''), issued_on FROM documents WHERE id = ?
"""
_COLUMNS = ("agency_id", "province", "district", "commune", "fields", "era")


def write(db: Database, document_id: int) -> None:
    """Put the stored tasks of a document under their charges, within a transaction of the caller."""
    *place, issued = db.execute(_WHERE, [document_id]).fetchone()
    since = era(date.fromisoformat(issued) if issued else None)
    known: dict[tuple[int, str], int] = {}
    rows = []
    for task, owners in groupby(db.execute(_OWNERS, [document_id]).fetchall(), key=lambda row: tuple(row[:5])):
        task_id, position, role, due, text = task
        fields = written(fields_of(text))
        for rank, (*_, agency_id) in enumerate(owners):
            if (agency_id, fields) not in known:
                known[agency_id, fields] = id_of(
                    db, "charges", _COLUMNS, [agency_id, *place, fields, since.isoformat()]
                )
            rows.append((task_id, rank, known[agency_id, fields], agency_id, document_id, position, role, due))
    db.conn.executemany("INSERT INTO task_charges VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def write_all(db: Database) -> None:
    """Put every stored task under its charges."""
    for (document_id,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        write(db, document_id)


def written(fields: frozenset[str]) -> str:
    """Fields as a charge has them."""
    return "|".join(sorted(fields))


def read(fields: str) -> frozenset[str]:
    """The fields of a charge."""
    return frozenset(filter(None, fields.split("|")))
