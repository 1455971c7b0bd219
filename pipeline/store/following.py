"""Which documents of the store lay tasks on bodies that have issued since, but nowhere cite them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlite_utils import Database

from pipeline.audit.law.catalogue import key_of, register
from pipeline.audit.law.following import NAMED, Charge, unfollowed
from pipeline.audit.model import Finding, Source
from pipeline.names import fold

#: The columns of a document ``d`` as the audit knows it.
SOURCE = "d.id, d.label, d.doc_type, d.symbol, d.issuer, d.title, d.issued_on"
_CHARGES = f"""
    SELECT {SOURCE}, a.name, t.text, min(t.start), t."end", t.page
    FROM tasks t JOIN task_agencies o ON o.task_id = t.id JOIN agencies a ON a.id = o.agency_id
    JOIN documents d ON d.id = t.document_id
    WHERE t.role IN ('lead', 'direct') AND EXISTS (SELECT 1 FROM documents WHERE issuer = a.name)
"""


def unfollowed_by(db: Database, documents: Sequence[int]) -> Iterator[Finding]:
    """One finding for each document (of these, or of all) and body charged that has issued since without citing it."""
    for source, charges in groupby(_charges(db, documents), key=lambda charge: charge.source):
        asking = [charge for charge in charges if charge.asks]
        last_citing = _last_citing(db, source) if asking else {}
        for charge in asking:
            if (last_citing.get(charge.agency) or date.min) <= (source.issued_on or date.min):
                yield from _unfollowed(db, charge)


def _charges(db: Database, documents: Sequence[int]) -> Iterator[Charge]:
    """The first task that each document lays on each agency whose documents the store has."""
    only = " AND t.document_id IN (SELECT value FROM json_each(:ids))" if documents else ""
    parameters = {"ids": json.dumps(list(documents))} if documents else {}
    rows = db.execute(f"{_CHARGES}{only} GROUP BY t.document_id, a.id ORDER BY t.document_id", parameters)
    for row in rows.fetchall():
        yield Charge(source_of_row(row), *row[7:])


def _last_citing(db: Database, source: Source) -> dict[str, date | None]:
    """When each issuer last issued a document that cites a document."""
    key = register(key_of(source))
    rows = db.execute(
        'SELECT id, "key" FROM cited_documents WHERE symbol_key = ? OR "key" = ?', [fold(source.symbol or ""), key]
    )
    ids = [cited_id for cited_id, other in rows.fetchall() if register(other) == key]
    found = db.execute(
        "SELECT d.issuer, max(d.issued_on) FROM (SELECT DISTINCT document_id FROM citations"
        " WHERE cited_id IN (SELECT value FROM json_each(?))) c CROSS JOIN documents d ON d.id = c.document_id"
        " WHERE d.issuer IS NOT NULL GROUP BY 1",
        [json.dumps(ids)],
    )
    return {issuer: day_of(last) for issuer, last in found.fetchall()}


def _unfollowed(db: Database, charge: Charge) -> Iterator[Finding]:
    since = db.execute(
        f"SELECT {SOURCE}, count(*) OVER () FROM documents d WHERE issuer = ? AND issued_on > ? AND lead_id IS NULL"
        f" ORDER BY d.id LIMIT {NAMED}",
        [charge.agency, str(charge.source.issued_on)],
    ).fetchall()
    if since:
        yield unfollowed(charge, [source_of_row(row) for row in since], since[0][7])


def source_of_row(row: Sequence[Any]) -> Source:
    """The columns of ``SOURCE`` as the audit knows them."""
    return Source._make([*row[:6], day_of(row[6])])


def day_of(day: str | None) -> date | None:
    """A day as the store has it."""
    return date.fromisoformat(day) if day else None
