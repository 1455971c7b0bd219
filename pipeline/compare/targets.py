"""Targets of a plan beside the results that documents answering it report: value, share reached, gap, rank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from patterns import data
from pipeline.names import bare, name_key, unit_of

Record = dict[str, Any]

PLAN_FIELDS = (
    "indicator", "unit", "period", "place", "target", "comparator", "result", "share", "gap", "met", "rank",
    "document_id", "document", "page", "text", "plan_page", "plan_text", "others", "strength",
)  # fmt: skip
_UPWARD = (">", ">=", "=", "~")
_EXACT = ("=", "~")


def beside(planned: Sequence[Record], reported: Sequence[Record]) -> list[Record]:
    """One row a target of a plan, in its order, with the result that fits it best; ``result`` null where none does.

    Both are figures as the store gives them, the ones targets, the others results. ``others`` are further documents
    that report another value.
    """
    results: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for r in reported:
        results[_subject(r)].append(r)
    rows = [_row(t, results[_subject(t)]) for t in _targets(planned)]
    _rank(rows)
    return rows


def _subject(r: Record) -> tuple[str, str]:
    """What a figure counts, and the bare name of where."""
    return r["indicator_key"], bare(r["place_key"]) or r["place_key"]


def _targets(planned: Sequence[Record]) -> list[Record]:
    """The targets of a plan, each once: a total in a table repeats what a sentence has said."""
    seen: dict[tuple[Any, ...], Record] = {}
    for r in planned:
        if r["indicator_id"]:
            seen.setdefault((r["indicator_key"], r["place_key"], r["period"]), r)
    return list(seen.values())


def _row(target: Record, candidates: Sequence[Record]) -> Record:
    fitting = [r for r in candidates if _same_place(r, target) and _in_time(r, target)]
    best = max(fitting, key=lambda r: _fitness(r, target), default=None)
    value, reached = target["value"], best["value"] if best else None
    falling = _falls(target)
    lower = falling and target["comparator"] in _EXACT
    return {
        **{field: target[field] for field in ("indicator", "unit", "period", "place", "comparator")},
        "target": value,
        "result": reached,
        "share": round(100 * reached / value, 1) if reached is not None and value and not falling else None,
        "gap": round(reached - value, 6) if reached is not None else None,
        "met": _met(reached, value, "<=" if lower else target["comparator"]) if reached is not None else None,
        "rank": None,
        **{field: best[field] if best else None for field in ("document_id", "document", "page", "text")},
        "plan_page": target["page"],
        "plan_text": target["text"],
        "others": _others(fitting, best) if best else [],
        "strength": best["strength"] if best else None,
        "place_key": target["place_key"],
        "target_id": target["figure_id"],
        "result_id": best["figure_id"] if best else None,
    }


def _same_place(r: Record, target: Record) -> bool:
    """Whether two places of one bare name may be the same: not where their kinds differ."""
    a, b = r["place_key"], target["place_key"]
    return a == b or not (unit_of(a) and unit_of(b))


def _in_time(r: Record, target: Record) -> bool:
    if not target["period_from"] or not r["period_from"]:
        return True
    return bool(r["period_from"] <= target["period_to"] and r["period_to"] >= target["period_from"])


def _fitness(r: Record, target: Record) -> tuple[Any, ...]:
    """The whole period first, then the place's own report, the figure that names the target, the later report."""
    own = name_key(r["issuer"] or "").endswith(target["place_key"])
    return (
        r["period"] == target["period"],
        own,
        r["of"] == target["value"],
        r["of"] is not None,
        r["issued_on"] or "",
        r["strength"],
        -r["start"],
    )


def _others(fitting: Sequence[Record], best: Record) -> list[Record]:
    found: dict[tuple[Any, ...], Record] = {}
    for r in fitting:
        if r["value"] != best["value"] and r["period"] == best["period"]:
            found.setdefault(
                (r["document_id"], r["value"]),
                {
                    **{k: r[k] for k in ("document_id", "document", "value", "page")},
                    "text": f"{r['document']}: {r['text']}",
                },
            )
    return list(found.values())


def _falls(target: Record) -> bool:
    """Whether less is better: so the target says (``dưới 3%``), or what it counts is to fall (a poverty rate)."""
    if target["comparator"] in _EXACT:
        return bool(target["indicator_id"] in data("indicators")["direction"]["falling"])
    return target["comparator"] not in _UPWARD


def _met(reached: float, value: float, comparator: str) -> bool:
    match comparator:
        case "<":
            return reached < value
        case "<=":
            return reached <= value
        case ">":
            return reached > value
        case _:
            return reached >= value


def _rank(rows: Sequence[Record]) -> None:
    """Rank the places of one kind by the share that they reached of one indicator; equal shares share a rank."""
    groups: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for row in rows:
        if row["share"] is not None:
            level = "district" if unit_of(row["place_key"]) in ("huyen", "thi xa", "quan", "thanh pho") else "other"
            groups[(row["indicator"], row["unit"], row["period"], level)].append(row)
    for group in groups.values():
        for row in group if len(group) > 1 else []:
            row["rank"] = 1 + sum(other["share"] > row["share"] for other in group)
