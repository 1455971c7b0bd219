"""Paragraphs that number within themselves what several bodies must do: ``(1) Sở X xây dựng ...; (2) Sở Y rà soát``."""

from __future__ import annotations

from dataclasses import replace

import patterns
from pipeline.assign.charges import Charges
from pipeline.assign.items import Item, label_kind
from pipeline.model import Text


def enumerated(text: Text, item: Item, charges: Charges) -> list[Item]:
    """The items that a paragraph numbers within itself, body by body; else the paragraph alone.

    What opens with no body goes on with the item before it.
    """
    numbers = list(patterns.forms("tasks")["number_within"].pattern.finditer(text.text, item.start, item.end))
    if [int(m["number"]) for m in numbers] != [*range(1, len(numbers) + 1)] or len(numbers) < 2:
        return [item]
    first = numbers[0]
    if first.start() > item.start and not charges.leads_in(replace(item, end=first.start())):
        return [item]
    label = label_kind(first[0])
    ends = [*(m.start() for m in numbers[1:]), item.end]
    spans = [(m.start(), m.end(), end) for m, end in zip(numbers, ends, strict=True)]
    parts = [replace(item, line_start=at, start=start, end=end, kind=label, heading=None) for at, start, end in spans]
    opening = [part for part in parts if charges.opens_duty(part)]
    if len(opening) < 2 or opening[0] is not parts[0]:
        return [item]
    stops = [*(part.line_start for part in opening[1:]), item.end]
    return [
        replace(part, depth=item.depth + 1, end=_trimmed(text, part.start, stop))
        for part, stop in zip(opening, stops, strict=True)
    ]


def _trimmed(text: Text, start: int, end: int) -> int:
    return start + len(text.text[start:end].rstrip(" ,;"))
