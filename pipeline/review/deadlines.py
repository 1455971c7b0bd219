"""A task's deadlines in what people say of it.

Whoever corrects them names dates by their places among those extracted. Another reading may find more dates or fewer,
so that what is kept are the words of each, as corrections hold on to their findings.
"""

from __future__ import annotations

from typing import Any

from pipeline.model import Document
from pipeline.review import Anchor, anchor, find

FIELD = "deadlines"


def as_kept(document: Document, changes: dict[str, Any]) -> dict[str, Any]:
    """Changes as they are kept: each deadline by the words of its date."""
    if FIELD not in changes:
        return changes
    return {**changes, FIELD: [anchor(document, "date", d)._asdict() for d in changes[FIELD]]}


def as_placed(document: Document, kept: dict[str, Any]) -> dict[str, Any]:
    """Kept changes as they hold in a document; without the deadlines where the words of one are not found in it."""
    if FIELD not in kept:
        return kept
    found = [find(document, "date", Anchor(**held)) for held in kept[FIELD]]
    rest = {field: value for field, value in kept.items() if field != FIELD}
    return rest if None in found else {**rest, FIELD: list(dict.fromkeys(found))}


def as_told(document: Document, values: dict[str, Any]) -> dict[str, Any]:
    """Values of a task as one reads them: its deadlines by their words."""
    if FIELD not in values:
        return values
    return {**values, FIELD: [document.dates[d].text for d in values[FIELD]]}


def told(kept: dict[str, Any]) -> dict[str, Any]:
    """Kept changes as one reads them."""
    return {**kept, FIELD: [held["text"] for held in kept[FIELD]]} if FIELD in kept else kept
