"""Proposals that several bodies make: grouped by what they share, the most common first."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from patterns import any_of, data, forms
from pipeline.names import toned

Record = dict[str, Any]

_ALIKE = 0.5  # of the telling words of the shorter proposal
_FEWEST = 3  # shared words
_RARE = 0.34  # a word in more than this share of all proposals joins none


def recurring(proposed: Sequence[Record], fewest: int = 2) -> list[Record]:
    """Proposals made by several issuers: ``text`` of the fullest, how many issuers, and each with its own words.

    ``proposed`` have document_id, document, issuer, agency, text and page; one text may hold several proposals.
    """
    single = [
        {**p, "text": part.strip(" .;-")}
        for p in proposed
        for part in forms("followup")["next_proposal"].pattern.split(p["text"])
        if len(part.split()) > _FEWEST
    ]
    alike: dict[str, list[Record]] = defaultdict(list)  # the same words are looked at once
    for p in single:
        alike[p["text"]].append(p)
    words, common = [_telling(text) for text in alike], Counter[str]()
    for each, made in zip(words, alike.values(), strict=True):
        for w in each:
            common[w] += len(made)
    limit = max(3, _RARE * len(single))
    words = [frozenset(w for w in each if common[w] <= limit) for each in words]
    made_so = list(alike.values())
    groups = [[p for i in group for p in made_so[i]] for group in _groups(words)]
    rows = [_row(g) for g in groups if len({p["issuer"] or p["document_id"] for p in g}) >= fewest]
    return sorted(rows, key=lambda r: (-r["count"], r["text"]))


@cache
def _fill() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{any_of(map(toned, data('followup')['proposals']['fill']))})(?!\S)")


def _telling(text: str) -> frozenset[str]:
    """The pairs of words and lone words that say what is proposed."""
    kept = [part.split() for part in _fill().sub("|", toned(text)).split("|")]
    pairs = {f"{a} {b}" for part in kept for a, b in pairwise(part)}
    return frozenset({w for part in kept for w in part if not w[0].isdigit()} | pairs)


def _groups(words: Sequence[frozenset[str]]) -> list[list[int]]:
    """Indices of proposals alike; each joins the first group whose founder it resembles."""
    holding: dict[str, list[int]] = defaultdict(list)
    groups: dict[int, list[int]] = {}
    for i, own in enumerate(words):
        shared = Counter(founder for w in own for founder in holding[w])
        best = max(shared.items(), key=lambda s: s[1] / min(len(own), len(words[s[0]])), default=None)
        if best and best[1] >= _FEWEST and best[1] / min(len(own), len(words[best[0]])) >= _ALIKE:
            groups[best[0]].append(i)
            continue
        groups[i] = [i]
        for w in own:
            holding[w].append(i)
    return list(groups.values())


def _row(made: Sequence[Record]) -> Record:
    fullest = max(made, key=lambda p: len(p["text"]))
    return {
        "text": fullest["text"],
        "agency": fullest["agency"],
        "count": len({p["issuer"] or p["document_id"] for p in made}),
        "proposals": [{k: p[k] for k in ("document_id", "document", "issuer", "text", "page")} for p in made],
    }
