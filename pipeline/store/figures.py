"""Figures in the store: written when a document is loaded, read again when the catalogue of indicators has changed.

Staff extend the catalogue with rows of the same form as ``patterns/indicators.csv``; those kept in the store join the
built-in ones, and every figure is read anew the next time that figures are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlite_utils import Database

from patterns import rows
from pipeline.compare.rows import COLUMNS, FigureRows
from pipeline.indicators import Catalogue, known
from pipeline.store.writing import transaction

INDICATOR_COLUMNS = ("id", "name", "units", "topic", "part_of", "synonyms", "excluded")


_INSERT = (
    f"INSERT INTO figures(quantity_id, document_id, {', '.join(COLUMNS)})"
    f" VALUES (?, ?, {', '.join('?' for _ in COLUMNS)})"
)


def write_figures(db: Database, document_id: int, quantity_ids: Sequence[int], mark: str, figures: FigureRows) -> None:
    """Write the figures of a document, read by the catalogue of a mark, within the caller's transaction.

    ``quantity_ids`` are the rows of its quantities.
    """
    rows = zip(quantity_ids, figures.rows, strict=True)
    db.conn.executemany(_INSERT, [(quantity_id, document_id, *row) for quantity_id, row in rows])
    db.conn.executemany("INSERT OR IGNORE INTO figure_names(indicator_key, folded) VALUES (?, ?)", figures.names)
    db.execute("INSERT OR REPLACE INTO figured(document_id, catalogue) VALUES (?, ?)", [document_id, mark])


def catalogue(db: Database) -> Catalogue:
    """The built-in indicators with those that staff added."""
    added = db.execute("SELECT entry FROM indicators ORDER BY rowid").fetchall()
    return _extended(tuple(row[0] for row in added)) if added else known()


@lru_cache(maxsize=8)
def _extended(added: tuple[str, ...]) -> Catalogue:
    return Catalogue([*rows("indicators"), *map(json.loads, added)])


def add_indicators(db: Database, entries: Sequence[Mapping[str, str]]) -> int:
    """Keep rows of the form of ``patterns/indicators.csv``; a row of the same id replaces the one added before."""
    with transaction(db):
        for entry in entries:
            kept = json.dumps({c: (entry.get(c) or "").strip() for c in INDICATOR_COLUMNS}, ensure_ascii=False)
            db.execute("INSERT OR REPLACE INTO indicators(id, entry) VALUES (?, ?)", [entry["id"].strip(), kept])
    return len(entries)
