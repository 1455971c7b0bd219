"""Figures that go on with a row of like ones, each said by what differs alone.

``Tỷ lệ hộ nghèo khu vực nông thôn 1,3%, thành thị 0,4%; chung toàn tỉnh 1%`` says its head once: what a later figure
counts is the beginning of the words before it with the words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from patterns import data
from pipeline.indicators import Catalogue, Match
from pipeline.telling import says_nothing

_SURE = 0.9  # below this, words put together do not name an indicator


class Told(NamedTuple):
    """What the figure before counts: its words and, where the catalogue knows it, its indicator."""

    words: str
    indicator_id: str | None


def continued(catalogue: Catalogue, told: Told, short: str, after: str, unit: str | None, heard: str) -> Match | None:
    """Another indicator than the one told before, which the words told and the short ones name together."""
    if best := _other(catalogue, told, exchanged(told.words, short), unit, heard):
        return best
    for opening in _openings(told.words):
        said = f"{opening} {short}"
        for words in dict.fromkeys((said, f"{said} {after}".strip())):
            if best := _other(catalogue, told, words, unit, heard):
                return best
    return None


def _other(catalogue: Catalogue, told: Told, words: str, unit: str | None, heard: str) -> Match | None:
    """The indicator that words name for sure, if it is another than the one told before."""
    best = catalogue.match(words, unit, heard)
    return best if best and best.strength >= _SURE and best.indicator.id != told.indicator_id else None


def exchanged(words: str, short: str) -> str:
    """The words told before with the one of a contrast that the short ones say in place of its other (else none)."""
    low, said = words.lower(), short.lower()
    for contrast in data("indicators")["words"]["contrasts"]:
        here = [w for w in contrast if _holds(said, w) and says_nothing(said.replace(w.lower(), " "))]
        there = [w for w in contrast if _holds(low, w)]
        if here and there and not set(here) & set(there):
            at = low.index(there[0].lower())
            return f"{words[:at]}{here[0]}{words[at + len(there[0]) :]}"
    return ""


def _holds(words: str, part: str) -> bool:
    return f" {part.lower()} " in f" {words} "


def shared(catalogue: Catalogue, opening: str, counted: str, unit: str | None, heard: str) -> Match | None:
    """What an opening says of a second thing counted, if it makes another indicator of it than the thing alone does."""
    best = catalogue.match(f"{opening}{counted}", unit, heard) if opening else None
    alone = catalogue.match(counted, unit, heard)
    sure = best and best.strength >= _SURE and not (alone and alone.indicator.id == best.indicator.id)
    return best if sure else None


def renamed(told: Told, short: str) -> str | None:
    """The words told before from their beginning to the word that the short ones begin with, then those."""
    first, words = short.split()[0].lower(), told.words.split()
    for n, word in enumerate(words):
        if n and word.lower() == first and not says_nothing(" ".join(words[:n])):
            return " ".join([*words[:n], short])
    return None


def whole_of(catalogue: Catalogue, told: Told, unit: str | None) -> Match | None:
    """What the figure before is a part of: so the catalogue says, else the beginning of its words."""
    part = catalogue.indicators.get(told.indicator_id or "")
    entry = catalogue.indicators.get(part.part_of) if part else None
    if entry and (unit is None or unit in entry.units):
        return Match(entry, 1.0)
    for opening in _openings(told.words):
        best = catalogue.match(opening, unit)
        if best and best.strength >= _SURE and best.indicator.id != told.indicator_id:
            return best
    return None


def _openings(words: str) -> Iterator[str]:
    """The beginnings of some words that say something, the longest first, never all of them."""
    parts = words.split()
    for n in range(len(parts) - 1, 0, -1):
        opening = " ".join(parts[:n])
        if says_nothing(opening):
            return
        yield opening
