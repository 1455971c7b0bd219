"""The letters of lines and cells: NFC, plain single spaces, no leftovers of converters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import patterns
from pipeline import layout
from pipeline.model import Line, Table

_UNSEEN = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_OTHER_SPACES = r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"  # what is no plain space
_LOOSE = re.compile(rf"[{_OTHER_SPACES}]")
_SPACES = re.compile(rf"[ {_OTHER_SPACES}]+")


@cache
def _symbols() -> tuple[re.Pattern[str], dict[str, str]]:
    """What is to be replaced in a line, letter by letter, and by what: nothing for letters that nobody sees."""
    meant: dict[str, str] = patterns.data("layout")["symbols"]
    return re.compile(f"[{_UNSEEN}{''.join(meant)}]"), meant


def tidy(text: str) -> str:
    """A line's text in NFC with single spaces, without letters that nobody sees."""
    symbol, meant = _symbols()
    text = symbol.sub(lambda m: meant.get(m[0], ""), text)
    if "[" in text:
        text = layout.without("bookmark", text)
    if "  " in text or _LOOSE.search(text):
        text = _SPACES.sub(" ", text)
    return unicodedata.normalize("NFC", text.strip())


def clean(blocks: Iterable[Line | Table]) -> list[Line | Table]:
    """The same blocks with tidy texts; empty lines stay, since they part paragraphs."""
    return [_tidied(block) for block in blocks]


def _tidied(block: Line | Table) -> Line | Table:
    if isinstance(block, Table):
        return replace(block, rows=[[tidy(cell) for cell in row] for row in block.rows])
    text = tidy(block.text)
    return block if text == block.text else replace(block, text=text)
