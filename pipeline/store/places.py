"""Which unit lies in which: what the matching of places and of collectives leans on. All names are keys (see names)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from patterns import rows
from pipeline.names import name_key, read_name, unit_of, unit_words


class Place(NamedTuple):
    """Where something is; ``""`` where that is not known or does not apply."""

    province: str = ""
    district: str = ""
    commune: str = ""


@cache
def _gazetteer() -> dict[str, tuple[Place, ...]]:
    """Every unit of before and after July 2025 with all the places of that name."""
    found: dict[str, dict[Place, None]] = {}
    for row in rows("places"):
        province, district = name_key(row["province"]), name_key(row["district"])
        found.setdefault(province, {})[Place(province)] = None
        if district:
            found.setdefault(district, {})[Place(province, district)] = None
        for commune in map(name_key, row["communes"].split("|")):
            found.setdefault(commune, {})[Place(province, district, commune)] = None
    return {name: tuple(places) for name, places in found.items()}


@cache
def _full_names() -> dict[str, str]:
    return {name_key(row[c]): row[c] for row in rows("places") for c in ("province", "district") if row[c]}


def full_name(place: str) -> str:
    """The name of a province or district by its key (``huyện Phong Thổ``), ``""`` where no unit is so called."""
    return _full_names().get(place, "")


@cache
def _part() -> re.Pattern[str]:
    units = "|".join(unit_words())
    return re.compile(rf"(?:{units}) \w+.*?(?= (?:{units}) |$)")


def candidates(place: str) -> tuple[Place, ...]:
    """Every known unit of this name; of ``xa a huyen b`` those that fit both parts."""
    if place in _gazetteer():
        return _gazetteer()[place]
    first, *rest = _part().findall(place) or [place]
    return tuple(p for p in _gazetteer().get(first, ()) if all(part in p for part in rest))


def _is_province(place: str) -> bool:
    return place.startswith("tinh ") or any(p == Place(place) for p in candidates(place))


def locate(place: str, hints: Iterable[str] = ()) -> Place:
    """Where a unit is; where several bear its name, or none, the province that the hints name most often decides."""
    found = candidates(place)
    if len({p.province for p in found}) > 1:
        hints = list(hints)
        named = Counter(p.province for hint in hints for p in candidates(hint))
        best = max(found, key=lambda p: named[p.province])
        found = tuple(p for p in found if named[p.province] and p.province == best.province)
    if found:
        districts = {p.district for p in found}
        return Place(found[0].province, found[0].district if len(districts) == 1 else "", found[0].commune)
    unit = unit_of(place)
    if unit in ("huyen", "quan", "thi xa"):
        return Place(next((h for h, _ in Counter(hints).most_common() if _is_province(h)), ""), place)
    return Place(commune=place) if unit in ("xa", "phuong", "thi tran", "dac khu") else Place(province=place)


def lies_in(place: str, area: Place, told: Iterable[Place] = ()) -> bool:
    """Whether a unit lies in (or is) an area; never where the area is unknown.

    ``told`` are places that documents name: they tell of units that the gazetteer does not know.
    """
    found = candidates(place) or [p for p in told if place in p]
    return any(area) and any(all(not w or w == has for w, has in zip(area, p, strict=True)) for p in found)


def tail_named(name: str, place: str) -> str | None:
    """The end of a body's name that is this place, as it is written there."""
    parts = name.split()
    tails = (" ".join(parts[i:]) for i in range(len(parts)))
    return next((tail for tail in tails if name_key(tail) == place), None)


@lru_cache(maxsize=4096)
def area_of(body: str, issuer: str | None, level: str | None = None) -> str | None:
    """Where a body (of a level) that an issuer names has its duties: its own place, else the issuer's.

    Of a class of bodies that is always the issuer's; what is central has its duties nowhere in particular.
    """
    for name in (body, issuer) if level != "central" else ():
        told = read_name(name) if name else None
        if name and told and told.place and not (name is body and told.members):
            return tail_named(name, told.place)
    return None
