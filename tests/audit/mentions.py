"""The citations of a document as the audit takes them, without a store."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audit.model import REACH, Mention, page_at, source_of
from pipeline.model import Citation, Document


def mentions_of(document: Document, document_id: int) -> Iterator[Mention]:
    """The citations of a document; their ids are their places in it."""
    source = source_of(document, document_id)
    for i, c in enumerate(document.citations):
        yield Mention(
            source, i, c.start, c.end, page_at(document.pages, c.start), c.text, c.doc_type, c.symbol, c.issued_on,
            c.issuer, c.title, c.relation, c.key, *_beside(document.text, c), bool(c.pinpoint),
        )  # fmt: skip


def _beside(text: str, c: Citation) -> tuple[str, str]:
    before = text[max(0, c.start - REACH) : c.start].rpartition("\n")[2]
    return before, text[c.end : c.end + REACH].partition("\n")[0]
