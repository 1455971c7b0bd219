"""The way through: from one file to one :class:`~pipeline.model.Document`, stage after stage."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from pipeline.annotate.agencies import find_agencies
from pipeline.annotate.citations import find_citations
from pipeline.annotate.dates import find_dates
from pipeline.annotate.misread import as_meant, keep_written
from pipeline.annotate.misread_names import as_named
from pipeline.annotate.ner import find_more_agencies
from pipeline.annotate.quantities import find_quantities
from pipeline.assign import assign
from pipeline.extract import extract
from pipeline.extract.reading import Ocr
from pipeline.model import Document, Item, PageSpan, Section, Source, SourceInfo, Text
from pipeline.normalise import normalise
from pipeline.resolve.citations import resolve_citations
from pipeline.resolve.context import context_of, placed_issuer
from pipeline.segment.header import read_frame
from pipeline.segment.outline import outline
from pipeline.segment.tree import SectionTree


def analyse(path: Path, ocr: Ocr = "auto") -> Document:
    """Read a file and everything in it. Raises :class:`~pipeline.errors.ReadError` where it cannot be read."""
    return recognise(extract(path, ocr))


def recognise(source: Source) -> Document:
    """Everything after extraction: normalise, segment, annotate, resolve, assign."""
    written = normalise(source)
    pictured = [page for page in written.pages if page.page in source.ocr_pages]
    text = as_named(as_meant(written), pictured)
    frame = read_frame(text)
    context = context_of(text, frame)
    frame.header.issuer = placed_issuer(frame.header.issuer, context)
    agencies = find_more_agencies(text, frame, context, find_agencies(text, frame, context))
    sections = outline(text, frame, agencies)
    dates = find_dates(text, frame, context)
    citations = resolve_citations(find_citations(text, frame), text, context)
    quantities = find_quantities(text, frame, sections, taken=[*dates, *citations])
    tasks, agencies = assign(text, frame, context, sections, agencies, dates)
    frame.header.legal_bases = [
        i
        for i, c in enumerate(citations)
        if c.relation in ("basis", "implements") and frame.zone_at(c.start) == "body" and _in_preamble(c, sections)
    ]
    for items in (citations, dates, quantities, agencies, tasks):
        _locate(items, text, sections, pictured)
    for section in sections:
        section.ocr = _is_on(pictured, section)
    if text is not written:
        for found in (sections, citations, dates, quantities, agencies, tasks):
            keep_written(found, written)
    return Document(
        source=SourceInfo(
            name=source.name,
            sha256=source.sha256,
            format=source.format,
            pages=source.pages,
            ocr_pages=source.ocr_pages,
            ocr_confidence=source.ocr_confidence,
            warnings=source.warnings,
        ),
        text=written.text,
        pages=text.pages,
        header=frame.header,
        sections=sections,
        citations=citations,
        dates=dates,
        quantities=quantities,
        agencies=agencies,
        tasks=tasks,
        tables=text.tables,
    )


def _in_preamble(item: Item, sections: list[Section]) -> bool:
    return not sections or item.start < sections[0].start


def _is_on(pages: list[PageSpan], item: Item | Section) -> bool:
    """Whether any of an item's words stand on one of some pages."""
    return any(page.start < item.end and item.start < page.end for page in pages)


def _locate(items: Sequence[Item], text: Text, sections: list[Section], pictured: list[PageSpan]) -> None:
    """Tell each item the innermost section and the table cell that hold it, and whether its page was a picture."""
    tree = SectionTree(sections)
    units = text.units()
    unit_starts = [u.start for u in units]
    for item in items:
        section = tree.at(item.start)
        item.section = section.id if section else None
        u = bisect_right(unit_starts, item.start) - 1
        if u >= 0 and units[u].table is not None:
            item.table, item.row, item.column = units[u].table, units[u].row, units[u].column
        if pictured:
            item.ocr = _is_on(pictured, item)
