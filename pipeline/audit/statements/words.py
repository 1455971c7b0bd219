"""What some words say: the telling ones, the years, the moments and the names among them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from patterns import data, forms
from pipeline.audit.lines import LOWER, UPPER
from pipeline.fold import fold

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
#: What stands in brackets.
ASIDE = re.compile(r"\([^()]*\)?")
#: A word of letters.
WORD = re.compile(r"[^\W\d_]+")
#: A year.
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: A name of several words.
NAME = re.compile(rf"[{UPPER}](?<!\w.)[{LOWER}]+(?:\s+[{UPPER}][{LOWER}]+)+")


@lru_cache(1024)  # of one figure, of its unit and of the title they are asked again and again
def telling(words: str) -> frozenset[str]:
    """The words that say something."""
    return frozenset(WORD.findall(fold(words))) - folded_words("filler")


@cache
def folded_words(name: str) -> frozenset[str]:
    """The words of a list in the patterns of figures, folded."""
    return frozenset(map(fold, data("figures")[name]))


def years_in(words: str) -> frozenset[str]:
    """The years that some words name."""
    return frozenset(YEAR.findall(words))


def moments_in(words: str) -> frozenset[str]:
    """The parts of a year or of a term that some words name."""
    return frozenset(fold(m[0]) for m in _FORMS["moment"].finditer(words)) - folded_words("whole_year")


def whole_months(moments: frozenset[str]) -> frozenset[str]:
    """Parts of a year with its first months by their whole name (``6 tháng đầu năm``)."""
    first = data("figures")["first_months_of"]
    return frozenset(f"{m} {first}" if _FORMS["first_months"].match(m) else m for m in moments)


def names_in(words: str) -> frozenset[str]:
    """The names of places and bodies in some words."""
    return frozenset(NAME.findall(words))
