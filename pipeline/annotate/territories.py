"""Units of territory named as those who must act: ``Các tỉnh Nghệ An, Cao Bằng khẩn trương ...``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_names import Token, tokens_of
from pipeline.annotate.agency_phrases import read_phrase
from pipeline.annotate.agency_places import Where, kind_at, named_units, read_place
from pipeline.model import Context
from pipeline.resolve.agencies import Named, own_place
from pipeline.resolve.places import LEVEL_RANK, UNIT_LEVELS

_COMMITTEE: str = patterns.data("agency_grammar")["name"]["committee"]
_REACH = 300  # characters: the longest list of units
_KIND = re.compile(rf"(?:các\s+)?(?:{'|'.join(UNIT_LEVELS)})(?!\w)", re.IGNORECASE)


class Territory(NamedTuple):
    """A unit by its kind and name (``tỉnh Nghệ An``), from ``start`` to ``end`` in the text, and who acts for it.

    Its people's committee does (Luật Tổ chức chính quyền địa phương 72/2025/QH15).
    """

    committee: Named
    start: int
    end: int


def territories(text: str, start: int, end: int, context: Context) -> list[Territory]:
    """The units under the issuer that are named in a row from ``start`` on, none where no such name stands there."""
    if not _KIND.match(text, start, end):
        return []
    tokens = tokens_of(text, start, min(end, start + _REACH))
    found: list[tuple[int, Where]] = []
    i = 0
    while i < len(tokens) and (units := _units(tokens, i, context)):
        found += units
        i = units[-1][1].end
        if i >= len(tokens) or not tokens[i].divides:
            break
        i += 1
    acting = ((read_phrase(f"{_COMMITTEE} {where.words}", context), first, where) for first, where in found)
    return [Territory(named, tokens[first].start, tokens[where.end - 1].end) for named, first, where in acting if named]


def _units(tokens: Sequence[Token], i: int, context: Context) -> list[tuple[int, Where]]:
    """The units under the issuer that stand in a row, each with its kind or all of the kind after ``các``.

    ``các`` before kinds without names is all of them: ``các xã, phường``. A kind alone, with a capital, is the one
    unit of it of which the document makes certain that it speaks.
    """
    many = tokens[i].is_plural
    found = kind_at(tokens, i + many) if i + many < len(tokens) else None
    if found is None or context.level is None:
        return []
    kind, at = found
    if LEVEL_RANK[UNIT_LEVELS[kind]] >= LEVEL_RANK[context.level]:  # only those above command a unit
        return []
    if many:
        at += at < len(tokens) and tokens[at].text == ":"
    if named := named_units(tokens, at if many else i, [kind], context):
        return named
    if many and (all_of_them := read_place(tokens, i, context)) and all_of_them.form == "class":
        return [(i, all_of_them)]
    if not many and tokens[i].text[0].isupper() and (own := own_place(kind, context)):
        return [(i, Where("unit", own, kind, "", at))]  # "Tỉnh tổ chức thực hiện ...", where one is spoken of
    return []
