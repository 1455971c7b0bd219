"""What a summary of a plan says: targets and results, who has answered, limitations, recurring proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from pipeline.store import compare, overview
from pipeline.summary.blocks import Cell, Grid, Heading, Picture, Said, Source, Summary
from pipeline.summary.charts import Bar, Event, Node, bars, day, number, timeline, tree
from pipeline.symbols import names_by_type
from pipeline.wording import CODES, compared, money_scale, over

Record = dict[str, Any]
_BRIEF = 400
_KINDS = {"plan": "Kế hoạch", "report": "Báo cáo"}


def summary_of(db: Database, document_id: int) -> tuple[Summary, dict[str, tuple[list[Record], Sequence[str]]]]:
    """The summary of a plan and what answers it, and the same as sheets of a workbook."""
    from pipeline.compare.followup import FOLLOW_FIELDS
    from pipeline.compare.targets import PLAN_FIELDS

    plan = compare.origin(db, document_id)
    assert plan is not None
    answers = compare.answers(db, document_id)
    ids = [a["document_id"] for a in answers]
    rows, bodies = compare.targets_and_results(db, document_id), compare.followed(db, document_id)
    limits, proposed = compare.sections(db, "limitations", ids), overview.proposals(db, ids)
    made = Summary(f"Tổng hợp kết quả thực hiện {_named(plan)}", plan["title"] or "")
    _targets(db, made, rows)
    _bodies(made, plan, bodies, answers)
    _limitations(made, limits)
    _proposals(made, proposed)
    everything = compare.compare(db, compare.FigureFilter(documents=(document_id, *ids)))
    sheets: dict[str, tuple[list[Record], Sequence[str]]] = {
        "Chỉ tiêu và kết quả": (rows, PLAN_FIELDS),
        "Trả lời": (bodies, FOLLOW_FIELDS),
        "Mọi số liệu": (everything, compare.COMPARE_FIELDS),
        "Tồn tại, hạn chế": (limits, compare.SECTION_FIELDS),
        "Kiến nghị lặp lại": (proposed, ("text", "agency", "count", "proposals")),
        "Văn bản trả lời": (answers, ("document_id", "document", "doc_type", "issuer", "issued_on", "title")),
    }
    return made, {name: (_in_words(listed), columns) for name, (listed, columns) in sheets.items()}


def _in_words(rows: Sequence[Record]) -> list[Record]:
    """Rows with their codes said in Vietnamese."""
    return [{k: CODES[k].get(v, v) if k in CODES and isinstance(v, str) else v for k, v in r.items()} for r in rows]


def _named(plan: Record) -> str:
    kind = names_by_type().get(plan["doc_type"] or "") if plan["symbol"] else None
    named = f"{kind} số {plan['document']}" if kind else plan["document"]
    issued = f" ngày {day(plan['issued_on'])}" if plan["issued_on"] else ""
    return f"{named}{issued}" + (f" của {plan['issuer']}" if plan["issuer"] else "")


def _source(found: dict[int, Record], figure: int | None) -> Source | None:
    r = found.get(figure) if figure is not None else None
    return Source(r["document"], r["page"], r["text"], r["start"], r["end"]) if r else None


def _targets(db: Database, made: Summary, rows: Sequence[Record]) -> None:
    made.blocks.append(Heading("I. CHỈ TIÊU VÀ KẾT QUẢ"))
    if not rows:
        made.blocks.append(Said("Không đọc được chỉ tiêu nào trong kế hoạch."))
        return
    known = [i for r in rows for i in (r["target_id"], r["result_id"]) if i is not None]
    words = compare.source_words(db, known)
    groups: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for r in rows:
        groups[(r["indicator"], r["unit"] or "", r["period"] or "")].append(r)
    reached = sum(bool(r["met"]) for r in rows)
    silent = sum(r["result"] is None for r in rows)
    made.blocks.append(
        Said(
            f"Kế hoạch có {len(rows)} chỉ tiêu theo nơi và kỳ; {reached} đạt, {len(rows) - reached - silent} chưa đạt,"
            f" {silent} chưa có số liệu trong các báo cáo."
        )
    )
    for i, ((indicator, unit, period), group) in enumerate(groups.items(), 1):
        made.blocks.append(Heading(f"{i}. {indicator}" + (f", {period}" if period else ""), 2))
        made.blocks.append(_grid(made, group, unit, words))
        if len(group) > 1:
            shown = [Bar(r["place"] or "", r["result"], r["target"], r["share"], r["met"]) for r in group]
            made.blocks.append(Picture(f"chi-tieu-{i}", bars(indicator, unit, shown)))


def _grid(made: Summary, group: Sequence[Record], unit: str, words: dict[int, Record]) -> Grid:
    unit, size = money_scale(unit, (v for r in group for v in (r["target"], r["result"], r["gap"])))
    heads = ("Nơi", f"Kế hoạch ({unit})", f"Thực hiện ({unit})", "Tỷ lệ đạt (%)", "Chênh lệch", "Hạng", "Báo cáo")
    rows: list[list[Cell]] = []
    for r in group:
        target = compared(number(over(r["target"], size)), r["comparator"])
        rows.append(
            [
                r["place"] or "",
                made.cite(target, _source(words, r["target_id"])),
                made.cite(number(over(r["result"], size)), _source(words, r["result_id"])),
                number(r["share"]),
                number(over(r["gap"], size)),
                number(r["rank"]),
                (r["document"] or "")
                + (f" (khác: {'; '.join(o['text'] for o in r['others'])})" if r["others"] else ""),
            ]
        )
    return Grid(heads, rows, frozenset({1, 2, 3, 4, 5}))


def _bodies(made: Summary, plan: Record, bodies: Sequence[Record], answers: Sequence[Record]) -> None:
    made.blocks.append(Heading("II. CƠ QUAN ĐƯỢC GIAO ĐÃ TRẢ LỜI"))
    charged = [b for b in bodies if b["charged"]]
    silent = [b for b in charged if b["status"] == "none"]
    made.blocks.append(
        Said(f"{len(charged)} cơ quan được giao nhiệm vụ; {len(silent)} chưa có kế hoạch hay báo cáo nào trong kho.")
    )
    words = {a["document"]: Source(a["document"], a["page"], a["text"], 0, len(a["text"])) for a in answers}
    heads = ("Cơ quan", "Tình trạng", "Hạn kế hoạch", "Kế hoạch", "Hạn báo cáo", "Báo cáo")
    rows: list[list[Cell]] = [
        [
            b["agency"],
            CODES["status"][b["status"]],
            day(b["plan_due"]),
            made.cite(_dated(b, "plan"), words.get(b["plan"] or "")),
            day(b["report_due"]),
            made.cite(_dated(b, "report"), words.get(b["report"] or "")),
        ]
        for b in bodies
    ]
    made.blocks.append(Grid(heads, rows))
    nodes = [Node(b["agency"], _lines(b), b["status"], any(_owes(b, kind) for kind in _KINDS)) for b in bodies]
    made.blocks.append(Picture("tra-loi", tree("Ai đã trả lời, ai chưa", _named(plan), nodes)))
    if events := _events(charged):
        made.blocks.append(Picture("thoi-han", timeline("Thời hạn và việc trả lời", events)))


def _dated(body: Record, kind: str) -> str:
    if not body[kind]:
        return "–"
    late = {True: ", chậm", False: ", đúng hạn", None: ""}[body[f"{kind}_late"]]
    return f"{body[kind]} ngày {day(body[f'{kind}_on'])}{late}"


def _lines(body: Record) -> list[str]:
    found = []
    for kind, words in _KINDS.items():
        if body[kind]:
            found.append(f"{words} {_dated(body, kind)}")
        elif body[f"{kind}_due"] and body["status"] != "none":
            found.append(f"{words}: chưa có, hạn {day(body[f'{kind}_due'])}")
    if body["others"]:
        found.append(f"Văn bản khác: {'; '.join(body['others'])}")
    return found or [CODES["status"]["none"].capitalize()]


def _owes(body: Record, kind: str) -> bool:
    """Whether a body has not issued in time what it should have."""
    return bool(body[f"{kind}_late"] or (body[f"{kind}_due"] and not body[kind]))


def _events(bodies: Sequence[Record]) -> list[Event]:
    """A day for each deadline, with those who have met it and those who have not."""
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for b in bodies:
        for kind in _KINDS:
            if b[f"{kind}_due"]:
                found[(b[f"{kind}_due"], kind)].append(b)
    events = []
    for (due, kind), owing in found.items():
        late = [b["agency"] for b in owing if _owes(b, kind)]
        done = f"Gửi {_KINDS[kind].lower()}: {len(owing) - len(late)}/{len(owing)} đúng hạn"
        events.append(
            Event(due, done + (f"; chậm hoặc chưa có: {', '.join(late)}" if late else ""), 1 - len(late) / len(owing))
        )
    return events


def _limitations(made: Summary, limits: Sequence[Record]) -> None:
    made.blocks.append(Heading("III. TỒN TẠI, HẠN CHẾ CÁC BÁO CÁO NÊU"))
    rows: list[list[Cell]] = []
    for r in limits:
        if r["text"]:
            source = Source(r["document"], r["page"], r["text"], 0, 0)
            rows.append([r["issuer"] or "", made.cite(r["document"], source), _brief(r["text"])])
    made.blocks.append(Grid(("Nơi", "Văn bản", "Nội dung"), rows) if rows else Said("Không có."))


def _proposals(made: Summary, proposed: Sequence[Record]) -> None:
    made.blocks.append(Heading("IV. KIẾN NGHỊ NHIỀU NƠI CÙNG NÊU"))
    rows: list[list[Cell]] = []
    for r in proposed:
        for i, p in enumerate(r["proposals"]):
            source = Source(p["document"], p["page"], p["text"], 0, len(p["text"]))
            first = f"{r['count']} nơi" if i == 0 else ""
            rows.append([first, p["issuer"] or "", made.cite(p["document"], source), p["text"]])
    made.blocks.append(Grid(("Số nơi", "Nơi", "Văn bản", "Kiến nghị"), rows) if rows else Said("Không có."))


def _brief(text: str) -> str:
    """A text cut, where it is too long, behind a line if one ends in its later half, else behind a word."""
    if len(text) <= _BRIEF:
        return text
    line = text.rfind("\n", _BRIEF // 2, _BRIEF)
    return f"{text[:line]}\n…" if line > 0 else text[:_BRIEF].rsplit(" ", 1)[0] + " …"
