"""What letters are, told for whole arrays of code points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

SPACE, ALPHA, ACCENTED, MARK, HORN = 1, 2, 4, 8, 16
_KNOWN = 128
_END = 0x10000  # letters from here on are none that need telling apart
_HORN = "\N{COMBINING HORN}"

_kinds = np.zeros(_END, np.uint8)


def kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """What each letter is, as a sum of ``SPACE``, ``ALPHA``, ``ACCENTED`` (a letter beyond ASCII), ``MARK`` (what is
    set on the letter before it) and ``HORN`` (a letter with a horn, as ư)."""
    at = np.minimum(codes, _END - 1)
    found = _kinds[at]
    if not found.all():
        _learn(set(at[found == 0].tolist()))
        found = _kinds[at]
    return np.asarray(found)


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
