"""What became of the administrative units that were merged: provinces, districts and communes, old to new."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.resolve.places import key, place

COMMUNES_FROM: date = patterns.data("succession")["communes"]["from"]


class Area(NamedTuple):
    """Where a body is: full names of units (``tỉnh Lào Cai``), ``""`` where not known."""

    province: str = ""
    district: str = ""


class Unit(NamedTuple):
    """A commune since July 2025 and its province."""

    commune: str
    province: str


class Change(NamedTuple):
    """What a province became, when and by which instrument."""

    successor: str
    on: date
    ground: str


@cache
def _provinces() -> dict[str, Change]:
    return {
        key(r["province"]): Change(r["successor"], date.fromisoformat(r["from"]), r["ground"])
        for r in patterns.rows("provinces")
    }


@cache
def merging_days() -> tuple[date, ...]:
    """The days on which units were merged."""
    return tuple(sorted({COMMUNES_FROM, *(change.on for change in _provinces().values())}))


def province_change(province: str, after: date) -> Change | None:
    """The first change of a province after a day."""
    change = _provinces().get(key(province))
    return change if change and change.on > after else None


@cache
def _province_names() -> frozenset[str]:
    names = {r["province"] for r in patterns.rows("places")}
    return frozenset(
        key(n) for n in names | {n for r in patterns.rows("provinces") for n in (r["province"], r["successor"])}
    )


def is_province(full: str) -> bool:
    """Whether a unit is or was a province: a ``thành phố`` may be one, or lie in one."""
    return full.lower().startswith("tỉnh ") or key(full) in _province_names()


def province_named(name: str) -> str:
    """The province of a bare name (``tỉnh Lào Cai`` for ``Lào Cai``), ``""`` where there is none."""
    return next((full for kind in ("tỉnh", "thành phố") if key(full := f"{kind} {name}") in _province_names()), "")


@cache
def _merged() -> frozenset[str]:
    merged = [r for r in patterns.rows("provinces") if date.fromisoformat(r["from"]) == COMMUNES_FROM]
    return frozenset(key(name) for r in merged for name in (r["province"], r["successor"]))


def was_merged(province: str) -> bool:
    """Whether a province of before July 2025 is only a part of one after it."""
    return key(province) in _merged()


@cache
def _by_district() -> dict[str, dict[Area, dict[Unit, tuple[str, ...]]]]:
    """Districts by the key of their names: those of this name, with their new communes and the old ones in each."""
    found: dict[str, dict[Area, dict[Unit, tuple[str, ...]]]] = {}
    for row in patterns.rows("mergers"):
        of_name = found.setdefault(key(row["district"]), {})
        units = of_name.setdefault(Area(row["province"], row["district"]), {})
        units[Unit(row["new_commune"], row["new_province"])] = tuple(filter(None, row["communes"].split("|")))
    return found


@cache
def _by_commune() -> dict[str, tuple[tuple[Area, Unit], ...]]:
    found: dict[str, list[tuple[Area, Unit]]] = {}
    for of_name in _by_district().values():
        for area, units in of_name.items():
            for unit, communes in units.items():
                for commune in communes:
                    found.setdefault(key(commune), []).append((area, unit))
    return {commune: tuple(pairs) for commune, pairs in found.items()}


def find_district(district: str, province: str = "") -> Area | None:
    """The one district of this name (in a province, where it is said); None where there is none, or several."""
    fitting = [a for a in _by_district().get(key(district), ()) if not province or key(a.province) == key(province)]
    return fitting[0] if len(fitting) == 1 else None


def communes_of(area: Area) -> tuple[Unit, ...]:
    """The communes into which a district went; none where it is not known."""
    return tuple(_by_district().get(key(area.district), {}).get(area, ()))


def commune_successors(commune: str, area: Area) -> tuple[Unit, ...]:
    """The communes into which a commune of before July 2025 went: several where it was divided, none where its name
    is not known or is that of several communes of the area."""
    pairs = [
        (a, u)
        for a, u in _by_commune().get(key(commune), ())
        if (not area.district or key(a.district) == key(area.district))
        and (not area.province or key(a.province) == key(area.province))
    ]
    one = len({a for a, _ in pairs}) == 1
    return tuple(dict.fromkeys(u for _, u in pairs)) if one else ()


def kind_of(full: str) -> str:
    """The kind of a unit: ``xã`` of ``xã Mường So``."""
    return place(full).kind.lower()
