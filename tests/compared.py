"""The samples read once with what a person reads in them, and lines of a test as a district's report."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.analyse import analyse, recognise
from pipeline.compare.figures import figures
from pipeline.compare.model import Figure
from pipeline.indicators import known
from pipeline.model import Document, Line, Quantity, Source, Table

SAMPLES = Path(__file__).parent.parent / "corpus" / "docx"
#: the head of a district's report in which a test writes its lines
HEAD = (
    "ỦY BAN NHÂN DÂN", "HUYỆN SUỐI TRAI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
    "Số: 12/BC-UBND", "Suối Trai, ngày 10 tháng 12 năm 2024", "BÁO CÁO", "Tình hình kinh tế - xã hội năm 2024",
)  # fmt: skip
Fact = tuple[str, str, str | None, str | None, str | None, str | None, float]


@cache
def sample(name: str) -> Document:
    """A sample as the program reads it."""
    return analyse(SAMPLES / f"{name}.docx")


@cache
def expected() -> frozenset[Fact]:
    """Every figure of the indicators in ``samples.csv``, read by hand."""
    with (Path(__file__).parent / "compare" / "samples.csv").open(encoding="utf-8") as file:
        return frozenset(
            (r["document"], r["indicator"], r["unit"], r["period"], r["place"], r["aspect"], float(r["value"]))
            for r in csv.DictReader(file)
        )


def found(names: frozenset[str], indicators: frozenset[str]) -> set[Fact]:
    """What the program finds of some indicators, targets, results and changes; without proposals."""
    facts: set[Fact] = set()
    for name in names:
        document = sample(name)
        for f in figures(document, known()):
            q = document.quantities[f.position]
            if f.indicator_id in indicators and not f.share and f.aspect:
                facts.add((name, f.indicator_id, q.unit, f.period.label, f.place, f.aspect, float(q.value)))
    return facts


def read(*body: str | list[list[str]]) -> list[tuple[Quantity, Figure]]:
    """The figures of a report with these paragraphs and tables."""
    blocks: list[Line | Table] = [Line(text, whole=True) for text in HEAD]
    blocks += [Line(part, whole=True) if isinstance(part, str) else Table(part) for part in body]
    document = recognise(Source(name="bc.docx", sha256="0", format="docx", blocks=blocks))
    return [(document.quantities[f.position], f) for f in figures(document, known())]


def named(*body: Any) -> list[tuple[float, str | None]]:
    """What each value counts, shares of a plan left out."""
    return [(float(q.value), f.indicator_id) for q, f in read(*body) if not f.share]
