"""Who holds a duty on a given day: from the body that a document named to the one that took over from it.

``holder`` follows an agency through the reorganisations (``successions.csv``), the mergers of provinces and the end of
the districts, up to a day. It never guesses: where an office's functions were divided and the duty's own words do not
say which of them it is, it names the candidates; where it knows no successor, it says why.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import registry
from pipeline.names import read_name
from pipeline.resolve.agencies import slug
from pipeline.resolve.bodies import Body, members_of, name_of, offices
from pipeline.resolve.mergers import (
    COMMUNES_FROM,
    Area,
    commune_successors,
    find_district,
    is_province,
    kind_of,
    merging_days,
    province_change,
    province_named,
)
from pipeline.resolve.places import UNIT_LEVELS, fold

_DATA = patterns.data("succession")
_DAY = timedelta(days=1)
NOWHERE = Area()


class Step(NamedTuple):
    """One handing over: from whom to whom, since when, by which instrument."""

    predecessor: str
    successor: str
    on: date
    ground: str
    note: str


class Succession(NamedTuple):
    """Who holds a duty: ``holder``, or else ``candidates`` (possibly none) and ``why`` it is open.

    ``members`` are the single bodies of a holder that is many (one a commune), where they are known. ``why`` may also
    stand beside a holder, as a remark.
    """

    holder: str | None
    candidates: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    chain: tuple[Step, ...] = ()
    why: str | None = None


class _Row(NamedTuple):
    """A row of ``successions.csv``."""

    field: str
    successor: str
    urban: str
    on: date
    ground: str
    note: str


class _End(NamedTuple):
    """Where a path through the reorganisations ends: at a body, or nowhere and why."""

    body: Body | None
    chain: tuple[Step, ...]
    why: str | None = None


class _Move(NamedTuple):
    """A step and the body to which it leads."""

    heir: Body
    step: Step


@cache
def _successions() -> dict[str, tuple[_Row, ...]]:
    found: dict[str, list[_Row]] = {}
    for r in patterns.rows("successions"):
        row = _Row(r["field"], r["successor"], r["urban"], date.fromisoformat(r["from"]), r["ground"], r["note"])
        found.setdefault(r["predecessor"], []).append(row)
    return {predecessor: tuple(rows) for predecessor, rows in found.items()}


@cache
def _field_patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, field['words']))})(?!\w)")
        for name, field in _DATA["field"].items()
    }


def fields_of(words: str) -> frozenset[str]:
    """The fields of state management that a duty's words name."""
    own = words[:1].lower() + words[1:]
    return frozenset(
        name
        for name, pattern in _field_patterns().items()
        if any(word in own for word in _DATA["field"][name]["words"]) and pattern.search(own)
    )


def holder(
    name: str, agency_key: str | None, on: date, words: str = "", area: Area = NOWHERE, since: date | None = None
) -> Succession:
    """Who holds on a day the duty laid on an agency.

    ``name`` and ``agency_key`` are the agency's as resolved, ``words`` the duty's own, ``area`` where the document is
    from (it completes a name without a place), ``since`` the document's day: what was reorganised before it is not
    applied to the units that it names.
    """
    return holder_by_fields(name, agency_key, on, fields_of(words), area, since or date.min)


def era(issued: date | None) -> date:
    """The last day, up to a document's, on which units were merged: for documents of one era duties go the same way."""
    return max((day for day in merging_days() if issued and day <= issued), default=date.min)


@lru_cache(maxsize=65536)
def possible_holders(
    name: str, agency_key: str | None, on: date, area: Area = NOWHERE, since: date | None = None
) -> tuple[str, ...]:
    """Every body, and every single member of one, that may hold a duty of an agency on a day, whatever its words."""
    body = body_of(name, agency_key, area)
    if body is None:
        return ()
    ends = _follow(body, name, min(since or date.min, on), on, frozenset(_field_patterns()))
    return tuple(n for e in ends if e.body for n in (name_of(e.body) if e.chain else name, *members_of(e.body)))


@lru_cache(maxsize=65536)
def holder_by_fields(
    name: str, agency_key: str | None, on: date, fields: frozenset[str], area: Area, since: date
) -> Succession:
    """Who holds on a day a duty on these fields; the rest as for ``holder``."""
    body = body_of(name, agency_key, area)
    if body is None:
        return Succession(None, why=f"«{name}» chưa có trong danh mục cơ quan nên không biết ai kế thừa.")
    start = offices()[body.office].valid_from
    if start and on < start:
        return Succession(None, why=f"{name} hoạt động từ ngày {_day(start)}, sau ngày được hỏi.")
    ends = _follow(body, name, min(since, on), on, fields)
    chain = tuple(dict.fromkeys(step for end in ends for step in end.chain))
    bodies = {name_of(e.body) if e.chain else name: e.body for e in ends if e.body}
    whys = tuple(dict.fromkeys(e.why for e in ends if e.why))
    if len(bodies) == 1 and all(e.body for e in ends):
        (holds, found), *_ = bodies.items()
        return Succession(holds, (), members_of(found), chain, " ".join(whys) or None)
    return Succession(None, tuple(bodies), (), chain, " ".join(whys) or _divided(name, body.office, fields))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _divided(name: str, identity: str, fields: frozenset[str]) -> str:
    """Why a divided office leaves the holder open."""
    known = [f for f in dict.fromkeys(r.field for r in _successions().get(identity, ())) if f]
    if not known:
        return f"Nhiệm vụ của {name} được chia cho nhiều cơ quan; lời văn không đủ để biết cơ quan nào giữ."
    named = [f for f in known if f in fields]
    listed = "; ".join(_DATA["field"][f]["name"] for f in named or known)
    if named:
        return f"Chức năng của {name} đã chia theo lĩnh vực; nhiệm vụ có thể thuộc nhiều nơi: {listed}."
    return f"Chức năng của {name} đã chia theo lĩnh vực ({listed}); lời văn của nhiệm vụ không nêu lĩnh vực nào."


# --------------------------------------------------------------------------- which body a name means

_UNIT_BEFORE = re.compile(rf"(?i)(?:^|\s)({'|'.join(sorted(UNIT_LEVELS, key=len, reverse=True))})$")
_NAMED_UNIT = re.compile(rf"(?<=\s)(?:{'|'.join(sorted(UNIT_LEVELS, key=len, reverse=True))})\s(\w)[^,;]*$")
_MANY = re.compile(r"(?:^|\s)(?:các|cấp)\s")
_CARRIED: dict[str, str] = patterns.data("names")["carried"]


def body_of(name: str, agency_key: str | None, area: Area = NOWHERE) -> Body | None:
    """The office and place of a resolved agency; None where its office is not in the registry."""
    identity, _, place_slug = (agency_key or _key_of(name)).partition(":")
    if identity not in offices():
        return None
    if place := _written_place(name, place_slug) or _unknown_place(name):
        return Body(_at_level(identity, place), place, area=area)
    level = offices()[identity].level
    if read_name(name).members or _MANY.search(name):
        within = area.district if level == "commune" and area.district else area.province
        return Body(identity, within, every=True, area=area)
    own = {"province": area.province, "district": area.district}
    return Body(identity, own.get(level, ""), area=area)


def office_of(name: str, agency_key: str | None) -> str:
    """The office of an agency, by its id in the registry; ``""`` where none is known."""
    return (agency_key or _key_of(name)).partition(":")[0]


@cache
def offices_after(office: str) -> frozenset[str]:
    """An office, those of its name at other levels, and all that may hold their duties later."""
    base = registry()[1].get(fold(offices()[office].base))
    pending, found = [office, *(base.ids.values() if base else ())], set[str]()
    while pending:
        if (one := pending.pop()) in offices() and one not in found:
            found.add(one)
            pending += [o for row in _successions().get(one, ()) for o in (row.successor, row.urban)]
    return frozenset(found)


@lru_cache(maxsize=65536)
def _key_of(name: str) -> str:
    """The key of a name that came without one."""
    from pipeline.annotate.agency_phrases import read_phrase

    named = read_phrase(name)
    return named.key or "" if named else ""


def _written_place(name: str, place_slug: str) -> str:
    """The place at the end of a canonical name, with the word for its kind; ``""`` where none is written."""
    words = name.split()
    for n in range(1, len(words) if place_slug else 0):
        tail, before = " ".join(words[-n:]), " ".join(words[:-n])
        if slug(tail) != place_slug:
            continue
        if written := _UNIT_BEFORE.search(before):
            return f"{written[1]} {tail}"
        kind = next((k for head, k in _CARRIED.items() if before.lower().endswith(head.lower())), "")
        return f"{kind} {tail}" if kind else province_named(tail)
    return ""


def _unknown_place(name: str) -> str:
    """A place that is written but that no table knows, so that it stands in no key."""
    found = _NAMED_UNIT.search(name)
    return found[0] if found and found[1].isupper() and not _MANY.search(name) else ""


def _at_level(identity: str, place: str) -> str:
    """The office of the same name at the level of its place: a ``thành phố`` may be a province or a district."""
    office, level = offices()[identity], "province" if is_province(place) else "district"
    base = registry()[1].get(fold(office.base))
    if base is None or kind_of(place) != "thành phố" or office.level in (level, "central", "commune"):
        return identity
    return base.ids.get(level, identity)


# --------------------------------------------------------------------------- from body to body


def _follow(body: Body, named: str, after: date, on: date, fields: frozenset[str]) -> list[_End]:
    """Every end of the paths from a body, ``named`` so on the day ``after``, to the day ``on``."""
    office, rows = offices()[body.office], _successions().get(body.office, ())
    handed = rows[0].on if rows else date.max
    moves = [m for m in _moves(body, named, after) if m.step.on <= min(on, handed - _DAY)]
    if _is_lost(body, after) and on >= COMMUNES_FROM:
        return [_End(None, (), f"Không rõ {body.place} đã nhập vào xã, phường nào từ ngày {_day(COMMUNES_FROM)}.")]
    if moves:
        return [end for m in moves for end in _onward(m, m.step.on, on, fields)]
    if office.valid_to and office.valid_to < on < handed:
        why = rows[0].note if rows else "không rõ cơ quan kế thừa"
        return [_End(None, (), f"{named} kết thúc hoạt động ngày {_day(office.valid_to)}: {why}.")]
    if on < handed:
        return [_End(body, (), _remark(body, on))]
    taken = _taken(rows, fields)
    ends = [
        _End(None, (), f"{named} kết thúc hoạt động từ ngày {_day(r.on)} ({r.ground}): {r.note}.")
        for r in taken
        if not r.successor
    ]
    for r in (r for r in taken if r.successor):
        heir = _heir(body, r)
        ends += _onward(_Move(heir, Step(named, name_of(heir), r.on, r.ground, r.note)), r.on - _DAY, on, fields)
    return ends


def _onward(move: _Move, after: date, on: date, fields: frozenset[str]) -> list[_End]:
    """The ends of the paths that begin with a move."""
    own = () if move.step.predecessor == move.step.successor else (move.step,)
    ends = _follow(move.heir, move.step.successor, after, on, fields)
    return [end._replace(chain=(*own, *end.chain)) for end in ends]


def _taken(rows: tuple[_Row, ...], fields: frozenset[str]) -> list[_Row]:
    """The successions that a duty of these fields may have followed."""
    special = [r for r in rows if r.field and r.field in fields]
    if len({r.successor for r in special}) == 1:
        return special[:1]
    return [*(r for r in rows if not r.field), *special] or list(rows)


def _heir(body: Body, row: _Row) -> Body:
    """The body that takes over in its predecessor's place."""
    old, new = offices()[body.office].level, offices()[row.successor]
    if old == "district" and new.level == "commune":
        return Body(row.successor, body.place, True, row.urban, row.on >= COMMUNES_FROM, body.area)
    if old == "district" and new.level == "province" and not new.regional and not body.every:
        found = find_district(body.place, body.area.province) if body.place else None
        return Body(row.successor, found.province if found else body.area.province, area=body.area)
    every = body.every and new.level == old
    return Body(row.successor, body.place if new.level != "central" else "", every, area=body.area)


def _moves(body: Body, named: str, after: date) -> list[_Move]:
    """The next change of the place that a body serves: several where a commune was divided."""
    level = offices()[body.office].level
    if level == "province" and body.place and not body.every:
        change = province_change(body.place, after)
        heirs = [body._replace(place=change.successor)] if change else []
        return [_Move(h, Step(named, name_of(h), change.on, change.ground, "")) for h in heirs if change]
    if level != "commune" or body.former or after >= COMMUNES_FROM:
        return []
    heirs = [body._replace(former=True)]
    if body.place and not body.every:
        heirs = [body._replace(place=u.commune, former=True) for u in commune_successors(body.place, body.area)]
    known = _DATA["communes"]
    return [_Move(h, Step(named, name_of(h), known["from"], known["ground"], known["note"])) for h in heirs]


def _is_lost(body: Body, after: date) -> bool:
    """Whether a commune of before July 2025 is not known, or is one of several of its name."""
    old = offices()[body.office].level == "commune" and body.place and not body.every and not body.former
    return bool(old) and after < COMMUNES_FROM and not commune_successors(body.place, body.area)


def _remark(body: Body, on: date) -> str | None:
    """What is to be said of a body that is still there."""
    level = offices()[body.office].level
    if level == "district" and on >= COMMUNES_FROM:
        return "Đơn vị được giữ lại khi bỏ cấp huyện, không còn gắn với huyện; tên mới do cơ quan cấp trên đặt."
    return None
