"""Words that a narrow cell parts anywhere: ``trườ`` and ``ng``, ``1.321.0`` and ``00``.

A word that is wider than its cell has lines of its own and goes on where each is full. So may a whole word be alone on
a full line, and only what it makes with the next tells the one from the other.
"""

from __future__ import annotations

import re

from pipeline import layout
from pipeline.encodings import is_syllable

_ENDING, _OPENING = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")


def is_parted(upper: str, lower: str) -> bool:
    """Whether the last word of a line goes on in the next line, which is not asked where both words have room."""
    upper, lower = upper[upper.rfind(" ") + 1 :], lower.split(" ", 1)[0]
    if layout.is_a("parted", f"{upper}\n{lower}"):
        return True
    ending, opening = _ENDING.search(upper), _OPENING.match(lower)
    if not ending or not opening:
        return False
    first, rest = ending[0], opening[0]
    if len(rest) == 1 and (first + rest).isupper() and not is_syllable(first):  # an abbreviation: ST T
        return True
    return is_syllable(first + rest)


def goes_on(upper: str, lower: str) -> bool:
    """Whether a foreign word goes on, as neither part is a syllable: ``Sulfu`` and ``r``.

    So may two foreign words stand beside each other: it is asked only where no space ends the line, in a file that
    keeps spaces at the ends of lines.
    """
    ending, opening = _ENDING.search(upper), _OPENING.match(lower)
    if not ending or not opening or not opening[0].islower():
        return False
    return not is_syllable(ending[0]) and not is_syllable(opening[0])
