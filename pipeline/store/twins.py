"""Documents that are one work: a PDF and the DOCX that it was printed from, a draft and its issued form.

One of them leads, the issued one before a draft. The others are kept with their content and ``lead_id``; what was found
in them has no rows, so that nothing is counted twice.
"""

from __future__ import annotations

import json
import zlib
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.names import fold

# The common share of words in a row: under one number; of one not numbered yet with one that is; of two
# without numbers. Reports of every week have one title and many words in common.
NUMBERED, ISSUED, UNNUMBERED = 0.5, 0.9, 0.95
_WORDS = 4
_ENOUGH = 30  # such stretches of words from which likeness says something


class _Candidate(NamedTuple):
    """A stored document by what tells works apart."""

    id: int
    symbol: str | None
    title: str | None
    issuer: str | None
    place: str | None
    issued_on: str | None
    draft: bool
    scanned: bool
    lead: int | None

    @property
    def rank(self) -> tuple[bool, bool, bool, bool, int]:
        """The lowest of a work leads: issued, numbered, dated, not read by OCR, first to come."""
        return self.draft, self.symbol is None, self.issued_on is None, self.scanned, self.id


class Settled(NamedTuple):
    """Who leads a document's work (maybe itself), who led until now, and who has to be loaded anew."""

    lead: int
    displaced: list[int]
    released: list[int]


_SELECT = """SELECT id, symbol_key, title_key, issuer, place, issued_on, draft, ocr_pages <> '[]', lead_id
    FROM documents d WHERE """
_ALIKE = """d.id <> :id AND d.doc_type IS (SELECT doc_type FROM documents WHERE id = :id)
    AND (d.symbol_key = :symbol OR (d.title_key = :title AND (d.symbol_key IS NULL OR :symbol IS NULL)))"""


def settle(db: Database, document_id: int) -> Settled:
    """Find the work of a document that was just written, within a transaction of the caller."""
    before = [row[0] for row in db.execute("SELECT id FROM documents WHERE lead_id = ?", [document_id]).fetchall()]
    # Nothing is written where nothing changes: each time SQLite would write the document's place in an index anew.
    db.execute(
        "UPDATE documents SET lead_id = NULL WHERE (id = :id OR lead_id = :id) AND lead_id IS NOT NULL",
        {"id": document_id},
    )
    own = _candidates(db, "d.id = :id", {"id": document_id})[0]
    asked = {"id": document_id, "symbol": own.symbol, "title": own.title}
    words: frozenset[int] | None = None
    group = [own]
    for other in _candidates(db, _ALIKE, asked):
        if _may_be_one(own, other):
            words = words if words is not None else shingles(_text(db, document_id))
            if _is_one(own, other, words, shingles(_text(db, other.id))):
                group.append(other)
    leads = {other.lead or other.id for other in group}
    ids = json.dumps(sorted(leads))
    members = _candidates(db, "d.id IN (SELECT value FROM json_each(:ids)) OR d.lead_id IN"
                              " (SELECT value FROM json_each(:ids))", {"ids": ids})  # fmt: skip
    first = min(members, key=lambda member: member.rank)
    lead, others = first.id, [member.id for member in members if member is not first]
    db.execute("UPDATE documents SET lead_id = NULL WHERE id = ? AND lead_id IS NOT NULL", [lead])
    db.execute(
        "UPDATE documents SET lead_id = ? WHERE id IN (SELECT value FROM json_each(?))", [lead, json.dumps(others)]
    )
    displaced = [m.id for m in members if m.id not in (lead, document_id) and m.lead is None]
    released = [i for i in before if i not in others and i != lead]
    if lead != document_id and (first.lead is not None or lead in before):
        released.append(lead)  # it followed until now, so nothing of it is loaded
    return Settled(lead, displaced, released)


def follow(db: Database, document_id: int) -> list[int]:
    """Let go of the documents that a document leads; they are to be loaded anew once it is gone."""
    found = [row[0] for row in db.execute("SELECT id FROM documents WHERE lead_id = ?", [document_id]).fetchall()]
    db.execute("UPDATE documents SET lead_id = NULL WHERE lead_id = ?", [document_id])
    return found


def _candidates(db: Database, condition: str, asked: dict[str, Any]) -> list[_Candidate]:
    rows = db.execute(f"{_SELECT}{condition} ORDER BY d.id", asked).fetchall()
    return [_Candidate._make([*row[:6], bool(row[6]), bool(row[7]), row[8]]) for row in rows]


def _may_be_one(one: _Candidate, other: _Candidate) -> bool:
    """Whether nothing in the letterheads speaks against it: what both name is the same, a draft's date apart."""
    days = None not in (one.issued_on, other.issued_on) and not (one.draft or other.draft)
    pairs = [(one.symbol, other.symbol), (one.issuer, other.issuer), (one.place, other.place)]
    pairs += [(one.issued_on, other.issued_on)] if days else []
    return all(a == b for a, b in pairs if a and b)


def _is_one(one: _Candidate, other: _Candidate, words: frozenset[int], others: frozenset[int]) -> bool:
    if min(len(words), len(others)) < _ENOUGH:
        return one.symbol is not None and one.symbol == other.symbol and words == others
    if one.symbol is None and other.symbol is None:
        return len(words & others) >= UNNUMBERED * len(words | others)
    needed = NUMBERED if one.symbol == other.symbol else ISSUED
    return len(words & others) >= needed * min(len(words), len(others))


def shingles(text: str) -> frozenset[int]:
    """The stretches of words in a text, as numbers; an annex that one form lacks does not count against it."""
    words = fold(text).split()
    return frozenset(hash(tuple(words[i : i + _WORDS])) for i in range(max(0, len(words) - _WORDS + 1)))


def _text(db: Database, document_id: int) -> str:
    content = db.execute("SELECT content FROM documents WHERE id = ?", [document_id]).fetchone()[0]
    return str(json.loads(zlib.decompress(content))["text"])
