"""Where a figure holds: the places that words name, and the place of whoever issued the document."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from patterns import data, forms
from pipeline.model import Document
from pipeline.names import fold, unit_of


def place_form() -> re.Pattern[str]:
    """The pattern of a unit with its name."""
    return forms("indicators")["place"].pattern


def canonical(place: str) -> str:
    """A place with the word for its kind in lower case and its name in capitals at the words' beginnings."""
    words = place.split()
    n = len(unit_of(fold(place)).split())
    kind, name = " ".join(words[:n]).lower(), " ".join(words[n:])
    if name.isupper():
        name = " ".join(w.capitalize() for w in name.split())
    return f"{kind} {name}".strip()


def issuer_place(document: Document) -> str | None:
    """The unit that the issuer speaks for; where its name leaves the unit bare, the địa danh completes it."""
    issuer, town = document.header.issuer, document.header.place
    if not issuer:
        return None
    if m := place_form().search(issuer):
        return canonical(m[0])
    for head, unit in data("names")["carried"].items():
        if issuer.startswith(head):
            rest = issuer[len(head) :].strip() or (town or "")
            return f"{unit.lower()} {rest}" if rest else None
    last = _bare_unit(issuer)
    if last:
        return f"{last} {canonical(town)}" if town and not unit_of(fold(town)) else town and canonical(town)
    return None


@lru_cache(maxsize=256)  # the label of a row is asked for with each of its cells
def completed(name: str, text: str) -> str:
    """A name without its kind (``Phú Khê``) with the kind that the text gives it elsewhere."""
    if unit_of(fold(name)):
        return canonical(name)
    m = re.search(rf"({_kinds()})\s+{re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return canonical(m[0]) if m else name


def _bare_unit(issuer: str) -> str | None:
    m = re.search(rf"(?:^|\s)({_kinds()})$", issuer, re.IGNORECASE)
    return m[1].lower() if m else None


@cache
def _kinds() -> str:
    units = {u for level in data("names")["units"].values() for u in level}
    return "|".join(re.escape(u) for u in sorted(units, key=lambda u: -len(u)))
