"""Faults of every kind planted in the samples are found; clean sentences of the same form are left alone."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import plant_citations
import plant_figures
import plant_reckonings
import pytest
from mentions import mentions_of
from plant import Maker, Plant, plan, planted, samples
from plant_store import found_in_store

from pipeline.analyse import recognise
from pipeline.audit.figures import audit_figures
from pipeline.audit.law.citations import audit_citations
from pipeline.audit.model import Finding
from pipeline.audit.names import FINDINGS
from pipeline.model import Document, Source

FAULTS: dict[str, Maker] = {**plant_citations.FAULTS, **plant_figures.FAULTS, **plant_reckonings.FAULTS}
CONTROLS: dict[str, Maker] = {**plant_citations.CONTROLS, **plant_figures.CONTROLS, **plant_reckonings.CONTROLS}
FAULTS_EACH, CONTROLS_EACH = 30, 20
RECALL, PRECISION = 0.97, 0.99
#: Findings that are hints by their nature, and count as accusations only where a clean sentence looks like them.
HINTS = {"amended", "missing_date", "ambiguous", "unknown"}


class Score:
    """What was planted and what was found, by kind."""

    def __init__(self) -> None:
        self.missed: dict[str, list[str]] = defaultdict(list)
        self.wrong: dict[str, list[str]] = defaultdict(list)
        self.planted = self.found = 0

    def add(self, kind: str, plant: Plant, raised: list[Finding]) -> None:
        names = {f.finding for f in raised}
        if plant.finding:
            self.planted += 1
            self.found += plant.finding in names
            if plant.finding not in names:
                self.missed[kind].append(f"{plant.text} {plant.more}")
        accused = {f.finding for f in raised if f.severity != "info"} | (names & HINTS & {plant.like})
        for name in accused - {plant.finding, *plant.also}:
            evidence = next(f.evidence for f in raised if f.finding == name)
            self.wrong[kind].append(f"{name}: {plant.text} {plant.more} [{evidence}]")

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def precision(self) -> float:
        return self.found / (self.found + sum(map(len, self.wrong.values())))


def audited(source: Source) -> tuple[Document, list[Finding]]:
    document = recognise(source)
    mentions = list(mentions_of(document, 1))
    return document, audit_citations(mentions, plant_citations.known()) + audit_figures(document, 1)


def spans(document: Document, plants: list[Plant]) -> list[list[tuple[int, int]]]:
    """Where the words of each plant stand in the text; tables in their order."""
    tables = iter([t for t in document.tables if any("Bản A" in c or "Chỉ tiêu A" in c for r in t.rows for c in r)])
    found: list[list[tuple[int, int]]] = []
    done = 0
    for plant in plants:
        if plant.table:
            table = next(tables)
            own = [(table.start, table.end)]
            own += [(start, start + len(words)) for words in plant.more if (start := document.text.find(words)) >= 0]
            found.append(own)
            continue
        own = []
        for words in (plant.text, *plant.more):
            start = document.text.find(words, done if words == plant.text else 0)
            assert start >= 0, words
            own.append((start, start + len(words)))
        done = own[0][1]
        found.append(own)
    return found


def run(makers: dict[str, Maker], each: int, seed: int) -> Score:
    score, sources = Score(), samples()
    for i, plants in enumerate(plan(makers, each, seed)):
        document, findings = audited(planted(sources[i % len(sources)], plants))
        for kind, plant, own in zip(makers, plants, spans(document, plants), strict=True):
            score.add(kind, plant, [f for f in findings if any(start <= f.start < end for start, end in own)])
    return score


@cache
def score() -> Score:
    """Both runs as one: accusations against clean sentences count against precision."""
    score = run(FAULTS, FAULTS_EACH, 1)
    clean = run(CONTROLS, CONTROLS_EACH, 2)
    for kind, lines in clean.wrong.items():
        score.wrong[f"clean {kind}"] += lines
    return score


def test_every_finding_of_the_contract_is_planted() -> None:
    planted = {f for f in FAULTS if f in FINDINGS} | {"wrong_percentage", "wrong_sum", "inconsistent", "unfollowed"}
    assert planted == set(FINDINGS)


def test_planted_faults_are_found() -> None:
    assert score().planted == FAULTS_EACH * len(FAULTS)
    assert score().recall >= RECALL, dict(score().missed)
    few = {kind: lines for kind, lines in score().missed.items() if len(lines) > FAULTS_EACH * (1 - RECALL) + 1}
    assert not few


def test_clean_sentences_are_left_alone() -> None:
    assert score().precision >= PRECISION, dict(score().wrong)


@pytest.mark.parametrize("finding", ["inconsistent", "replaced", "repealed", "unfollowed"])
def test_what_documents_of_one_store_say_of_each_other(finding: str) -> None:
    faults, controls, found = found_in_store(finding)
    assert len(faults) >= FAULTS_EACH and len(controls) >= CONTROLS_EACH
    assert len(faults & found) >= RECALL * len(faults), faults - found
    assert not found & controls
