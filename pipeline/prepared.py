"""What the store keeps of a document beside its rows, worked out where the document is read.

One process writes the store, many read documents: whatever follows from a document alone is the readers' work.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from pipeline.model import Document

if TYPE_CHECKING:
    from pipeline.audit.model import Finding
    from pipeline.compare.rows import FigureRows
    from pipeline.indicators import Catalogue
    from pipeline.searched import Words
    from pipeline.store.document_values import DocumentValues

_QUICK = 4  # of nine: half the time of the usual six, for few more bytes


class Prepared(NamedTuple):
    """A document as the store keeps it, with what follows from it.

    Its ``figures`` are read by the catalogue of this ``mark``; ``findings`` are what its figures and dates say against
    each other, of a document that has no id yet; ``words`` are those of its paragraphs by which they are found;
    ``values`` are its rows but for their ids.
    """

    content: bytes
    words: list[Words]
    mark: str
    figures: FigureRows
    findings: list[Finding]
    values: DocumentValues

    def document(self) -> Document:
        """The document. Raises ValueError where this is none."""
        return Document.model_validate_json(zlib.decompress(self.content))


def prepare(document: Document, catalogue: Catalogue | None = None) -> Prepared:
    """Make a document ready; its figures are read by the built-in catalogue where no other is given."""
    from pipeline.audit.figures import audit_figures
    from pipeline.compare.figures import figures
    from pipeline.compare.rows import figure_rows
    from pipeline.indicators import known
    from pipeline.searched import words_of
    from pipeline.store.document_values import values_of

    catalogue = catalogue or known()
    read = figures(document, catalogue)
    words = [words_of(line) for line in document.text.split("\n") if line.strip()]
    findings = audit_figures(document, 0, read)
    return Prepared(pack(document), words, catalogue.mark, figure_rows(document, read), findings, values_of(document))


def pack(document: Document) -> bytes:
    """A document as the store keeps it."""
    return zlib.compress(document.model_dump_json().encode(), _QUICK)
