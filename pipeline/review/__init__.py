"""What people say of what was found: accepted, corrected, merged or dismissed; kept apart from what was extracted.

A correction holds on to words, not to offsets: when the document is read again, by this or a later version of the
program, it is applied to whatever is found at the same words. One that finds no hold is lost for now: listed, kept,
and tried again at the next reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pipeline.model import Document

Action = Literal["accept", "correct", "merge", "dismiss"]

#: The kinds of findings and where a document has them.
LISTS = {
    "task": "tasks",
    "citation": "citations",
    "date": "dates",
    "quantity": "quantities",
    "agency": "agencies",
    "section": "sections",
}
#: What may be corrected of each kind.
FIELDS: dict[str, tuple[str, ...]] = {
    "task": ("agencies", "role", "partners", "report_to"),
    "citation": ("doc_type", "symbol", "issued_on", "issuer", "title"),
    "date": ("from", "to"),
    "quantity": ("value", "value_max", "unit", "indicator"),
    "agency": ("name",),
    "section": ("role",),
}
_AROUND = 80  # letters before and after by which equal words are told apart


class Anchor(NamedTuple):
    """The words of a finding and those around it; ``start`` decides only between places that are alike."""

    text: str
    before: str
    after: str
    start: int


class Correction(NamedTuple):
    """What somebody said of a finding. ``changes`` are new values of its fields, ``was`` what they were."""

    id: int
    kind: str
    action: Action
    anchor: Anchor
    changes: dict[str, Any]
    was: dict[str, Any]
    author: str
    made_at: str

    @property
    def said(self) -> str:
        """What a row says of a finding that stays."""
        return "accepted" if self.action == "accept" else "corrected"


class BadCorrection(Exception):
    """A correction that cannot be; the message is a Vietnamese sentence."""


def anchor(document: Document, kind: str, index: int) -> Anchor:
    """What holds a correction to a finding."""
    item = getattr(document, LISTS[kind])[index]
    before = _plain(document.text[max(0, item.start - 2 * _AROUND) : item.start])[-_AROUND:]
    after = _plain(document.text[item.end : item.end + 2 * _AROUND])[:_AROUND]
    return Anchor(_plain(item.text), before, after, item.start)


def find(document: Document, kind: str, held: Anchor) -> int | None:
    """The finding at the words of an anchor: the same words, else the one that covers most of them."""
    items: Sequence[Any] = getattr(document, LISTS[kind])
    same = [i for i, item in enumerate(items) if _plain(item.text) == held.text]
    near = same or [i for i, item in enumerate(items) if _alike(_plain(item.text), held.text)]
    if not near:
        return None

    def fit(i: int) -> tuple[int, int]:
        own = anchor(document, kind, i)
        around = _shared(own.before[::-1], held.before[::-1]) + _shared(own.after, held.after)
        return around, -abs(own.start - held.start)

    best = max(near, key=fit)
    return best if same or fit(best)[0] >= _AROUND // 4 else None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _alike(a: str, b: str) -> bool:
    """Whether one text is the better part of the other."""
    short, long = sorted((a, b), key=len)
    return short in long and 2 * len(short) >= len(long)


def _shared(a: str, b: str) -> int:
    """How many letters two texts share at their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
