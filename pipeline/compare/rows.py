"""Figures as the store keeps them: plain rows, made where the document is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.compare.model import Figure
from pipeline.model import Document
from pipeline.names import fold

#: What a row says of a figure; ``again`` is true of one that the document has said before.
COLUMNS = (
    "indicator_key", "indicator_id", "indicator", "words", "strength", "aspect", "period", "period_from", "period_to",
    "place", "place_key", "share", "part", "unit", "again",
)  # fmt: skip
Row = tuple[object, ...]


class FigureRows(NamedTuple):
    """A row for each quantity of a document, in their order; the indicators' keys with their names, folded."""

    rows: list[Row]
    names: list[tuple[str, str]]


def figure_rows(document: Document, found: Sequence[Figure]) -> FigureRows:
    """The rows of a document's figures."""
    keys = [f.key for f in found]
    again = _again(document, found, keys)
    named = {(key, f.indicator) for key, f in zip(keys, found, strict=True)}
    return FigureRows(
        [_row(f, key, f.position in again) for f, key in zip(found, keys, strict=True)],
        sorted({(key, fold(name)) for key, name in named}),
    )


def _again(document: Document, found: Sequence[Figure], keys: Sequence[str]) -> set[int]:
    """Figures that a document says twice, by position: of two the one with its plan beside it stays, else the surer."""
    best: dict[tuple[object, ...], Figure] = {}
    again: set[int] = set()
    for f, own in zip(found, keys, strict=True):
        q = document.quantities[f.position]
        key = (own, f.unit, f.period, f.place_key, f.aspect, q.value, q.value_max)
        old = best.get(key)
        if old is None or _worth(document, f) > _worth(document, old):
            best[key] = f
            again |= {old.position} if old else set()
        else:
            again.add(f.position)
    return again


def _worth(document: Document, f: Figure) -> tuple[bool, float]:
    return document.quantities[f.position].of is not None, f.strength


def _row(f: Figure, key: str, again: bool) -> Row:
    start, end = f.period
    return (
        key,
        f.indicator_id,
        f.indicator or "?",
        f.words,
        round(f.strength, 3),
        f.aspect,
        f.period.label,
        start.isoformat() if start else None,
        end.isoformat() if end else None,
        f.place,
        f.place_key,
        f.share,
        f.part,
        f.unit,
        again,
    )
