"""Vietnamese administration as data, and the thin loader that reads it.

Three kinds of file stand beside this module:

* ``NAME.csv``: rows (agencies, units, legal catalogue ...), read by :func:`rows`;
* ``NAME.toml`` with plain tables (word lists, role keywords ...), read by :func:`data`;
* ``NAME.toml`` with ``[[form]]`` entries: regular expressions that prove themselves, read by :func:`forms`.

A form has a ``name``, a ``pattern`` (``re.VERBOSE``; ``{{PART}}`` stands for an entry of the file's ``[part]`` table,
which may itself use parts; a literal space is written ``[ ]`` or ``\\ ``), ``examples`` in which the stretch that the
pattern finds first is marked «so», and ``counter`` examples in which it must find nothing. ``{{=từ}}`` is ``\\btừ``
written so that it begins with a letter: where all alternatives do, ``re`` passes over all other places at once.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

_PART = re.compile(r"\{\{(\w+)\}\}")
_OPENING = re.compile(r"\{\{=(\w+)\}\}")
_ANY_CASE = re.compile(r"\(\?ix?\)")
_KEPT = re.compile(r"\\.|\(\?P")  # what means another thing in small letters


class Form(NamedTuple):
    """A pattern with the examples that prove it."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


def _read(filename: str) -> str:
    return files(__name__).joinpath(filename).read_text(encoding="utf-8")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``NAME.csv`` as dictionaries of strings."""
    return tuple(csv.DictReader(_read(f"{name}.csv").splitlines()))


@cache
def data(name: str) -> dict[str, Any]:
    """The contents of ``NAME.toml``."""
    return tomllib.loads(_read(f"{name}.toml"))


def _expand(pattern: str, parts: dict[str, str]) -> str:
    while _PART.search(pattern):
        pattern = _PART.sub(lambda m: f"(?:{parts[m[1]]})", pattern)
    return _OPENING.sub(r"\1(?<!\\w\1)", pattern)


@cache
def forms(name: str) -> dict[str, Form]:
    """The forms of ``NAME.toml`` by name, in the file's order, compiled (case-sensitive unless they say ``(?i)``)."""
    content = data(name)
    parts = content.get("part", {})
    return {
        f["name"]: Form(
            f["name"],
            re.compile(_expand(f["pattern"], parts), re.VERBOSE),
            tuple(f.get("examples", ())),
            tuple(f.get("counter", ())),
        )
        for f in content["form"]
    }


@cache
def low(name: str, form: str) -> re.Pattern[str]:
    """A form of ``NAME.toml`` that begins with ``(?i)``, for words in lower case (:func:`pipeline.fold.lower`).

    Finds the same, many times as fast: where case does not count, ``re`` tries all alternatives letter by letter.
    """
    pattern = forms(name)[form].pattern.pattern
    opened = _ANY_CASE.match(pattern)
    if not opened or "(?-i:" in pattern:
        raise ValueError(f"{name}.{form} tells small letters from capitals")
    kept = iter([*_KEPT.findall(pattern, opened.end()), ""])
    return re.compile("".join(p.lower() + next(kept) for p in _KEPT.split(pattern[opened.end() :])), re.VERBOSE)


class Patterns(dict[str, re.Pattern[str]]):
    """The patterns of ``NAME.toml`` by name, read when one is asked for first, for where they are asked for often."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, form: str) -> re.Pattern[str]:
        return self.setdefault(form, forms(self._name)[form].pattern)


class Lowered(dict[str, re.Pattern[str]]):
    """The forms of ``NAME.toml`` as :func:`low` gives them, by name, for where they are asked for at every number."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, form: str) -> re.Pattern[str]:
        return self.setdefault(form, low(self._name, form))


def any_of(words: Iterable[str], written: Callable[[str], str] = re.escape) -> str:
    """Words as the alternatives of an expression, the longest first; ``written`` makes an expression of each.

    Those that begin with the same letter stand together, so that ``re`` passes over all of them at one look.
    """
    alike: dict[str, list[str]] = {}
    for word in map(written, sorted(words, key=len, reverse=True)):
        first = word[0] if word[0].isalpha() else word
        alike.setdefault(first, []).append(word[len(first) :])
    return "|".join(f"{first}(?:{'|'.join(rest)})" if any(rest) else first for first, rest in alike.items())


def matches(pattern: re.Pattern[str], words: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at some of ``starts``, in order and apart, as ``finditer`` has them.

    A pattern whose beginnings are few and easily found is so tried at these alone, and not at every letter.
    """
    end = 0
    for start in starts:
        if start >= end and (found := pattern.match(words, start)):
            end = found.end()
            yield found
