"""The label that a paragraph opens with: ``A.`` ``II -`` ``1/-`` ``1.1`` ``a)`` ``Điều 5.`` ``Phần thứ nhất`` ``*``."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import patterns

_STYLES = (
    "annex", "part", "chapter", "division", "article", "letter", "roman", "arabic", "dotted", "bracketed", "alpha",
    "subalpha", "parenthesised", "starred",
)  # fmt: skip
_RANKS = {style: 10 * i for i, style in enumerate(_STYLES)}
_TITLED = frozenset({"annex", "part", "chapter", "division"})
_OUTER = frozenset({"annex", "part", "chapter", "division", "letter", "roman"})
_DEEPEST = 9
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"


class Label(NamedTuple):
    """A label: its style, its words without punctuation (null where it has none), and how many characters it takes.

    ``rank`` orders the styles from the outermost in: a label of a lower rank never stands inside one of a higher.
    """

    style: str
    text: str | None
    length: int
    rank: int

    def follows(self, elder: Label) -> bool:
        """Whether this label goes on in the numbering of another, rather than beginning one inside it."""
        return self.style == elder.style and _order(self.text) > _order(elder.text)

    @property
    def titled(self) -> bool:
        """Whether the heading may stand on the lines below the label (``Chương I`` / ``QUY ĐỊNH CHUNG``)."""
        return self.style in _TITLED

    @property
    def outer(self) -> bool:
        """Whether such a label numbers the main divisions of a document, which are headings nearly always."""
        return self.style in _OUTER


def _order(label: str | None) -> tuple[int, ...]:
    """The place of a label in its numbering: ``2`` before ``10``, ``d`` before ``đ``."""
    if not label:
        return ()
    return tuple(int(part) if part.isdigit() else _LETTERS.find(part) for part in re.findall(r"\d+|[^\W\d_]", label))


@cache
def form(name: str) -> re.Pattern[str]:
    """A form of ``patterns/headings.toml``."""
    return patterns.forms("headings")[name].pattern


def read_label(words: str) -> Label | None:
    """The label that words open with, null where they have none."""
    for style in _STYLES:
        if m := form(style).match(words):
            text = m["label"] if style != "starred" else None
            depth = min(text.count("."), _DEEPEST) if text and style == "dotted" else 0
            return Label(style, text, m.end(), _RANKS[style] + depth)
    return None
