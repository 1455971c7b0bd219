"""Duties followed by lines that name the doers.

``- Nội dung thực hiện: ...``, ``- Cơ quan chủ trì: Sở X.``, ``- Cơ quan phối hợp: ...``, ``- Thời gian: Quý I/2026``:
the duty is the task, the lines give its owners, partners and deadlines. The lines may be sections of their own, with
duties or doers as items below: ``a) Nhiệm vụ``, ``b) Cơ quan thực hiện``, ``c) Thời gian thực hiện``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Literal

import patterns
from pipeline.annotate.actors import Actors
from pipeline.assign.detail import partners
from pipeline.assign.items import Item
from pipeline.assign.rows import cell_actors, named, owners_in, partner_cue, time_deadlines
from pipeline.model import AgencyMention, Cell, DateMention, Section, Task, Text
from pipeline.segment.tree import SectionTree

_STOP = re.compile(r"[.;]\s+|\s\(")
_FAR = 40  # items: a duty stands this near above its doers
Label = Literal["lead", "partner", "time", "duty", "other"]
_LABELS: tuple[Label, ...] = ("lead", "partner", "time", "duty", "other")


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
    for block in _blocks(text, items, tree, agencies):
        used.update(range(block.first, block.last))
        leads = [a for start, end in block.spans("lead") for a in owners_in(text, Cell(start, end, 0), agencies)]
        names = list(dict.fromkeys(n for a in leads for n in a.names()))
        duties = _duties(text, items, tree, block) if names else []
        above = range(max(0, block.first - _FAR), block.first)
        used.update(i for i in above if (items[i].start, items[i].end) in duties)
        for start, end in duties:
            tasks.append(
                Task(
                    text=text.text[start:end],
                    start=start,
                    end=end,
                    agency=names[0],
                    agencies=names,
                    role="direct" if _is_led(text, items[block.first : block.last]) else "lead",
                    partners=_partners(text, block, (start, end), names, agencies),
                    deadlines=[i for s, e in block.spans("time") for i in time_deadlines(text, s, e, dates)],
                )
            )
        owners += leads
    return tasks, owners, used


def told_of_above(text: Text, item: Item) -> tuple[Label, int] | None:
    """What a line that stands alone tells of the duty above it (time, partners, result), and where its words begin."""
    words = text.text[item.start : item.end]
    told = _label_of(words, whole=False) if ":" in words and not item.heading else None
    return (told[0], item.start + told[1]) if told and told[0] in ("partner", "time", "other") else None


def _blocks(text: Text, items: list[Item], tree: SectionTree, agencies: list[AgencyMention]) -> list[_Block]:
    blocks: list[_Block] = []
    bare: tuple[Label, int] | None = None  # a label with nothing on its line, and its depth: "- Đơn vị thực hiện:"
    for i, item in enumerate(items):
        if bare and item.depth > bare[1] and _only_names(text, item, agencies):
            labels = [(bare[0], item.start, item.end)]
        else:
            labels = _labels(text, item)
            label, start, end = labels[-1] if labels else ("other", 0, 0)
            bare = (label, item.depth) if start == end and label in ("lead", "partner") else None
        if not labels:
            continue
        apart = not blocks or blocks[-1].last != i or _home(items[i - 1], tree) is not _home(item, tree)
        if apart or (labels[0][0] == "duty" and blocks[-1].spans("lead")):
            blocks.append(_Block(i, i))
        blocks[-1].lines += labels
        blocks[-1].last = i + 1
    return [b for b in blocks if b.spans("lead")]


def _only_names(text: Text, item: Item, agencies: list[AgencyMention]) -> bool:
    """Whether an item is nothing but names of bodies: ``+ Sở Y tế, Sở Nội vụ;``."""
    listed = list(cell_actors(text, Cell(item.start, item.end, 0), agencies))
    return bool(listed) and not text.text[listed[-1].end : item.end].strip(" .;,")


def _is_led(text: Text, lines: list[Item]) -> bool:
    """Whether the lines name those who see to it that others do it: ``Trách nhiệm chỉ đạo thực hiện: ...``."""
    form = patterns.forms("tasks")["direct_label"].pattern
    return any(form.match(text.text[line.start : line.end]) for line in lines)


def _home(item: Item, tree: SectionTree) -> Section | None:
    """The section whose duties the lines of a block tell: headings that are such lines themselves lie within it."""
    section = item.section
    while section and _is_label(section):
        section = tree.parent(section)
    return section


def _is_label(section: Section) -> bool:
    return _label_of(f"{section.heading}: ", whole=True) is not None


def _labels(text: Text, item: Item) -> list[tuple[Label, int, int]]:
    """What a line tells of a duty, and the words that tell it: by its own labels, else by its heading.

    One line may hold several: ``Đơn vị chủ trì: Sở X. Đơn vị phối hợp: Sở Y. Thời gian: Quý I``; they may also close
    the duty itself, which then is the whole line: ``Mở 05 lớp. Đơn vị chủ trì: Sở X``. Lines in brackets tell it with
    such labels or without: ``(Sở X chủ trì, phối hợp với Sở Y; hoàn thành trong Quý I)``.
    """
    words = text.text[item.start : item.end]
    if words[0] == "(":
        if patterns.forms("tasks")["bracket_label"].pattern.match(words):
            return _told(item.start + 1, words[1:].rpartition(")")[0])
        if doer := patterns.forms("tasks")["bracket_doer"].pattern.match(words):
            return _in_bracket(item.start, words, doer)
    found = _told(item.start, words) if ":" in words else []  # every label closes with one
    if found and _label_of(words, whole=False):
        return found
    if any(label == "lead" for label, _, _ in found):
        return [("duty", item.start, item.end), *found]
    if item.section is None or _runs_on(text, item):
        return []
    above = _label_of(f"{item.section.heading}: ", whole=True)
    return [(above[0], item.start, item.end)] if above else []


def _in_bracket(start: int, words: str, doer: re.Match[str]) -> list[tuple[Label, int, int]]:
    """What a doer in brackets tells: himself, whoever works along, and until when."""
    told: list[tuple[Label, int, int]] = [("lead", start + doer.start("who"), start + doer.end("who"))]
    if beside := patterns.forms("tasks")["partner_cue"].pattern.search(words, doer.end("who")):
        until = words.find(";", beside.end())
        told.append(("partner", start + beside.end(), start + (until if until >= 0 else len(words))))
    return [*told, ("time", start + doer.end("who"), start + len(words))]


def _told(start: int, words: str) -> list[tuple[Label, int, int]]:
    """The labels in words that stand at an offset, and what they tell."""
    stops = [0, *(m.end() for m in _STOP.finditer(words))]
    starts = [at for at in stops if _label_of(words[at:], whole=False)]
    told: list[tuple[Label, int, int]] = []
    for at, end in pairwise([*starts, len(words)]):
        part = words[at:end].rstrip(" ;")
        label, own = _label_of(part, whole=False) or ("other", len(part))
        told.append((label, start + at + own, start + at + max(own, len(part))))
    return told


def _runs_on(text: Text, item: Item) -> bool:
    """Whether an item goes on after its heading as one sentence: ``4. Cơ quan phối hợp có trách nhiệm ...``."""
    return item.heading is not None and ":" not in text.text[item.heading.end - 1 : item.start]


@lru_cache(maxsize=256)  # a section's heading is asked for with each of its items
def _label_of(words: str, *, whole: bool) -> tuple[Label, int] | None:
    """The label that words open with, or are, and the offset in them where it ends."""
    forms = patterns.forms("tasks")
    for kind in _LABELS:
        m = forms[f"{kind}_label"].pattern.match(words)
        if m and (m.end() == len(words) or not whole):
            return kind, m.end()
    return None


def _partners(
    text: Text, block: _Block, duty: tuple[int, int], owners: list[str], agencies: list[AgencyMention]
) -> list[str]:
    """Those whom the partner lines name, and those whom the duty itself does."""
    lead_lines = (Cell(start, end, 0) for start, end in block.spans("lead"))
    beside = [(cue.end(), line.end) for line in lead_lines if (cue := partner_cue(text, line))]
    lines = (Cell(start, end, 0) for start, end in [*block.spans("partner"), *beside])
    listed = named((a for line in lines for a in cell_actors(text, line, agencies)), apart_from=owners)
    return list(dict.fromkeys([*listed, *partners(text, *duty, owners, agencies)]))


def _duties(text: Text, items: list[Item], tree: SectionTree, block: _Block) -> list[tuple[int, int]]:
    """The words of the duties: the block's own duty lines, else the items right above, else the heading.

    Items above that are indented under a lead-in (``+`` under ``-``) are a duty each, as are numbered ones in a row
    below the last of which bullets name the doers.
    """
    if own := block.spans("duty"):
        return own
    first = items[block.first]
    near = items[max(0, block.first - _FAR) : block.first]
    above = [item for item in near if item.section is first.section and not item.heading]
    if above and above[-1].depth > first.depth and text.text[first.start] != "(":
        inner = list(takewhile(lambda item: item.depth > first.depth, reversed(above)))
        return [(item.start, item.end) for item in reversed(inner)]
    if above:
        numbered = above[-1].kind and above[-1].depth < first.depth
        beside = [*takewhile(lambda item: numbered and item.kind == above[-1].kind, reversed(above))] or above[-1:]
        return [(item.start, item.end) for item in reversed(beside)]
    section = tree.at(first.line_start)
    if section and section.heading and not _is_label(section):
        offset = text.text.find(section.heading, section.start, section.end)
        if offset >= 0:
            return [(offset, offset + len(section.heading))]
    return []
