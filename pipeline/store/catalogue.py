"""The legal catalogue as the store has it: rows that people imported, before those of the program."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.audit.law.catalogue import Entry, dated, entry, shipped
from pipeline.names import fold
from pipeline.store.rows import ALL, Page, Record
from pipeline.symbols import folded

FIELDS = (
    "symbol", "doc_type", "title", "issuer", "issued_on", "effective_on", "expired_on", "status", "replaced_by",
    "repealed_by", "amended_by", "verified", "source", "imported",
)  # fmt: skip


def keep(db: Database, rows: Iterable[dict[str, str]]) -> int:
    """Store rows; one of the same symbol and date is replaced. Returns how many."""
    count = 0
    with db.conn:
        for row in rows:
            content = json.dumps(row, ensure_ascii=False)
            db.execute(
                "INSERT OR REPLACE INTO catalogue(symbol_key, issued_on, entry) VALUES (?, ?, ?)",
                [folded(row["symbol"]), row["issued_on"], content],
            )
            count += 1
    return count


def entries(db: Database) -> list[Entry]:
    """Every entry; one of the program gives way to an imported one of the same document."""
    own = [entry(json.loads(row[0])) for row in db.execute("SELECT entry FROM catalogue").fetchall()]
    known = set(map(_identity, own))
    return own + [e for e in shipped() if not known or _identity(e) not in known]


def _identity(e: Entry) -> tuple[str, str]:
    return folded(e.symbol), "" if dated(e) else str(e.issued_on or "")


def listed(db: Database, symbol: str | None = None, query: str | None = None, imported: bool = False,
           page: Page = ALL) -> list[Record]:  # fmt: skip
    """The entries whose symbol begins so and whose title and issuer hold all words, as rows."""
    own = _count(db)
    rows = [_record(e, i < own) for i, e in enumerate(entries(db)) if i < own or not imported]
    words = fold(query or "").split()
    rows = [r for r in rows if not symbol or f"{fold(r['symbol'])} ".startswith(f"{fold(symbol)} ")]
    return page.of([r for r in rows if all(_holds(word, r) for word in words)])


def _count(db: Database) -> int:
    return int(db.execute("SELECT count(*) FROM catalogue").fetchone()[0])


def _holds(word: str, record: Record) -> bool:
    said = fold(f"{record['title'] or ''} {record['issuer'] or ''}")
    return f" {word} " in f" {said} "


def _record(e: Entry, imported: bool) -> Record:
    """An entry as a row."""
    record: Record = {}
    for name in FIELDS[:-1]:
        value = getattr(e, name)
        if isinstance(value, tuple | frozenset):
            value = sorted(value) if isinstance(value, frozenset) else list(value)
        record[name] = value.isoformat() if hasattr(value, "isoformat") else value or None
    record["imported"] = imported
    return record
