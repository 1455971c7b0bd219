"""Units of territory named as those who must act: ``Các tỉnh Nghệ An, Cao Bằng khẩn trương ...``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.annotate.agency_names import Token, tokens_of
from pipeline.annotate.agency_places import known_name, read_place
from pipeline.model import Context
from pipeline.resolve.places import UNIT_LEVELS

_REACH = 300  # characters: the longest list of units
_KIND = re.compile(rf"(?:các\s+)?(?:{'|'.join(UNIT_LEVELS)})(?!\w)", re.IGNORECASE)
_RANK = {"commune": 0, "district": 1, "province": 2, "central": 3}


class Territory(NamedTuple):
    """A unit by its kind and name (``tỉnh Nghệ An``), from ``start`` to ``end`` in the text."""

    name: str
    start: int
    end: int


def territories(text: str, start: int, end: int, context: Context) -> list[Territory]:
    """The units under the issuer that are named in a row from ``start`` on, none where no such name stands there."""
    if not _KIND.match(text, start, end):
        return []
    tokens = tokens_of(text, start, min(end, start + _REACH))
    found: list[Territory] = []
    i = 0
    while i < len(tokens) and (units := _units(tokens, i, context)):
        found += [Territory(name, tokens[a].start, tokens[b - 1].end) for name, a, b in units]
        i = units[-1][2]
        if i >= len(tokens) or not (tokens[i].text == "," or tokens[i].fold == "và"):
            break
        i += 1
    return found


def _units(tokens: Sequence[Token], i: int, context: Context) -> list[tuple[str, int, int]]:
    """One unit, or the units of one kind after ``các``: name, first token, the token after the last."""
    many = tokens[i].fold == "các"
    kind = next((k for k in UNIT_LEVELS if _opens(tokens, i + many, k)), None)
    if kind is None or not _below(kind, context):
        return []
    at = i + many + len(kind.split())
    if not many:
        where = read_place(tokens, i, context)
        return [(where.words, i, where.end)] if where and where.form == "named" else []
    found: list[tuple[str, int, int]] = []
    if at < len(tokens) and tokens[at].text == ":":
        at += 1
    while at < len(tokens) and (name := known_name(tokens, at, kind, context)):
        found.append((f"{kind} {name[0]}", at, name[1]))
        at = name[1] + 1
        if name[1] >= len(tokens) or not (tokens[name[1]].text == "," or tokens[name[1]].fold == "và"):
            break
    return found


def _opens(tokens: Sequence[Token], i: int, kind: str) -> bool:
    words = kind.split()
    return [t.fold for t in tokens[i : i + len(words)]] == words


def _below(kind: str, context: Context) -> bool:
    """Whether units of a kind stand under the issuer, who alone may command them."""
    return context.level is not None and _RANK[UNIT_LEVELS[kind]] < _RANK[context.level]
