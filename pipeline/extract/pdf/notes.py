"""Footnotes: what stands below the short rule at the foot of a page, each note tied to its mark as ``[1] words``."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from pipeline import layout
from pipeline.extract.pdf.glyphs import Array
from pipeline.extract.pdf.lines import Row
from pipeline.model import Box, Line

_SHORT = (50.0, 240.0)  # points: how long the rule above notes is
_LEVEL = 3.0  # points: no rule is thicker
_LEFT = 12.0  # points: how far it begins from the left margin
_SMALLER = 0.94  # of the letters above it, at most
_RAISED = (0.12, 0.75)  # of the letter size: how far a mark is raised
_MARK_SIZE = 0.75  # of the letter size, at most
_NEAR = 1.0  # of the letter size: between a mark and its note
_PLAIN = re.compile(r"[(\[]?([1-9]\d{0,2})[)\]]?\s?(?=[^\W\d_]|[“\"(])")  # a mark that is not raised


def parted(rows: list[Row], rules: list[Box], letters: Array) -> tuple[list[Row], list[Line]]:
    """The rows of a page without its footnotes, and the lines of those."""
    for rule in filter(_is_short, rules):
        below = [row for row in rows if row.top > rule.top - _LEVEL and not _is_number(row)]
        above = [row for row in rows if row.top <= rule.top - _LEVEL]
        if not below or not above or not _parts(rule, above, below):
            continue
        marks = _marks(below, letters)
        if marks[0]:
            kept = {id(row) for row in below}
            noted = [_noted(row, mark) for row, mark in zip(below, marks, strict=True)]
            return [row for row in rows if id(row) not in kept], noted
    return rows, []


def _is_short(rule: Box) -> bool:
    return rule.bottom - rule.top <= _LEVEL and _SHORT[0] < rule.x1 - rule.x0 < _SHORT[1]


def _is_number(row: Row) -> bool:
    return len(row.segments) == 1 and layout.is_a("page_number", row.segments[0].text)


def _parts(rule: Box, above: list[Row], below: list[Row]) -> bool:
    """Whether a short rule parts notes from what stands above it: by its place, and the size of the letters."""
    left = min(line.box.x0 for row in [*above, *below] for line in row.segments if line.box)
    usual = float(np.median([row.size for row in above]))
    return abs(rule.x0 - left) < _LEFT and all(row.size <= _SMALLER * usual for row in below)


def _marks(rows: list[Row], letters: Array) -> list[str]:
    """The figure of the note that begins with each row, empty where none does: raised before its first letter, or, in
    notes without raised figures, as large as that and the next in the count."""
    raised = [_raised(row, letters) for row in rows]
    if any(raised):
        return raised
    found: list[str] = []
    number = None
    for row in rows:
        plain = _PLAIN.match(row.segments[0].text)
        begins = plain and number in (None, int(plain[1]) - 1)
        found.append(plain[1] if plain and begins else "")
        number = int(plain[1]) if plain and begins else number
    return found


def _raised(row: Row, letters: Array) -> str:
    """The raised figure before the first letter of a row."""
    first = row.segments[0]
    if first.box is None:
        return ""
    by = row.base - letters["base"]
    before = letters.compress(
        (_RAISED[0] * row.size < by)
        & (by < _RAISED[1] * row.size)
        & (letters["size"] < _MARK_SIZE * row.size)
        & (letters["x1"] < first.box.x0 + 1)
        & (letters["x1"] > first.box.x0 - _NEAR * row.size)
    )
    figures = "".join(map(chr, before["letter"][np.argsort(before["x0"])].tolist())).strip("()[] ")
    return figures if figures.isdecimal() else ""


def _noted(row: Row, mark: str) -> Line:
    """The line of a row of notes, with its mark in brackets."""
    line = row.segments[0]
    text = " ".join(segment.text for segment in row.segments)
    if mark:
        plain = _PLAIN.match(text)
        text = f"[{mark}] {text[plain.end() :] if plain and plain[1] == mark else text}"
    return replace(line, text=text, note=True)
