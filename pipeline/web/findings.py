"""What was found in a document, each finding with a name by which text, page and list point to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

from pipeline.model import DateMention, Document
from pipeline.names import fold, words
from pipeline.review import HEADER, LISTS, Correction, header_values, name_of
from pipeline.review.apply import Corrected
from pipeline.web import labels
from pipeline.web.labels import KINDS

_PLACE = {"text", "start", "end", "section", "table", "row", "column", "key", "source", "ocr"}
_SECTION = {"id", "parent", "level", "body_start", "body_end"}
_RECIPIENTS = "Nơi nhận"
_HEAD = 4000  # characters in which the fields of a letterhead stand
_NEAREST = 6  # dates beside a task that are offered first as its deadlines
_BEFORE, _WORDS = 200, 8  # characters before a date, and how many words of them are shown


class Finding(NamedTuple):
    """One finding: ``name`` is ``task-3``; ``start`` is None where a value's words cannot be pointed at."""

    name: str
    kind: str
    words: str
    start: int | None
    end: int
    fields: list[tuple[str, str]]
    values: dict[str, Any] = {}  # noqa: RUF012
    said: Correction | None = None

    @property
    def dismissed(self) -> bool:
        """Whether somebody said that it is none."""
        return self.said is not None and self.said.action == "dismiss"

    @property
    def mark(self) -> str:
        """What tells, in a form, whether there are other words under its name by now."""
        return "" if self.kind == "header" else marked(self.words)

    @property
    def ocr(self) -> bool:
        """Whether its words were read from a picture."""
        return bool(self.values.get("ocr"))

    @property
    def title(self) -> str:
        """What it is, in a line."""
        said = next((v for f, v in self.fields if f in ("Được giao", "Tên đầy đủ", "Vai trò", "Giá trị")), "")
        return f"{KINDS[self.kind]}: {said or self.words}"


def marked(words: str) -> str:
    """Words as a short mark."""
    return f"{crc32(words.encode()):08x}"


def findings(extracted: Document, held: Corrected) -> list[Finding]:
    """Everything found as it holds, header first, then kind by kind in text order; what was dismissed too."""
    found = list(_header(extracted, held))
    for kind, field in LISTS.items():
        kept = dict(zip(held.origin[kind], getattr(held.document, field), strict=True))
        for i, item in enumerate(getattr(extracted, field)):
            document, item = (held.document, kept[i]) if i in kept else (extracted, item)
            fields = _fields(document, kind, item)
            values = item.model_dump(mode="json", by_alias=True)
            if kind == "task" and i in kept:
                values["deadlines"] = [held.origin["date"][d] for d in item.deadlines]
            said = held.placed.get((kind, i))
            found.append(Finding(f"{kind}-{i}", kind, item.text, item.start, item.end, fields, values, said))
    return found


def _fields(document: Document, kind: str, item: Any) -> list[tuple[str, str]]:
    values = item.model_dump(mode="json", by_alias=True, exclude=_PLACE | (_SECTION if kind == "section" else set()))
    if kind == "task":
        values.pop("agency")
        values["deadlines"] = [labels.deadline(document.dates[d].model_dump(mode="json")) for d in item.deadlines]
    return [
        (labels.field(name), labels.value(kind, name, value))
        for name, value in values.items()
        if value not in (None, "", [], False, {})
    ]


def _header(extracted: Document, held: Corrected) -> Iterator[Finding]:
    """The fields of the header as they hold, those that the document lacks too; their words as they stand there."""
    read, values = header_values(extracted.header), header_values(held.document.header)
    for i, field in enumerate(HEADER):
        start, end = _said(extracted.text, field, values[field])
        if start is None:
            start, end = _said(extracted.text, field, read[field])
        shown = labels.value("header", field, values[field])
        fields = [(labels.field(field), shown or "không có")]
        said = held.placed.get(("header", i))
        yield Finding(name_of("header", i), "header", shown, start, end, fields, {field: values[field]}, said)


def _said(text: str, field: str, value: Any) -> tuple[int | None, int]:
    """Where a field of the header is said: its words in a row, in the letterhead or, for the end's fields, last."""
    if field == "doc_type":
        value = labels.doc_type(value)
    if isinstance(value, list):
        return _block([_said(text, field, entry) for entry in value])
    if not isinstance(value, str):
        return None, 0
    last = field.startswith("signer_")
    begins = max(text.find(_RECIPIENTS), 0) if field == "recipients" else 0
    part = text[begins:] if last or field == "recipients" else text[:_HEAD]
    if field == "issued_on":
        on = date.fromisoformat(value)
        day = rf"ngày\s+0?{on.day}\s+tháng\s+0?{on.month}\s+năm\s+{on.year}"
        found = re.search(day, part, re.IGNORECASE)
        return (found.start(), found.end()) if found else (None, 0)
    wanted = fold(value).split()
    said = [(fold(m[0]), m) for m in words(part)]
    at = _in_a_row([w for w, _ in said], wanted, last)
    if at is None:
        return None, 0
    return begins + said[at][1].start(), begins + said[at + len(wanted) - 1][1].end()


def _block(entries: Sequence[tuple[int | None, int]]) -> tuple[int | None, int]:
    """From the first entry of a list to the last, where they stand in order."""
    found = [(start, end) for start, end in entries if start is not None]
    if not found or sorted(found) != found:
        return found[0] if found else (None, 0)
    return found[0][0], found[-1][1]


def _in_a_row(said: Sequence[str], wanted: Sequence[str], last: bool) -> int | None:
    if not wanted:
        return None
    starts = range(len(said) - len(wanted) + 1)
    places = reversed(starts) if last else starts
    return next((i for i in places if said[i] == wanted[0] and list(said[i : i + len(wanted)]) == list(wanted)), None)


class Choice(NamedTuple):
    """A date that may be a deadline of a task: ``said`` with what stands before it; ``near``: one of the likely."""

    name: str
    mark: str
    said: str
    near: bool


def deadlines_for(extracted: Document, held: Corrected, task: Finding) -> list[Choice]:
    """The dates of a document that were not dismissed: a task's deadlines, those beside it, the rest in text order."""
    places = held.origin["date"]
    nearest = sorted(places, key=lambda d: _apart(extracted.dates[d], task))[:_NEAREST]
    said = {name_of("date", d) for d in task.values["deadlines"]}
    near = {*nearest, *task.values["deadlines"]}
    found = [
        Choice(name_of("date", d), marked(extracted.dates[d].text), _told(held.document, i, task), d in near)
        for i, d in enumerate(places)
    ]
    return sorted(found, key=lambda choice: (not choice.near, choice.name not in said))


def _apart(date: DateMention, task: Finding) -> int:
    """How far a date stands from a task; 0 for those in it."""
    return max((task.start or 0) - date.end, date.start - task.end, 0)


def _told(document: Document, number: int, task: Finding) -> str:
    """A date with its page and the words before it, which tell it from others of the same words."""
    date = document.dates[number]
    said = labels.deadline(date.model_dump(mode="json"))
    if not _apart(date, task):
        return f"{said} – trong việc này"
    page = next((p.page for p in document.pages if p.start <= date.start < p.end), None)
    before = document.text[max(0, date.start - _BEFORE) : date.start].split("\n")[-1].split()[-_WORDS:]
    where = f", tr. {page}" if page and document.source.pages else ""
    after = f" – sau «… {' '.join(before)}»" if before else ""
    return f"{said}{where}{after}"


class Piece(NamedTuple):
    """A stretch of text and the findings that cover it, the narrowest last; ``first`` names those that begin here."""

    text: str
    findings: tuple[Finding, ...]
    first: tuple[str, ...]


class Line(NamedTuple):
    """A paragraph (or a table's row, of several cells) as pieces."""

    start: int
    end: int
    cells: list[list[Piece]]


def pieces(text: str, found: Sequence[Finding]) -> list[Line]:
    """The text as paragraphs of pieces."""
    placed = sorted((f for f in found if f.start is not None), key=lambda f: (f.start or 0, -f.end))
    result: list[Line] = []
    start, ahead, open_now = 0, 0, list[Finding]()
    for line in text.split("\n"):
        cells: list[list[Piece]] = []
        at = start
        for cell in line.split(" | "):
            end = at + len(cell)
            while ahead < len(placed) and (placed[ahead].start or 0) < end:
                open_now.append(placed[ahead])
                ahead += 1
            open_now = [f for f in open_now if f.end > at]
            cells.append(list(_cut(text, at, end, open_now)))
            at = end + 3
        if line.strip():
            result.append(Line(start, start + len(line), cells))
        start += len(line) + 1
    return result


def _cut(text: str, start: int, end: int, found: Sequence[Finding]) -> Iterator[Piece]:
    """The pieces of a stretch, cut wherever a finding begins or ends."""
    edges = {start, end}
    for f in found:
        edges |= {x for x in (f.start or 0, f.end) if start < x < end}
    cuts = sorted(edges)
    for a, b in pairwise(cuts):
        here = sorted((f for f in found if (f.start or 0) <= a and b <= f.end), key=lambda f: -(f.end - (f.start or 0)))
        first = tuple(f.name for f in here if (f.start or 0) == a or ((f.start or 0) < start == a))
        yield Piece(text[a:b], tuple(here), first)
