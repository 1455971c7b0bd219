"""Accepting, correcting, merging and dismissing findings; what was said so far."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Annotated, Any
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from pipeline.review import LISTS, BadCorrection, Overtaken, fields, named
from pipeline.review.deadlines import FIELD as DEADLINES
from pipeline.review.gold import as_files
from pipeline.review.values import read_value, typed_value
from pipeline.store import load, review
from pipeline.store.review import Target
from pipeline.web.findings import marked
from pipeline.web.guard import Viewer, reader, sender
from pipeline.web.labels import KINDS
from pipeline.web.lists import Asked, answer
from pipeline.web.pages import store_of
from pipeline.web.reading import Refused, shown

router = APIRouter()

_LONGEST = 2000  # letters of a value
_DIGITS = 19

Reader = Annotated[Viewer, Depends(reader)]
Sent = Annotated[tuple[Viewer, FormData], Depends(sender("reviewer"))]


@router.get("/reviews")
def reviews(request: Request, viewer: Reader) -> Response:
    """What was said of findings, by whom and when."""
    asked = Asked(request)
    with store_of(request) as db:
        found = review.history(db, asked.number("document"), asked["lost"] == "1", page=asked.page)
    return answer(request, asked, "reviews.html", found, review.FIELDS)


@router.get("/reviews/gold.zip")
def gold(request: Request, viewer: Reader) -> Response:
    """The documents of which something was said, as gold: a file of JSON each."""
    with store_of(request) as db:
        found = as_files(review.gold(db))
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    headers = {"Content-Disposition": 'attachment; filename="ban-chuan.zip"'}
    return Response(packed.getvalue(), headers=headers, media_type="application/zip")


@router.post("/documents/{document_id}/findings/{name}")
async def say(request: Request, document_id: int, name: str, sent: Sent) -> Response:
    """Say something of a finding."""
    viewer, form = sent
    found = named(name)
    if not found:
        raise HTTPException(404)
    target = Target(document_id, *found)
    action = str(form.get("do", ""))
    if action not in ("accept", "correct", "dismiss"):
        raise HTTPException(400)
    view = str(form.get("view", ""))
    asked = {**({"view": view} if view in (*KINDS, "text") else {}), "f": name}
    try:
        await run_in_threadpool(_keep, request, target, action, form, viewer)
    except Overtaken as error:
        return await run_in_threadpool(shown, request, document_id, asked, Refused(str(error), {}, 409))
    except BadCorrection as error:
        typed = _typed(form, fields(*found))
        return await run_in_threadpool(shown, request, document_id, asked, Refused(str(error), typed, 400))
    return RedirectResponse(f"/documents/{document_id}?{urlencode(asked)}", 303)


def _keep(request: Request, target: Target, action: str, form: FormData, viewer: Viewer) -> None:
    said, seen = str(form.get("words", "")), str(form.get("seen", ""))
    with store_of(request) as db:
        if said and said != _words(db, target):
            raise Overtaken("Văn bản vừa được đọc lại, mục này nay là mục khác. Hãy xem lại rồi soát.")
        if not all(_same_date(db, target, ticked) for ticked in map(str, form.getlist(DEADLINES))):
            raise Overtaken("Văn bản vừa được đọc lại, các ngày nay đã khác. Hãy chọn lại thời hạn.")
        changes = _changed(db, target, form) if action == "correct" else {}
        if action == "correct" and target.kind == "agency" and form.get("everywhere"):
            action = "merge"
        at = int(seen) if seen.isdecimal() and len(seen) < _DIGITS else None
        review.correct(db, target, action, changes, viewer.name, at)  # type: ignore[arg-type]


def _words(db: Any, target: Target) -> str:
    """The mark of the words of a finding as it is extracted by now."""
    document = load.extracted(db, target.document_id)
    items = getattr(document, LISTS[target.kind]) if document and target.kind in LISTS else []
    return marked(items[target.number].text) if target.number < len(items) else ""


def _same_date(db: Any, target: Target, ticked: str) -> bool:
    """Whether a date that was ticked as a deadline, ``date-3:`` with the mark of its words, still has these words."""
    name, _, seen = ticked.partition(":")
    found = named(name)
    return not seen or not found or seen == _words(db, Target(target.document_id, *found))


def _typed(form: FormData, names: Sequence[str]) -> dict[str, str]:
    """What was typed into the fields of a finding; the deadlines that were ticked, by what their dates are called."""
    typed = {name: str(form[name])[:_LONGEST] for name in names if name in form}
    if DEADLINES in typed:
        ticked = (str(said).partition(":")[0] for said in form.getlist(DEADLINES))
        typed[DEADLINES] = "; ".join(filter(None, ticked))[:_LONGEST]
    return typed


def _changed(db: Any, target: Target, form: FormData) -> dict[str, Any]:
    """Those fields of the form whose values are not what holds already."""
    held = review.corrected(db, target.document_id)
    item = held.values(target.kind, target.number) if held else None
    if held is None or item is None:
        raise BadCorrection("Không có mục này trong kho.")
    typed = _typed(form, fields(*target[1:]))
    changed = {f: t for f, t in typed.items() if t.split() != typed_value(f, item[f]).split()}
    return held.said(target.kind, target.number) | {f: read_value(target.kind, f, t) for f, t in changed.items()}


@router.post("/reviews/{correction_id}/undo")
async def undo(request: Request, correction_id: int, sent: Sent) -> Response:
    """Take back what was said."""
    viewer, form = sent
    document_id = await run_in_threadpool(_undo, request, correction_id, viewer)
    name = str(form.get("name", ""))
    back = f"/documents/{document_id}?f={name}" if named(name) else "/reviews"
    return RedirectResponse(back, 303)


def _undo(request: Request, correction_id: int, viewer: Viewer) -> int:
    with store_of(request) as db:
        try:
            return review.undo(db, correction_id, viewer.name)
        except BadCorrection as error:
            raise HTTPException(400, str(error)) from error
