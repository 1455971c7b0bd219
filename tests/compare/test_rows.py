"""Which figures of many reports stand in one row: what the same is called in many ways, and what only looks like it.

Measured in pairs of figures: the precision is the share of pairs in one row that mean the same, the recall the share
of pairs that mean the same which are in one row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from compared import read

from pipeline.compare.model import Figure
from pipeline.model import Quantity

HERE = Path(__file__).parent
MARKED = re.compile(r"\{([^:{}]+):([^{}]+)\}")
NUMBER = re.compile(r"\d[\d.,]*\d|\d")
Row = tuple[str, str | None] | None


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith(("# One", "# Two", "%"))]


def _row(figure: Figure) -> Row:
    return None if figure.share else (figure.key, figure.unit)


def _of(value: str, found: Iterable[tuple[Quantity, Figure]]) -> Row:
    """The row of the last figure that is written so."""
    rows = [_row(f) for q, f in found if value in NUMBER.findall(q.text)]
    return rows[-1] if rows else None


def _pairs(figures: list[tuple[str, Row]]) -> tuple[int, int, int]:
    """Pairs that are in one row rightly, that are in one row, and that should be."""
    rows, meant = Counter(row for _, row in figures if row), Counter(name for name, _ in figures)
    both = Counter((name, row) for name, row in figures if row)
    return tuple(sum(n * (n - 1) // 2 for n in c.values()) for c in (both, rows, meant))  # type: ignore[return-value]


def _said(name: str) -> Iterator[tuple[str, Row]]:
    for n, line in enumerate(_lines(name)):
        value, *wordings = (part.strip() for part in line.split(" | "))
        for said in wordings:
            yield str(n), _of(value, read("I. KẾT QUẢ", said.replace("#", value) + "."))


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("said_alike.txt", 0.94),
        ("said_of_many_fields.txt", 0.92),
        ("said_by_offices.txt", 0.93),
        ("said_in_reports.txt", 0.95),
        ("said_plainly.txt", 0.98),
    ],
)
def test_what_is_said_in_many_ways_stands_in_one_row(name: str, least: float) -> None:
    right, together, there = _pairs(list(_said(name)))
    assert right / together >= 0.95
    assert right / there >= least


@cache
def _look_alikes() -> tuple[tuple[str, bool], ...]:
    found = []
    for line in _lines("look_alike.txt"):
        rows = [_of(NUMBER.findall(side)[-1], read(side.strip() + ".")) for side in line.split(" | ")]
        found.append((line, rows[0] is not None and rows[0] == rows[1]))
    return tuple(found)


def test_what_only_looks_alike_stands_apart() -> None:
    merged = [line for line, together in _look_alikes() if together]
    assert len(merged) <= 0.03 * len(_look_alikes()), merged


def _reports() -> Iterator[tuple[str, Row]]:
    """Every marked figure of the reports; those that only look like others each with a name of its own."""
    for n, report in enumerate("\n".join(_lines("rows_of_reports.txt")).split("\n# ")):
        lines = report.splitlines()[1:]
        marked = [line for line in lines if "|" not in line] + [line for line in lines if "|" in line]
        table = [[MARKED.sub(r"\2", c).strip() for c in line.split("|")] for line in marked if "|" in line]
        prose = [MARKED.sub(r"\2", line) for line in marked if "|" not in line]
        figures, at = read(*prose, *([table] if table else [])), 0
        for k, (name, value) in enumerate(m for line in marked for m in MARKED.findall(line)):
            hit = next((i for i in range(at, len(figures)) if value in NUMBER.findall(figures[i][0].text)), None)
            at = at if hit is None else hit + 1
            yield (f"{name}{n}.{k}" if name == "x" else name), None if hit is None else _row(figures[hit][1])


@pytest.fixture(scope="module")
def reports() -> list[tuple[str, Row]]:
    return list(_reports())


def test_reports_in_other_words_stand_in_the_same_rows(reports: list[tuple[str, Row]]) -> None:
    right, together, there = _pairs(reports)
    assert right / together >= 0.93
    assert right / there >= 0.85
