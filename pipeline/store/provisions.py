"""Provisions cited of documents that the store holds, against their text."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from pipeline.audit.law.catalogue import Catalogue
from pipeline.audit.law.provisions import absent_provision, outline_of
from pipeline.audit.model import Finding, Mention
from pipeline.store.following import SOURCE, source_of_row

#: A document that was not read from pictures, and that no other document amends.
_READ = f"""
    SELECT {SOURCE} FROM documents d WHERE id = ? AND ocr_pages = '[]' AND NOT EXISTS (SELECT 1 FROM citations c
        WHERE c.cited_id = (SELECT cited_id FROM citations WHERE id = ?) AND c.relation = 'amends')
"""


def absent_provisions(db: Database, mentions: Sequence[Mention], known: Catalogue) -> Iterator[Finding]:
    """The provisions that some mentions name and the documents cited do not have."""
    cited: dict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        held = known.held(m) if m.partial and not any(e.amended_by for e in known.of(m)) else None
        if held is not None and held != m.source.id:
            cited[held].append(m)
    for document_id, citing in cited.items():
        row = db.execute(_READ, [document_id, citing[0].citation_id]).fetchone()
        lines = db.execute("SELECT text FROM paragraphs WHERE document_id = ? ORDER BY start", [document_id])
        outline = outline_of(line for (line,) in lines.fetchall()) if row else {}
        if outline:
            pinpoints = _pinpoints(db, citing)
            for m in citing:
                yield from absent_provision(m, pinpoints[m.citation_id], source_of_row(row), outline)


def _pinpoints(db: Database, mentions: Sequence[Mention]) -> dict[int, dict[str, str]]:
    sql = "SELECT id, pinpoint FROM citations WHERE id IN (SELECT value FROM json_each(?))"
    rows = db.execute(sql, [json.dumps([m.citation_id for m in mentions])]).fetchall()
    return {citation_id: json.loads(pinpoint) for citation_id, pinpoint in rows}
