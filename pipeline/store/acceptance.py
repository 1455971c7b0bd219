"""Findings that somebody accepted, with the reason: held to the content of the document and the words, so that they
last through re-extraction and newer catalogues."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from pipeline.audit.model import Finding
from pipeline.store.writing import now


class UnknownFinding(ValueError):
    """No finding carries this id now."""


def with_ids(db: Database, found: Sequence[Finding]) -> list[Finding]:
    """Findings in text order with their ids, and the reasons of those accepted."""
    ids = json.dumps(sorted({f.document_id for f in found}))
    sql = "SELECT d.id, sha256 FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value"
    digests = dict(db.execute(sql, [ids]).fetchall())
    reasons = dict(db.execute("SELECT finding_id, reason FROM accepted_findings").fetchall())
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
    """Mark findings as accepted. Raises :class:`UnknownFinding`."""
    by_id = {f.finding_id: f for f in found}
    missing = [i for i in ids if i not in by_id]
    if missing:
        raise UnknownFinding(", ".join(missing))
    with db.conn:
        for i in ids:
            f = by_id[i]
            row = [i, f.finding, f.document, f.text, reason, author, now()]
            db.execute("INSERT OR REPLACE INTO accepted_findings VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def take_back(db: Database, ids: Sequence[str]) -> None:
    """Mark findings as open again."""
    with db.conn:
        for i in ids:
            db.execute("DELETE FROM accepted_findings WHERE finding_id = ?", [i])
