"""Corrections in the store: apart from what was extracted, applied to it, never lost, undone but not deleted."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.model import Document
from pipeline.review import KINDS, LISTS, Action, BadCorrection, Overtaken, anchor, count, find, values_of
from pipeline.review.apply import Corrected, apply, check
from pipeline.review.deadlines import as_kept, as_told
from pipeline.review.gold import as_gold
from pipeline.review.values import in_full
from pipeline.store import load
from pipeline.store.corrections import active, history_of
from pipeline.store.rows import ALL, Page, Record, Where, fetch
from pipeline.store.writing import dumps, now, transaction

FIELDS = (
    "correction_id", "document_id", "document", "kind", "action", "text", "was", "changes", "author", "made_at",
    "undone_by", "undone_at", "lost",
)  # fmt: skip


class Target(NamedTuple):
    """One finding of a document: its kind, and its place among those extracted."""

    document_id: int
    kind: str
    number: int


def correct(
    db: Database, target: Target, action: Action, changes: dict[str, Any], author: str, seen: int | None = None
) -> int:
    """Keep what somebody says of a finding, in place of what was said before; return the correction's id.

    ``seen`` is the correction of the finding at which its author looked, 0 for none: where another holds by now, it is
    :class:`Overtaken`.
    """
    document = _addressed(db, target, action, changes)
    changes = in_full(document, changes) if action in ("correct", "merge") else {}
    held = anchor(document, target.kind, target.number)
    was = values_of(document, target.kind, target.number)
    with transaction(db):
        for earlier in active(db, target.document_id):
            if earlier.kind == target.kind and find(document, target.kind, earlier.anchor) == target.number:
                if seen is not None and earlier.id > seen:
                    raise Overtaken(f"{earlier.author} vừa soát mục này. Hãy xem lại rồi lưu nếu vẫn cần sửa.")
                if action == "accept" and earlier.action in ("correct", "merge"):
                    raise BadCorrection("Mục này đã được sửa. Muốn lấy lại điều máy đọc thì hãy hoàn tác chỗ sửa.")
                _undo(db, earlier.id, author)
        row = db.execute(
            "INSERT INTO review_corrections(document_id, sha256, kind, action, text, before, after, start, changes,"
            " was, author, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            [
                target.document_id,
                document.source.sha256,
                target.kind,
                action,
                *held,
                dumps(as_kept(document, changes)),
                dumps(as_told(document, {name: was[name] for name in changes})),
                author,
                now(),
            ],
        ).fetchone()
        load.renew(db, target.document_id)
    return int(row[0])


def _addressed(db: Database, target: Target, action: Action, changes: dict[str, Any]) -> Document:
    """The document of a finding of which this may be said."""
    document = load.extracted(db, target.document_id)
    known = document is not None and target.kind in KINDS
    if document is None or not known or not 0 <= target.number < count(document, target.kind):
        raise BadCorrection("Không có mục này trong kho.")
    (lead,) = db.execute("SELECT lead_id FROM documents WHERE id = ?", [target.document_id]).fetchone()
    if lead is not None:
        raise BadCorrection(f"Đây là một bản khác của văn bản số {lead} trong kho. Hãy soát ở bản ấy.")
    if action == "merge" and (target.kind != "agency" or not changes.get("name")):
        raise BadCorrection("Chỉ gộp được tên cơ quan.")
    if action == "dismiss" and target.kind == "section":
        raise BadCorrection("Không bỏ được đề mục; hãy sửa vai trò của nó.")
    if action == "dismiss" and target.kind == "header":
        raise BadCorrection("Không bỏ được mục của thể thức; hãy sửa nó, để trống nếu văn bản không có.")
    if action in ("correct", "merge"):
        if not changes:
            raise BadCorrection("Chưa có gì được sửa.")
        check(document, target.kind, target.number, changes)
    return document


def undo(db: Database, correction_id: int, author: str) -> int:
    """Take a correction back; return its document."""
    row = db.execute(
        "SELECT document_id FROM review_corrections WHERE id = ? AND undone_at IS NULL", [correction_id]
    ).fetchone()
    if row is None:
        raise BadCorrection("Không có chỗ sửa này, hoặc nó đã được hoàn tác.")
    with transaction(db):
        _undo(db, correction_id, author)
        load.renew(db, row[0])
    return int(row[0])


def _undo(db: Database, correction_id: int, author: str) -> None:
    db.execute(
        "UPDATE review_corrections SET undone_by = ?, undone_at = ? WHERE id = ?", [author, now(), correction_id]
    )


def corrected(db: Database, document_id: int) -> Corrected | None:
    """A document as it holds, with what was said of each finding."""
    document = load.extracted(db, document_id)
    return apply(document, active(db, document_id)) if document else None


def history(
    db: Database, document_id: int | None = None, lost: bool = False, undone: bool = True, page: Page = ALL
) -> list[Record]:
    """Every correction with who and when, the newest first; ``lost``: only those whose words were not found."""
    where = Where()
    if document_id is not None:
        where.add("r.document_id = ?", document_id)
    if lost:
        where.add("r.lost")
    if lost or not undone:
        where.add("r.undone_at IS NULL")
    return history_of(db, where, page)


def target_of(db: Database, kind: str, item: int) -> Target | None:
    """The finding of a row of ``tasks``, ``citations`` and so on."""
    table = {**LISTS, "agency": "agency_mentions"}[kind]
    place = "number" if kind == "section" else "position"
    row = db.execute(f"SELECT document_id, {place} FROM {table} WHERE id = ?", [item]).fetchone()
    if row is None:
        return None
    document = load.extracted(db, row[0])
    if kind == "section" and document:
        return Target(row[0], kind, next(i for i, s in enumerate(document.sections) if s.id == row[1]))
    return Target(row[0], kind, row[1])


def gold(db: Database) -> list[dict[str, Any]]:
    """Every document of which something was said, as gold."""
    ids = fetch(db, "SELECT DISTINCT document_id FROM review_corrections WHERE undone_at IS NULL ORDER BY 1")
    found = (load.load(db, row["document_id"]) for row in ids)
    return [as_gold(document) for document in found if document]
