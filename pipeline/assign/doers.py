"""Duties followed by lines that name the doers.

``- Nội dung thực hiện: ...``, ``- Cơ quan chủ trì: Sở X.``, ``- Cơ quan phối hợp: ...``, ``- Thời gian: Quý I/2026``:
the duty is the task, the lines give its owners, partners and deadlines.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import patterns
from pipeline.annotate.actors import Actors
from pipeline.assign.items import Item
from pipeline.assign.rows import cell_actors, named, time_deadlines
from pipeline.model import AgencyMention, Cell, DateMention, Task, Text
from pipeline.segment.tree import SectionTree

Label = Literal["lead", "partner", "time", "duty", "other"]


@dataclass(slots=True)
class _Block:
    """The labelled lines that stand in a row, from item ``first`` to before ``last``."""

    first: int
    last: int
    lines: list[tuple[Label, int, int]] = field(default_factory=list)

    def spans(self, label: Label) -> list[tuple[int, int]]:
        return [(start, end) for kind, start, end in self.lines if kind == label]


def doer_tasks(
    text: Text,
    items: list[Item],
    tree: SectionTree,
    agencies: list[AgencyMention],
    dates: list[DateMention],
) -> tuple[list[Task], list[Actors], set[int]]:
    """The tasks of all such blocks, their owners as they stand, and the indexes of the items used up."""
    tasks: list[Task] = []
    owners: list[Actors] = []
    used: set[int] = set()
    for block in _blocks(text, items):
        used.update(range(block.first, block.last))
        leads = _actors(text, block.spans("lead"), agencies)
        duty = _duty(text, items, tree, block)
        names = list(dict.fromkeys(n for a in leads for n in a.names()))
        if not names or duty is None:
            continue
        if block.first and duty[0] == items[block.first - 1].start:
            used.add(block.first - 1)
        tasks.append(
            Task(
                text=text.text[slice(*duty)],
                start=duty[0],
                end=duty[1],
                agency=names[0],
                agencies=names,
                partners=named(_actors(text, block.spans("partner"), agencies), apart_from=names),
                deadlines=[i for s, e in block.spans("time") for i in time_deadlines(text, s, e, dates)],
            )
        )
        owners += leads
    return tasks, owners, used


def _blocks(text: Text, items: list[Item]) -> list[_Block]:
    blocks: list[_Block] = []
    for i, item in enumerate(items):
        label = _label(text, item)
        if label is None:
            continue
        if not blocks or blocks[-1].last != i or (label[0] == "duty" and blocks[-1].spans("lead")):
            blocks.append(_Block(i, i))
        blocks[-1].lines.append(label)
        blocks[-1].last = i + 1
    return [b for b in blocks if b.spans("lead")]


def _label(text: Text, item: Item) -> tuple[Label, int, int] | None:
    forms = patterns.forms("tasks")
    words = text.text[item.start : item.end]
    for kind in ("lead", "partner", "time", "duty", "other"):
        if m := forms[f"{kind}_label"].pattern.match(words):
            return kind, item.start + m.end(), item.end
    return None


def _actors(text: Text, spans: list[tuple[int, int]], agencies: list[AgencyMention]) -> list[Actors]:
    return [a for start, end in spans for a in cell_actors(text, Cell(start, end, 0), agencies)]


def _duty(text: Text, items: list[Item], tree: SectionTree, block: _Block) -> tuple[int, int] | None:
    """The words of the duty: the block's own duty line, else the paragraph or the heading right above."""
    if own := block.spans("duty"):
        return own[0]
    start = items[block.first].line_start
    section = tree.at(start)
    above = items[block.first - 1] if block.first else None
    if above and (section is None or above.start >= section.end):
        return above.start, above.end
    if section and section.heading:
        offset = text.text.find(section.heading, section.start, section.end)
        if offset >= 0:
            return offset, offset + len(section.heading)
    return None
