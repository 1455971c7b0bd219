"""Plants faults of every kind, and clean sentences of the same form, in the samples.

Each plant is one paragraph or more (or one table) put into the body of a sample before it is analysed. The laws and
decrees are facts of the catalogue; the sentences and the figures are our own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.extract import extract
from pipeline.model import Line, Source, Table

SAMPLES = Path(__file__).parents[2] / "corpus" / "docx"
#: The days of the samples that carry plants; catalogue rows are chosen to be in force on them, or not.
ON, LATEST = date(2024, 12, 6), date(2024, 12, 20)


@dataclass
class Plant:
    """Paragraphs or a table to plant; ``finding`` is null for a clean one, ``like`` what a clean one looks like."""

    finding: str | None
    text: str
    more: tuple[str, ...] = ()  # further paragraphs, after those of all other plants
    table: Table | None = None
    also: tuple[str, ...] = field(default=())  # findings that the same words rightly raise besides
    like: str = ""


Maker = Callable[[random.Random], Plant]


def samples() -> list[Source]:
    """The samples that plants go into, dated alike."""
    return [extract(SAMPLES / f"{name}.docx") for name in ("bc-huyen-nam-luong-2024", "bc-so-ldtbxh-2024")]


def planted(sample: Source, plants: list[Plant]) -> Source:
    """A sample with plants among its results, each its own paragraphs or table."""
    blocks = list(sample.blocks)
    at = len(blocks) // 3
    while not (isinstance(blocks[at], Line) and isinstance(blocks[at + 1], Line)):
        at += 1
    new: list[Line | Table] = []
    for plant in plants:
        if plant.table:
            new += [Line(plant.text, whole=True), plant.table]
        else:
            new.append(Line(plant.text, whole=True))
    new += [Line(words, whole=True) for plant in plants for words in plant.more]
    return Source(sample.name, sample.sha256, sample.format, [*blocks[:at], *new, *blocks[at:]], sample.pages)


def plan(makers: dict[str, Maker], each: int, seed: int) -> Iterator[list[Plant]]:
    """Rounds of plants, one of each kind in a round."""
    for i in range(each):
        rng = random.Random(seed * 1000 + i)
        yield [make(rng) for make in makers.values()]
