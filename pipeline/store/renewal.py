"""Figures read again: those of documents that were loaded by another catalogue of indicators than today's.

That takes some milliseconds a document, so that whoever has many of them to read should say so (``stale``, ``renew``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from pipeline.compare.figures import figures
from pipeline.compare.rows import figure_rows
from pipeline.store import load
from pipeline.store.figures import catalogue, write_figures
from pipeline.store.writing import transaction

_TOGETHER = 25  # documents of one transaction; for so long nobody else can write


def stale(db: Database, documents: Sequence[int] | None = None) -> list[int]:
    """The documents (of these, or of all) whose figures must be read again before they are compared."""
    mark = catalogue(db).mark
    if documents is None:
        read = db.execute("SELECT count(*) FROM figured WHERE catalogue = ?", [mark]).fetchone()
        if read == db.execute("SELECT count(*) FROM documents WHERE lead_id IS NULL").fetchone():
            return []
    among = "" if documents is None else " AND d.id IN (SELECT value FROM json_each(:among))"
    found = db.execute(
        "SELECT d.id FROM documents d LEFT JOIN figured f ON f.document_id = d.id"
        f" WHERE f.catalogue IS NOT :mark AND d.lead_id IS NULL{among} ORDER BY d.id",
        {"mark": mark, "among": json.dumps(list(documents or []))},
    )
    return [row[0] for row in found.fetchall()]


def renew(db: Database, documents: Sequence[int]) -> Iterator[int]:
    """Read the figures of these documents again; after every few, how many are done."""
    for done in range(0, len(documents), _TOGETHER):
        with transaction(db):
            for document_id in documents[done : done + _TOGETHER]:
                _renew(db, document_id)
        yield min(done + _TOGETHER, len(documents))
    if documents:
        with transaction(db):
            db.execute(
                "DELETE FROM figure_names WHERE NOT EXISTS"
                " (SELECT 1 FROM figures f WHERE f.indicator_key = figure_names.indicator_key)"
            )


def _renew(db: Database, document_id: int) -> None:
    document = load.load(db, document_id)
    if document is None:
        return
    db.execute("DELETE FROM figures WHERE document_id = ?", [document_id])
    ids = db.execute("SELECT id FROM quantities WHERE document_id = ? ORDER BY position", [document_id])
    known = catalogue(db)
    found = figure_rows(document, figures(document, known))
    write_figures(db, document_id, [row[0] for row in ids.fetchall()], known.mark, found)


def refresh(db: Database, documents: Sequence[int] | None = None) -> None:
    """Read the figures that must be read again, of these documents or of all."""
    renew_all(db, stale(db, documents))


def renew_all(db: Database, documents: Sequence[int]) -> None:
    """Read the figures of these documents again, all before anything else is done."""
    for _ in renew(db, documents):
        pass
