"""Names of places that a machine read in several ways on pages that are pictures, read as the document mostly spells
them: ``NẠM LƯƠNG`` in the letterhead of a plan of huyện Nậm Lương.

Only tones and marks may differ, one letter for one, so that every offset holds for the words as written too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import patterns
from pipeline.model import PageSpan, Text
from pipeline.names import fold
from pipeline.resolve import places

_NAMED = patterns.forms("misread")["named_place"].pattern
_KINDS = {"ủy", *(kind.split()[-1] for kind in places.UNIT_LEVELS)}
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 4  # words of a name
_OFTENER = 2  # times as often as a misreading the name must stand as it is meant


class _Name(NamedTuple):
    """Words that may be a place's name, as they are read."""

    start: int
    end: int
    words: str


def as_named(text: Text, pictured: Sequence[PageSpan]) -> Text:
    """The text with such names on the ``pictured`` pages replaced; the same text where there are none."""
    if not pictured:
        return text
    spelled: dict[str, int] = {}
    for m in _NAMED.finditer(text.text):
        first = " ".join(fold(m["name"]).split()[:2])
        spelled[first] = min(len(m["name"].split()), spelled.get(first, _LONGEST))
    found: dict[str, list[_Name]] = {}
    for name in _names(text.text, spelled):
        found.setdefault(fold(name.words), []).append(name)
    words = list(text.text)
    for names in found.values():
        for name, meant in _misread(names):
            if any(page.start <= name.start < page.end for page in pictured):
                words[name.start : name.end] = meant.upper() if text.text[name.start : name.end].isupper() else meant
    return replace(text, text="".join(words))


def _names(text: str, spelled: dict[str, int]) -> Iterator[_Name]:
    """The words with capitals that have the letters of names, which are told by their first two words."""
    words = list(_WORD.finditer(text))
    plain = [fold(word[0]) for word in words]
    for i in range(len(words) - 1):
        count = spelled.get(f"{plain[i]} {plain[i + 1]}")
        own = words[i : i + count] if count else []
        if not own or not all(word[0][0].isupper() for word in own) or _goes_on(text, words, i):
            continue
        if all(text[a.end() : b.start()] == " " for a, b in pairwise(own)):
            start, end = own[0].start(), own[-1].end()
            yield _Name(start, end, text[start:end].title())


def _goes_on(text: str, words: list[re.Match[str]], i: int) -> bool:
    """Whether a word stands in the middle of a longer name, as that of a person."""
    before, word = words[i - 1] if i else None, words[i]
    if not before or text[before.end() : word.start()] != " " or not before[0][0].isupper():
        return False
    return before[0].lower() not in _KINDS and before[0].isupper() == word[0].isupper()


def _misread(names: list[_Name]) -> Iterator[tuple[_Name, str]]:
    """Those of the names with the same letters that are misread, with what they are meant to be."""
    counts = Counter(name.words for name in names)
    if len(counts) == 1:
        return
    meant, often = counts.most_common(1)[0]
    for name in names:
        rare = counts[name.words] * _OFTENER <= often and len(name.words) == len(meant)
        if rare and not _is_known(name.words):
            yield name, meant


def _is_known(name: str) -> bool:
    return any(places.key(name) in table for table in (places.provinces(), places.districts(), places.communes()))
