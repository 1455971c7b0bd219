"""What letters are, told for whole arrays of code points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

import patterns

SPACE, ALPHA, ACCENTED, MARK, HORN = 1, 2, 4, 8, 16
_KNOWN = 128
_END = 0x10000  # letters from here on are none that need telling apart
_HORN = "\N{COMBINING HORN}"

_PRIVATE = 0xE000  # from here on: letters that only their font knows, or nobody
_MOST_UNKNOWN = 0.2  # of all letters of a page
_ENOUGH = 200  # letters that tell a language
_LIKE = 0.48  # cosine between their shares and those of the language: real pages have .8, old encodings .57

_kinds = np.zeros(_END, np.uint8)


def kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """What each letter is, as a sum of ``SPACE``, ``ALPHA``, ``ACCENTED`` (a letter beyond ASCII), ``MARK`` (what is
    set on the letter before it) and ``HORN`` (a letter with a horn, as ư)."""
    found = _kinds.take(codes, mode="clip")
    if not found.all():
        _learn(set(np.minimum(codes[found == 0], _END - 1).tolist()))
        found = _kinds.take(codes, mode="clip")
    return found


def are_garbled(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> bool:
    """Whether the letters of a page are not those that it shows: a font without a map, or with a wrong one."""
    if np.count_nonzero(codes >= _PRIVATE) > _MOST_UNKNOWN * codes.size:
        return True
    letters = np.count_nonzero(kinds & ALPHA)
    if letters < _ENOUGH:
        return False
    places, shares = _alphabet()
    counts = np.bincount(places.take(codes, mode="clip"), minlength=shares.size)
    counts[0] = letters - counts[1:].sum()
    return bool(counts @ shares < _LIKE * sqrt(counts @ counts))


@cache
def _alphabet() -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """For each code the place of its letter among the commonest, and their shares as a vector of length one; place 0 is
    that of all else."""
    shares = patterns.data("legacy")["shares"]
    places = np.zeros(_END, np.uint8)
    for place, letter in enumerate(shares, 1):
        places[[ord(letter), ord(letter.upper())]] = place
    common = np.array([0, *shares.values()])
    return places, common / np.linalg.norm(common)


def _learn(codes: Iterable[int]) -> None:
    """Put down what letters are."""
    for code in codes:
        letter = chr(code)
        _kinds[code] = _KNOWN + (
            SPACE * letter.isspace()
            + ALPHA * letter.isalpha()
            + ACCENTED * (letter.isalpha() and not letter.isascii())
            + MARK * bool(unicodedata.combining(letter))
            + HORN * (_HORN in unicodedata.normalize("NFD", letter))
        )
