"""The samples read once, and what a person reads in them of the indicators that they share."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from pipeline.analyse import analyse
from pipeline.compare.figures import figures
from pipeline.indicators import known
from pipeline.model import Document

SAMPLES = Path(__file__).parent.parent / "corpus" / "docx"
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
