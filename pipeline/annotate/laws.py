"""Laws, codes, ordinances and the constitution named by their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from patterns import data, forms, rows
from pipeline.fold import fold

_FORMS = {name: form.pattern for name, form in forms("laws").items()}
_WORD = re.compile(r"\s+([^\s,;:.()“”\"|/]{1,30})")
_OPENING = re.compile(r"([^\W\d_]+)[\W\d_]+([^\W\d_]+)")
_LONGEST = 320
_MOST_AMENDED = 40


class LawName(NamedTuple):
    """A law named by its title: where the name stands, its type and its title in full."""

    start: int
    end: int
    doc_type: str
    title: str


def find_laws(words: str) -> Iterator[LawName]:
    """Every law named by title, left to right, none inside another."""
    done = 0
    for anchor in _FORMS["anchor"].finditer(words):
        if anchor.start() < done:
            continue
        for law in _read(words, anchor):
            yield law
            done = law.end


def _read(words: str, anchor: re.Match[str]) -> list[LawName]:
    kind = fold(" ".join(anchor[0].split()))
    if kind == "hiến pháp":
        return _constitution(words, anchor)
    if kind == "luật" and _no_law_before(words[max(0, anchor.start() - 20) : anchor.start()]):
        return []
    listed = _FORMS["list"].match(words, max(0, anchor.start() - 4))
    if listed and listed.end() >= anchor.end():
        return list(_listed(words, listed.end()))
    law = _named(words, anchor.start(), anchor.end(), kind)
    return [law] if law else []


def _named(words: str, start: int, after: int, kind: str) -> LawName | None:
    """The law whose title begins at ``start``, with the words after its kind from ``after`` on."""
    doc_type = "PL" if kind == "pháp lệnh" else "Luật"
    known = _known_at(words, start)
    if known:
        revised = _FORMS["revised"].match(words, known[0])
        tail = f" {revised[0].strip()}" if revised else ""
        return LawName(start, revised.end() if revised else known[0], doc_type, known[1] + tail)
    amending = _FORMS["amending"].match(words, after)
    end = _amended(words, amending.end()) if amending else None
    end = end or _open_end(words, after)
    return LawName(start, end, doc_type, _title(words[start:end])) if end else None


def _amended(words: str, start: int) -> int | None:
    """Where the list of laws that an amending law amends ends; null where none begins at ``start``."""
    end = None
    for _ in range(_MOST_AMENDED):
        anchor = _FORMS["anchor"].match(words, start)
        known = _known_at(words, start) if anchor else None
        law_end = known[0] if known else _open_end(words, anchor.end()) if anchor else None
        if law_end is None:
            return end
        end = law_end
        seam = _FORMS["joint"].match(words, end)
        if not seam:
            return end
        start = seam.end()
    return end


def _listed(words: str, start: int) -> Iterator[LawName]:
    """The laws of ``các Luật: Đất đai, Nhà ở và Xây dựng``, each by its own words."""
    while True:
        known = _known_at(words, start) or _known_at(words, start, "Luật ")
        if not known:
            return
        yield LawName(start, known[0], "Luật", known[1])
        seam = _FORMS["seam"].match(words, known[0])
        if not seam:
            return
        start = seam.end()


def _constitution(words: str, anchor: re.Match[str]) -> list[LawName]:
    if not anchor[0][0].isupper() or _FORMS["and_laws"].match(words[anchor.end() :][:30]):
        return []
    country = _FORMS["country"].match(words, anchor.end())
    return [LawName(anchor.start(), country.end() if country else anchor.end(), "HP", "Hiến pháp")]


def _no_law_before(left: str) -> bool:
    left = fold(left).rstrip()
    return any(left.endswith(w) for w in data("citations")["not_laws_before"])


@cache
def _spellings() -> dict[str, str]:
    """The known titles, abbreviated ones too, folded, with their proper spelling."""
    proper = {fold(row["title"]): row["title"] for row in rows("laws")}
    for short, full in data("citations")["law_abbreviations"].items():
        proper |= {t.replace(full, fold(short)): title for t, title in proper.items() if full in t}
    return proper


@cache
def _proper() -> dict[str, str]:
    """The proper spelling of the known titles by their bare words."""
    return {_bare(title): proper for title, proper in _spellings().items()}


@cache
def _begun() -> dict[tuple[str, ...], list[str]]:
    """The known titles, folded, by their first two words."""
    found: dict[tuple[str, ...], list[str]] = {}
    for title in _spellings():
        if opening := _OPENING.match(title):
            found.setdefault(opening.groups(), []).append(title)
    return found


@cache
def _title_form(opening: tuple[str, ...]) -> re.Pattern[str]:
    """The known titles with these first two words as one pattern over folded words."""
    longest_first = sorted(_begun()[opening], key=len, reverse=True)
    spaced = "|".join(re.escape(t).replace(r"\ ", r"\s+").replace(",", r"\s*,?") for t in longest_first)
    return re.compile(rf"(?:{spaced})(?=\d{{1,2}}(?!\w)|(?!\w))")


def _bare(folded_title: str) -> str:
    """A folded title without commas and double spaces, which documents place at will."""
    return " ".join(folded_title.replace(",", " ").split())


def proper_title(title: str) -> str | None:
    """The title as promulgated of a law named with other capitals, commas or abbreviations; null for an unknown one."""
    return _proper().get(_bare(fold(title)))


def _known_at(words: str, start: int, prefix: str = "") -> tuple[int, str] | None:
    """The end and title of the longest known law at ``start``, where ``prefix`` is understood before it."""
    window = prefix + words[start : start + _LONGEST]
    folded = fold(window)
    opening = _OPENING.match(folded)
    if not opening or opening.groups() not in _begun():
        return None
    m = _title_form(opening.groups()).match(folded)
    if not m:
        return None
    written = window[: m.end()]
    in_full = prefix or written.isupper() or _abbreviates(written)
    title = _proper()[_bare(m[0])] if in_full else _title(written)
    return start + m.end() - len(prefix), title


def _abbreviates(written: str) -> bool:
    """Whether a title holds a known abbreviation, which its proper title writes out (``Luật thuế TNCN``)."""
    return any(short in written for short in data("citations")["law_abbreviations"])


def _open_end(words: str, after: int) -> int | None:
    """Where a title that no list knows ends: a capital opens it, a word that no title holds closes it."""
    stops = frozenset(data("citations")["law_name_stops"])
    first = _WORD.match(words, after)
    if not first or not first[1][0].isupper() or fold(first[1]) in stops or fold(first[1]) == "sư":
        return None
    end = first.end()
    for _ in range(12):
        word = _WORD.match(words, end)
        if not word or fold(word[1]) in stops or not word[1][0].isalpha():
            break
        end = word.end()
    return end


def _title(words: str) -> str:
    """A title as written; one in capitals gets a capital on its first word and on its kind."""
    words = " ".join(words.split())
    if not words.isupper():
        return words[0].upper() + words[1:]
    kind = "Bộ luật " if words.startswith("BỘ LUẬT") else words.split()[0].capitalize() + " "
    return kind + words[len(kind) :].capitalize()
