"""Overview and lists: documents, tasks, citations, search, files that failed. Every list is exported as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from starlette.responses import RedirectResponse

from pipeline.due import typed_day
from pipeline.names import fold
from pipeline.render import Record, to_bytes
from pipeline.store import browse, queries
from pipeline.store.browse import MOST, DocumentFilter
from pipeline.store.duties import ORDERS as TASK_ORDERS
from pipeline.store.match import AmbiguousName
from pipeline.store.queries import CitationFilter, Page, TaskFilter
from pipeline.store.search import FIELDS as SEARCH_FIELDS
from pipeline.store.search import RANKED
from pipeline.store.search import search as find
from pipeline.web.guard import Viewer, reader
from pipeline.web.pages import page, stamp, store_of
from pipeline.wording import SHEETS

router = APIRouter()

Reader = Annotated[Viewer, Depends(reader)]

ROWS = 50
EXPORTED = 50_000  # rows of a file: more would take all memory of the server, and a sheet holds a million
_TOO_MANY = (
    f"Danh sách dài hơn {EXPORTED:,} dòng".replace(",", ".")
    + ". Hãy lọc bớt rồi tải về từng phần; muốn lấy cả kho thì người quản trị chạy lệnh «vanban export»."
)
_FEW = 10_000  # documents whose facets are counted at once; those of more come when the page is shown
_CITING, _NAMED = 6, 100  # documents named beside one that they cite, on the page and in its export
_LONGEST = 200
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


class Asked:
    """What the address asks for: its parameters, cut to a sane length, and where the page begins."""

    def __init__(self, request: Request) -> None:
        self.values = {k: v.strip()[:_LONGEST] for k, v in request.query_params.items() if v.strip()}
        offset = self.values.get("offset", "0")
        self.offset = min(int(offset), MOST) if offset.isdecimal() and len(offset) < 9 else 0
        self.form = self.values.get("format")
        self.wrong: str | None = None

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def page(self) -> Page:
        """Which rows: those of a file, or those shown; one more, to know whether others follow."""
        return Page(EXPORTED + 1) if self.form else Page(ROWS + 1, self.offset)

    def one_of(self, name: str, known: Any) -> str:
        """The value of a parameter that has few; the first of them where it has none of these."""
        return self[name] if self[name] in known else next(iter(known))

    def number(self, name: str) -> int | None:
        """A whole number."""
        return int(self[name]) if self[name].isdecimal() and len(self[name]) < 19 else None

    def day(self, name: str) -> date | None:
        """A day, as ``2026-06-30`` or ``30/6/2026``."""
        said = self[name]
        try:
            return typed_day(said) if said else None
        except ValueError:
            self.wrong = f"«{said}» không phải là ngày; hãy viết như 30/6/2026."
            return None


def answer(
    request: Request, asked: Asked, template: str, found: Sequence[Record], columns: Sequence[str], **context: Any
) -> Response:
    """The rows as a page, or as a file."""
    name = template.removesuffix(".html")
    if asked.form:
        if asked.form not in _TYPES:
            raise HTTPException(404)
        if len(found) > EXPORTED:
            raise HTTPException(400, _TOO_MANY)
        content = to_bytes(found, columns, asked.form, bom=True, name=name)
        saved = fold(SHEETS[name]).replace(" ", "-")
        headers = {"Content-Disposition": f'attachment; filename="{saved}.{asked.form}"'}
        return Response(content, headers=headers, media_type=_TYPES[asked.form])
    more = len(found) > ROWS
    shown = {"rows": found[:ROWS], "asked": asked, "offset": asked.offset, "step": ROWS, "more": more, "most": MOST}
    return page(request, template, {"wrong": asked.wrong, "candidates": [], **shown, **context})


def _ambiguous(request: Request, asked: Asked, template: str, error: AmbiguousName, **context: Any) -> Response:
    """A page that offers the names that were perhaps meant."""
    parameter = next((k for k in ("agency", "issuer", "place") if asked[k] == error.asked), "agency")
    candidates = [(parameter, name) for name in error.candidates[:30]]
    asked.form = None
    return answer(request, asked, template, [], (), **context, candidates=candidates, total=0)


@router.get("/")
def overview(request: Request, viewer: Reader) -> Response:
    """What is in, what failed and why, what falls due."""
    mark = (*stamp(request), date.today())
    kept: tuple[Any, dict[str, Any]] | None = getattr(request.app.state, "overview", None)
    if kept is None or kept[0] != mark:  # looks at the whole store, so it is made once for each state of it
        with store_of(request) as db:
            context = {
                "totals": browse.totals(db),
                "reasons": browse.reasons(db),
                "coming": browse.coming(db, date.today()),
                "recent": browse.recent(db),
                "facets": browse.facets(db, DocumentFilter(), 6, ("doc_type", "year")),
            }
        kept = request.app.state.overview = (mark, context)
    return page(request, "overview.html", kept[1])


@router.get("/documents")
def documents(request: Request, viewer: Reader) -> Response:
    """Documents by facet."""
    asked = Asked(request)
    wanted = DocumentFilter(*(asked[name] or None for name in DocumentFilter._fields))
    order = asked.one_of("sort", browse.ORDERS)
    with store_of(request) as db:
        at_once = asked["facets"] == "1" or browse.count(db, DocumentFilter(), _FEW) < _FEW
        try:
            found = browse.browse(db, wanted, asked.page, order)
            total = browse.count(db, wanted, MOST)
            facets = browse.facets(db, wanted) if at_once and not asked.form else None
        except AmbiguousName as error:
            facets = browse.facets(db, wanted._replace(issuer=None)) if at_once else None
            return _ambiguous(request, asked, "documents.html", error, facets=facets, order=order)
    columns = browse.BROWSED_FIELDS
    return answer(request, asked, "documents.html", found, columns, facets=facets, total=total, order=order)


@router.get("/facets")
def facets(request: Request, viewer: Reader) -> Response:
    """The facets of documents alone, which a page of a large store asks for when it is shown."""
    asked = Asked(request)
    wanted = DocumentFilter(*(asked[name] or None for name in DocumentFilter._fields))
    with store_of(request) as db:
        try:
            found = browse.facets(db, wanted)
        except AmbiguousName:
            found = browse.facets(db, wanted._replace(issuer=None))
    return page(request, "facets.html", {"facets": found, "asked": asked})


@router.get("/tasks")
def tasks(request: Request, viewer: Reader) -> Response:
    """Who must do what, by when."""
    asked = Asked(request)
    role = asked["role"] if asked["role"] in ("lead", "coordinate", "direct", "propose") else None
    wanted = TaskFilter(
        asked["agency"] or None,
        role,
        asked["place"] or None,
        asked.number("document"),
        asked["issuer"] or None,
        asked.day("due_after"),
        asked.day("due_before"),
        asked["query"] or None,
        as_of=date.today() if asked["current"] == "1" else None,
        overdue=asked["overdue"] == "1",
    )
    order = asked.one_of("sort", TASK_ORDERS)
    with store_of(request) as db:
        try:
            found = queries.counted_tasks(db, wanted, asked.page, order, MOST)
        except AmbiguousName as error:
            return _ambiguous(request, asked, "tasks.html", error, order=order, owners=[])
    counted = {"total": found.total, "most": found.total if found.more else None, "owners": found.owners}
    return answer(request, asked, "tasks.html", found.rows, queries.TASK_FIELDS, order=order, **counted)


@router.get("/citations")
def citations(request: Request, viewer: Reader) -> Response:
    """Which documents are cited, and where."""
    asked = Asked(request)
    wanted = CitationFilter(
        asked["symbol"] or None, asked["type"] or None, asked["issuer"] or None, asked.number("cited_by")
    )
    by_target = asked["by"] != "document"
    orders = queries.TARGET_ORDERS if by_target else queries.CITATION_ORDERS
    order = asked.one_of("sort", orders)
    columns: Sequence[str] = queries.TARGET_FIELDS if by_target else queries.CITATION_FIELDS
    context: dict[str, Any] = {"by_target": by_target, "order": order}
    with store_of(request) as db:
        try:
            if by_target:
                found = queries.cited_documents(db, wanted, asked.page, order, _NAMED if asked.form else _CITING)
            else:
                found = queries.citations(db, wanted, asked.page, order)
            total = queries.count_citations(db, wanted, MOST, by_target)
        except AmbiguousName as error:
            return _ambiguous(request, asked, "citations.html", error, **context)
    return answer(request, asked, "citations.html", found, columns, total=total, **context)


@router.get("/search")
def search(request: Request, viewer: Reader) -> Response:
    """Ranked paragraphs with the words marked; so many on the pages as are ranked at once."""
    asked = Asked(request)
    rest = max(0, RANKED - asked.offset)
    wanted = Page(MOST) if asked.form else Page(min(ROWS + 1, rest), asked.offset)
    with store_of(request) as db:
        found = find(db, asked["q"], wanted)
    last = rest <= ROWS and len(found) == rest
    return answer(request, asked, "search.html", found, SEARCH_FIELDS, last=last, ranked=RANKED)


@router.get("/errors")
def errors(request: Request, viewer: Reader) -> Response:
    """Every file that failed."""
    asked = Asked(request)
    with store_of(request) as db:
        reasons = browse.reasons(db)
        code = asked["code"] if asked["code"] in {r["code"] for r in reasons} else None
        found = queries.errors(db, asked.page, code)
    total = sum(r["files"] for r in reasons if code in (None, r["code"]))
    return answer(request, asked, "errors.html", found, queries.ERROR_FIELDS, total=total, reasons=reasons)


@router.get("/tasks/{item}")
@router.get("/citations/{item}")
@router.get("/quantities/{item}")
def one(request: Request, item: int, viewer: Reader) -> Response:
    """A task, citation or quantity in its document."""
    table = request.url.path.split("/")[1]
    with store_of(request) as db:
        place = browse.place_of(db, table, item)
    if place is None:
        raise HTTPException(404)
    kind = {"tasks": "task", "citations": "citation", "quantities": "quantity"}[table]
    return RedirectResponse(f"/documents/{place[0]}?f={kind}-{place[1]}", 303)
