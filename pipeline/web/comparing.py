"""Documents side by side, with charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlite_utils import Database

from pipeline.compare.followup import FOLLOW_FIELDS
from pipeline.compare.targets import PLAN_FIELDS
from pipeline.render import Record
from pipeline.store import browse
from pipeline.store import compare as side_by_side
from pipeline.store.browse import MOST
from pipeline.store.compare import Counted, FigureFilter
from pipeline.store.renewal import renew_all, stale
from pipeline.summary.charts import PHONE, Bar, bars
from pipeline.web.guard import Viewer, reader
from pipeline.web.labels import ASPECTS
from pipeline.web.lists import Asked, answer
from pipeline.web.pages import page, store_of
from pipeline.web.renewing import Renewal
from pipeline.wording import money_scale, over

router = APIRouter()

Reader = Annotated[Viewer, Depends(reader)]

_AT_ONCE = 20  # documents whose figures are read again while the page waits
_SUMS = ("value", "value_max", "of", "target", "result", "gap")  # fields in the unit of their row
_BARS = 25
_CHARTS = 4
_DRAWN = 500  # figures among which those of one indicator, unit and period are drawn


@router.get("/compare")
def compare(request: Request, viewer: Reader) -> Response:
    """One indicator in many places; targets beside results; who has answered."""
    asked = Asked(request)
    plan, view = asked.number("plan"), asked["view"] if asked["view"] in ("results", "follow") else "figures"
    with store_of(request) as db:
        columns: Sequence[str]
        about = side_by_side.origin(db, plan) if plan is not None else None
        if plan is not None and about is None:
            raise HTTPException(404, "Không có văn bản này trong kho.")
        among = (plan, *(a["document_id"] for a in side_by_side.answers(db, plan))) if plan is not None else None
        waiting = stale(db, among) if plan is not None or asked["indicator"] else []
        if len(waiting) > _AT_ONCE:
            return _renewing(request, asked)
        renew_all(db, waiting)
        if plan is not None and view == "results":
            drawn, columns = side_by_side.targets_and_results(db, plan), PLAN_FIELDS
        elif plan is not None and view == "follow":
            drawn, columns = side_by_side.followed(db, plan), FOLLOW_FIELDS
        else:
            view, columns = "figures", side_by_side.COMPARE_FIELDS
            rows, drawn, total = _figures(db, asked, among)
        if view != "figures":
            rows, total = asked.page.of(drawn), len(drawn)
        plans = browse.answered(db)
        told_of = {} if plan is not None or asked["indicator"] else side_by_side.told_of(db)
    shown: list[Record] = [{c: r[c] for c in columns} for r in rows]
    if view != "follow" and not asked.form:
        shown = _read_best(shown)
    context = {"view": view, "plan": about, "plans": plans, "charts": _charts(drawn, view), "total": total}
    return answer(request, asked, "compare.html", shown, columns, told_of=told_of, **context)


def _renewing(request: Request, asked: Asked) -> Response:
    """Say that the figures of many documents are being read again."""
    renewal: Renewal = request.app.state.renewal
    renewal.begin()
    if asked.form:
        raise HTTPException(503, "Đang đọc lại số liệu của các văn bản. Hãy tải lại sau ít phút.")
    return page(request, "renewing.html", {"renewal": renewal})


@router.get("/compare/renewal")
def renewed(request: Request, viewer: Reader) -> Response:
    """How far reading figures again is; once it is over, the page that waits for it loads itself anew."""
    renewal: Renewal = request.app.state.renewal
    if renewal.works or renewal.failed:
        return page(request, "renewal.html", {"renewal": renewal})
    return Response(headers={"HX-Refresh": "true"})


def _figures(db: Database, asked: Asked, among: tuple[int, ...] | None) -> Counted:
    """The figures of an indicator (``among`` some documents) on this page, those to be drawn, and how many there are.

    None where nothing is asked for, as these would be all.
    """
    if not asked["indicator"] and among is None:
        return Counted([], [], 0)
    aspect = asked["aspect"] if asked["aspect"] in ASPECTS else None
    wanted = FigureFilter(asked["indicator"] or None, asked["place"] or None, asked["period"] or None, aspect, among)
    return side_by_side.counted(db, wanted, asked.page, 0 if asked.form else _DRAWN, MOST)


def _read_best(rows: Sequence[Record]) -> list[Record]:
    """Rows whose sums of money stand in the unit in which those of their indicator are read best."""
    groups: dict[tuple[str, str], list[float | None]] = defaultdict(list)
    for r in rows:
        groups[(r["indicator"], r["unit"] or "")] += [r.get(field) for field in _SUMS]
    scales = {key: money_scale(key[1], values) for key, values in groups.items()}
    found = []
    for r in rows:
        unit, size = scales[(r["indicator"], r["unit"] or "")]
        found.append(r | {"unit": unit} | {field: over(r[field], size) for field in _SUMS if field in r})
    return found


def _charts(rows: Sequence[Record], view: str) -> list[tuple[str, str]]:
    """Bars of what can be drawn, for wide and narrow screens: places beside each other in one indicator and period."""
    groups: dict[tuple[Any, ...], dict[str, Bar]] = {}
    for r in rows if view != "follow" else ():
        if not r["place"]:
            continue
        key = r["indicator"], r["unit"] or "", r["period"] or ""
        if view == "results":
            if r["target"] is not None:
                bar = Bar(r["place"], r["result"], r["target"], r["share"], r["met"])
                groups.setdefault(key, {}).setdefault(r["place"], bar)
        elif r["aspect"] in ("result", None):
            groups.setdefault(key, {}).setdefault(r["place"], Bar(r["place"], r["value"]))
    drawn = [(key, list(found.values())) for key, found in groups.items() if len(found) > 1]
    drawn.sort(key=lambda group: -len(group[1]))
    charts = []
    for (indicator, unit, period), found in drawn[:_CHARTS]:
        title = f"{indicator}{f', {period}' if period else ''}"
        charts.append((bars(title, unit, found[:_BARS]).svg(), bars(title, unit, found[:_BARS], PHONE).svg()))
    return charts
