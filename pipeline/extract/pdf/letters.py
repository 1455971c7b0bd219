"""What letters are, told for whole arrays of code points."""

from __future__ import annotations

import unicodedata

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
    return np.asarray(_kinds[_learnt(codes)])


def _learnt(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The letters as places in the tables, which hold what they are."""
    at = np.minimum(codes, _END - 1)
    for code in set(at[_kinds[at] == 0].tolist()):
        letter = chr(code)
        _kinds[code] = _KNOWN + (
            SPACE * letter.isspace()
            + ALPHA * letter.isalpha()
            + ACCENTED * (letter.isalpha() and not letter.isascii())
            + MARK * bool(unicodedata.combining(letter))
            + HORN * (_HORN in unicodedata.normalize("NFD", letter))
        )
    return at
