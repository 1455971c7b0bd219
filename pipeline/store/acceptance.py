"""Findings that somebody accepted, with the reason: held to the content of the document and the words, so that they
last through re-extraction and newer catalogues. What is opened again stays in the list, with who did it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from pipeline.audit.model import Finding
from pipeline.store.rows import ALL, Page, Record, Where, fetch
from pipeline.store.writing import now, transaction

FIELDS = (
    "finding", "document_id", "document", "text", "reason", "author", "made_at", "reopened_by", "reopened_at",
    "finding_id",
)  # fmt: skip


class UnknownFinding(ValueError):
    """No finding carries this id now."""


def with_ids(db: Database, found: Sequence[Finding]) -> list[Finding]:
    """Findings in text order with their ids, and the reasons of those accepted."""
    ids = json.dumps(sorted({f.document_id for f in found}))
    sql = "SELECT d.id, sha256 FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value"
    digests = dict(db.execute(sql, [ids]).fetchall())
    reasons = dict(db.execute("SELECT finding_id, reason FROM accepted_findings WHERE reopened_at IS NULL").fetchall())
    seen: Counter[tuple[int, str, str]] = Counter()
    known = []
    for f in found:
        words = (f.document_id, f.finding, f.text)
        told = f"{digests[f.document_id]}|{f.finding}|{f.text}|{seen[words]}"
        seen[words] += 1
        finding_id = hashlib.sha256(told.encode()).hexdigest()[:10]
        known.append(replace(f, finding_id=finding_id, accepted=reasons.get(finding_id)))
    return known


def accept(db: Database, found: Sequence[Finding], ids: Sequence[str], reason: str, author: str) -> None:
    """Mark findings as accepted, unless somebody has done so already. Raises :class:`UnknownFinding`."""
    by_id = {f.finding_id: f for f in found}
    missing = [i for i in ids if i not in by_id]
    if missing:
        raise UnknownFinding(", ".join(missing))
    with transaction(db):
        for f in (by_id[i] for i in ids if accepted_by(db, i) is None):
            db.execute(
                "INSERT INTO accepted_findings(finding_id, finding, document, text, reason, author, made_at, sha256)"
                " SELECT ?, ?, ?, ?, ?, ?, ?, sha256 FROM documents WHERE id = ?",
                [f.finding_id, f.finding, f.document, f.text, reason, author, now(), f.document_id],
            )


def accepted_by(db: Database, finding_id: str) -> str | None:
    """Who accepted a finding that is not open again."""
    sql = "SELECT author FROM accepted_findings WHERE finding_id = ? AND reopened_at IS NULL"
    row = db.execute(sql, [finding_id]).fetchone()
    return str(row[0]) if row else None


def take_back(db: Database, ids: Sequence[str], author: str) -> int:
    """Mark findings as open again; return how many were not."""
    with transaction(db):
        done = db.execute(
            "UPDATE accepted_findings SET reopened_by = ?, reopened_at = ? WHERE reopened_at IS NULL"
            " AND finding_id IN (SELECT value FROM json_each(?))",
            [author, now(), json.dumps(list(ids))],
        )
        return int(done.rowcount)


def decisions(db: Database, document_id: int | None = None, page: Page = ALL) -> list[Record]:
    """Every finding that was accepted with who, when and why, the newest first; those opened again too."""
    where = Where()
    if document_id is not None:
        where.add("d.id = ?", document_id)
    return fetch(
        db,
        "SELECT a.finding, d.id AS document_id, a.document, a.text, a.reason, a.author, a.made_at, a.reopened_by,"
        " a.reopened_at, a.finding_id FROM accepted_findings a LEFT JOIN documents d ON d.sha256 = a.sha256"
        f"{where.sql} ORDER BY a.id DESC{page.sql}",
        where.parameters,
    )


def count(db: Database, document_id: int | None = None) -> int:
    """How many findings are accepted now, of a document or of all."""
    of = "" if document_id is None else " AND sha256 = (SELECT sha256 FROM documents WHERE id = :id)"
    sql = f"SELECT count(*) FROM accepted_findings WHERE reopened_at IS NULL{of}"
    return int(db.execute(sql, {"id": document_id}).fetchone()[0])
