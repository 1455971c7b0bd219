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

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@cache
def _symbols() -> dict[int, str]:
    return str.maketrans(patterns.data("layout")["symbols"])


def tidy(text: str) -> str:
    """A line's text in NFC with single spaces, without letters that nobody sees."""
    text = _UNSEEN.sub("", text).translate(_symbols())
    if "[" in text:
        text = layout.without("bookmark", text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())


def clean(blocks: Iterable[Line | Table]) -> list[Line | Table]:
    """The same blocks with tidy texts; empty lines stay, since they part paragraphs."""
    return [
        replace(b, text=tidy(b.text))
        if isinstance(b, Line)
        else replace(b, rows=[[tidy(c) for c in r] for r in b.rows])
        for b in blocks
    ]
