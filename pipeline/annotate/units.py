"""What is counted after a number: a unit of ``patterns/units.csv``, else the first noun."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from patterns import data, rows

_WORD = re.compile(
    r"(?:đ/c|tr\.đ(?:ồng)?|tk&vv)(?!\w)|%|‰|°\w?|(?:tấn|khách)\.km|[^\W\d_]+[23²³]?(?![\w])", re.IGNORECASE
)
_MOST_WORDS = 5
#: word classes of the tagger that count as a noun
_NOUNS = ("N", "Nc", "Nu", "Ny", "Nb")


class Unit(NamedTuple):
    """A unit as it stands: its canonical name, what it scales by, its family, and where its words end."""

    name: str
    factor: int
    family: str
    end: int


@lru_cache(maxsize=8)  # scale, unit and noun are looked for at one place, one after the other
def phrases_at(text: str, at: int) -> tuple[tuple[str, int], ...]:
    """The next word, the next two and so on, each with its end, up to anything that is no word; ``%`` is one."""
    found: list[tuple[str, int]] = []
    phrase = ""
    while len(found) < _MOST_WORDS and (m := _WORD.match(text, at)):
        phrase += m[0].lower()
        at = m.end()
        found.append((phrase, at))
        if not text.startswith(" ", at):
            break
        at += 1
        phrase += " "
    return tuple(found)


def known_unit(text: str, at: int) -> Unit | None:
    """The longest known unit that stands at an offset."""
    known = _known()
    for phrase, end in reversed(phrases_at(text, at)):
        unit = known.get(phrase)
        if unit and not _is_mark(text[at:end], unit[0]):
            return Unit(*unit, end)
    return None


def _is_mark(written: str, unit: str) -> bool:
    """Whether a lone capital is a mark rather than the unit it would be in lower case (``5G``, ``1M``)."""
    return len(written) == 1 and written.isupper() and unit != written


def noun_at(text: str, at: int) -> Unit | None:
    """The first word at an offset where it is a noun: anything can be counted."""
    phrases = phrases_at(text, at)
    if not phrases or phrases[0][0] in _never():
        return None
    first = text[at : phrases[0][1]]
    if 2 <= len(first) <= 8 and first.isupper() and not text[at : phrases[-1][1]].isupper():
        return Unit(first, 1, "count", phrases[0][1])
    noun = _first_noun(phrases[-1][0])
    if not noun:
        return None
    end = phrases[min(len(noun.split()), len(phrases)) - 1][1]
    return Unit(noun, 1, "count", end)


@cache
def _known() -> dict[str, tuple[str, int, str]]:
    return {row["word"].lower(): (row["unit"], int(row["factor"] or 1), row["family"]) for row in rows("units")}


@cache
def _never() -> frozenset[str]:
    return frozenset(data("quantities")["noun"]["never"])


@lru_cache(maxsize=4096)
def _first_noun(words: str) -> str | None:
    """The first word of a few, as the tagger cuts them behind a number, if it is a noun."""
    from underthesea import pos_tag

    word, tag = pos_tag(f"10 {words}")[1]
    return str(word) if tag in _NOUNS and len(word) > 1 else None
