"""One document: its page as a picture, its text and what was found, each pointing to the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from pipeline.kept import Kept, words_on
from pipeline.model import Box, Document
from pipeline.review import FIELDS
from pipeline.review.values import typed_value
from pipeline.scanned import notes
from pipeline.store import browse, load, review
from pipeline.web.findings import Finding, deadlines_for, findings, pieces
from pipeline.web.guard import Viewer, reader
from pipeline.web.labels import KINDS
from pipeline.web.originals import Originals, Unavailable
from pipeline.web.pages import page, store_of
from pipeline.web.paper import spelled
from pipeline.web.placing import lines_of, places

router = APIRouter()

_PICTURED = ("pdf", "image")  # formats with pages to look at

Reader = Annotated[Viewer, Depends(reader)]


class Sheet(NamedTuple):
    """A page as it is shown: its number of all, its size, and the marks on it, the larger first."""

    number: int
    pages: int
    width: float
    height: float
    marks: list[tuple[Finding, list[Box]]]
    failed: str | None = None


class _Original(NamedTuple):
    """A document with the files that it was read from, and what was kept of reading them where pages are pictures."""

    document: Document
    paths: list[tuple[str, str]]
    kept: Kept | None


class Refused(NamedTuple):
    """A correction that could not be kept: why, what was typed, and the status to answer with."""

    why: str
    typed: dict[str, str]
    status: int


@router.get("/documents/{document_id}")
def document(request: Request, document_id: int, viewer: Reader) -> Response:
    """A document; asked by htmx, only what a click changes: the page and the finding chosen."""
    return shown(request, document_id, request.query_params)


def shown(request: Request, document_id: int, asked: Mapping[str, str], refused: Refused | None = None) -> Response:
    """A document as it is asked for, with a correction that was refused."""
    with store_of(request) as db:
        found, held = load.extracted(db, document_id), review.corrected(db, document_id)
        paths = browse.originals(db, document_id)
        kept = load.extraction_of(db, found.source.sha256) if found and found.source.ocr_pages else None
        work = browse.work(db, document_id)
    if found is None or held is None:
        raise HTTPException(404, "Không có văn bản này trong kho.")
    every = findings(found, held)
    chosen = next((f for f in every if f.name == asked.get("f")), None)
    offset = _offset(asked.get("at"), chosen)
    pictured = found.source.format in _PICTURED and bool(found.source.pages)
    number = _page_asked(found, asked.get("page"), offset)
    view = asked.get("view", "")
    context: dict[str, Any] = {
        "document": found,
        "header": held.document.header,
        "document_id": document_id,
        "every": every,
        "counts": {kind: sum(f.kind == kind and bool(f.words) for f in every) for kind in KINDS},
        "chosen": chosen,
        "view": view if view in KINDS or (view == "text" and pictured) else "text" if pictured else "task",
        "at": offset,
        "pictured": pictured,
        "sheet": _sheet(request, _Original(found, paths, kept), every, number, None if "page" in asked else offset)
        if pictured
        else None,
        "original": bool(paths),
        "editable": FIELDS,
        "typed": typed_value,
        "agencies": sorted({a.name for a in held.document.agencies}),
        "dates": deadlines_for(found, held, chosen) if chosen and chosen.kind == "task" else [],
        "lost": held.lost,
        "notes": notes(found.source),
        "lead": work[0],
        "twins": [other for other in work if other["document_id"] != document_id],
        "refused": refused,
    }
    if request.headers.get("HX-Request"):
        return page(request, "chosen.html", context)
    context["paragraphs"] = pieces(found.text, every)
    return page(request, "document.html", context, refused.status if refused else 200)


def _offset(at: str | None, chosen: Finding | None) -> int | None:
    if chosen:
        return chosen.start
    return int(at) if at and at.isdecimal() and len(at) < 12 else None


def _page_asked(document: Document, said: str | None, offset: int | None) -> int:
    last = document.source.pages or 1
    if said and said.isdecimal() and 0 < int(said[:6]) <= last:
        return int(said)
    return _page_of(document, offset or 0)


def _page_of(document: Document, offset: int) -> int:
    i = bisect_right([p.start for p in document.pages], offset) - 1
    return document.pages[i].page if i >= 0 else 1


def _sheet(
    request: Request,
    original: _Original,
    every: list[Finding],
    number: int,
    at: int | None,
) -> Sheet:
    originals: Originals = request.app.state.originals
    pages = original.document.source.pages or 1
    try:
        with originals.open(original.paths) as path:
            found = _placed(originals, path, original, number)
            if at is not None and at not in found[1] and number < pages:  # a table that goes on overleaf
                overleaf = _placed(originals, path, original, number + 1)
                if at in overleaf[1]:
                    number, found = number + 1, overleaf
    except Unavailable as error:
        return Sheet(number, pages, 595, 842, [], str(error))
    size, where = found
    marks = []
    for finding in sorted(every, key=lambda f: (f.start or 0) - f.end):
        if finding.start is None:
            continue
        boxes = lines_of(where[i] for i in range(finding.start, finding.end) if i in where)
        if boxes:
            marks.append((finding, boxes))
    return Sheet(number, pages, *size, marks)


def _placed(
    originals: Originals, path: Path, original: _Original, number: int
) -> tuple[tuple[float, float], dict[int, Box]]:
    """The size of a page and the place of each letter of the text on it, by its offset."""
    document = original.document
    sheet = originals.sheet(path, document.source.sha256, number)
    letters = sheet.letters
    if number in document.source.ocr_pages:
        letters = spelled(words_on(original.kept, number))
    found: dict[int, Box] = {}
    rest = letters
    for span in (p for p in document.pages if p.page == number):  # what it holds, and apart from that its notes
        placed = places(document.text[span.start : span.end], rest)
        found |= {span.start + i: box for i, box in placed.items()}
        taken = set(found.values())
        rest = [letter for letter in letters if letter.box not in taken]
    before = max((p for p in document.pages if p.page < number), key=lambda p: p.page, default=None)
    if before and rest:  # a table cut by the page's end stands in the text where it began
        start = document.text.rfind("\n", 0, before.end) + 1
        table = next((t for t in document.tables if before.start <= t.start < before.end <= t.end + 2), None)
        start = table.start if table else start
        found |= {start + i: box for i, box in places(document.text[start : before.end], rest).items()}
    return (sheet.width, sheet.height), found


@router.get("/documents/{document_id}/pages/{number}.png")
def picture(request: Request, document_id: int, number: int, viewer: Reader) -> Response:
    """The picture of a page."""
    found, paths = _original(request, document_id)
    if found.source.format not in _PICTURED or not 0 < number <= (found.source.pages or 0):
        raise HTTPException(404)
    originals: Originals = request.app.state.originals
    with originals.open(paths) as path:
        content = originals.picture(path, found.source.sha256, number)
    return Response(content, headers={"Cache-Control": "private, max-age=3600"}, media_type="image/png")


@router.get("/documents/{document_id}/original")
def original(request: Request, document_id: int, viewer: Reader) -> Response:
    """The file as it came, to be saved, never shown by the browser."""
    found, paths = _original(request, document_id)
    originals: Originals = request.app.state.originals
    with originals.open(paths) as path:
        content = path.read_bytes()
    name = quote(found.source.name, safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, headers=headers, media_type="application/octet-stream")


def _original(request: Request, document_id: int) -> tuple[Document, list[tuple[str, str]]]:
    with store_of(request) as db:
        found, paths = load.extracted(db, document_id), browse.originals(db, document_id)
    if found is None:
        raise HTTPException(404, "Không có văn bản này trong kho.")
    return found, paths
