"""Automatic list numbers: what the lists of a document (``numbering.xml`` in DOCX, others by ``add``) give a level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.extract.ooxml import W

_PLACE = re.compile(r"%(\d)")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LEVELS = 9


@dataclass(slots=True)
class Level:
    """One level of a list: ``text`` has ``%1`` for the number of the first level and so on."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class ListForm:
    """A list: the levels, which lists it shares its counting with (``abstract``), and where its own counting starts."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, ListForm] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        abstracts = {a.get(f"{W}abstractNumId"): _levels(a) for a in root.iterchildren(f"{W}abstractNum")}
        for num in root.iterchildren(f"{W}num"):
            abstract = _value(num.find(f"{W}abstractNumId")) or ""
            levels = dict(abstracts.get(abstract, {}))
            starts = {}
            for override in num.iterchildren(f"{W}lvlOverride"):
                level = _number(override.get(f"{W}ilvl"), 0)
                if (start := override.find(f"{W}startOverride")) is not None:
                    starts[level] = _number(_value(start), 1)
                if (lvl := override.find(f"{W}lvl")) is not None:
                    levels[level] = _level(lvl)
            self._lists[num.get(f"{W}numId")] = ListForm(abstract, levels, starts)

    def add(self, number: str, form: ListForm) -> None:
        """Make a list known."""
        self._lists[number] = form

    def start_at(self, number: str, level: int, value: int) -> None:
        """Have the next item of a level carry a number of its own."""
        if number in self._lists:
            self._counts.setdefault(self._lists[number].abstract, {})[level] = value - 1

    def label(self, number: str, level: int) -> str:
        """Count a paragraph of a list and give its label with the space after it: ``1. ``, ``a) ``, ``- ``."""
        found = self._lists.get(number)
        if found is None or level not in found.levels:
            return ""
        self._count(number, found, level)
        shape = found.levels[level]
        if shape.format == "bullet":
            label = "◦" if shape.text == "o" else shape.text
        else:
            label = _PLACE.sub(lambda m: self._written(found, int(m[1]) - 1, shape.legal), shape.text)
        return label + ("" if shape.suffix == "nothing" or not label else " ")

    def _count(self, number: str, found: ListForm, level: int) -> None:
        counts = self._counts.setdefault(found.abstract, {})
        if level in found.starts and (number, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts.get(level, found.levels[level].start - 1) + 1
        self._begun.add((number, level))
        for upper in range(level):
            if upper not in counts and upper in found.levels:
                counts[upper] = found.levels[upper].start
        for deeper in range(level + 1, _LEVELS):
            shape = found.levels.get(deeper)
            if shape is None or shape.restart is None or level < shape.restart:
                counts.pop(deeper, None)

    def _written(self, found: ListForm, level: int, legal: bool) -> str:
        value = self._counts[found.abstract].get(level, 1)
        shape = found.levels.get(level)
        return written(value, "decimal" if legal or shape is None else shape.format)


def written(value: int, form: str) -> str:
    """A number in one of Word's number formats."""
    if form in ("upperRoman", "lowerRoman"):
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 1000 else ""
        return letter.upper() if form == "upperLetter" else letter
    if form == "none":
        return ""
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    result = ""
    for size, letters in _ROMAN:
        while 0 < size <= value < 10_000:
            result, value = result + letters, value - size
    return result


def _levels(abstract: Any) -> dict[int, Level]:
    return {_number(lvl.get(f"{W}ilvl"), 0): _level(lvl) for lvl in abstract.iterchildren(f"{W}lvl")}


def _level(lvl: Any) -> Level:
    legal = lvl.find(f"{W}isLgl")
    restart = _value(lvl.find(f"{W}lvlRestart"))
    return Level(
        format=_value(lvl.find(f"{W}numFmt")) or "decimal",
        text=_value(lvl.find(f"{W}lvlText")) or "",
        start=_number(_value(lvl.find(f"{W}start")), 1),
        suffix=_value(lvl.find(f"{W}suff")) or "tab",
        legal=legal is not None and _value(legal) not in ("0", "false"),
        restart=_number(restart, 0) if restart is not None else None,
    )


def _value(element: Any | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else default
