"""Read an annotated source: one plain text file that holds a document's words, its form and its gold marks.

A source opens with TOML between two ``+++`` lines (letterhead, title, signature, ``[names]``), then one block a line:

====================  ==============================================================================================
``# I. TEXT``         a heading, one ``#`` a level; ``«...»`` marks the heading part of a run-in paragraph
``- text``/``+ text`` a bullet
``^ text``            a centred line; ``~ text`` one in italics
``/ text``            a legal basis (căn cứ), in italics; ``> text`` the unit of the table below, at the right
``|cell|cell``        a table row after ``!table``; ``<`` merges with the cell to the left, ``^`` with the one above
``!close``            Nơi nhận and signature stand here, annexes follow
anything else         a paragraph
====================  ==============================================================================================

Inside a text, ``{d ...}`` marks a date, ``{q ...}`` a quantity, ``{c ...}`` a citation, ``{t ...}`` the subject of the
citation before it, ``{k ...}`` a duty that is only part of its paragraph; what follows ``|`` gives the value by hand
where it is not plain. ``{d! ...}`` is a deadline of the duty around it. What follows ``%%`` at the end of a line is a
heading's role or a duty's: ``lead @owner; owner +partner; partner >report_to !deadline said on a later line``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "sources"
TASK_ROLES = ("lead", "coordinate", "direct", "propose")


@dataclass(slots=True)
class Mark:
    """A stretch of a text that a hand has marked: kind, place in the plain text, value as written after ``|``."""

    kind: str
    start: int
    end: int
    value: str = ""
    inner: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Words:
    """Plain words with their marks, in order of place."""

    text: str
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Duty:
    """Who must do what a block says: names as the source writes them, ``owners`` empty where the heading tells."""

    role: str
    owners: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    report_to: str | None = None
    deadlines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """One paragraph; of a heading also its level, label, heading words and role."""

    kind: str  # heading, bullet, subbullet, centre, note, basis, unit, para, close
    words: Words = field(default_factory=lambda: Words(""))
    level: int = 0
    label: str | None = None
    heading: str = ""
    role: str | None = None
    duty: Duty | None = None


@dataclass(slots=True)
class Grid:
    """A table: rows of cells (``<`` and ``^`` are merged cells), header rows, and what its columns mean."""

    rows: list[list[Words]]
    header: int = 1
    units: dict[int, str] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)
    widths: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Sample:
    """One sample document."""

    name: str
    head: dict[str, Any]
    title: Words
    blocks: list[Block | Grid]

    @property
    def names(self) -> dict[str, str]:
        """Surface forms and the canonical names of the agencies they stand for; ``-`` where they name none."""
        return dict(self.head.get("names", {}))


def samples() -> list[Sample]:
    """All sample documents, by name."""
    return [read(path) for path in sorted(SOURCES.glob("*.src"))]


def read(path: Path) -> Sample:
    """Read one source file."""
    _, front, body = path.read_text("utf-8").split("+++\n", 2)
    head = tomllib.loads(front)
    return Sample(path.stem, head, words(head.get("title") or ""), list(_blocks(body.splitlines())))


def words(marked: str) -> Words:
    """Take the marks out of a text."""
    text, marks, at = _read_marks(marked, 0)
    if at != len(marked):
        raise ValueError(f"unbalanced brace: {marked[:60]!r}")
    return Words(text, marks)


def _read_marks(marked: str, at: int, offset: int = 0) -> tuple[str, list[Mark], int]:
    """Read up to the end or an unmatched ``|`` or ``}``; places count from ``offset``."""
    out: list[str] = []
    marks: list[Mark] = []
    length = offset
    while at < len(marked) and marked[at] not in "}|":
        if marked[at] == "{":
            kind, _, _ = marked[at + 1 :].partition(" ")
            inner, nested, at = _read_marks(marked, at + len(kind) + 2, length)
            value = ""
            if marked[at] == "|":
                end = marked.index("}", at)
                value, at = marked[at + 1 : end].strip(), end
            marks.append(Mark(kind, length, length + len(inner), value, nested))
            out.append(inner)
            length += len(inner)
        else:
            out.append(marked[at])
            length += 1
        at += 1
    return "".join(out), marks, at


def _blocks(lines: list[str]) -> list[Block | Grid]:
    blocks: list[Block | Grid] = []
    for line in filter(None, map(str.strip, lines)):
        if line.startswith("!table"):
            blocks.append(_grid(line))
        elif line.startswith("|"):
            grid = blocks[-1]
            assert isinstance(grid, Grid), line
            grid.rows.append([words(cell.strip()) for cell in _cells(line)])
        else:
            blocks.append(_block(line))
    return blocks


def _cells(row: str) -> list[str]:
    """Split a row at the bars that stand outside braces."""
    cells, depth = [""], 0
    for char in row[1:]:
        depth += (char == "{") - (char == "}")
        if char == "|" and not depth:
            cells.append("")
        else:
            cells[-1] += char
    return cells


def _grid(line: str) -> Grid:
    options = dict(part.strip().split("=", 1) for part in line.removeprefix("!table").split(";") if part.strip())
    units = [pair.split(":") for pair in options.get("units", "").split(",") if pair]
    tasks = [pair.split(":") for pair in options.get("tasks", "").split(",") if pair]
    return Grid(
        rows=[],
        header=int(options.get("header", "1")),
        units={int(column): unit for column, unit in units},
        tasks={what: int(column) for what, column in tasks},
        widths=[float(width) for width in options.get("widths", "").split(",") if width],
    )


def _block(line: str) -> Block:
    if line == "!close":
        return Block("close")
    text, _, tail = line.partition(" %%")
    role, duty = _tail(tail)
    mark, _, rest = text.partition(" ")
    kinds = {"-": "bullet", "+": "subbullet", "^": "centre", "/": "basis", "~": "note", ">": "unit"}
    if mark in kinds:
        return Block(kinds[mark], words(rest), duty=duty)
    if mark.strip("#"):
        return Block("para", words(text), duty=duty)
    label, _, after = rest.partition(" ")
    if rest.startswith(("Điều ", "Phụ lục ")):
        label, after = " ".join(rest.split(" ")[:2]), rest.split(" ", 2)[2]
    elif rest.startswith("PHỤ LỤC"):
        label, after = rest.split(": ", 1)
    before, opened, inside = after.partition("«")
    heading, _, _ = inside.partition("»") if opened else (after, "", "")
    if opened and before:
        raise ValueError(f"words before the heading: {line[:60]!r}")
    plain = words(rest.replace("«", "").replace("»", ""))
    return Block(
        "heading",
        plain,
        level=len(mark),
        label=label.strip(" .)-/:*") or None,
        heading=words(heading).text.strip().rstrip(":").strip(),
        role=role or "other",
        duty=duty,
    )


def _tail(tail: str) -> tuple[str | None, Duty | None]:
    """Read what follows ``%%``: a section role, or a duty, or both."""
    role: str | None = None
    task: str | None = None
    names: dict[str, list[str]] = {"@": [], "+": [], ">": [], "!": []}
    current = ""
    for word in tail.split():
        if word[0] in names and len(word) > 1:
            current = word[0]
            names[current].append(word[1:])
        elif current:
            names[current].append(word)
        elif word in TASK_ROLES:
            task = word
        else:
            role = word
    listed = {sign: [n.strip() for n in " ".join(got).split(";") if n.strip()] for sign, got in names.items()}
    if not task and not listed["@"]:
        return role, None
    return role, Duty(task or "", listed["@"], listed["+"], next(iter(listed[">"]), None), listed["!"])
