"""Bodies of the registry at a place, and what they are called: one office, or that office in every unit of an area."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import base_of
from pipeline.resolve.agencies import levelled_kind
from pipeline.resolve.mergers import Area, Unit, communes_of, find_district, is_province, kind_of, was_merged
from pipeline.resolve.places import place as unit

_PHRASES = patterns.data("succession")["phrases"]


class Office(NamedTuple):
    """A row of the registry: what the office is called, at which level, and when it existed.

    ``bare``: the place stands after its name without its kind (``Báo Lào Cai``).
    """

    name: str
    base: str
    level: str
    valid_from: date | None
    valid_to: date | None
    bare: bool

    @property
    def regional(self) -> bool:
        """Whether it serves a part of a province."""
        return self.name.endswith(tuple(_PHRASES["regional"]))


class Body(NamedTuple):
    """An office at a place: of one unit, or (``every``) of each unit of the office's level within it.

    ``urban`` is the office that stands in its stead in wards and special zones; ``former``: the place is a unit as it
    was before July 2025; ``area`` tells a commune from others of its name.
    """

    office: str
    place: str = ""
    every: bool = False
    urban: str = ""
    former: bool = False
    area: Area = Area()


@cache
def offices() -> dict[str, Office]:
    """The registry by the ids of its rows."""
    return {
        r["id"]: Office(
            r["name"],
            base_of(r["name"])[0],
            r["level"],
            _day(r["valid_from"]),
            _day(r["valid_to"]),
            r["place"] == "bare",
        )
        for r in patterns.rows("agencies")
    }


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def name_of(body: Body) -> str:
    """What a body is called.

    >>> name_of(Body("pvhxh", "huyện Phong Thổ", every=True, former=True))
    'Phòng Văn hóa - Xã hội các xã, phường thuộc địa bàn huyện Phong Thổ cũ'
    """
    office = offices()[body.office]
    if office.regional:
        return f"{office.name} {_served(body.place)}" if body.place else office.name
    if body.every:
        return _every(body, office)
    if not body.place or office.level == "central":
        return office.name
    return _placed(body, office)


def _served(place: str) -> str:
    served = str(_PHRASES["region"]).format(place=place)
    return served if is_province(place) else f"{served} cũ"


def _placed(body: Body, office: Office) -> str:
    if levelled_kind(office.base) is None and not office.bare:
        chosen = offices()[body.urban] if body.urban and kind_of(body.place) != "xã" else office
        return f"{chosen.base} {body.place}"
    base, name = office.base, unit(body.place).name
    if kind_of(body.place) == "thành phố":
        for rural, city in _PHRASES["city"].items():
            base = base.replace(rural, city)
    return f"{base} {name}"


def names_of(office: str) -> tuple[str, ...]:
    """How the names of an office's bodies begin."""
    own, cities = offices()[office], _PHRASES["city"].items()
    return own.name, own.base, *(own.base.replace(rural, city) for rural, city in cities)


def _every(body: Body, office: Office) -> str:
    if office.level == "province":
        return f"{office.base} {_PHRASES['each_province']}"
    if office.level == "district":
        return f"{office.base} {_PHRASES['each_district']} {body.place}".strip()
    if not body.place:
        return f"{office.base} {_PHRASES['any_commune']}"
    former = body.former and (not is_province(body.place) or was_merged(body.place))
    within = str(_PHRASES["former"]).format(place=body.place) if former else body.place
    rural, towns = _kinds(body)
    each, urban = _PHRASES["each"], offices()[body.urban or body.office].base
    if body.urban and rural and towns:
        return f"{office.base} {each} {', '.join(rural)}, {urban} {each} {', '.join(towns)} {within}"
    return f"{office.base if rural else urban} {each} {', '.join([*rural, *towns])} {within}"


def _kinds(body: Body) -> tuple[list[str], list[str]]:
    """The kinds of commune within a body's place: rural, and those that are towns."""
    kinds = {kind_of(u.commune) for u in _communes(body)} or set(_usual_kinds(body))
    ordered = [k for k in _PHRASES["kinds"] if k in kinds]
    return [k for k in ordered if k == "xã"], [k for k in ordered if k != "xã"]


def _usual_kinds(body: Body) -> list[str]:
    """The kinds of commune to be expected where the communes themselves are not known."""
    kind = kind_of(body.place)
    if body.former:
        kind = "tỉnh" if is_province(body.place) else "huyện cũ"
    return list(_PHRASES["usual"][kind])


def _communes(body: Body) -> tuple[Unit, ...]:
    found = find_district(body.place, body.area.province) if body.former else None
    return communes_of(found) if found else ()


def members_of(body: Body) -> tuple[str, ...]:
    """The bodies of single communes that make up a body of a former district, where the communes are known."""
    return tuple(name_of(Body(body.office, u.commune, urban=body.urban)) for u in _communes(body)) if body.every else ()
