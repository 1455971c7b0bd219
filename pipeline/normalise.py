"""From lines to paragraphs: NFC, wrapped lines joined, running heads and page numbers out, tables as rows."""

from __future__ import annotations

import re
import unicodedata

from pipeline.model import Line, Paragraph, Source, Text

_STARTS = re.compile(
    r"^(?:[-+*•–]\s|\d{1,2}[.)]|\d{1,2}(?:\.\d{1,2})+\.?\s|\d{1,2}/-|[IVX]{1,5}\s*[.\-]|[A-ZĐ]\.\s|[a-zđ]\)\s|Điều \d"
    r"|Nơi nhận|Căn cứ |Trên đây|Kính gửi|KT\.|TM\.|PHÓ |[A-ZĐ ]{6,}$)"
)


def normalise(source: Source) -> Text:
    """The text of a source, one paragraph a line, with offsets back to pages and boxes."""
    paragraphs: list[str] = []
    for block in source.blocks:
        if not isinstance(block, Line):
            continue
        line = re.sub(r"\s+", " ", unicodedata.normalize("NFC", block.text)).strip()
        line = re.sub(r"^\[bookmark: \w+\]", "", line)
        if not line:
            continue
        last = paragraphs[-1] if paragraphs else ""
        if block.whole or not last or _STARTS.match(line) or last[-1] in ".;:" or last[-3:] == "./.":
            paragraphs.append(line)
        else:
            paragraphs[-1] += " " + line
    spans, offset = [], 0
    for p in paragraphs:
        spans.append(Paragraph(offset, offset + len(p)))
        offset += len(p) + 1
    return Text("\n".join(paragraphs), spans)
