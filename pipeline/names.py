"""Names as people type them: tones, case, dashes and abbreviations set aside.

Three forms of a text, none of which replaces the source's words:

* ``fold``: lower case, no tones, ``đ`` as ``d``, every dash and sign a space (``Sở GD&ĐT`` is ``so gd dt``);
* ``toned``: lower case with tones, whatever vowel carries the mark (``hoà`` and ``hòa`` alike);
* ``name_key``: folded, abbreviations written out, joining words dropped: what two spellings of one name share.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from patterns import data, rows

_TONES = {"\u0300": "1", "\u0301": "2", "\u0303": "3", "\u0309": "4", "\u0323": "5"}
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\w+")  # finds the same faster where no "_" stands
_LONGEST = 6  # tokens that one abbreviation may be spread over: L Đ - T B & X H


@lru_cache(maxsize=1 << 13)
def _fold_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 13)
def _toned_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = "".join(_TONES[c] for c in decomposed if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in _TONES)) + tones


def spelled(text: str) -> list[str]:
    """The words of a text, NFC, as they are spelled."""
    return _RUN.findall(unicodedata.normalize("NFC", text).replace("_", " "))


def words(text: str) -> list[re.Match[str]]:
    """The words of an NFC text, as matches with their offsets."""
    return list(_WORD.finditer(text))


def fold(text: str) -> str:
    """The words in lower case without tones, ``đ`` as ``d``, parted by single spaces."""
    return " ".join(map(_fold_word, spelled(text)))


def toned(text: str) -> str:
    """The words in lower case with their tones, each tone as a digit at the word's end."""
    return " ".join(map(_toned_word, spelled(text)))


class _Abbreviations(NamedTuple):
    """Full forms, folded, by where the short form (folded, without spaces) may stand."""

    anywhere: dict[str, str]
    first: dict[str, str]
    prefix: dict[str, str]
    unit: dict[str, str]
    after: dict[tuple[str, str], str]
    begun: set[str]  # what the short forms begin with


@cache
def _abbreviations() -> _Abbreviations:
    table = _Abbreviations({}, {}, {}, {}, {}, set())
    for row in rows("abbreviations"):
        short, full, where = fold(row["short"]).replace(" ", ""), fold(row["full"]), row["where"]
        table.begun.update(short[:end] for end in range(1, len(short) + 1))
        if where.startswith("after "):
            table.after[fold(where.removeprefix("after ")), short] = full
        else:
            {"any": table.anywhere, "first": table.first, "prefix": table.prefix, "unit": table.unit}[where][short] = (
                full
            )
    return table


def expand(folded: str) -> str:
    """A folded text with its abbreviations written out (``phong ld tb xh`` as ``phong lao dong thuong binh ...``)."""
    tokens, table = folded.split(), _abbreviations()
    out: list[str] = []
    i = 0
    while i < len(tokens):
        full, used, short = None, 1, ""
        for n, token in enumerate(tokens[i : i + _LONGEST], 1):
            short += token
            if short not in table.begun:
                break
            if longer := _full(short, out, table):
                full, used = longer, n
        out += (full or _single(tokens, i, table)).split()
        i += used
    return " ".join(out)


def _full(short: str, before: list[str], table: _Abbreviations) -> str | None:
    """What a short form stands for after these words."""
    if not before and short in table.first:
        return table.first[short]
    if before and (before[-1], short) in table.after:
        return table.after[before[-1], short]
    return table.anywhere.get(short)


def _single(tokens: list[str], i: int, table: _Abbreviations) -> str:
    """A lone token: a unit's initial (``h phong tho``), a code with its head's initial (``sldtbxh``), or a word."""
    token = tokens[i]
    if i == 0:
        if token in table.prefix:
            return table.prefix[token]
        head, code = table.prefix.get(token[0]), token[1:]
        rest = head and (table.after.get((head, code)) or table.anywhere.get(code))
        if head and rest:
            return f"{head} {rest}"
    if token in table.unit and i + 1 < len(tokens):
        return table.unit[token]
    return token


@lru_cache(maxsize=1 << 13)
def name_key(text: str) -> str:
    """What all spellings of a name share: folded, abbreviations written out, joining words dropped."""
    return " ".join(w for w in expand(fold(text)).split() if w not in _joiners())


@cache
def _joiners() -> frozenset[str]:
    return frozenset(fold(w) for w in data("names")["joiners"]["words"])


class Name(NamedTuple):
    """A canonical name taken apart; all parts are keys.

    ``key`` is the whole, ``kind`` the office without its place, ``place`` the unit it belongs to (``huyen phong tho``,
    ``huyen`` where only the unit's kind is said, ``""`` where nothing is), ``members`` the kinds of unit of a
    collective (``{"xa", "thi tran"}`` for ``Ủy ban nhân dân các xã, thị trấn``).
    """

    key: str
    kind: str
    place: str
    members: frozenset[str]


@cache
def unit_words() -> tuple[str, ...]:
    """Every kind of unit, folded, the longer first (``thanh pho``, ``huyen`` ...)."""
    units = {fold(u) for level in data("names")["units"].values() for u in level}
    return tuple(sorted(units, key=lambda u: (-len(u), u)))


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of a collective, of a place at the end, and of a head that carries its unit."""
    names = data("names")
    units = sorted({u for level in names["units"].values() for u in level}, key=lambda u: (-len(u), u))
    any_unit = "|".join([*units, *names["levels"]])
    collective = re.compile(
        rf"^(?P<kind>.+?)\s(?P<all>các\s)?(?P<list>(?:{any_unit})(?:(?:\s*[,/]\s*|\s+-\s+|\s+và\s+)(?:các\s)?(?:{any_unit}))*)"
        r"(?:\s+(?P<rest>\S.*))?$",
        re.IGNORECASE,
    )
    # "Xã hội" is no commune: in lower case a unit word stands before a capital or at the end.
    cased = "|".join(u if u == "xã" else f"[{u[0].upper()}{u[0]}]{u[1:]}" for u in units)
    place = re.compile(rf"(?<=\s)(?:{cased})(?=\s+[A-ZĐÀ-Ỹ0-9]|$)")
    carried = re.compile(rf"^({'|'.join(names['carried'])})\b\s*", re.IGNORECASE)
    return collective, place, carried


@lru_cache(maxsize=1 << 13)
def read_name(name: str) -> Name:
    """A canonical name taken apart into kind and place."""
    collective, place, carried = _grammar()
    key = name_key(name)
    if m := collective.match(name):
        listed = re.split(r"\s*[,/]\s*|\s+-\s+|\s+và\s+", m["list"])
        whole = m["all"] or len(listed) > 1 or any(u.lower().startswith("cấp ") for u in listed)
        if whole and not _is_name(m["rest"]):
            return Name(key, name_key(m["kind"]), name_key(m["rest"] or ""), _members(listed))
    if m := place.search(name):
        return Name(key, name_key(name[: m.start()]), name_key(name[m.start() :]), frozenset())
    if m := carried.match(name):
        unit = next(u for head, u in data("names")["carried"].items() if head.lower() == m[1].lower())
        rest = name[m.end() :]
        return Name(key, name_key(m[1]), name_key(f"{unit} {rest}") if rest else "", frozenset())
    return Name(key, key, "", frozenset())


def _is_name(rest: str | None) -> bool:
    """Whether what follows the units is a name, so that the last unit is a single one (``xã A``)."""
    return rest is not None and rest[0].isupper() and not unit_of(fold(rest))


def _members(listed: list[str]) -> frozenset[str]:
    names, members = data("names"), set()
    for unit in listed:
        unit = re.sub(r"^các\s", "", unit.lower())
        level = names["levels"].get(unit)
        members |= {fold(u) for u in names["units"][level]} if level else {fold(unit)}
    return frozenset(members)


def answers_to(name: Name, asked: str) -> bool:
    """Whether a typed name (as a key) names this one exactly: whole, without its place, or with the place shortened."""
    if asked in (name.key, name.kind):
        return True
    if not asked.startswith(name.kind + " ") or not name.place:
        return False
    said = asked[len(name.kind) + 1 :]
    return said == name.place or said == bare(name.place) or said == unit_of(name.place)


def is_meant(name: Name, asked: str) -> bool:
    """Exactly named, or a collective named by some of its members (``ubnd cac xa``)."""
    if name.members and asked.startswith(name.kind + " cac "):
        said = asked[len(name.kind) + 5 :]
        return any(said == unit or said == f"{unit} {name.place}" for unit in name.members) or asked == name.key
    return answers_to(name, asked)


def resembles(name: Name, asked: str) -> bool:
    """Whether every typed word occurs in the name, in order."""
    remaining = iter(name.key.split())
    return all(word in remaining for word in asked.split())


def unit_of(place: str) -> str:
    """The kind of unit that a place begins with (``huyen`` of ``huyen phong tho``), ``""`` where it says none."""
    return next((u for u in unit_words() if place == u or place.startswith(u + " ")), "")


def bare(place: str) -> str:
    """A place without the word for its kind (``phong tho``)."""
    return place[len(unit_of(place)) :].strip()
