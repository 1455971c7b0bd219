"""The rows of corrections: what loading applies, and the list of them. ``review`` makes and undoes them."""

from __future__ import annotations

import json

from sqlite_utils import Database

from pipeline.review import Anchor, Correction
from pipeline.review.deadlines import told
from pipeline.store.rows import Page, Record, Where, fetch


def active(db: Database, document_id: int) -> list[Correction]:
    """What was said of a document's findings and not undone, the oldest first."""
    found = db.execute(
        "SELECT id, kind, action, text, before, after, start, changes, was, author, made_at FROM review_corrections"
        " WHERE document_id = ? AND undone_at IS NULL ORDER BY id",
        [document_id],
    ).fetchall()
    return [
        Correction(row[0], row[1], row[2], Anchor(*row[3:7]), json.loads(row[7]), json.loads(row[8]), row[9], row[10])
        for row in found
    ]


def adopt(db: Database, document_id: int, sha256: str) -> None:
    """Hold the corrections of a document to its content, and take up those of the same content once removed."""
    db.execute("UPDATE review_corrections SET sha256 = ? WHERE document_id = ?", [sha256, document_id])
    db.execute(
        "UPDATE review_corrections SET document_id = ? WHERE sha256 = ? AND document_id IS NULL", [document_id, sha256]
    )


def leave(db: Database, document_id: int) -> None:
    """Keep the corrections of a document that is removed, for when its content comes back."""
    db.execute("UPDATE review_corrections SET document_id = NULL, lost = 1 WHERE document_id = ?", [document_id])


def tell_lost(db: Database, document_id: int, lost: list[Correction]) -> None:
    """Note which corrections found no hold in what was read."""
    db.execute(
        "UPDATE review_corrections SET lost = id IN (SELECT value FROM json_each(?)) WHERE document_id = ?",
        [json.dumps([c.id for c in lost]), document_id],
    )


def history_of(db: Database, where: Where, page: Page) -> list[Record]:
    """The corrections of a condition, the newest first."""
    found = fetch(
        db,
        "SELECT r.id AS correction_id, r.document_id, d.label AS document, r.kind, r.action, r.text, r.was, r.changes,"
        " r.author, r.made_at, r.undone_by, r.undone_at, r.lost FROM review_corrections r"
        f" LEFT JOIN documents d ON d.id = r.document_id{where.sql} ORDER BY r.id DESC{page.sql}",
        where.parameters,
    )
    for record in found:
        record["was"], record["changes"] = json.loads(record["was"]), told(json.loads(record["changes"]))
        record["lost"] = bool(record["lost"])
    return found
