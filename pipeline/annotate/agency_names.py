"""The known names of agencies, and reading one at one place of a text; the place that it serves comes after it.

The registry (``patterns/agencies.csv``) becomes a trie of syllables. A word of the text matches the next syllable of
a name, or, written in capitals, the initials of its next few (``Lao động - TB&XH``), so that no abbreviation of a
known name needs to be listed. Dashes, commas, ``và`` and ``&`` stand between syllables without counting as such, but
only where the name itself has one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import accumulate
from typing import NamedTuple

import patterns
from pipeline.model import Level
from pipeline.resolve.places import UNIT_LEVELS, fold

_GRAMMAR = patterns.data("agency_grammar")
_NAME = _GRAMMAR["name"]
AND: str = _GRAMMAR["words"]["and"]
PLURAL: str = _GRAMMAR["words"]["plural"]
OF: str = _GRAMMAR["words"]["of"]
ABBREVIATIONS = frozenset(_NAME["abbreviations"])
_CENTRE = frozenset(_NAME["centre"])
SEPARATORS = frozenset("-–—,&.") | {AND}
_WORD = re.compile(r"\w+|\S")
_PARTED = re.compile(r"(\w+|\S)")


class Token(NamedTuple):
    """One word or sign of the text."""

    text: str
    fold: str
    start: int
    end: int

    @property
    def is_and(self) -> bool:
        return self.fold == AND

    @property
    def is_plural(self) -> bool:
        return self.fold == PLURAL

    @property
    def divides(self) -> bool:
        """Whether it may stand between the items of a list: a comma or «và»."""
        return self.text == "," or self.fold == AND


_new = partial(tuple.__new__, Token)  # thousands a document: ``Token(...)`` would take twice as long


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and signs of a stretch of text."""
    *gaps_and_words, _ = _PARTED.split(text[start:end])
    words = gaps_and_words[1::2]
    ends = list(accumulate(map(len, gaps_and_words), initial=start))
    return list(map(_new, zip(words, map(fold, words), ends[1::2], ends[2::2], strict=True)))


# --------------------------------------------------------------------------- the registry as a trie


@dataclass(slots=True)
class Base:
    """A name of the registry without its place, and what the registry says of those who bear it.

    ``place`` tells what the name means without one: "" stands for itself (``Chính phủ``); ``said`` too, unless one is
    written (``Hội Nông dân``); ``always`` is its document's own (``Sở Y tế``); ``must`` is no agency (``công an``);
    ``bare`` stands for itself, and the name of a place after it goes without its kind (``Báo Lào Cai``, ``VNPT``);
    ``written`` is its document's own like ``always``, but keeps a place as it is written (``Ban Quản lý Khu kinh tế``).
    """

    name: str
    place: str
    ids: dict[str, str] = field(default_factory=dict)
    levels: dict[Level, None] = field(default_factory=dict)


class Spelling(NamedTuple):
    """One way to write a base: the separators that stand before its syllables."""

    base: Base
    separators: dict[int, str]


@dataclass(slots=True)
class Node:
    """A beginning of names."""

    children: dict[str, Node] = field(default_factory=dict)
    initials: dict[str, list[Node]] = field(default_factory=dict)
    spellings: list[Spelling] = field(default_factory=list)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and len(word) > 1 and word.isalpha()


def _initial(syllable: str) -> str:
    return unicodedata.normalize("NFD", syllable)[0]


def _syllables(name: str) -> tuple[list[str], dict[int, str]]:
    """The keys of a name's syllables and the separators before them; an abbreviation is one case-sensitive key."""
    keys: list[str] = []
    separators: dict[int, str] = {}
    for m in _WORD.finditer(name):
        if m[0] in SEPARATORS:
            separators[len(keys)] = separators.get(len(keys), "") + m[0]
        else:
            keys.append("=" + m[0] if _is_abbreviation(m[0]) else fold(m[0]))
    return keys, separators


def _plant(root: Node, name: str, base: Base) -> None:
    keys, separators = _syllables(name)
    node = root
    for k in keys:
        child = node.children.get(k)
        if child is None:
            child = node.children[k] = Node()
            if not k.startswith("="):
                node.initials.setdefault(_initial(k), []).append(child)
        node = child
    node.spellings.append(Spelling(base, separators))


_PLACED = re.compile(rf"(?i) (?:cấp )?({'|'.join(UNIT_LEVELS)}|khu vực)$")


def base_of(name: str) -> tuple[str, str]:
    """A registry name without the kind of unit at its end, and that kind ("" where it has none)."""
    placed = _PLACED.search(name)
    return (name[: placed.start()], fold(placed[1])) if placed else (name, "")


@cache
def registry() -> tuple[Node, dict[str, Base]]:
    """The trie of all known names, and the bases by their folded names."""
    root = Node()
    bases: dict[str, Base] = {}
    for row in patterns.rows("agencies"):
        name, kind = base_of(row["name"])
        base = bases.get(fold(name))
        if base is None:
            base = bases[fold(name)] = Base(name, row["place"])
            _plant(root, name, base)
        if not row["place"]:
            base.place = ""  # one of them is the centre's, and stands without a place
        base.ids.setdefault(kind, row["id"])
        if row["level"]:
            level: Level = row["level"]  # type: ignore[assignment]
            base.ids.setdefault(level, row["id"])
            base.levels[level] = None
        for variant in filter(None, row["variants"].split("|")):
            _plant(root, base_of(variant)[0], base)
    return root, bases


# --------------------------------------------------------------------------- names


class Match(NamedTuple):
    """A known name read from the text: what it is, and the index of the token after it."""

    base: Base
    end: int


def match_name(tokens: Sequence[Token], i: int, head: str = "") -> Match | None:
    """The longest known name that begins at token ``i``; ``head`` is its first words where these are left out."""
    node = registry()[0]
    for syllable in head.split():
        node = node.children[syllable]
    first = tokens[i]
    if not head and not (
        first.fold in node.children or "=" + first.text in node.children or first.text in ABBREVIATIONS
    ):
        return None
    best: tuple[int, bool, Base] | None = None
    stack: list[tuple[Node, int, int, tuple[tuple[int, str], ...]]] = [(node, i, len(head.split()), ())]
    while stack:
        node, k, depth, written = stack.pop()
        for spelling in node.spellings if k > i else ():
            if all(_allows(spelling.separators.get(n, ""), s) for n, s in written):
                exact = dict(written) == spelling.separators
                if best is None or (k, exact) > best[:2]:
                    best = (k, exact, spelling.base)
        separator = ""
        while k < len(tokens) and k > i and tokens[k].fold in SEPARATORS and len(separator) < 4:
            separator += tokens[k].fold
            k += 1
        if k >= len(tokens):
            continue
        if separator:
            written = (*written, (depth, separator.replace("–", "-").replace("—", "-")))
        if child := node.children.get(tokens[k].fold):
            stack.append((child, k + 1, depth + 1, written))
        if _is_abbreviation(tokens[k].text):
            for child, syllables in _abbreviated(node, tokens[k], k > i or bool(head)):
                stack.append((child, k + 1, depth + syllables, written))
    return Match(best[2], best[0]) if best else None


def _allows(canonical: str, written: str) -> bool:
    return bool(canonical) or written in ("-", ".")


def _abbreviated(node: Node, token: Token, inside: bool) -> Iterator[tuple[Node, int]]:
    """Where a word in capitals leads from a node as an abbreviation, and how many syllables it stands for."""
    if child := node.children.get("=" + token.text):
        yield child, 1
    if token.text in _CENTRE and (child := node.children.get("trung")) and "ương" in child.children:
        yield child.children["ương"], 2
    if inside or token.text in ABBREVIATIONS:
        level = [node]
        for letter in token.fold:
            level = [n for parent in level for n in parent.initials.get(letter, ())]
        for n in level:
            yield n, len(token.fold)
