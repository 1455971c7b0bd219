"""Names that a machine misread on pages that are pictures, read as they are meant.

Places that stand there in several ways are read as the document mostly spells them (``NẠM LƯƠNG`` in the letterhead of
a plan of huyện Nậm Lương), bodies as the registry spells them (``Mặt trận Tố quốc Việt Nam``). Only tones and marks may
differ, one letter for one, so that every offset holds for the words as written too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import patterns
from pipeline.model import PageSpan, Text
from pipeline.names import fold, toned, words
from pipeline.resolve import places

_NAMED = patterns.forms("misread")["named_place"].pattern
_COMMITTEES: dict[str, str] = patterns.data("agency_grammar")["name"]["levelled"]
_KINDS = {kind.split()[-1] for kind in (*_COMMITTEES, *places.UNIT_LEVELS)}
_LONGEST = 4  # words of a place's name
_OFTENER = 2  # times as often as a misreading the name of a place must stand as it is meant
_SHORTEST = 3  # words of a body's name
_BETWEEN = re.compile(r"[ ,–&-]{1,3}")

Words = Sequence[re.Match[str]]


def as_named(text: Text, pictured: Sequence[PageSpan]) -> Text:
    """The text with such names on the ``pictured`` pages replaced; the same text where there are none."""
    if not pictured:
        return text
    found = words(text.text)
    plain = [fold(word[0]) for word in found]
    letters = list(text.text)
    for word, meant in [*_places(text.text, found, plain), *_bodies(text.text, found, plain)]:
        if len(word[0]) == len(meant) and any(page.start <= word.start() < page.end for page in pictured):
            cased = (m.upper() if read.isupper() else m.lower() for read, m in zip(word[0], meant, strict=True))
            letters[word.start() : word.end()] = cased
    return replace(text, text="".join(letters))


def _places(text: str, found: Words, plain: list[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The misread words of places' names, with what they are meant to be."""
    lengths: dict[tuple[str, ...], int] = {}
    for m in _NAMED.finditer(text):
        name = fold(m["name"]).split()
        lengths[*name[:2]] = min(len(name), lengths.get(tuple(name[:2]), _LONGEST))
    alike: dict[str, list[Words]] = {}
    for i, first in enumerate(pairwise(plain)):
        own = found[i : i + lengths[first]] if first in lengths else []
        if own and _is_name(text, own) and not _goes_on(text, found, i):
            alike.setdefault(" ".join(plain[i : i + len(own)]), []).append(own)
    for names in alike.values():
        counts = Counter(map(_spelled, names))
        meant, often = counts.most_common(1)[0]
        for own in names:
            if counts[_spelled(own)] * _OFTENER <= often and not _is_known(_spelled(own)):
                yield from zip(own, meant.split(), strict=True)


def _is_name(text: str, own: Words) -> bool:
    """Whether words have capitals and only spaces between them."""
    apart = (text[a.end() : b.start()] for a, b in pairwise(own))
    return all(word[0][0].isupper() for word in own) and all(space == " " for space in apart)


def _goes_on(text: str, found: Words, i: int) -> bool:
    """Whether a word stands in the middle of a longer name, as that of a person."""
    before, word = found[i - 1] if i else None, found[i]
    if not before or text[before.end() : word.start()] != " " or not before[0][0].isupper():
        return False
    return before[0].lower() not in _KINDS and before[0].isupper() == word[0].isupper()


def _spelled(own: Words) -> str:
    return " ".join(word[0] for word in own).lower()


def _is_known(name: str) -> bool:
    return any(places.key(name) in table for table in (places.provinces(), places.districts(), places.communes()))


@cache
def _registry() -> dict[tuple[str, ...], list[list[str]]]:
    """The words of the names of bodies, by the letters of the first two."""
    names: dict[tuple[str, ...], list[list[str]]] = {}
    for row in patterns.rows("agencies"):
        own = [word[0] for word in words(row["name"])]
        if len(own) >= _SHORTEST:
            names.setdefault((fold(own[0]), fold(own[1])), []).append(own)
    return names


def _bodies(text: str, found: Words, plain: list[str]) -> Iterator[tuple[re.Match[str], str]]:
    """The misread words of bodies' names, at most half of each, with what they are meant to be."""
    for i, first in enumerate(pairwise(plain)):
        for meant in _registry().get(first, ()) if found[i][0][0].isupper() else ():
            own = found[i : i + len(meant)]
            if plain[i : i + len(meant)] != [fold(word) for word in meant]:
                continue
            wrong = [(word, m) for word, m in zip(own, meant, strict=True) if toned(word[0]) != toned(m)]
            joined = all(_BETWEEN.fullmatch(text, a.end(), b.start()) for a, b in pairwise(own))
            if joined and 2 * len(wrong) <= len(own):
                yield from wrong
