"""What a document's figures and dates say against each other: found when it is loaded, and kept beside it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import islice

from sqlite_utils import Database

import pipeline
from pipeline.audit.figures import audit_figures
from pipeline.audit.model import Finding
from pipeline.model import Document
from pipeline.store.writing import dumps

_BATCH = 200


def keep(db: Database, document_id: int, found: Sequence[Finding]) -> None:
    """Store what was found in a document, within a transaction of the caller."""
    told = [asdict(replace(f, document_id=document_id)) for f in found]
    db.execute(
        "INSERT OR REPLACE INTO figure_findings(document_id, program, findings) VALUES (?, ?, ?)",
        [document_id, pipeline.__version__, dumps(told)],
    )


def of_documents(db: Database, documents: Sequence[int] = ()) -> Iterator[Finding]:
    """The findings about figures of some documents, or of all; ``quantity_ids`` are ids of the store."""
    _catch_up(db, documents)
    where = " WHERE f.findings <> '[]'"
    if documents:
        where += " AND f.document_id IN (SELECT value FROM json_each(:ids))"
    rows = db.execute(
        "SELECT f.findings, (SELECT min(id) FROM quantities q WHERE q.document_id = f.document_id)"
        f" FROM figure_findings f{where} ORDER BY f.document_id",
        {"ids": json.dumps(list(documents))} if documents else {},
    )
    for content, first in rows.fetchall():
        for fields in json.loads(content):
            fields["quantity_ids"] = [(first or 0) + i for i in fields["quantity_ids"]]
            yield Finding(**fields)


def _catch_up(db: Database, documents: Sequence[int]) -> None:
    """Find for those documents, or all, that an older version of the program loaded."""
    among = " AND id IN (SELECT value FROM json_each(?))" if documents else ""
    missing = db.execute(
        f"SELECT id, content FROM documents d WHERE lead_id IS NULL{among} AND NOT EXISTS (SELECT 1 FROM"
        " figure_findings f WHERE f.document_id = d.id AND f.program = ?) ORDER BY id",
        [*([json.dumps(list(documents))] if documents else []), pipeline.__version__],
    )
    while batch := list(islice(missing, _BATCH)):
        with db.conn:
            for document_id, content in batch:
                document = Document.model_validate_json(zlib.decompress(content))
                keep(db, document_id, audit_figures(document, document_id))
