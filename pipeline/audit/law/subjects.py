"""Subjects: whether two titles can be those of one document.

A citation seldom gives the whole title, and the catalogue often a short one. So only titles that share next to nothing
are taken apart: ``Nghị định số 23/2015/NĐ-CP ... về trung tâm dịch vụ việc làm``, which is about certified copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from patterns import data
from pipeline.audit.law.catalogue import Catalogue
from pipeline.audit.model import Finding, Mention, finding_of
from pipeline.fold import fold

_FEWEST = 4  # words of a title that tell what it is about
_MOST_SHARED = 5  # one word of so many may be shared by chance
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"\b[A-ZĐ&]{2,}\b")  # short forms
_ASIDE = re.compile(r"\([^()]*\)?")


def other_subject(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A subject unlike that of the one document which the symbol and date are of."""
    entries = known.of(m) if m.title and m.symbol else []
    if len(entries) != 1 or (m.issued_on and m.issued_on != entries[0].issued_on):
        return
    (e,) = entries
    checked = e.document_id is not None or e.verified & {"title", "force"}
    if checked and unlike(e.title, m.title or ""):
        yield finding_of(m, "inconsistent", "warning", f"{e.label}; chỗ này ghi «{m.title}»", e.title)


def unlike(one: str, other: str) -> bool:
    """Whether two titles tell of different subjects: each says enough, and they share next to no word."""
    if not one or not other:
        return False
    a, b = _telling(one), _telling(other)
    fewer = min(len(a), len(b))
    return fewer >= _FEWEST and len(a & b) * _MOST_SHARED <= fewer


@lru_cache(maxsize=4096)
def _telling(title: str) -> frozenset[str]:
    """The words of a title that tell what it is about; none of one that amends another document."""
    words = _LETTERS.sub(" ", _ASIDE.sub(" ", title))
    said = frozenset(_WORD.findall(fold(words)))
    return frozenset() if said >= _amending() else said - _filler()


@cache
def _filler() -> frozenset[str]:
    return frozenset(fold(" ".join(data("audit")["title_filler"])).split())


@cache
def _amending() -> frozenset[str]:
    return frozenset(fold(data("audit")["title_amends"]).split())
