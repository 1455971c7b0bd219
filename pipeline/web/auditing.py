"""Audit of citations and figures: what is to be mended, and what somebody accepted as it stands."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlite_utils import Database
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from pipeline.store import acceptance, browse
from pipeline.store import audit as auditing
from pipeline.store.audit import AuditFilter
from pipeline.web.guard import Viewer, reader, sender
from pipeline.web.labels import FINDINGS, SEVERITIES
from pipeline.web.lists import Asked, answer
from pipeline.web.pages import store_of

router = APIRouter()

Reader = Annotated[Viewer, Depends(reader)]
Sent = Annotated[tuple[Viewer, FormData], Depends(sender("reviewer"))]

#: An audit of the whole store looks at every citation at once; beyond these one asks document by document.
_MOST_CITATIONS = 20_000
#: What of the audit is to be mended: errors and what should be looked at.
TO_FIX = "fix"
_AT_ONCE = 20  # documents that are audited while the page waits
_LONGEST = 500  # letters of a reason


class Refused(NamedTuple):
    """A decision that could not be kept: on which finding, why, what was typed, and the status to answer with."""

    finding_id: str
    why: str
    typed: str
    status: int


@router.get("/audit")
def audit(request: Request, viewer: Reader) -> Response:
    """What is wrong with citations and figures, with the evidence; or what was accepted, by whom and why."""
    return _shown(request)


def _shown(request: Request, refused: Refused | None = None) -> Response:
    asked = Asked(request)
    asked.wrong = refused.why if refused else None
    found = _accepted(request, asked) if asked["accepted"] == "1" else _open(request, asked, refused)
    found.status_code = refused.status if refused else 200
    return found


def _open(request: Request, asked: Asked, refused: Refused | None) -> Response:
    """Findings that nobody accepted; hints only where they are asked for."""
    document, finding, symbol = asked.number("document"), asked["finding"], asked["symbol"]
    severity = asked["severity"] if "severity" in request.query_params or finding else TO_FIX
    with store_of(request) as db:
        about: tuple[int, ...] = (document,) if document is not None else ()
        unclear = None
        if symbol:
            about = tuple(browse.numbered(db, symbol, _AT_ONCE + 1))
            unclear = _unclear(symbol, len(about))
        large = not about and browse.many_citations(db, _MOST_CITATIONS)
        wanted = AuditFilter(about, (finding,) if finding in FINDINGS else ())
        every = [] if large or unclear else auditing.audit(db, wanted)
        accepted = acceptance.count(db, document)
    counts = Counter(r["severity"] for r in every)
    levels = ("error", "warning") if severity == TO_FIX else (severity,) if severity in SEVERITIES else SEVERITIES
    found = [r for r in every if r["severity"] in levels]
    asked.wrong = asked.wrong or unclear
    context: dict[str, Any] = {
        "severity": severity,
        "counts": {name: counts[name] for name in SEVERITIES},
        "large": large,
        "unclear": unclear,
        "accepted": accepted,
        "refused": refused,
        "longest": _LONGEST,
    }
    return answer(request, asked, "audit.html", asked.page.of(found), auditing.FIELDS, total=len(found), **context)


def _unclear(symbol: str, found: int) -> str | None:
    """Why the documents of a number are not audited."""
    if not found:
        return f"Trong kho không có văn bản nào số «{symbol}»."
    return f"Có nhiều văn bản số «{symbol}». Hãy gõ cả ký hiệu." if found > _AT_ONCE else None


def _accepted(request: Request, asked: Asked) -> Response:
    """Findings that somebody accepted."""
    with store_of(request) as db:
        found = acceptance.decisions(db, asked.number("document"), asked.page)
    return answer(request, asked, "accepted.html", found, acceptance.FIELDS)


@router.post("/audit")
async def decide(request: Request, sent: Sent) -> Response:
    """Accept a finding for a reason, or open it again."""
    viewer, form = sent
    if form.get("do") not in ("accept", "reopen"):
        raise HTTPException(400)
    keep = _accept if form["do"] == "accept" else _reopen
    refused = await run_in_threadpool(keep, request, form, viewer)
    if refused:
        return await run_in_threadpool(_shown, request, refused)
    query = request.url.query
    return RedirectResponse(f"/audit?{query}" if query else "/audit", 303)


def _accept(request: Request, form: FormData, viewer: Viewer) -> Refused | None:
    finding_id, reason = str(form.get("finding", ""))[:_LONGEST], " ".join(str(form.get("reason", "")).split())
    document = str(form.get("document", ""))
    if not document.isdecimal() or len(document) > 18:
        raise HTTPException(400)
    if not reason or len(reason) > _LONGEST:
        why = "Hãy viết lý do chấp nhận." if not reason else f"Lý do dài quá {_LONGEST} chữ cái. Hãy viết ngắn hơn."
        return Refused(finding_id, why, reason[:_LONGEST], 400)
    with store_of(request) as db:
        if who := acceptance.accepted_by(db, finding_id):
            return Refused(finding_id, f"{who} đã chấp nhận phát hiện này rồi.", "", 409)
        return _kept(db, int(document), finding_id, reason, viewer)


def _kept(db: Database, document: int, finding_id: str, reason: str, viewer: Viewer) -> Refused | None:
    try:
        acceptance.accept(db, auditing.findings_of(db, AuditFilter((document,))), [finding_id], reason, viewer.name)
    except acceptance.UnknownFinding:
        why = "Không còn phát hiện này: văn bản vừa được đọc lại, hoặc vừa có người sửa. Hãy xem lại danh sách."
        return Refused(finding_id, why, reason, 409)
    return None


def _reopen(request: Request, form: FormData, viewer: Viewer) -> Refused | None:
    finding_id = str(form.get("finding", ""))[:_LONGEST]
    with store_of(request) as db:
        if not acceptance.take_back(db, [finding_id], viewer.name):
            return Refused(finding_id, "Phát hiện này chưa ai chấp nhận, hoặc đã có người mở lại.", "", 409)
    return None
