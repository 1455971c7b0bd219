"""Two columns on one line, as letterheads and signature blocks have them when spaces or tabs part them."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import layout
from pipeline.model import Line

_WIDE = re.compile(r"\s\s\s")
_GAP = re.compile(r" {3,}(?=\S)")
_SWAY = 20  # how far centred lines of a right column begin from each other


def uncolumn(lines: list[Line]) -> list[Line]:
    """The same lines, the left column of a letterhead or signature block before its right one.

    Nothing else is taken apart: the right side must open with words that stand nowhere else so.
    """
    result: list[Line] = []
    right: list[Line] = []
    edge: int | None = None  # where the right column stands while one is open
    for line in lines:
        text = line.text.expandtabs()
        cut = _right_edge(text, edge)
        if cut is not None:
            edge = cut
            right.append(replace(line, text=text[cut:]))
            if left := text[:cut].rstrip():
                result.append(replace(line, text=left))
        elif right and text.strip() and not layout.is_a("bullet", text.strip()):
            result += [*right, line]
            right, edge = [], None
        else:
            result.append(line)
    return result + right


def _right_edge(text: str, edge: int | None) -> int | None:
    """Where the right column of a line begins, if it has one."""
    found = layout.find("right_column", text) if _WIDE.search(text) else None
    if found and (text[: found.start()].strip() or edge is not None):
        return found.start()
    if edge is None:
        return None
    starts = [gap.end() for gap in _GAP.finditer(text)]
    return next((s for s in starts if abs(s - edge) <= _SWAY), None)
