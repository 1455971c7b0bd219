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
from pipeline.compare.model import Figure
from pipeline.indicators import Catalogue, known
from pipeline.model import Document
from pipeline.names import fold
from pipeline.store.writing import transaction

INDICATOR_COLUMNS = ("id", "name", "units", "topic", "part_of", "synonyms", "excluded")


def write_figures(
    db: Database, document: Document, document_id: int, quantity_ids: Sequence[int], mark: str, found: Sequence[Figure]
) -> None:
    """Write the figures of a document, read by the catalogue of a mark, within the caller's transaction.

    ``quantity_ids`` are the rows of its quantities.
    """
    again = _again(document, found)
    db.conn.executemany(
        "INSERT INTO figures(quantity_id, document_id, indicator_key, indicator_id, indicator, words,"
        " strength, aspect, period, period_from, period_to, place, place_key, share, part, unit, again)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*_row(f, document_id, quantity_id), f.position in again)
            for f, quantity_id in zip(found, quantity_ids, strict=True)
        ],
    )
    db.conn.executemany(
        "INSERT OR IGNORE INTO figure_names(indicator_key, folded) VALUES (?, ?)",
        sorted({(key, fold(name)) for key, name in {(f.key, f.indicator) for f in found}}),
    )
    db.execute("INSERT OR REPLACE INTO figured(document_id, catalogue) VALUES (?, ?)", [document_id, mark])


def _again(document: Document, found: Sequence[Figure]) -> set[int]:
    """Figures that a document says twice, by position: of two the one with its plan beside it stays, else the surer."""
    best: dict[tuple[object, ...], Figure] = {}
    again: set[int] = set()
    for f in found:
        q = document.quantities[f.position]
        key = (f.key, f.unit, f.period, f.place_key, f.aspect, q.value, q.value_max)
        old = best.get(key)
        if old is None or _worth(document, f) > _worth(document, old):
            best[key] = f
            again |= {old.position} if old else set()
        else:
            again.add(f.position)
    return again


def _worth(document: Document, f: Figure) -> tuple[bool, float]:
    return document.quantities[f.position].of is not None, f.strength


def _row(f: Figure, document_id: int, quantity_id: int) -> tuple[object, ...]:
    start, end = f.period
    return (
        quantity_id,
        document_id,
        f.key,
        f.indicator_id,
        f.indicator or "?",
        f.words,
        round(f.strength, 3),
        f.aspect,
        f.period.label,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        f.place,
        f.place_key,
        f.share,
        f.part,
        f.unit,
    )


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
