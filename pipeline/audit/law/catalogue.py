"""The legal catalogue: which documents there are, when they are in force, what amends and replaces them.

Three kinds of entry, those that come first winning: rows that people imported into the store, the rows of
``patterns/catalogue.csv`` and ``patterns/identities.csv``, and the documents of the store themselves.

``verified`` says what of a row was checked against a source: ``identity`` (symbol, issuer, date), ``title`` (what it is
about) and ``force`` (when it ended, what replaced it). What was not checked accuses nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from patterns import rows
from pipeline.audit.model import Mention, Source, vietnamese
from pipeline.fold import fold
from pipeline.model import Citation, Context
from pipeline.resolve.citations import identity
from pipeline.symbols import agency_code, folded, parse

FIELDS = (
    "symbol", "doc_type", "title", "issuer", "issued_on", "effective_on", "expired_on", "status", "replaced_by",
    "repealed_by", "amended_by", "verified", "source",
)  # fmt: skip


class Entry(NamedTuple):
    """One document of the catalogue; ``document_id`` where it is a document of the store."""

    symbol: str
    doc_type: str
    title: str
    issuer: str
    issued_on: date | None
    effective_on: date | None
    expired_on: date | None
    status: str
    replaced_by: tuple[str, ...]
    repealed_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    verified: frozenset[str]
    source: str
    document_id: int | None = None

    @property
    def identified(self) -> bool:
        """Whether symbol, issuer and date were checked."""
        return "identity" in self.verified

    @property
    def label(self) -> str:
        """Symbol, date and title as evidence names them."""
        when = f" ngày {vietnamese(self.issued_on)}" if self.issued_on else ""
        where = f"Văn bản số {self.document_id} trong kho" if self.document_id is not None else "Danh mục"
        return f"{where}: {self.symbol}{when}" + (f", {self.title}" if self.title else "")

    def expired(self, on: date) -> bool:
        """Whether it was no longer in force on a day."""
        return self.expired_on is not None and self.expired_on <= on


def entry(row: Mapping[str, str]) -> Entry:
    """A row of the catalogue as an entry. Raises ``ValueError`` where a date is none."""
    return Entry(
        symbol=row["symbol"],
        doc_type=row.get("doc_type") or "",
        title=row.get("title") or "",
        issuer=row.get("issuer") or "",
        issued_on=_day(row.get("issued_on")),
        effective_on=_day(row.get("effective_on")),
        expired_on=_day(row.get("expired_on")),
        status=row.get("status") or "unknown",
        replaced_by=_listed(row.get("replaced_by")),
        repealed_by=_listed(row.get("repealed_by")),
        amended_by=_listed(row.get("amended_by")),
        verified=frozenset(_listed(row.get("verified"))),
        source=row.get("source") or "",
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _listed(value: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (value or "").split("|")))


@cache
def shipped() -> tuple[Entry, ...]:
    """The catalogue that comes with the program; an identity gives way to a fuller row of the same document."""
    full = tuple(entry(row) for row in rows("catalogue"))
    known = {(folded(e.symbol), e.issued_on) for e in full} | {(folded(e.symbol), None) for e in full if dated(e)}
    return full + tuple(e for e in map(entry, rows("identities")) if not _has(known, e))


def dated(e: Entry) -> bool:
    """Whether its symbol carries a year or a term, so that no other document can have it."""
    symbol = parse(e.symbol)
    return bool(symbol and (symbol.year or symbol.term))


def _has(known: set[tuple[str, date | None]], e: Entry) -> bool:
    return (folded(e.symbol), None if dated(e) else e.issued_on) in known


class Catalogue:
    """Entries by what a citation tells of them."""

    def __init__(self, entries: Iterable[Entry], documents: Iterable[Source] = ()) -> None:
        self._by_number: dict[str, list[Entry]] = defaultdict(list)
        self._by_title: dict[str, list[Entry]] = defaultdict(list)
        self._by_register: dict[str, list[Entry]] = defaultdict(list)
        for e in entries:
            if _shared(e.symbol):
                self._by_register[register(key_of(_source_of(e)))].append(e)
            else:
                self._by_number[folded(e.symbol)].append(e)
        for law in rows("laws"):
            self._by_title[fold(law["title"])] += self._by_number.get(folded(law["symbol"]), [])
        for d in documents:
            if d.symbol and d.issued_on:
                self._by_register[register(key_of(d))].append(_entry_of(d))

    def of(self, m: Mention) -> list[Entry]:
        """The entries that a mention can mean; where numbers start anew each year, those of its year alone."""
        kind, _, rest = m.key.partition("|")
        if kind == "luat" and not rest[:1].isdigit():
            return []
        number = folded(rest.partition("|")[0])
        found = self._by_number.get(number, [])
        if found and not dated(found[0]):
            found = [e for e in found if m.issued_on and e.issued_on and e.issued_on.year == m.issued_on.year]
        own = self._by_register.get(register(m.key), [])
        return found or own

    def held(self, m: Mention) -> int | None:
        """The document of the store that a mention means."""
        own = [e for e in self._by_register.get(register(m.key), ()) if e.document_id is not None]
        own = [e for e in own if not m.issued_on or e.issued_on == m.issued_on]
        return own[0].document_id if len(own) == 1 else None

    def numbered(self, m: Mention) -> list[Entry]:
        """All entries with the number of a mention, of whatever year."""
        return self._by_number.get(folded(m.symbol), []) if m.symbol else []

    def titled(self, title: str) -> list[Entry]:
        """The laws of a title."""
        return self._by_title.get(fold(title), [])

    def entry(self, symbol: str) -> Entry | None:
        """The one entry of a symbol."""
        found = self._by_number.get(folded(symbol), [])
        return found[0] if len(found) == 1 else None

    def issued(self, symbol: str, on: date) -> Entry | None:
        """The one entry of a symbol that was issued on a day."""
        found = [e for e in self._by_number.get(folded(symbol), []) if e.identified and e.issued_on == on]
        return found[0] if len(found) == 1 else None

    def dated_alike(self, m: Mention) -> list[Entry]:
        """The entries with the number, type and issuer of a mention and the very date it tells, but another year."""
        symbol = parse(m.symbol) if m.symbol else None
        if not symbol or not symbol.year or not m.issued_on or symbol.year == m.issued_on.year:
            return []
        other = symbol._replace(year=m.issued_on.year)
        text = f"{other.number}/{other.year}/{'-'.join(other.codes)}"
        return [e for e in self._by_number.get(folded(text), []) if e.issued_on == m.issued_on]

    def successor(self, symbols: tuple[str, ...], on: date) -> str | None:
        """The successor that is in force on a day, along the chain of replacements."""
        symbol, passed = (symbols or ("",))[0], set[str]()
        while symbol and symbol not in passed:
            passed.add(symbol)
            e = self.entry(symbol)
            if not e or not e.expired(on) or not e.replaced_by:
                return symbol
            symbol = e.replaced_by[0]
        return None


def register(key: str) -> str:
    """What two mentions share that can only be one document: the key, without the day that Party keys carry."""
    return re.sub(r"\|(\d{4})-\d\d-\d\d", r"|\1", key)


@cache
def _local_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in rows("symbol_issuers") if row["place"])


def _shared(symbol: str) -> bool:
    """Whether many bodies number with the code of a symbol, so that only the issuer's place tells them apart."""
    parsed = parse(symbol)
    return bool(parsed and agency_code(parsed) in _local_codes())


def _source_of(e: Entry) -> Source:
    return Source(0, e.symbol, e.doc_type, e.symbol, e.issuer, e.title, e.issued_on)


def key_of(d: Source) -> str:
    """The key that a citation of a document of the store has."""
    cited = Citation(
        text=d.symbol or "", start=0, end=0, doc_type=d.doc_type or "VB", symbol=d.symbol, issued_on=d.issued_on,
        issuer=d.issuer,
    )  # fmt: skip
    return identity(cited, Context(), {})


def _entry_of(d: Source) -> Entry:
    return Entry(
        d.symbol or "", d.doc_type or "", d.title or "", d.issuer or "", d.issued_on, None, None, "unknown", (), (), (),
        frozenset({"identity"}), "store", d.id,
    )  # fmt: skip
