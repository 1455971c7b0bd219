"""The stamp of the office that received a document (dấu văn bản đến), where a copy without colours left it in the text:
its number and day are none of the document's own."""

from __future__ import annotations

from pipeline.segment.lines import Line, form, is_capital

_HEAD = 24  # lines at the head of a document among which it stands
_PARTS = 5  # lines below its word at most


def without_received(lines: list[Line]) -> list[Line]:
    """The lines without those of the stamp; the same where there is none."""
    at = next((i for i, line in enumerate(lines[:_HEAD]) if form("received").match(line.text)), None)
    if at is None:
        return lines
    end = at + 1
    while end < min(at + 1 + _PARTS, len(lines)) and form("received_part").match(lines[end].text):
        end += 1
    if end == at + 1 and not form("received_part").search(lines[at].text):
        return lines
    return lines[: at - _names_office(lines, at)] + lines[end:]


def _names_office(lines: list[Line], at: int) -> bool:
    """Whether the line above is the receiving office: at the top of the page or below the document's own number."""
    if not at or not is_capital(lines[at - 1].text):
        return False
    return at == 1 or any(form("symbol").search(line.text) for line in lines[: at - 1])
