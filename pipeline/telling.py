"""The words of a wording that tell what is counted: short forms written out, words of one meaning always the same.

Words that only fill say nothing; what makes another indicator of it (qualifiers, grades, ages) is told apart from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from patterns import data, low, rows
from pipeline.fold import lower
from pipeline.names import toned
from pipeline.phrases import Phrases

_MEASURING = ("money", "percent", "measure")  # families of units in which nothing is counted
_NUMBER = re.compile(r"\d|\bI{1,3}\b", re.IGNORECASE)  # without which there is no grade and no age
_REMEMBERED = 4096  # wordings: the heads of a table come again in every row


class Wording(NamedTuple):
    """Words made ready to be compared: single ones and pairs with their weights, qualifiers and grades among them."""

    singles: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    qualifiers: frozenset[str]


@lru_cache(_REMEMBERED)
def subject_key(words: str) -> str:
    """What two wordings of an indicator of no catalogue share: their words that say something, in whatever order.

    That a rate is a rate is told by its unit, which keeps figures apart as well; light words count where no others do.
    """
    telling = _telling(words)
    heavy = _told(_light().replaced(_spelled(words)))
    return " ".join(sorted((set(heavy or telling) - _rate_words()) | _kinds(words)))


@lru_cache(_REMEMBERED)
def unit_kinds(unit: str) -> tuple[str, ...]:
    """A unit and, the nearest first, what it is a kind of (``công trình nước sạch`` is one of ``công trình``)."""
    full = data("indicators")["words"]["short"].get(unit.lower(), unit).split()
    least = 2 if " ".join(full[:2]) in _one_word() else 1
    return tuple(dict.fromkeys([unit, *(" ".join(full[:n]) for n in range(len(full), least - 1, -1))]))


@cache
def _one_word() -> frozenset[str]:
    """Units of two syllables of which the first alone is another (``trường hợp`` is no ``trường``)."""
    return frozenset(data("indicators")["units"]["one_word"])


def plain_unit(unit: str | None) -> str | None:
    """The unit in which figures of no catalogue stand together, for what they count is told by their words.

    Units that count the same are one; a kind (``tổ hòa giải``, ``công trình nước sạch``) is counted by its first words.
    """
    if unit is None or unit in measuring():
        return unit
    kinds = unit_kinds(unit)
    for kind in kinds[:2]:
        if kind in _first_alike():
            return _first_alike()[kind]
    full = next((kind for kind in kinds[1:] if kind not in unit), unit)  # of a short form
    known = [kind for kind in kinds if len(kind.split()) <= 2 and kind in families()]
    return known[0] if known and len(full.split()) > 2 else full


@cache
def _first_alike() -> dict[str, str]:
    """The units that count the same as others, each with the first of them."""
    return {unit: alike[0] for alike in reversed(data("indicators")["units"]["alike"]) for unit in alike}


def says_nothing(words: str) -> bool:
    """Whether words only fill (``toàn huyện đã có``), so that what is counted was said before."""
    return not _telling(words)


def only_done(words: str) -> bool:
    """Whether words say at most who did it or how (``đã bố trí``), not what is counted."""
    return not _told(_doing().replaced(_spelled(words)))


def adds_nothing(words: str, said: str) -> bool:
    """Whether all words that say something were said before (``đã giải ngân`` behind ``Giải ngân vốn:``)."""
    return set(_telling(words)) <= set(_telling(said))


def only_qualifies(words: str, counted: str) -> bool:
    """Whether words say of what is counted only what kind it is (``nữ``, ``lao động dân tộc thiểu số``)."""
    said = wording(words)
    qualifying = {word for q in said.qualifiers for word in q.split()}
    return bool(qualifying) and said.singles <= qualifying | wording(counted).singles


@cache
def measuring() -> frozenset[str]:
    """Units of money, rates and measures, in which nothing is counted."""
    return frozenset(unit for unit, family in families().items() if family in _MEASURING)


@cache
def families() -> dict[str, str]:
    """The units of the list of units, each with its family."""
    return {row["unit"]: row["family"] for row in rows("units")}


@cache
def _neutral() -> frozenset[str]:
    return frozenset(w for word in data("indicators")["words"]["neutral"] for w in toned(word).split())


@cache
def _short_forms() -> dict[str, str]:
    return {toned(short): toned(full) for short, full in _words("short").items()}


def _words(name: str) -> Any:
    return data("indicators")["words"][name]


@cache
def _same() -> Phrases:
    """Words that have another of the same meaning, those that only fill with none, ``toned``."""
    same = {toned(said): toned(meant) for said, meant in _words("same").items()}
    return Phrases(same | dict.fromkeys(map(toned, _words("filling")), ""))


@cache
def _kept() -> Phrases:
    """Words that say something together though each alone would only fill (``xã hội``), ``toned``."""
    return Phrases({phrase: phrase for phrase in map(toned, _words("kept"))})


@cache
def _qualifiers() -> Phrases:
    """Words that make another indicator of it wherever they stand, ``toned``."""
    return Phrases({phrase: phrase for phrase in map(spelled, _words("qualifiers"))})


@cache
def _light() -> Phrases:
    """Words by which two wordings of no catalogue may differ, ``toned``."""
    return Phrases(dict.fromkeys(map(spelled, _words("light")), ""))


@cache
def _doing() -> Phrases:
    """Words of who did it or how, which no indicator needs, ``toned``."""
    return Phrases(dict.fromkeys(map(spelled, _words("doing")), ""))


def spelled(words: str) -> str:
    """The words ``toned``, short forms written out, of words of one meaning always the same."""
    return " ".join(_spelled(words))


@lru_cache(_REMEMBERED)
def _spelled(words: str) -> tuple[str, ...]:
    short = _short_forms()
    for sign, word in _words("signs").items():
        words = words.replace(sign, f" {word} ")
    said = " ".join([short.get(w, w) for w in toned(words).split()])
    return tuple(_same().replaced(said.split()))


@lru_cache(_REMEMBERED)
def _telling(words: str) -> tuple[str, ...]:
    """The words that say something."""
    return _told(_spelled(words))


def _told(said: Sequence[str]) -> tuple[str, ...]:
    """The words that say something among spelled ones."""
    kept = {at for found in _kept().find(said) for at in range(found.start, found.end)}
    neutral = _neutral()
    return tuple([w for at, w in enumerate(said) if at in kept or not (w in neutral or w[0].isdigit())])


@lru_cache(_REMEMBERED)
def wording(words: str) -> Wording:
    """The words that say something, with what they qualify."""
    return _made(_telling(words), words)


def plain_wording(words: str) -> Wording | None:
    """The same without the words of who did it or how (``triệt phá``, ``bà con``); null where there are none."""
    said = _spelled(words)
    plain = _doing().replaced(said)
    return _made(_told(plain), words) if len(plain) < len(said) else None


def _made(telling: Sequence[str], words: str) -> Wording:
    rate = _rate_words()
    heavy = [w for w in telling if w not in rate]
    return Wording(frozenset(heavy), _together(heavy), _kinds(words))


def _together(words: Sequence[str]) -> frozenset[tuple[str, str]]:
    """The words that stand side by side, in whichever order (``sản lượng ngô``, ``ngô sản lượng``)."""
    return frozenset([(a, b) if a <= b else (b, a) for a, b in pairwise(words)])


@cache
def _rate_words() -> frozenset[str]:
    """The words that call a rate one, which its unit does as well, ``toned``."""
    return frozenset(toned(_words("rate")).split())


def _kinds(words: str) -> frozenset[str]:
    """What makes another indicator of it: qualifiers, and grades and ages (``4 sao``, ``5 tuổi``), all ``toned``.

    Numbers say nothing else of what is counted.
    """
    kinds = _qualifiers().all_in(_spelled(words))
    if not _NUMBER.search(words):
        return kinds
    return kinds.union(toned(m[0]) for m in low("indicators", "grade").finditer(lower(words)))
