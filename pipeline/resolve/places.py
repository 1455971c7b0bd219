"""The administrative units of Viet Nam, before and after 1 July 2025, and whose part each is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import patterns
from pipeline.model import Level
from pipeline.names import fold as plain_letters

_GRAMMAR = patterns.data("agency_grammar")
_TONES: dict[str, str] = dict(zip(_GRAMMAR["tone"]["last"].split(), _GRAMMAR["tone"]["first"].split(), strict=True))
_LAST_TONE = re.compile(rf"(?:{'|'.join(_TONES)})(?!\w)")

#: Kinds of unit (``tỉnh``, ``thị xã`` ...) with their level.
UNIT_LEVELS: dict[str, Level] = _GRAMMAR["unit"]
#: How high a level stands.
LEVEL_RANK: dict[Level, int] = {"commune": 0, "district": 1, "province": 2, "central": 3}


@lru_cache(maxsize=1 << 13)
def fold(word: str) -> str:
    """A word in the one form that all its spellings share: small letters, tone mark on the first vowel.

    >>> fold("UỶ"), fold("Hoà"), fold("xã")
    ('ủy', 'hòa', 'xã')
    """
    return _LAST_TONE.sub(lambda m: _TONES[m[0]], word.casefold().replace("ð", "đ"))


class Place(NamedTuple):
    """A unit: its kind, its own name, and the names of the units that hold it (full, nearest first)."""

    kind: str
    name: str
    holders: tuple[str, ...]

    @property
    def full(self) -> str:
        """Kind and name: ``huyện Phong Thổ``, ``Thành phố Hồ Chí Minh``."""
        return f"{self.kind} {self.name}"

    @property
    def level(self) -> Level:
        """The level at which the unit stands; a ``thành phố`` is a province where nothing holds it."""
        if self.kind.casefold() == "thành phố":
            return "district" if self.holders else "province"
        return UNIT_LEVELS[self.kind]


_KIND = re.compile(rf"(?i)({'|'.join(UNIT_LEVELS)}) ")


def place(full: str, *holders: str) -> Place:
    """A unit by its full name."""
    kind = _KIND.match(full)
    if not kind:
        raise ValueError(full)
    return Place(kind[1], full[kind.end() :], holders)


@lru_cache(maxsize=1 << 12)
def key(words: str) -> str:
    """The words of a place's name as they are compared."""
    folded = " ".join(fold(w) for w in re.findall(r"\w+|[-–'’]", words))
    folded = folded.replace("–", "-").replace("’", "'")
    return aliases().get(folded, folded)


def aliases() -> dict[str, str]:
    """Other names of places, as they are compared, with what these are called."""
    names: dict[str, str] = _GRAMMAR["place_alias"]
    return names


Table = dict[str, tuple[Place, ...]]


def _index(units: list[Place]) -> Table:
    table: dict[str, dict[Place, None]] = {}
    for unit in units:
        table.setdefault(key(unit.name), {})[unit] = None
    return {k: tuple(v) for k, v in table.items()}


@cache
def provinces() -> Table:
    """All provinces and cities under the centre, of both times, by the key of their names."""
    return _index([place(r["province"]) for r in patterns.rows("places")])


@cache
def districts() -> Table:
    """All districts until 30 June 2025 by the key of their names."""
    return _index([place(r["district"], r["province"]) for r in patterns.rows("places") if r["district"]])


@cache
def communes() -> Table:
    """All communes of both times by the key of their names."""
    return _index(
        [
            place(c, *(h for h in (r["district"], r["province"]) if h))
            for r in patterns.rows("places")
            for c in r["communes"].split("|")
            if c
        ]
    )


def tables_for(kind: str) -> tuple[Table, ...]:
    """Where a unit of this kind is to be looked up."""
    match kind:
        case "tỉnh":
            return (provinces(),)
        case "thành phố":
            return (provinces(), districts())
        case "huyện" | "quận" | "thị xã":
            return (districts(),)
        case _:
            return (communes(),)


@lru_cache(maxsize=1 << 12)
def find(kind: str, name: str) -> tuple[Place, ...]:
    """The units of a kind that bear a name (several where the country has several)."""
    found = (p for table in tables_for(fold(kind)) for p in table.get(key(name), ()))
    return tuple(p for p in found if fold(p.kind) == fold(kind))


@cache
def _toneless(kind: str) -> dict[str, str | None]:
    """Names of the provinces or districts of a kind by their plain letters; null where two share them."""
    names: dict[str, str | None] = {}
    for table in tables_for(kind):
        for unit in (u for units in table.values() for u in units if fold(u.kind) == kind):
            plain = plain_letters(unit.name)
            names[plain] = unit.name if names.get(plain, unit.name) == unit.name else None
    return names


def mistyped(kind: str, name: str) -> str | None:
    """The one province or district that differs from a name in its tone marks alone: ``Lai Chau`` for Lai Châu."""
    return None if UNIT_LEVELS[fold(kind)] == "commune" else _toneless(fold(kind)).get(plain_letters(name))


def province_of(unit: Place) -> str | None:
    """The province in which a unit lies, full name, null where the unit is one itself."""
    return unit.holders[-1] if unit.holders else None
