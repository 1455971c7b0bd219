"""The units of territory that one document names and no table knows: new, renamed, misspelt, or damaged in scanning.

They are read by their form: a kind of unit with the capitalised syllables after it, or in a letterhead the rest of
the line. A person's name may stand there too (``Phó Chủ tịch UBND tỉnh Lò Thị Mai``) and is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import patterns
from pipeline.resolve import places
from pipeline.resolve.places import UNIT_LEVELS, Place, fold

_FORMS = patterns.forms("place_forms")
_GRAMMAR = patterns.data("agency_grammar")
_NOT_BEFORE = frozenset(_GRAMMAR["unit_words"]["not_before"])
_NOT_NAMES: tuple[str, ...] = tuple(_GRAMMAR["unit_words"]["not_names"])
_LEVELLED: dict[str, str] = _GRAMMAR["name"]["levelled"]
_PERSON = _GRAMMAR["person"]
_SURNAMES = frozenset(_PERSON["surnames"])
_HOLDER = re.compile(rf"(?i)(?<!\w)(?:{'|'.join(_PERSON['offices'])})[^,;.:\n]{{0,60}}$")
_NAMES = re.compile(r"\s*[,;]\s*(?:và\s+)?|\s+và\s+")

#: Names as the document writes them, by kind and folded name (``huyện phú khê`` -> ``Phú Khê``).
LocalPlaces = dict[str, str]


def name_in(local: LocalPlaces, kind: str, name: str) -> str | None:
    """The name of a unit of a kind as the document writes it, null where it names none such."""
    return local.get(f"{fold(kind)} {places.key(name)}") if local else None


def units_in(text: str) -> Counter[Place]:
    """The unknown units that running text names, by how often."""
    found: Counter[Place] = Counter()
    for m in patterns.matches(_FORMS["unit"].pattern, text, openings(text)):
        kind = kind_of(m["kind"])
        if not _is_person(m["name"], text[max(0, m.start() - 80) : m.start()]):
            _count(found, kind, m["name"])
    for m in _FORMS["units"].pattern.finditer(text):
        for name in _NAMES.split(m["names"]):
            _count(found, kind_of(m["kind"]), name)
    return _without_tails(found)


def openings(text: str) -> Iterator[int]:
    """Where a kind of unit may stand that a name follows."""
    return (m.start() for m in _FORMS["opening"].pattern.finditer(text))


def loud_units_in(text: str) -> list[Place]:
    """The units, known or not, with which lines in capitals end: those of a letterhead, in its order."""
    found = [(m.start(), kind_of(m["kind"]), m["name"]) for m in _FORMS["loud_unit"].pattern.finditer(text)]
    for m in _FORMS["loud_committee"].pattern.finditer(text):
        found.append((m.start(), _LEVELLED[" ".join(fold(w) for w in m["body"].split())], m["name"]))
    return [unit for _, kind, name in sorted(found) if (unit := _loud(kind, name))]


def by_name(units: Iterator[Place] | list[Place]) -> LocalPlaces:
    """Units as :data:`LocalPlaces`, the earlier before the later."""
    local: LocalPlaces = {}
    for unit in units:
        local.setdefault(f"{fold(unit.kind)} {places.key(unit.name)}", corrected(unit).name)
    return local


def corrected(unit: Place) -> Place:
    """A unit with its name as the table has it, where that differs in tone marks alone."""
    return unit._replace(name=places.mistyped(unit.kind, unit.name) or unit.name)


def kind_of(words: str) -> str:
    """The kind of unit that one or two words name, written out (``TX.`` is a ``thị xã``)."""
    kind = " ".join(fold(w) for w in words.rstrip(".").split())
    return str(_GRAMMAR["unit_words"]["short"].get(kind, kind))


def _loud(kind: str, words: str) -> Place | None:
    known = places.find(kind, words)
    if known:
        return known[0]
    name = " ".join(w.title() for w in words.replace("’", "'").split())
    return Place(kind, name, ()) if _may_name(kind, name) else None


def _count(found: Counter[Place], kind: str, name: str) -> None:
    """Count a run of capitalised words, unless it begins with a unit that the table knows."""
    words = name.replace("–", "-").split()
    if not _may_name(kind, name) or any(places.find(kind, " ".join(words[:n])) for n in range(len(words), 0, -1)):
        return
    found[Place(kind, " ".join(words), ())] += 1


def _may_name(kind: str, name: str) -> bool:
    folded = [fold(w) for w in name.split()]
    joined = " ".join(folded)
    return kind in UNIT_LEVELS and folded[0] not in _NOT_BEFORE and not joined.startswith(_NOT_NAMES)


def _is_person(name: str, before: str) -> bool:
    """Whether capitalised words after a unit are whoever holds office there."""
    words = [fold(w) for w in name.split()]
    if len(words) < 3 or words[0] not in _SURNAMES:
        return False
    return bool(set(words[1:-1]) & set(_PERSON["middle"])) or bool(_HOLDER.search(before))


def _without_tails(found: Counter[Place]) -> Counter[Place]:
    """Without the runs that begin with another: capitalised words that only happen to follow it."""
    names = {(u.kind, u.name) for u in found}

    def is_tailed(unit: Place) -> bool:
        words = unit.name.split()
        return any((unit.kind, " ".join(words[:n])) in names for n in range(2, len(words)))

    return Counter({unit: n for unit, n in found.items() if not is_tailed(unit)})
