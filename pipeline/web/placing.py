"""Where on a page the words of the text stand: text and page hold the same letters, nearly in the same order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from pipeline.model import Box
from pipeline.web.paper import Letter

# Runs of letters compared at once. Later passes find what stands in another order on the page: columns, cells.
_PASSES = (5, 5, 4, 3)


def places(text: str, letters: Sequence[Letter]) -> dict[int, Box]:
    """The place of each letter of a page's text that is found on the page, by its offset."""
    found: dict[int, Box] = {}
    ours = [(i, c.lower()) for i, c in enumerate(text) if not c.isspace() and c != "|"]
    theirs = [(box, part) for letter, box in letters for part in unicodedata.normalize("NFC", letter).lower()]
    for run in _PASSES:
        a, b = _runs([c for _, c in ours], run), _runs([c for _, c in theirs], run)
        used_a, used_b = set(), set()
        for i, j, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            if not size:
                continue
            for step in range(size + run - 1):
                if i + step not in used_a and j + step not in used_b:
                    found[ours[i + step][0]] = theirs[j + step][0]
                    used_a.add(i + step)
                    used_b.add(j + step)
        ours = [x for n, x in enumerate(ours) if n not in used_a]
        theirs = [x for n, x in enumerate(theirs) if n not in used_b]
    return found


def _runs(letters: list[str], run: int) -> list[str]:
    return ["".join(letters[i : i + run]) for i in range(len(letters) - run + 1)]


def lines_of(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of letters in text order as few boxes: letters beside each other on one line share one."""
    lines: list[Box] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and _on_line(last, box):
            lines[-1] = Box(last.x0, min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom))
        else:
            lines.append(box)
    return lines


def _on_line(last: Box, box: Box) -> bool:
    height = last.bottom - last.top
    return abs(box.bottom - last.bottom) < 0.4 * height and -height < box.x0 - last.x1 < 1.5 * height
