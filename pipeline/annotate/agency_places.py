"""Reading the place that the name of an agency is given: ``huyện Phong Thổ``, ``cấp xã``, ``các xã, thị trấn``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import patterns
from pipeline.annotate.agency_names import PLURAL, Token
from pipeline.model import Context, Level
from pipeline.resolve import local_places, places
from pipeline.resolve.places import UNIT_LEVELS

_UNIT = patterns.data("agency_grammar")["unit_words"]


class Where(NamedTuple):
    """The place that a name is given, as written.

    ``unit``: a kind without a name (``huyện``); ``named``: with one (``huyện Phong Thổ``); ``tier``: ``cấp xã``,
    ``các cấp``; ``class``: ``các xã, thị trấn``; ``region``: ``khu vực II``. ``words`` is what a canonical name shows.
    """

    form: Literal["unit", "named", "tier", "class", "region"]
    words: str
    kind: str
    name: str
    end: int


_SAME_TIER: list[str] = _UNIT["same_tier"].split()
_REGION_WORDS = frozenset(words.split()[0] for words in _UNIT["regions"])
_YEAR = 4  # digits, too many for a number of units


def kind_at(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The kind of unit that stands at a token (``thị xã``), and the token after it."""
    if i >= len(tokens):
        return None
    one = tokens[i].fold
    if one in _UNIT["short"]:
        if not tokens[i].text[:1].isupper() and one == "tt":
            return None
        k = i + 1
        if k < len(tokens) and tokens[k].text == ".":
            k += 1
        return _UNIT["short"][one], k
    two = f"{one} {tokens[i + 1].fold}" if i + 1 < len(tokens) else ""
    kind, k = (two, i + 2) if two in UNIT_LEVELS else (one, i + 1)
    if kind not in UNIT_LEVELS:
        return None
    after = [t.fold for t in tokens[k : k + 2]]
    if after and after[0] in _UNIT["not_before"] and " ".join(after) not in _UNIT["verbs_after"]:
        return None
    return kind, k


def _kinds(tokens: Sequence[Token], i: int, context: Context) -> tuple[list[str], int]:
    """A list of kinds of one level: ``xã, phường, đặc khu``."""
    kinds: list[str] = []
    end = i
    while (found := kind_at(tokens, i) or (_short_town(tokens, i) if kinds else None)) and (
        not kinds or same_tier(kinds[0], found[0])
    ):
        kind, k = found
        if kind in kinds or (kinds and _place_name(tokens, k, kind, context)):
            break
        kinds.append(kind)
        end = k
        if k < len(tokens) and (tokens[k].text in ",/;" or tokens[k].is_and):
            i = k + 1
            if i < len(tokens) and tokens[i].is_plural:
                i += 1
        else:
            break
    return kinds, end


def _short_town(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """``thị`` alone in a list of kinds, for ``thị xã``: ``các huyện, thị, thành phố``."""
    listed = i + 1 < len(tokens) and (tokens[i + 1].text in ",;" or tokens[i + 1].is_and)
    return ("thị xã", i + 1) if listed and tokens[i].text == "thị" else None


def same_tier(a: str, b: str) -> bool:
    """Whether two kinds may stand in one class; a city is of the provinces and of the districts."""
    levels = {UNIT_LEVELS[a], UNIT_LEVELS[b]}
    return len(levels) == 1 or ("thành phố" in (a, b) and "commune" not in levels)


def _join(kinds: list[str]) -> str:
    return ", ".join(kinds)


def _place_name(tokens: Sequence[Token], i: int, kind: str, context: Context) -> tuple[str, int] | None:
    """The proper name that follows a kind of unit: a number, or one that the table or the document knows."""
    if i >= len(tokens) or not (tokens[i].text[0].isupper() or tokens[i].text[0].isdigit()):
        return None
    if tokens[i].text[0].isdigit():
        numbered = kind in ("quận", "phường") and len(tokens[i].text) < 3
        return (tokens[i].text, i + 1) if numbered else None
    return known_name(tokens, i, kind, context)


def known_name(tokens: Sequence[Token], i: int, kind: str, context: Context) -> tuple[str, int] | None:
    """The longest name of a unit of a kind that stands at a token, and the token after it.

    The name is as the table writes it, or, for units that it does not know, the document.
    """
    known: tuple[str, int] | None = None
    words: list[str] = []
    for k in range(i, min(i + 7, len(tokens))):
        word = tokens[k].text
        if word in ("-", "–", "'", "’"):
            words.append(word)
        elif word[0].isupper():
            words.append(word)
            if found := places.find(kind, " ".join(words)):
                known = (found[0].name, k + 1)
            elif local := local_places.name_in(context.places, kind, " ".join(words)):
                known = (local, k + 1)
        else:
            break
    return known


def named_units(tokens: Sequence[Token], i: int, kinds: Sequence[str], context: Context) -> list[tuple[int, Where]]:
    """The units of some kinds that are named one by one from a token on, each with its first token.

    A unit of another kind of the same level brings its own: ``(các xã) Phú Khê và thị xã Hòa Giang``, as do several:
    ``(các thành phố: Huế, Cần Thơ) và các tỉnh Lào Cai, Cà Mau``.
    """
    found: list[tuple[int, Where]] = []
    while i < len(tokens):
        if tokens[i].is_plural and (other := kind_at(tokens, i + 1)) and same_tier(other[0], kinds[0]):
            kinds, i = [other[0]], other[1]
        where = next((w for kind in kinds if (w := _named_unit(tokens, i, kind, context))), None)
        if where is None:
            break
        found.append((i, where))
        i = where.end
        if not (i < len(tokens) and (tokens[i].text in ",;" or tokens[i].is_and)):
            break
        i += 1
    return found


def _named_unit(tokens: Sequence[Token], i: int, kind: str, context: Context) -> Where | None:
    if name := known_name(tokens, i, kind, context):
        return Where("named", f"{kind} {name[0]}", kind, name[0], name[1])
    where = read_place(tokens, i, context)
    return where if where and where.form == "named" and _of_level(where, UNIT_LEVELS[kind]) else None


def _of_level(where: Where, level: Level) -> bool:
    """Whether a named unit is of a level; a city may be of two."""
    return UNIT_LEVELS[where.kind] == level or any(p.level == level for p in places.find(where.kind, where.name))


def read_place(tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    """The place that stands at token ``i``: ``huyện Phong Thổ``, ``tỉnh``, ``cấp xã``, ``các xã``, ``10 xã``."""
    if i >= len(tokens):
        return None
    first = tokens[i].fold
    if first == PLURAL or (first in _UNIT["counts"] and kind_at(tokens, i + 1)):
        return _read_class(tokens, i + 1, context)
    if first == "cấp":
        return _read_tier(tokens, i, context)
    if first == _SAME_TIER[0] and [t.fold for t in tokens[i : i + 2]] == _SAME_TIER:
        return Where("tier", _UNIT["same_tier"], "", "", i + 2)
    if first in _REGION_WORDS and (region := _read_region(tokens, i, context)):
        return region
    if (meant := _UNIT["slips"].get(first)) and (name := known_name(tokens, i + 1, meant, context)):
        return Where("named", f"{meant} {name[0]}", meant, *name)
    counted = tokens[i].text.isdigit() and len(tokens[i].text) < _YEAR and not _is_numbered(tokens, i)
    kinds, end = _kinds(tokens, i + counted, context)
    if len(kinds) > 1 or (kinds and counted):
        return _class(tokens, kinds, end, context)
    found = kind_at(tokens, i)
    if not found:
        return None
    kind, k = found
    if named := _place_name(tokens, k, kind, context):
        return Where("named", f"{kind} {named[0]}", kind, named[0], named[1])
    written = " ".join(t.text for t in tokens[i:k]) if tokens[i].fold not in _UNIT["short"] else kind
    return Where("unit", written.lower() if written.isupper() else written, kind, "", k)


def _is_numbered(tokens: Sequence[Token], i: int) -> bool:
    """Whether the number at a token is that of what stands before it: ``Đề án 06``."""
    before = " ".join(t.fold for t in tokens[max(0, i - 2) : i])
    return any(f" {before}".endswith(f" {words}") for words in _UNIT["numbered"])


def _read_class(tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    kinds, end = _kinds(tokens, i, context)
    if kinds:
        return _class(tokens, kinds, end, context)
    for words in _UNIT["classes"]:
        n = len(words.split())
        if [t.fold for t in tokens[i : i + n]] == words.split():
            return Where("tier" if words == "cấp" else "class", f"các {words.replace(' ,', ',')}", "", "", i + n)
    return None


def _read_region(tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    """``khu vực II``, ``vùng II``, with a court's place (``khu vực 5 - Lào Cai``), or by its names."""
    said = " ".join(t.fold for t in tokens[i : i + 2])
    kind = next((words for words in _UNIT["regions"] if f"{said} ".startswith(f"{words} ")), None)
    first = i + len(kind.split()) if kind else len(tokens)
    if first >= len(tokens):
        return None
    if not is_number(tokens[first].text):
        end = _names_end(tokens, first)
        words = " ".join(t.text for t in tokens[i:end])
        return Where("region", words, "", "", end) if first > i + 1 and end > first + 1 else None
    words, end = f"{kind} {tokens[first].text}", first + 1
    if end < len(tokens) and tokens[end].text in "-–" and (name := any_name(tokens, end + 1, context)):
        words, end = f"{words} - {name[0]}", name[1]
    return Where("region", words, "", "", end)


def any_name(tokens: Sequence[Token], i: int, context: Context) -> tuple[str, int] | None:
    """The name of a province, a district or a commune that stands at a token, without its kind."""
    names = (_place_name(tokens, i, kind, context) for kind in ("tỉnh", "huyện", "xã", "phường"))
    return next((name for name in names if name), None)


def _names_end(tokens: Sequence[Token], i: int) -> int:
    """Where the names of a region end that begin at a token, joined by dashes: ``Than Uyên - Tân Uyên``."""
    while i < len(tokens) and tokens[i].text.istitle():
        i += 1
        if i + 1 < len(tokens) and tokens[i].text in "-–" and tokens[i + 1].text.istitle():
            i += 1
    return i


def is_number(word: str) -> bool:
    """Whether a word numbers a part of a country or a branch: ``3``, ``VIII``."""
    return word.isdigit() or set(word) <= set("IVX")


def _class(tokens: Sequence[Token], kinds: list[str], end: int, context: Context) -> Where:
    words = f"các {_join(kinds)}"
    for tail in _UNIT["class_tail"]:
        n = len(tail.split())
        if [t.fold for t in tokens[end : end + n]] == tail.split():
            words, end = f"{words} {tail}", end + n
            break
    stop = _stretch_end(tokens, end)
    stretch = "".join(f" {t.text}" for t in tokens[end:stop])
    return Where("class", f"{words}{stretch}", kinds[0], "", stop)


def _stretch_end(tokens: Sequence[Token], i: int) -> int:
    """Where a stretch of units ends that stands at token ``i``: ``từ Đà Nẵng đến Lâm Đồng``; ``i`` where none does."""
    end = i
    for opening in _UNIT["stretch"]:
        if end >= len(tokens) or tokens[end].fold != opening:
            return i
        first = end = end + 1
        while end < len(tokens) and tokens[end].text[0].isupper():
            end += 1
        if end == first:
            return i
    return end


def _read_tier(tokens: Sequence[Token], i: int, context: Context) -> Where | None:
    """``cấp xã``, ``cấp tỉnh, cấp xã``, ``cấp xã, phường``."""
    for tier in _UNIT["tiers"]:
        n = len(tier.split())
        if [t.fold for t in tokens[i + 1 : i + 1 + n]] == tier.split():
            return Where("tier", f"cấp {tier}", "", "", i + 1 + n)
    parts: list[str] = []
    end = i
    while i < len(tokens):
        tier = "cấp " if tokens[i].fold == "cấp" else ""
        if tier:
            i += 1
        elif not parts:
            break
        found = kind_at(tokens, i)
        if not found or _place_name(tokens, found[1], found[0], context):
            break
        parts.append(f"{tier}{found[0]}")
        end = found[1]
        if not (end < len(tokens) and tokens[end].divides):
            break
        i = end + 1
    if not parts:
        return None
    return Where("tier", ", ".join(parts), parts[0].removeprefix("cấp ") if len(parts) == 1 else "", "", end)
