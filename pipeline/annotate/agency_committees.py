"""Committees of the Party or the Youth Union as a class: ``các tỉnh ủy, thành ủy``, ``văn phòng các huyện ủy``."""

from __future__ import annotations

from collections.abc import Sequence

import patterns
from pipeline.annotate.agency_names import Base, Token
from pipeline.annotate.agency_places import same_tier
from pipeline.annotate.agency_words import COMMITTEE_PARTS, Reading, head_at

_KINDS: dict[str, str] = patterns.data("agency_grammar")["name"]["levelled"]
_FIRST = frozenset(kind.split()[0] for kind in _KINDS)


def read_committees(tokens: Sequence[Token], i: int) -> Reading | None:
    """All committees of one level, or one part of each, which are no single body; none where a place is named.

    Where they must act they are named by their kind, as other bodies are (:mod:`pipeline.annotate.bodies`).
    """
    first_word = tokens[i].fold
    if first_word not in _FIRST and first_word not in COMMITTEE_PARTS:
        return None
    part = head_at(tokens, i, COMMITTEE_PARTS)
    k = part[1] if part else i
    several = k < len(tokens) and tokens[k].is_plural
    kinds, end = _listed(tokens, k + several)
    opened = several or (i > 0 and tokens[i - 1].is_plural)
    if len(kinds) + opened < 2 or not kinds or (end < len(tokens) and tokens[end].text.istitle()):
        return None
    return Reading(i, end, Base(", ".join(kinds), ""), None, None)


def _listed(tokens: Sequence[Token], i: int) -> tuple[list[str], int]:
    """The kinds of committee, all of one level, that stand from a token on, and the token after them."""
    kinds: list[str] = []
    end = i
    while i + 1 < len(tokens) and (kind := f"{tokens[i].fold} {tokens[i + 1].fold}") in _KINDS:
        if kind in kinds or (kinds and not same_tier(_KINDS[kinds[0]], _KINDS[kind])):
            break
        kinds.append(kind)
        end = i + 2
        if end >= len(tokens) or not tokens[end].divides:
            break
        i = end + 1
    return kinds, end
