"""Faults of every kind planted in the samples are found; clean sentences of the same form are left alone."""

from __future__ import annotations

from collections import defaultdict

import pytest
from plant import CONTROLS, FAULTS, Plant, plan, planted, samples

from pipeline.analyse import recognise
from pipeline.audit.catalogue import Catalogue, shipped
from pipeline.audit.citations import audit_citations
from pipeline.audit.figures import audit_figures
from pipeline.audit.model import Finding, mentions_of
from pipeline.model import Document, Source

FAULTS_EACH, CONTROLS_EACH = 30, 20
RECALL, PRECISION = 0.97, 0.99
#: Out of force is one finding under three names.
SAME = {"expired": "replaced", "repealed": "replaced"}


class Score:
    """What was planted and what was found, by kind."""

    def __init__(self) -> None:
        self.missed: dict[str, list[str]] = defaultdict(list)
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self.planted = self.found = 0

    def add(self, plant: Plant, raised: list[Finding]) -> None:
        names = {SAME.get(f.finding, f.finding) for f in raised}
        accused = {SAME.get(f.finding, f.finding) for f in raised if f.severity != "info"}
        if plant.finding:
            self.planted += 1
            self.found += plant.finding in names
            if plant.finding not in names:
                self.missed[plant.kind].append(plant.text)
        for name in accused - {plant.finding, *plant.also}:
            evidence = next(f.evidence for f in raised if SAME.get(f.finding, f.finding) == name)
            self.wrong[plant.kind].append(f"{name}: {plant.text} [{evidence}]")

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def precision(self) -> float:
        return self.found / (self.found + sum(map(len, self.wrong.values())))


def audited(source: Source) -> tuple[Document, list[Finding]]:
    document = recognise(source)
    known = Catalogue(shipped())
    return document, audit_citations(list(mentions_of(document, 1)), known) + audit_figures(document, 1)


def spans(document: Document, plants: list[Plant]) -> list[tuple[int, int]]:
    """Where each plant stands in the text; tables in their order."""
    tables = iter([t for t in document.tables if any("Bản A" in cell for row in t.rows for cell in row)])
    found = []
    for plant in plants:
        if plant.table:
            table = next(tables)
            found.append((table.start, table.end))
        else:
            start = document.text.find(plant.text)
            assert start >= 0, plant.text
            found.append((start, start + len(plant.text)))
    return found


def run(makers: dict[str, object], each: int, seed: int) -> Score:
    score, sources = Score(), samples()
    for i, plants in enumerate(plan(makers, each, seed)):  # type: ignore[arg-type]
        document, findings = audited(planted(sources[i % len(sources)], plants))
        for plant, (start, end) in zip(plants, spans(document, plants), strict=True):
            score.add(plant, [f for f in findings if start <= f.start < end])
    return score


@pytest.fixture(scope="module")
def score() -> Score:
    """Both runs as one: accusations against clean sentences count against precision."""
    score = run(dict(FAULTS), FAULTS_EACH, 1)
    clean = run(dict(CONTROLS), CONTROLS_EACH, 2)
    for kind, lines in clean.wrong.items():
        score.wrong[f"clean {kind}"] += lines
    return score


def test_planted_faults_are_found(score: Score) -> None:
    assert score.planted == FAULTS_EACH * len(FAULTS)
    assert score.recall >= RECALL, dict(score.missed)


def test_clean_sentences_are_left_alone(score: Score) -> None:
    assert score.precision >= PRECISION, dict(score.wrong)
