"""Assignment tables: one task a row, columns in any order and wording."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile
from operator import attrgetter

import patterns
from pipeline.annotate.actors import Actors, actor_list
from pipeline.annotate.bodies import Body, is_anyone, is_open_ended
from pipeline.assign.detail import verb_role
from pipeline.model import AgencyMention, Cell, DateMention, Paragraph, Task, Text

_CLAUSE = re.compile(r"[.;\n]\s*")
_MOST_OWN_WORDS = 20  # of an owner that nothing but its cell tells of
KINDS = ("partners", "time", "owners", "content")


@dataclass(slots=True)
class _Columns:
    content: int
    owners: int
    partners: int | None
    time: int | None


def table_tasks(text: Text, agencies: list[AgencyMention], dates: list[DateMention]) -> tuple[list[Task], list[Actors]]:
    """The tasks of every assignment table, and the owners as they stand in their cells."""
    tasks: list[Task] = []
    owners: list[Actors] = []
    rows = [p for p in text.paragraphs if p.table is not None and p.cells and p.row is not None]
    for number, group in groupby(rows, key=lambda p: p.table):
        columns = _columns(text.tables[number].header) if number is not None else None
        if columns is None:
            continue
        carried: list[Actors] = []
        for row in group:
            task, carried = _row_task(text, row, columns, carried, agencies, dates)
            if task:
                tasks.append(task)
                owners += carried
    return tasks, owners


def _columns(header: list[str]) -> _Columns | None:
    """The columns that the header names, none where the table assigns nothing."""
    found: dict[str, int] = {}
    for column, heading in enumerate(header):
        kind = _kind(heading)
        if kind and kind not in found:
            found[kind] = column
    if "content" not in found or "owners" not in found:
        return None
    return _Columns(found["content"], found["owners"], found.get("partners"), found.get("time"))


def _kind(heading: str) -> str | None:
    words = patterns.data("tasks")["table"]
    folded = heading.lower()
    if len(folded) > 80:
        return None
    return next((kind for kind in KINDS if any(w in folded for w in words[kind])), None)


def _row_task(
    text: Text,
    row: Paragraph,
    columns: _Columns,
    carried: list[Actors],
    agencies: list[AgencyMention],
    dates: list[DateMention],
) -> tuple[Task | None, list[Actors]]:
    """The task of a row."""
    cells = {c.column: c for c in row.cells}
    content = cells.get(columns.content)
    duty = _words(text, content)
    if content is None or len(duty.split()) < 2 or _is_total(duty) or _is_group(text, row, columns):
        return None, carried
    owner_cell = cells.get(columns.owners)
    if owner_cell and not _is_ditto(_words(text, owner_cell)):
        carried = owners_in(text, owner_cell, agencies)
    names = _names(carried)
    if not names:
        return None, carried
    partners = named(cell_actors(text, _get(cells, columns.partners), agencies), apart_from=names)
    time = _get(cells, columns.time)
    return Task(
        text=duty,
        start=content.start,
        end=content.end,
        agency=names[0],
        agencies=names,
        role=verb_role(duty) if columns.partners is None else "lead",
        partners=partners,
        deadlines=time_deadlines(text, time.start, time.end, dates) if time else [],
    ), carried


def time_deadlines(text: Text, start: int, end: int, dates: list[DateMention]) -> list[int]:
    """Indexes of the dates of a time cell or time line; none where the time is open-ended or only begins."""
    inside = [i for i, d in enumerate(dates) if start <= d.start < end and d.relation != "from"]
    if patterns.forms("tasks")["open_time"].pattern.search(text.text, start, end):
        return [i for i in inside if dates[i].month_day]
    return inside


def cell_actors(text: Text, cell: Cell | None, agencies: list[AgencyMention]) -> Iterator[Actors]:
    """All actors of a cell or line, clause after clause."""
    if cell is None:
        return
    at = _skip_marks(text, cell.start, cell.end)
    while at < cell.end:
        if actors := actor_list(text, at, cell.end, agencies, bare=True):
            yield actors
            at = actors.end
        beside = _skip_marks(text, at, cell.end)
        if not actors or beside == at:
            clause = _CLAUSE.search(text.text, at, cell.end)
            beside = clause.end() if clause else cell.end
        at = beside


def owners_in(text: Text, cell: Cell, agencies: list[AgencyMention]) -> list[Actors]:
    """Whoever a cell or line of doers names: bodies, else those of its officers, else its own words.

    ``Cán bộ Công an cấp xã`` is of its police, ``Phó Trưởng ban phụ trách văn xã`` in its own words.
    """
    if beside := partner_cue(text, cell):
        cell = Cell(cell.start, beside.start(), cell.column)
    found = list(cell_actors(text, cell, agencies))
    for body in (b for a in found for b in a.bodies):  # named as doers, even bodies by kind do more than accompany
        body.faint = body.faint and is_open_ended(body.name)
    if any(a.agencies or any(" " in body.name for body in a.bodies) for a in found):
        return found
    first = bisect_left(agencies, cell.start, key=attrgetter("start"))
    if inside := list(takewhile(lambda a: a.end <= cell.end, agencies[first:])):
        return [Actors(inside[0].start, inside[-1].end, inside)]
    start = _skip_marks(text, cell.start, cell.end)
    if courtesy := patterns.forms("tasks")["courtesy"].pattern.match(text.text, start, cell.end):
        start = courtesy.end()
    words = text.text[start : cell.end].rstrip(" .;,")
    if not words[:1].isalpha() or len(words.split()) > _MOST_OWN_WORDS:
        return []
    own = Body(words[0].upper() + words[1:], start, start + len(words), faint=False)
    return [Actors(start, start + len(words), bodies=[own])]


def partner_cue(text: Text, cell: Cell) -> re.Match[str] | None:
    """The words with which a cell or line of doers goes on to those who work along: ``Sở X; phối hợp với Sở Y``."""
    start = _skip_marks(text, cell.start, cell.end)
    cue = patterns.forms("tasks")["partner_cue"].pattern.search(text.text, start + 1, cell.end)
    return cue if cue and text.text[start : cue.start()].rstrip().endswith((",", ";")) else None


def _is_ditto(words: str) -> bool:
    """Whether an owner cell keeps the owners of the row above: empty below a merged cell, or ``-nt-``."""
    return words.lower().strip(' .-"') in ("", *patterns.data("tasks")["table"]["ditto"])


def _skip_marks(text: Text, at: int, end: int) -> int:
    """The offset after bullets, separators and spaces."""
    while at < end and text.text[at] in " -–+•*,;.:":
        at += 1
    return at


def named(groups: Iterable[Actors], apart_from: list[str]) -> list[str]:
    """The partners that a cell or line names: agencies, and bodies named by kind that leave nothing open."""
    spans: list[tuple[int, str]] = []
    for actors in groups:
        spans += [(a.start, a.name) for a in actors.agencies]
        spans += [(b.start, b.name) for b in actors.bodies if not (b.faint or is_anyone(b.name))]
    return [name for name in dict.fromkeys(name for _, name in sorted(spans)) if name not in apart_from]


def _names(groups: Iterable[Actors]) -> list[str]:
    return list(dict.fromkeys(name for actors in groups for name in actors.names()))


def _get(cells: dict[int, Cell], column: int | None) -> Cell | None:
    return cells.get(column) if column is not None else None


def _words(text: Text, cell: Cell | None) -> str:
    return text.text[cell.start : cell.end] if cell else ""


def _is_total(duty: str) -> bool:
    return duty.lower().rstrip(" :.") in patterns.data("tasks")["table"]["totals"]


def _is_group(text: Text, row: Paragraph, columns: _Columns) -> bool:
    """A row that only heads the rows below: nothing right of its content, and no arabic number before it.

    A numbered row with nothing to its right stands beside merged cells instead.
    """
    if any(_words(text, c) for c in row.cells if c.column > columns.content):
        return False
    return not any(_words(text, c).strip(". ").isdecimal() for c in row.cells if c.column < columns.content)
