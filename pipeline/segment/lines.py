"""The lines that header and outline are read from: paragraphs and table cells, with what lines look like."""

from __future__ import annotations

import re
from typing import NamedTuple

import patterns
from pipeline.model import Text

_SHARE_OF_CAPITALS = 0.8
_CELL = re.compile(r"[^|]+")


class Line(NamedTuple):
    """A stretch of the text that holds one thing: a paragraph, a cell, or a piece of one."""

    start: int
    end: int
    text: str
    cell: bool = False

    def cut(self, start: int, end: int) -> Line:
        """The part from ``start`` to ``end`` (counted in the line), without the spaces around it."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        return Line(self.start + start, self.start + start + len(part), part, self.cell)


def lines_of(text: Text) -> list[Line]:
    """The paragraphs and cells of a text that are not empty; a paragraph that draws a table with ``|`` is its cells."""
    lines = []
    for unit in text.units():
        words = text.text[unit.start : unit.end]
        whole = Line(unit.start, unit.end, words, unit.table is not None)
        for part in _CELL.finditer(words):
            line = whole.cut(*part.span())
            if line.text:
                lines.append(line)
    return lines


def form(name: str) -> re.Pattern[str]:
    """A form of ``patterns/header.toml``."""
    return patterns.forms("header")[name].pattern


def is_capital(words: str) -> bool:
    """Whether words are set in capitals (a lone small word aside: ``TRƯỜNG THPT số 1``)."""
    if sum(map(str.islower, words[: len(words) // 3])) > (1 - _SHARE_OF_CAPITALS) * len(words):
        return False  # too many small letters already: most paragraphs
    letters = "".join(filter(str.isalpha, words))
    return len(letters) > 1 and sum(map(str.isupper, letters)) >= _SHARE_OF_CAPITALS * len(letters)
