"""Documents side by side: figures of one indicator, targets and results, sections, follow-up, overview."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from pipeline.names import fold, name_key
from pipeline.store import load
from pipeline.store.figures import catalogue, current, write_figures
from pipeline.store.queries import ALL, Page, Record, fetch

COMPARE_FIELDS = (
    "indicator", "unit", "period", "place", "aspect", "value", "value_max", "comparator", "of", "document_id", "page",
    "text", "document", "strength", "figure_id",
)  # fmt: skip


class FigureFilter(NamedTuple):
    """Which figures: ``indicator`` and ``place`` as typed; ``documents`` by id."""

    indicator: str | None = None
    place: str | None = None
    period: str | None = None
    aspect: str | None = None
    documents: tuple[int, ...] | None = None


def refresh(db: Database) -> None:
    """Read the figures of those documents again that were loaded before figures were kept, or by another catalogue."""
    _, mark = current(db)
    stale = db.execute(
        "SELECT d.id FROM documents d LEFT JOIN figured f ON f.document_id = d.id WHERE f.catalogue IS NOT ?", [mark]
    ).fetchall()
    for (document_id,) in stale:
        document = load.load(db, document_id)
        if document is None:
            continue
        with load.transaction(db):
            db.execute("DELETE FROM figures WHERE document_id = ?", [document_id])
            ids = db.execute("SELECT id FROM quantities WHERE document_id = ? ORDER BY position", [document_id])
            write_figures(db, document, document_id, [row[0] for row in ids.fetchall()])


_SELECT = """
    SELECT f.quantity_id AS figure_id, f.indicator, f.indicator_id, f.indicator_key, q.unit, q.per, f.period,
        f.period_from, f.period_to, f.place, f.place_key, f.aspect, q.value, q.value_max, q.comparator, q."of",
        f.document_id, d.label AS document, d.issuer, d.issued_on, d.doc_type, q.page, q.text, q.start, q."end",
        f.strength, f.share, f.part
    FROM figures f JOIN quantities q ON q.id = f.quantity_id JOIN documents d ON d.id = f.document_id
"""
_ORDER = " ORDER BY f.indicator, q.unit, f.period_from, f.period_to, f.place_key, f.aspect, f.document_id, q.position"


def compare(db: Database, wanted: FigureFilter = FigureFilter(), page: Page = ALL) -> list[Record]:  # noqa: B008
    """Figures side by side: those of one indicator, unit and period of many places together; what is said twice, once."""
    refresh(db)
    conditions, parameters = ["NOT f.share"], list[object]()
    if wanted.indicator:
        condition, values = _indicator(db, wanted.indicator)
        conditions.append(condition)
        parameters += values
    if wanted.place:
        conditions.append("' ' || f.place_key || ' ' LIKE ?")
        parameters.append(f"% {name_key(wanted.place)} %")
    if wanted.period:
        conditions.append("(f.period = ? OR substr(f.period_from, 1, 4) <= ? AND substr(f.period_to, 1, 4) >= ?)")
        parameters += [wanted.period] * 3
    if wanted.aspect:
        conditions.append("f.aspect = ?")
        parameters.append(wanted.aspect)
    if wanted.documents is not None:
        conditions.append("f.document_id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(wanted.documents))
    found = fetch(db, f"{_SELECT} WHERE {' AND '.join(conditions)}{_ORDER}", parameters)
    return [as_row(r) for r in page.of(once(found))]


def _indicator(db: Database, asked: str) -> tuple[str, list[object]]:
    """A condition for an indicator as typed: those of the catalogue that it names, else those whose words hold it."""
    named = catalogue(db).named(asked)
    if named:
        return "f.indicator_key IN (SELECT value FROM json_each(?))", [json.dumps([e.id for e in named])]
    return "f.folded LIKE ?", [f"%{fold(asked)}%"]


def once(found: Sequence[Record]) -> list[Record]:
    """Figures without those that a document says again; of two the one with its plan beside it, else the surer."""
    best: dict[tuple[object, ...], Record] = {}
    for r in found:
        same = ("indicator_key", "unit", "period", "place_key", "aspect", "value", "value_max", "document_id")
        key = tuple(r[field] for field in same)
        old = best.get(key)
        if old is None or (r["of"] is not None, r["strength"]) > (old["of"] is not None, old["strength"]):
            best[key] = r
    kept = {id(r) for r in best.values()}
    return [r for r in found if id(r) in kept]


def as_row(record: Record) -> Record:
    """A figure as a row of ``compare``; what it is counted by stands behind its unit."""
    per = json.loads(record["per"])
    unit = "/".join([record["unit"] or "", *per]) if per else record["unit"]
    return {**{field: record[field] for field in COMPARE_FIELDS}, "unit": unit}


def figures_of(db: Database, documents: Sequence[int]) -> list[Record]:
    """Every figure of some documents with all that is known of it, in the order of the text."""
    refresh(db)
    return fetch(
        db,
        f"{_SELECT} WHERE f.document_id IN (SELECT value FROM json_each(?)) ORDER BY f.document_id, q.position",
        [json.dumps(list(documents))],
    )
