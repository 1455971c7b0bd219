"""The same indicators in other words, and figures that only look like them."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.analyse import recognise
from pipeline.compare.figures import figures
from pipeline.indicators import known
from pipeline.model import Line, Source, Table

SETS = (
    "wordings",
    "wordings_provincial",
    "wordings_provincial_again",
    "wordings_districts",
    "wordings_districts_again",
)
READ = {name: tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")) for name in SETS}
CORE = {report["place"]: frozenset(read["core"]) for read in READ.values() for report in read["report"]}
REPORTS = {report["place"]: report for read in READ.values() for report in read["report"]}
LEAST = 0.93


def report(place: str, lines: list[str]) -> Source:
    """A report of a district, as a reader would give it."""
    name = place.split(" ", 2 if place.startswith("thị xã") else 1)[-1]
    head = ["ỦY BAN NHÂN DÂN", place.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    head += ["Số: 12/BC-UBND", f"{name}, ngày 10 tháng 12 năm 2024", "BÁO CÁO", "Kết quả công tác lao động năm 2024"]
    blocks: list[Line | Table] = [Line(text, whole=True) for text in head]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
    blocks += [Line(line, whole=True) for line in lines if "|" not in line]
    if rows:
        blocks.append(Table(rows))
    return Source(name="bc.docx", sha256="0", format="docx", blocks=blocks)


@cache
def found(place: str) -> tuple[tuple[str, float], ...]:
    """The figures of the core indicators in the report of a place."""
    document = recognise(report(place, REPORTS[place]["lines"]))
    facts: list[tuple[str, float]] = []
    for f in figures(document, known()):
        q = document.quantities[f.position]
        if f.indicator_id in CORE[place] and not f.share and not (q.aspect == "change" and q.unit == "%"):
            facts.append((f.indicator_id, float(q.value)))
    return tuple(facts)


def counted(entry: dict[str, Any]) -> tuple[int, int, int]:
    """How many facts are found rightly, found, and there."""
    right = Counter((indicator, float(value)) for indicator, value in entry["facts"])
    seen = Counter(found(entry["place"]))
    return sum((right & seen).values()), sum(seen.values()), sum(right.values())


@pytest.mark.parametrize("name", SETS)
def test_there_are_twelve_reports_and_eight_look_alikes(name: str) -> None:
    assert sum(bool(r["facts"]) for r in READ[name]["report"]) >= (6 if name.endswith("again") else 12)
    assert sum(not r["facts"] for r in READ[name]["report"]) >= 8


@pytest.mark.parametrize("name", SETS)
def test_other_wordings_are_found_and_look_alikes_stay_apart(name: str) -> None:
    hits, seen, there = (sum(column) for column in zip(*map(counted, READ[name]["report"]), strict=True))
    assert hits / seen >= LEAST
    assert hits / there >= LEAST


@pytest.mark.parametrize("entry", [r for r in REPORTS.values() if not r["facts"]], ids=lambda r: r["place"])
def test_a_look_alike_joins_no_indicator(entry: dict[str, Any]) -> None:
    assert found(entry["place"]) == ()


ROWS = tomllib.loads((Path(__file__).parent / "wordings_rows.toml").read_text(encoding="utf-8"))["report"]


def test_the_words_of_officials_lead_to_the_same_indicators() -> None:
    """What reports of many fields count, with parts, grades and other populations beside it."""
    there = hits = others = 0
    for entry in ROWS:
        document = recognise(report(entry["place"], entry["lines"]))
        seen: dict[float, list[str | None]] = {}
        for f in figures(document, known()):
            q = document.quantities[f.position]
            if not f.share and not (q.aspect == "change" and q.unit == "%"):
                seen.setdefault(float(q.value), []).append(f.indicator_id)
        for indicator, value in entry["facts"]:
            said = seen.get(float(value), [])
            there += 1
            hits += indicator in said
            others += indicator not in said and any(said)
    assert hits / there >= 0.97
    assert others / there <= 0.01
