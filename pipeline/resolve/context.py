"""Who speaks, where and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import match_name, tokens_of
from pipeline.annotate.agency_phrases import canonical_name
from pipeline.model import Context, Frame, Header, Level, Text
from pipeline.names import fold as toneless
from pipeline.resolve import places
from pipeline.resolve.joint import bodies_of
from pipeline.resolve.local_places import LocalPlaces, by_name, corrected, kind_of, loud_units_in, openings, units_in
from pipeline.resolve.places import UNIT_LEVELS, Place, fold
from pipeline.resolve.shouted import in_small
from pipeline.symbols import parse

_TWO_TIERS_FROM = date(2025, 7, 1)  # Luật 72/2025/QH15: no districts any more


class _Said(NamedTuple):
    """What a document says of units: its text, the unknown ones that it names, and those of its letterhead."""

    text: str
    named: Counter[Place]
    letterhead: list[Place]


class Seat(NamedTuple):
    """Where an issuer sits: the level, and the units that its name may mean (none where it bears no name)."""

    level: Level | None
    units: tuple[Place, ...]


def context_of(text: Text, frame: Frame) -> Context:
    """The context that abbreviated names and undated deadlines of this document lean on."""
    header = frame.header
    # Of bodies that issue together the first speaks: "Bộ" in their text is its own.
    first = bodies_of(header.issuer)[0] if header.issuer else None
    issuer = _spelled(first, text.text) if first else _issuer_in(text.text)
    named = units_in(text.text)
    letterhead = [u for z in frame.zones if z.zone == "letterhead" for u in loud_units_in(text.text[z.start : z.end])]
    joined = header.issuer if header.issuer != first else issuer  # their common place stands behind the last
    seat = _seat_of(joined or "", header.place)
    if seat.level is None and not seat.units:
        seat = Seat("central", ()) if _is_of_centre(text, frame) else _seat_above(letterhead)
    province, unit = _decide(seat, _Said(text.text, named, letterhead), header.issued_on)
    own = [u for u in (*seat.units, *letterhead) if not places.find(u.kind, u.name)]
    return Context(
        issuer=issuer,
        level=seat.level,
        province=province,
        district=_district(unit),
        commune=unit.full if unit and unit.level == "commune" else None,
        issued_on=header.issued_on,
        year=header.issued_on.year if header.issued_on else frame.year,
        doc_type=frame.body_type,
        standing=_stands(header),
        addressees=tuple(header.addressees),
        places=_corrected(by_name([*named, *own]), province, unit),
    )


def _stands(header: Header) -> bool:
    """Whether a document holds until further notice, not for a plan's or a report's own time."""
    types, symbol = patterns.data("dates"), parse(header.symbol) if header.symbol else None
    if header.doc_type not in types["standing_by_form"]:
        return header.doc_type in types["standing"]
    named = patterns.forms("dates")["standing_title"].pattern.search(header.title or "")
    return named is not None or bool(symbol and symbol.year)


def placed_issuer(issuer: str | None, context: Context) -> str | None:
    """The issuer completed with the place that the whole document makes certain: ``Sở Công Thương tỉnh Lào Cai``."""
    if issuer is None:
        return None
    *others, own = bodies_of(issuer)
    if own.isupper() and not others:
        own = context.issuer or own
    whole = canonical_name(own, context)
    named = whole if whole and whole.startswith(f"{own} ") else own
    return " - ".join(in_small(name) for name in (*others, named))


def _spelled(issuer: str, text: str) -> str:
    """An issuer that nobody knows, and that therefore stands in capitals, as the text spells it."""
    if not issuer.isupper():
        return issuer
    said = (m[0] for m in re.finditer(rf"(?i)(?<!\w){re.escape(issuer)}(?!\w)", text))
    return next((words for words in said if words[0].isupper() and not words.isupper()), issuer)


def _corrected(local: LocalPlaces, province: str | None, unit: Place | None) -> LocalPlaces:
    """The unknown units, with those that differ from the document's own in tone marks alone spelled as it is."""
    own = {toneless(full): places.place(full).name for full in (province, _district(unit), unit and unit.full) if full}
    return {key: own.get(toneless(key), name) for key, name in local.items()}


def _district(unit: Place | None) -> str | None:
    if unit is None or unit.level == "province":
        return None
    if unit.level == "district":
        return unit.full
    return unit.holders[0] if len(unit.holders) > 1 else None


# --------------------------------------------------------------------------- the issuer's seat

_LEVELLED: dict[str, str] = patterns.data("agency_grammar")["name"]["levelled"]
_LEVELLED_AT = re.compile(rf"(?:^|\s)({'|'.join(_LEVELLED)})(?:\s(.+))?$")
_KIND_AT = re.compile(rf"(?:^|\s)({'|'.join(UNIT_LEVELS)})(?!\shội)(?:\s(.+))?$")
_KIND = re.compile(rf"(?i)^(?:{'|'.join(UNIT_LEVELS)}|tp\.?)\s")


def _issuer_in(text: str) -> str | None:
    """The issuer by the sentence in which it speaks: ``Ủy ban nhân dân huyện Phong Thổ ban hành Kế hoạch``."""
    found = patterns.forms("agency_forms")["issuer_speaks"].pattern.search(text)
    return canonical_name(found[0]) if found else None


def _seat_of(issuer: str, place: str | None) -> Seat:
    folded = " ".join(fold(w) for w in issuer.split())
    if found := _LEVELLED_AT.search(folded):
        kind = _LEVELLED[found[1]]
    elif found := _KIND_AT.search(folded):
        kind = found[1]
    else:
        return Seat(_level_of(issuer), ())
    name = issuer.split()[-len(found[2].split()) :] if found[2] else _KIND.sub("", place or "").split()
    units = places.find(kind, " ".join(name))
    if not units and name:
        units = (Place(kind, " ".join(name), ()),)
        return Seat("district" if kind == "thành phố" else UNIT_LEVELS[kind], units)
    return Seat(units[0].level if units else UNIT_LEVELS[kind], units)


def _seat_above(letterhead: Sequence[Place]) -> Seat:
    """The seat of a body that shows none, by the unit of the one above it: ``ĐẢNG ỦY XÃ PHÚ KHÊ``."""
    if not letterhead:
        return Seat(None, ())
    last = letterhead[-1]
    return Seat(last.level, places.find(last.kind, last.name) or (last,))


def _is_of_centre(text: Text, frame: Frame) -> bool:
    """Whether a letterhead opens with a body of the centre, whose office issues: ``BỘ Y TẾ`` above ``CỤC ...``."""
    start = min((z.start for z in frame.zones if z.zone == "letterhead"), default=0)
    return _level_of(text.text[start:].partition("\n")[0]) == "central"


def _level_of(issuer: str) -> Level | None:
    """The level of an issuer whose name shows no place, by the registry."""
    tokens = tokens_of(issuer)
    match = match_name(tokens, 0) if tokens else None
    return next(iter(match.base.levels), None) if match else None


# --------------------------------------------------------------------------- the province


def _decide(seat: Seat, said: _Said, issued_on: date | None) -> tuple[str | None, Place | None]:
    """The province and the issuer's unit: by what the document says of it, else by the table, else by what it names."""
    if seat.level == "province" and seat.units:
        return seat.units[0].full, seat.units[0]
    units = _of_time(seat.units, issued_on)
    named = _provinces_in(said)
    if units and (holder := _holder_of(units, said, named)):
        return holder, _held_by(units, holder, said)
    if len({places.province_of(u) for u in units}) > 1:
        evident = [u for u in units if named[places.province_of(u) or ""]]
        units = tuple(sorted(evident, key=lambda u: -named[places.province_of(u) or ""]))
        if not units:
            return None, seat.units[0]._replace(holders=("",))
    if units and units[0].holders:
        return places.province_of(units[0]), units[0]
    return _only(named, least=2 * _WITH_KIND if seat.level == "central" else 1), units[0] if units else None


def _holder_of(units: tuple[Place, ...], said: _Said, named: Counter[str]) -> str | None:
    """The province in which the document itself puts the issuer's unit; null where it does not say, or only agrees.

    It says so in the letterhead (``UBND TỈNH LÂM GIANG``) or in so many words (``huyện Phú Khê, tỉnh Lâm Giang``); a
    province that no table knows and that alone is named counts too, for then the table knows another unit.
    """
    above = [u.full for u in said.letterhead if u.level == "province"]
    own = units[0]
    for m in patterns.matches(_HELD, said.text, openings(said.text)):
        if kind_of(m["holder_kind"]) == "tỉnh" and (kind_of(m["kind"]), places.key(m["name"])) == (
            fold(own.kind),
            places.key(own.name),
        ):
            known = places.find("tỉnh", m["holder"])
            above.append(known[0].full if known else corrected(Place("tỉnh", m["holder"], ())).full)
    known_holders = {places.province_of(u) for u in units}
    if not any(named[p] for p in known_holders if p):
        above += [corrected(u).full for u, _ in said.named.most_common() if u.kind == "tỉnh"]
    return above[0] if above and above[0] not in known_holders else None


_HELD = patterns.forms("place_forms")["held"].pattern


def _held_by(units: tuple[Place, ...], province: str, said: _Said) -> Place:
    """The issuer's unit in the province that the document gives it, with the district above it in the letterhead."""
    districts = [u.full for u in said.letterhead if u.level == "district" and units[0].level == "commune"]
    return units[0]._replace(holders=(*districts[:1], province))


def _of_time(units: tuple[Place, ...], issued_on: date | None) -> tuple[Place, ...]:
    """Of communes that bear one name, those of the time of the document."""
    if issued_on is None or not units or units[0].level != "commune":
        return units
    holders = 1 if issued_on >= _TWO_TIERS_FROM else 2
    return tuple(u for u in units if len(u.holders) == holders) or units


_WITH_KIND = 3
_KIND_BEFORE = re.compile(r"(?i)(?:tỉnh|thành phố|tp\.?) ?$")
_CAPITALISED = re.compile(r"[A-ZĐ](?<!\w.)\w+(?:(?: - | )[A-ZĐ]\w*)*")
_LONGEST = 4


def _provinces_in(said: _Said) -> Counter[str]:
    """The provinces that a text names, by how often; one named with its kind counts for more."""
    named: Counter[str] = Counter()
    for unit, times in said.named.items():
        if unit.kind == "tỉnh":
            named[corrected(unit).full] += _WITH_KIND * times
    for unit in said.letterhead:
        if unit.level == "province":
            named[unit.full] += _WITH_KIND
    text = said.text
    for found in _CAPITALISED.finditer(text):
        if _first_words().isdisjoint(map(places.fold, found[0].split())):
            continue
        words = list(re.finditer(r"\S+", found[0]))
        first = 0
        while first < len(words):
            if places.fold(words[first][0]) not in _first_words():
                first += 1
                continue
            known, length = _longest([w[0] for w in words[first : first + _LONGEST]])
            if known:
                at = found.start() + words[first].start()
                named[known.full] += _WITH_KIND if _KIND_BEFORE.search(text[max(0, at - 12) : at]) else 1
            first += length
    return named


@cache
def _first_words() -> frozenset[str]:
    """The words with which names of provinces begin."""
    return frozenset(name.split()[0] for name in (*places.provinces(), *places.aliases()))


def _longest(words: list[str]) -> tuple[Place | None, int]:
    """The province with which some words begin, and how many words it takes (one where there is none)."""
    for n in range(len(words), 0, -1):
        if units := places.provinces().get(places.key(" ".join(words[:n]))):
            return units[0], n
    return None, 1


def _only(named: Counter[str], least: int) -> str | None:
    """The one province that the text is about, where it is about one."""
    best = named.most_common(2)
    if not best or best[0][1] < least or (len(best) > 1 and best[0][1] < 3 * best[1][1]):
        return None
    return best[0][0]
