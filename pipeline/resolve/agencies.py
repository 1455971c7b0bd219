"""The identity of a named agency: its canonical name, level and key, the place completed from the context."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import Base
from pipeline.annotate.agency_places import Where
from pipeline.model import Context, Level
from pipeline.resolve import places
from pipeline.resolve.places import UNIT_LEVELS, fold

_LEVELLED: dict[str, str] = patterns.data("agency_grammar")["name"]["levelled"]
_BOARDS = tuple(fold(h) for h in patterns.data("agency_grammar")["board"]["heads"])
_CAPITALISED = frozenset(patterns.data("agency_grammar")["unit_words"]["capitalised"])
_OWN_SHORT = frozenset(patterns.data("agency_grammar")["name"]["own_short"])
_COMMUNES_OWN = frozenset(patterns.data("agency_grammar")["name"]["communes_own"])
_COUNTRY: str = patterns.data("agency_grammar")["name"]["country"]


class Named(NamedTuple):
    """What a mention stands for."""

    name: str
    key: str | None
    level: Level | None
    collective: bool


def without_country(name: str) -> str:
    """The name of a nationwide body without the country at its end: ``Bảo hiểm xã hội`` of its branches."""
    return name.removesuffix(f" {_COUNTRY}")


def resolve(base: Base, where: Where | None, context: Context) -> Named | None:
    """The identity of a name with the place written after it; None where it is no agency without a place."""
    if where is None:
        return _unplaced(base, context)
    if where.form == "region":
        name = without_country(base.name)
        return Named(f"{name} {where.words}", base.ids.get("khu vực"), None, where.words == "khu vực")
    if where.form == "class" or where.words == "các cấp":
        return Named(f"{base.name} {where.words}", _id(base, where.kind, None), _level(where.kind), True)
    if where.form == "named":
        return _placed(base, where.kind, where.name, bare=where.words == where.name)
    own = own_place(where.kind, context)
    if where.form == "unit" and own:
        return _placed(base, *_split(own))
    if where.form == "tier" and own and fold(base.name).startswith(_BOARDS) and context.level == _level(where.kind):
        return _placed(base, *_split(own))
    level = _level(where.kind)
    collective = where.form == "tier" or (context.level is not None and level is not None and context.level != level)
    return Named(f"{base.name} {where.words}", _id(base, where.kind, level), level, collective)


def _unplaced(base: Base, context: Context) -> Named | None:
    if kind := levelled_kind(base.name):
        if own := own_place(kind, context):
            return _placed(base, *_split(own))
        if context.level == "central":
            return None  # that of any place
        return Named(base.name, _id(base, kind, UNIT_LEVELS[kind]), UNIT_LEVELS[kind], False)
    if base.place == "must":
        issues = base.name in _OWN_SHORT and (context.issuer or "").startswith(f"{base.name} ")
        issues = issues or (context.level == "commune" and base.name in _COMMUNES_OWN)
        own = _implied(base, context) if issues else None
        return _placed(base, *_split(own)) if own else None  # by its short name: Đảng ủy
    if base.place == "bare" and (own := _implied(base, context)):
        return _placed(base, *_split(own), bare=True)
    if base.place == "said" and context.level == "commune" and context.commune and "commune" in base.levels:
        return _placed(
            base, *_split(context.commune)
        )  # its own branch: a commune writes to no body above by a bare name
    if base.place in ("always", "written"):
        if own := _implied(base, context):
            return _placed(base, *_split(own))
        if context.level == "central" and len(base.levels) > 1:
            return None
        served = context.level if context.level in base.levels else _first(base)
        return Named(base.name, _id(base, "", served), served, False)
    anywhere: Level | None = "central" if "central" in base.levels else None
    return Named(base.name, _id(base, "", anywhere), anywhere, False)


def _first(base: Base) -> Level | None:
    return next(iter(base.levels.keys()), None)


def _implied(base: Base, context: Context) -> str | None:
    """The place that a body serves whose name goes without one in this document."""
    own = {"province": context.province, "district": context.district, "commune": context.commune}
    if context.level in base.levels and context.level in own:
        return own[context.level]
    return context.province if list(base.levels) == ["province"] else None


def _placed(base: Base, kind: str, name: str, *, bare: bool = False) -> Named:
    level = _place_level(kind, name)
    if f"{fold(kind)} {fold(name)}" in _CAPITALISED:
        kind = "Thành phố"
    goes_bare = (bare and base.place in ("bare", "written")) or (levelled_kind(base.name) and kind != "Thành phố")
    full = name if goes_bare else f"{kind} {name}"
    return Named(f"{base.name} {full}", _key(_id(base, fold(kind), level), name), level, False)


@lru_cache(maxsize=1 << 12)  # a document's few names are asked for again and again, as are places below
def levelled_kind(name: str) -> str | None:
    """The kind of unit that a name carries in itself: ``tỉnh`` of ``Ban Thường vụ Tỉnh ủy``."""
    words = fold(" ".join(name.split()[-2:]))
    return _LEVELLED.get(words)


def own_place(kind: str, context: Context) -> str | None:
    """The unit of a kind to which the document's own place belongs."""
    for own in (context.province, context.district, context.commune):
        if own and fold(own).startswith(fold(kind) + " "):
            return own
    return None


def _split(full: str) -> tuple[str, str]:
    unit = places.place(full)
    return unit.kind, unit.name


def _place_level(kind: str, name: str) -> Level:
    if fold(kind) == "thành phố":
        found = places.find(kind, name)
        return found[0].level if found else "district"
    return UNIT_LEVELS[fold(kind)]


def _level(kind: str) -> Level | None:
    return UNIT_LEVELS.get(kind)


def _id(base: Base, kind: str, level: Level | None) -> str | None:
    return base.ids.get(kind) or base.ids.get(level or "") or next(iter(base.ids.values()), None)


def _key(agency: str | None, place: str | None) -> str | None:
    return f"{agency}:{slug(place)}" if agency and place else agency


@lru_cache(maxsize=1 << 12)
def slug(name: str) -> str:
    """A place's name as it stands in keys (``bac-ninh``)."""
    plain = unicodedata.normalize("NFD", fold(name).replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
