"""The paragraphs of the body as items that may carry a duty: label, words, depth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import patterns
from pipeline.annotate.actors import is_deed
from pipeline.model import Frame, Section, Text
from pipeline.segment.tree import SectionTree

_DIGITS, _LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d]+")


@dataclass(slots=True)
class Item:
    """A paragraph, or what follows a run-in heading in it, without its bullet or label.

    ``depth`` is 0 for plain paragraphs and grows with the kinds of bullet opened since the last heading;
    ``heading`` is the section whose heading the paragraph opens with, where it goes on after it; ``kind`` is the style
    of its label (``9.`` for ``3.`` and ``12.``, ``a)``, ``-``), empty for plain paragraphs. ``first`` is the first item
    below a heading; ``holds`` one with deeper items right below, ``holds_duties`` where the first of these opens with
    the verb of a duty.
    """

    start: int
    end: int
    line_start: int
    depth: int
    kind: str
    section: Section | None
    heading: Section | None = None
    first: bool = False
    holds: bool = False
    holds_duties: bool = False


def body_items(text: Text, frame: Frame, tree: SectionTree) -> list[Item]:
    """The items of the body in text order; bare headings, table rows, notes and lists of papers are none."""
    items: list[Item] = []
    open_kinds: list[str] = []
    for p in text.paragraphs:
        if p.cells or frame.zone_at(p.start) != "body":
            continue
        heading = tree.starting_at(p.start)
        label = "" if heading else _label(text.of(p))
        start = heading.body_start if heading else p.start + len(label)
        words = text.text[start : p.end]
        if not words.strip():
            open_kinds = []
            continue
        if _is_note(words):
            continue
        spoken = patterns.forms("tasks")["spoken_label"].pattern.match(words)
        holder = _holder(tree, p.start, kind := label_kind(label or (spoken[0] if spoken else "")))
        if holder and not heading and p.end <= holder.body_start:
            continue  # the second line of a heading
        open_kinds = [] if heading else _opened(open_kinds, kind)
        start += len(words) - len(words.lstrip())
        end = p.end - (len(words) - len(words.rstrip()))
        item = Item(start, end, p.start, len(open_kinds), kind, holder, heading)
        if items and items[-1].section is item.section and item.depth > items[-1].depth:
            items[-1].holds, items[-1].holds_duties = True, is_deed(text.text[start:end])
        item.first = item.section is not None and (not items or items[-1].section is not item.section)
        items.append(item)
    return _without_lists(text, items)


def _without_lists(text: Text, items: list[Item]) -> list[Item]:
    """The items but for those that only list the papers or members that the item above them names."""
    kept: list[Item] = []
    listing: Item | None = None  # the item above such a list
    for item in items:
        if listing and item.depth > listing.depth and item.section is listing.section and not item.heading:
            continue
        words = text.text[item.start : item.end]
        lists = words.endswith(":") and patterns.forms("tasks")["listing"].pattern.search(words)
        listing = item if lists else None
        item.holds = item.holds and not lists
        if listing is None or is_deed(words):
            kept.append(item)
    return kept


def _is_note(words: str) -> bool:
    """Whether a paragraph only explains the one before it: ``(Có biểu kèm theo)``, ``Lý do: ...``."""
    forms, words = patterns.forms("tasks"), words.strip()
    if words[0] == "(" and words.rstrip(" ./;")[-1:] == ")":
        return not any(forms[f].pattern.match(words) for f in ("bracket_doer", "bracket_label"))
    return forms["aside"].pattern.match(words) is not None


def _label(line: str) -> str:
    found = patterns.forms("tasks")["item_label"].pattern.match(line)
    return found[0] if found else ""


def _holder(tree: SectionTree, offset: int, kind: str) -> Section | None:
    """The section that holds an item; a section numbered in the item's own style stands beside it, not above."""
    section = tree.at(offset)
    while section and kind and section.start != offset and label_kind(_section_label(section)) == kind:
        section = tree.parent(section)
    return section


def _section_label(section: Section) -> str:
    at = section.text.find(section.heading) if section.heading else len(section.text)
    return section.text[: max(at, 0)]


def follows_on(text: Text, before: Item, item: Item) -> bool:
    """Whether an item goes on with the list of one before it: in its section and style, with the next number if any."""
    if before.kind != item.kind or before.section is not item.section:
        return False
    here = _DIGITS.search(text.text, item.line_start, item.start)
    there = _DIGITS.search(text.text, before.line_start, before.start)
    return here is None or there is None or int(here[0]) == int(there[0]) + 1


@lru_cache(maxsize=1024)
def label_kind(label: str) -> str:
    """The style of a label: ``12.`` and ``3.`` are one kind, ``a)`` and ``-`` two others."""
    return _LETTERS.sub("a", _DIGITS.sub("9", label.strip()))


def _opened(open_kinds: list[str], kind: str) -> list[str]:
    if not kind:
        return []
    if kind in open_kinds:
        return open_kinds[: open_kinds.index(kind) + 1]
    return [*open_kinds, kind]
