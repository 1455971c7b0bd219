"""The objects of the audit: who cites what, and what was found."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, NamedTuple

from patterns import forms
from pipeline.model import CitationRelation, Document, PageSpan

Severity = Literal["error", "warning", "info"]

_GIVEN_OUT = forms("citations")["promulgated_before"].pattern  # ``ngày 31/12/2019 UBND huyện ban hành ...``
#: How much of the words beside a mention its meaning may hang on.
REACH = 240


class Source(NamedTuple):
    """A document as the audit knows it: the one that cites, and (with a symbol of its own) one that can be cited."""

    id: int
    label: str
    doc_type: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    title: str | None = None
    issued_on: date | None = None


class Mention(NamedTuple):
    """A citation, the document that holds it, and the words beside it in its paragraph."""

    source: Source
    citation_id: int
    start: int
    end: int
    page: int | None
    text: str
    doc_type: str
    symbol: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    relation: CitationRelation
    key: str
    before: str = ""
    after: str = ""
    partial: bool = False

    @property
    def dated(self) -> bool:
        """Whether the date is told with the mention, in it or right before it, and not elsewhere in its document."""
        told = self.issued_on
        if not told:
            return False
        day = re.compile(rf"(?<!\d)0?{told.day}\D+0?{told.month}\D+{told.year}\b")
        if day.search(self.text):
            return True
        given_out = _GIVEN_OUT.search(self.before) if day.search(self.before) else None
        return bool(given_out and day.search(given_out["day"]))

    @property
    def given_out_by(self) -> str | None:
        """The issuer told right before the mention (``Ngày 10/7/2024, Bộ Chính trị ban hành Chỉ thị số ...``)."""
        given_out = _GIVEN_OUT.search(self.before)
        return given_out["issuer"] if given_out else None


@dataclass(slots=True)
class Finding:
    """One row of ``vanban audit``. ``citation_id`` and ``quantity_ids`` are ids as the caller gave them."""

    finding: str
    severity: Severity
    document_id: int
    document: str
    page: int | None
    text: str
    symbol: str | None
    expected: str | None
    evidence: str
    citation_id: int | None = None
    quantity_ids: list[int] = field(default_factory=list)
    start: int = 0
    end: int = 0
    finding_id: str = ""
    accepted: str | None = None


def source_of(document: Document, document_id: int) -> Source:
    """A document as the audit knows it."""
    h = document.header
    label = h.symbol or h.title or document.source.name
    return Source(document_id, label, h.doc_type, h.symbol, h.issuer, h.title, h.issued_on)


def page_at(pages: list[PageSpan], offset: int) -> int | None:
    """The page that holds an offset of the text."""
    return next((p.page for p in pages if p.start <= offset < p.end), None)


def finding_of(m: Mention, name: str, severity: Severity, evidence: str, expected: str | None = None) -> Finding:
    """A finding about a mention."""
    return Finding(
        finding=name,
        severity=severity,
        document_id=m.source.id,
        document=m.source.label,
        page=m.page,
        text=m.text,
        symbol=m.symbol,
        expected=expected,
        evidence=evidence,
        citation_id=m.citation_id,
        start=m.start,
        end=m.end,
    )


def vietnamese(day: date) -> str:
    """A day as official texts write it."""
    return f"{day:%d/%m/%Y}"


def doubt(found: Iterable[Finding], pictured: Mapping[int, Collection[int]]) -> Iterator[Finding]:
    """The findings; where a page was a picture (``pictured``: pages by document), a misread letter may be to blame."""
    for f in found:
        if f.severity != "info" and f.page in pictured.get(f.document_id, ()):
            yield replace(f, severity="info", evidence=f"{f.evidence} (trang quét: cần đối chiếu với bản gốc)")
        else:
            yield f
