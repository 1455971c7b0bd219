"""Two versions of a document, or plans of two years: what was added, dropped, moved, which numbers changed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from pipeline.model import Document
from pipeline.names import toned
from pipeline.segment.tree import SectionTree

Record = dict[str, Any]

VERSION_FIELDS = (
    "change", "section", "before", "after", "numbers", "similarity", "before_page", "after_page", "before_section",
)  # fmt: skip
_LABEL = re.compile(r"^\s*(?:[-+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]+|[a-zđA-ZĐ])[.)/-]+)\s+")
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*(?:\s?%)?")
_ALIKE = 0.5
_MOVED = 0.75
_MOST = 400  # lines of a replaced block that are still paired by likeness


class _Line(NamedTuple):
    text: str
    words: tuple[str, ...]
    page: int | None
    section: str | None


def changes(before: Document, after: Document) -> list[Record]:
    """One row a paragraph that is not the same: ``added``, ``dropped``, ``moved`` or ``changed``, in the new order."""
    old, new = _lines(before), _lines(after)
    rows: list[tuple[float, Record]] = []
    dropped: list[int] = []
    added: list[int] = []
    matcher = SequenceMatcher(None, [line.words for line in old], [line.words for line in new], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        parted, joined = _parted(old[i:j], new[k:m]), _parted(new[k:m], old[i:j])
        was = [i + a for a in range(j - i) if a not in parted.keys() | {a for run in joined.values() for a in run}]
        now = [k + b for b in range(m - k) if b not in joined.keys() | {b for run in parted.values() for b in run}]
        pairs = _pairs([old[a] for a in was], [new[b] for b in now])
        rows += [(now[b], _row("changed", old[was[a]], new[now[b]], s)) for a, b, s in pairs]
        dropped += sorted(set(was) - {was[a] for a, _, _ in pairs})
        added += sorted(set(now) - {now[b] for _, b, _ in pairs})
    moved = _pairs([old[i] for i in dropped], [new[j] for j in added], _MOVED)
    rows += [(added[b], _row("moved", old[dropped[a]], new[added[b]], s)) for a, b, s in moved]
    gone, come = {dropped[a] for a, _, _ in moved}, {added[b] for _, b, _ in moved}
    rows += [(j, _row("added", None, new[j], None)) for j in added if j not in come]
    rows += [(_place(i, matcher), _row("dropped", old[i], None, None)) for i in dropped if i not in gone]
    return [row for _, row in sorted(rows, key=lambda r: r[0])]


def _lines(document: Document) -> list[_Line]:
    pages, tree = [p.start for p in document.pages], SectionTree(document.sections)
    found, start = [], 0
    for text in document.text.split("\n"):
        if words := tuple(toned(_LABEL.sub("", text)).split()):
            page = bisect_right(pages, start) - 1
            section = tree.at(start)
            found.append(
                _Line(
                    text.strip(),
                    words,
                    document.pages[page].page if page >= 0 else None,
                    " ".join(section.text.split()) if section else None,
                )
            )
        start += len(text) + 1
    return found


def _pairs(old: Sequence[_Line], new: Sequence[_Line], least: float = _ALIKE) -> list[tuple[int, int, float]]:
    """Which old lines have become which new ones, the most alike first, each once."""
    if not old or not new or len(old) * len(new) > _MOST * _MOST:
        return []
    found = []
    for a, before in enumerate(old):
        for b, after in enumerate(new):
            shared = len(set(before.words) & set(after.words))
            if 2 * shared < least * (len(set(before.words)) + len(set(after.words))):
                continue
            likeness = SequenceMatcher(None, before.words, after.words, autojunk=False).ratio()
            if likeness >= least:
                found.append((a, b, likeness))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    kept = []
    for a, b, likeness in sorted(found, key=lambda p: (-p[2], abs(p[0] - p[1]))):
        if a not in taken_a and b not in taken_b:
            taken_a.add(a)
            taken_b.add(b)
            kept.append((a, b, likeness))
    return kept


def _parted(lines: Sequence[_Line], others: Sequence[_Line]) -> dict[int, range]:
    """Which lines stand among the others as several in a row, with the same words: only parted, not changed."""
    found: dict[int, range] = {}
    for a, line in enumerate(lines):
        for b, first in enumerate(others):
            if not first.words or first.words != line.words[: len(first.words)]:
                continue
            said, n = first.words, b + 1
            while n < len(others) and len(said) < len(line.words):
                said, n = said + others[n].words, n + 1
            if said == line.words and n > b + 1:
                found[a] = range(b, n)
    return found


def _place(old: int, matcher: SequenceMatcher[tuple[str, ...]]) -> float:
    """Where in the new order a dropped line would stand: behind what preceded it."""
    before = [b for b in matcher.get_matching_blocks() if b.a + b.size <= old]
    return before[-1].b + before[-1].size - 0.5 if before else -0.5


def _row(change: str, before: _Line | None, after: _Line | None, likeness: float | None) -> Record:
    return {
        "change": change,
        "section": after.section if after else before.section if before else None,
        "before": before.text if before else None,
        "after": after.text if after else None,
        "numbers": _numbers(before.text, after.text) if before and after else [],
        "similarity": round(likeness, 2) if likeness is not None else None,
        "before_page": before.page if before else None,
        "after_page": after.page if after else None,
        "before_section": before.section if before else None,
    }


def _numbers(before: str, after: str) -> list[Record]:
    """The numbers that differ, in pairs; null where one has come or gone."""
    a, b = (_NUMBER.findall(_LABEL.sub("", text)) for text in (before, after))
    found: list[Record] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for n in range(max(j - i, m - k)):
            was = a[i + n].strip() if i + n < j else None
            now = b[k + n].strip() if k + n < m else None
            found.append({"before": was, "after": now, "text": f"{was or '…'} → {now or '…'}"})
    return found
