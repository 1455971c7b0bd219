"""Why a document is named: as a basis, to carry it out, to amend it ..."""

from __future__ import annotations

import re

from patterns import forms
from pipeline.model import CitationRelation

_FORMS = forms("citations")
_REACH = 120
_CUES: tuple[tuple[str, CitationRelation], ...] = (
    ("amended_by", "mentions"),
    ("basis", "basis"),
    ("amends", "amends"),
    ("replaces", "replaces"),
    ("repeals", "repeals"),
    ("implements", "implements"),
    ("guides", "guides"),
)
_SENTENCE = re.compile(r"[.;]\s")


def read_relation(left: str) -> CitationRelation | None:
    """The relation told by the words directly before a mention; null where they tell none."""
    words = left[-_REACH:]
    cut = max((m.end() for m in _SENTENCE.finditer(words)), default=0)
    words = words[cut:]
    return next((relation for name, relation in _CUES if _FORMS[name].pattern.search(words)), None)
