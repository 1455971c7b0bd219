"""The objects that travel through the pipeline.

Two families, in the order in which they come to be:

* *working* objects, slotted dataclasses: ``Line`` and ``Table`` (what an extractor reads),
  ``Paragraph``, ``Cell`` and ``Text`` (what normalisation makes of them), ``Context`` (who speaks, where, when);
* *contract* objects, pydantic models: ``Header``, ``Section``, ``Citation``, ``DateMention``, ``Quantity``,
  ``AgencyMention``, ``Task`` and the ``Document`` that holds them. They are what is printed, stored and exchanged.

Offsets: every ``start``/``end`` counts characters (code points) of ``Text.text``, which is ``Document.text``: Unicode
NFC, one paragraph a line. ``end`` is exclusive, and ``text[start:end] == item.text`` for every contract item.
Boxes are in points (1/72 inch) from the page's top left corner. Pages count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

SCHEMA = "vanban/1"

# --------------------------------------------------------------------------- working objects


class Box(NamedTuple):
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """A word read from the picture of a page, and where it stands there."""

    page: int
    text: str
    box: Box


@dataclass(slots=True)
class Line:
    """One line as it stands on the page, or (``whole``) one paragraph of a format that knows paragraphs; ``note`` is a
    line of a footnote that stands at the foot of its page."""

    text: str
    page: int | None = None
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    whole: bool = False
    note: bool = False


@dataclass(slots=True)
class Table:
    """A table as it stands: rows of cell texts; a merged cell has its text first, ``""`` after."""

    rows: list[list[str]]
    page: int | None = None
    box: Box | None = None
    header_rows: int = 1


@dataclass(slots=True)
class Source:
    """What an extractor read from one file: its lines and tables in reading order, the words read from pictures."""

    name: str
    sha256: str
    format: str
    blocks: list[Line | Table]
    pages: int | None = None
    ocr_pages: list[int] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    ocr_confidence: list[float] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True)
class LineBox:
    """Where one line of a paragraph stands on its page."""

    start: int
    end: int
    page: int
    box: Box


@dataclass(slots=True)
class Cell:
    """One cell of a table row, as a span of the text."""

    start: int
    end: int
    column: int


@dataclass(slots=True)
class Paragraph:
    """One line of ``Text.text``: a paragraph, or a table row (``table`` and ``cells`` are set)."""

    start: int
    end: int
    page: int | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    table: int | None = None
    row: int | None = None
    cells: list[Cell] = field(default_factory=list)
    boxes: list[LineBox] = field(default_factory=list)


class Unit(NamedTuple):
    """A stretch of text that no mention crosses: a paragraph, or one cell of a table row."""

    start: int
    end: int
    paragraph: int
    table: int | None
    row: int | None
    column: int | None


@dataclass(slots=True)
class Text:
    """The normalised text of a document with its paragraphs, pages and tables."""

    text: str
    paragraphs: list[Paragraph]
    pages: list[PageSpan] = field(default_factory=list)
    tables: list[TableText] = field(default_factory=list)
    _units: list[Unit] | None = field(default=None, init=False, repr=False, compare=False)

    def units(self) -> list[Unit]:
        """The paragraphs and table cells, in text order."""
        if self._units is None:
            self._units = list(self._walk())
        return self._units

    def _walk(self) -> Iterator[Unit]:
        for i, p in enumerate(self.paragraphs):
            if p.cells:
                for c in p.cells:
                    yield Unit(c.start, c.end, i, p.table, p.row, c.column)
            else:
                yield Unit(p.start, p.end, i, None, None, None)

    def of(self, p: Paragraph) -> str:
        """The words of a paragraph."""
        return self.text[p.start : p.end]


Level = Literal["central", "province", "district", "commune"]


@dataclass(slots=True, frozen=True)
class Context:
    """Who speaks, where and when: what an abbreviated name or an undated deadline in the document leans on.

    ``province``, ``district`` and ``commune`` are full names of units (``tỉnh Lào Cai``, ``huyện Phong Thổ``,
    ``xã Mường So``), null where the document does not make them certain. ``standing`` tells a document that holds until
    further notice, so that days without a year come back in it. ``addressees`` are those to whom it is written, in its
    own words. ``places`` are the units that the document names and no table knows, as
    :mod:`pipeline.resolve.local_places` has them.
    """

    issuer: str | None = None
    level: Level | None = None
    province: str | None = None
    district: str | None = None
    commune: str | None = None
    issued_on: date | None = None
    year: int | None = None
    doc_type: str | None = None
    standing: bool = False
    addressees: tuple[str, ...] = ()
    places: dict[str, str] = field(default_factory=dict, hash=False)


Zone = Literal["letterhead", "title", "body", "closing"]


@dataclass(slots=True)
class ZoneSpan:
    """A stretch of the text by its part in the form of a document."""

    zone: Zone
    start: int
    end: int


@dataclass(slots=True)
class Frame:
    """The form (thể thức) of a document: its header, and which part of the text is what.

    ``zones`` tile the text in order: ``letterhead`` (state name, issuer, number, place and date), ``title`` (type and
    trích yếu), ``body``, ``closing`` (Nơi nhận and signature); annexes after the closing are ``body`` again.
    ``manner`` is the type of document after which the body is built where that is not its own: a letter may report.
    ``year`` is that of a letterhead in which the day is left blank.
    """

    header: Header
    zones: list[ZoneSpan]
    manner: str | None = None
    year: int | None = None

    @property
    def body_type(self) -> str | None:
        """The type of document after which the body is built."""
        return self.manner or self.header.doc_type

    def zone_at(self, offset: int) -> Zone:
        """The zone that holds an offset."""
        for span in self.zones:
            if span.start <= offset < span.end:
                return span.zone
        return "body"


# --------------------------------------------------------------------------- contract objects


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class PageSpan(_Model):
    """Which part of the text came from which page."""

    page: int
    start: int
    end: int


class TableText(_Model):
    """A table of the document; ``start``/``end`` cover its rows in the text."""

    page: int | None = None
    start: int
    end: int
    caption: str | None = None
    header: list[str] = []
    rows: list[list[str]] = []


class SourceInfo(_Model):
    """The file a document came from; of each of ``ocr_pages``, how sure the reader was of its words (0 to 100);
    ``warnings``: what could not be read, as Vietnamese sentences with what to do."""

    name: str
    sha256: str
    format: str
    pages: int | None = None
    ocr_pages: list[int] = []
    ocr_confidence: list[float] = []
    warnings: list[str] = []


class Item(_Model):
    """Anything found in the text: its words, where they stand, and the section (and table cell) that holds them.

    ``ocr`` is true where the words were read from a picture: letters and figures may be mistaken.
    """

    text: str
    start: int
    end: int
    section: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    ocr: bool = False


class Signer(_Model):
    capacity: str | None = None
    position: str | None = None
    on_behalf_of: str | None = None
    name: str | None = None


class Header(_Model):
    """Thể thức of the document (Nghị định 30/2020/NĐ-CP, Phụ lục I; Party: Hướng dẫn 36-HD/VPTW)."""

    doc_type: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    title: str | None = None
    place: str | None = None
    issued_on: date | None = None
    draft: bool = False
    signer: Signer = Signer()
    addressees: list[str] = []
    recipients: list[str] = []
    legal_bases: list[int] = []


Role = Literal[
    "legal_basis", "context", "purpose_requirements", "objectives", "targets", "tasks_solutions", "funding",
    "implementation", "agency_assignment", "direction", "results", "assessment", "achievements", "limitations",
    "causes", "lessons", "outlook", "recommendations", "appendix", "other",
]  # fmt: skip


class Section(_Model):
    """A heading and what stands under it. ``text`` is the heading as it stands, label included; ``ocr`` as of items."""

    id: int
    parent: int | None = None
    level: int
    label: str | None = None
    heading: str
    text: str
    start: int
    end: int
    body_start: int
    body_end: int
    role: Role = "other"
    ocr: bool = False


CitationRelation = Literal["basis", "implements", "amends", "replaces", "repeals", "guides", "mentions"]


class Citation(Item):
    doc_type: str
    symbol: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    title: str | None = None
    pinpoint: dict[str, str] | None = None
    relation: CitationRelation = "mentions"
    key: str = ""
    defined_alias: str | None = None


DateKind = Literal["day", "month", "quarter", "half_year", "nine_months", "year", "period"]
DateRelation = Literal["before", "after", "until", "from", "on"]
Recurrence = Literal["yearly", "half_yearly", "quarterly", "monthly", "weekly"]


class DateMention(Item):
    kind: DateKind
    from_: date | None = None
    to: date | None = None
    month_day: str | None = None
    relation: DateRelation | None = None
    recurrence: Recurrence | None = None

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, serialize_by_alias=True, alias_generator=lambda name: name.rstrip("_")
    )


Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Aspect = Literal["target", "result", "baseline", "change"]


class Quantity(Item):
    value: float | int
    value_max: float | int | None = None
    of: float | int | None = None
    unit: str | None = None
    per: list[str] = []
    comparator: Comparator = "="
    indicator: str | None = None
    aspect: Aspect | None = None


class AgencyMention(Item):
    name: str
    key: str | None = None
    level: Level | None = None
    collective: bool = False
    source: Literal["rule", "ner"] = "rule"


TaskRole = Literal["lead", "coordinate", "direct", "propose"]


class Task(Item):
    agency: str
    agencies: list[str]
    role: TaskRole = "lead"
    partners: list[str] = []
    deadlines: list[int] = []
    report_to: str | None = None


class Document(_Model):
    """One document, read: the object that ``vanban extract`` prints and the store loads."""

    schema_: str = SCHEMA
    source: SourceInfo
    text: str
    pages: list[PageSpan] = []
    header: Header = Header()
    sections: list[Section] = []
    citations: list[Citation] = []
    dates: list[DateMention] = []
    quantities: list[Quantity] = []
    agencies: list[AgencyMention] = []
    tasks: list[Task] = []
    tables: list[TableText] = []

    model_config = ConfigDict(
        extra="forbid", populate_by_name=True, serialize_by_alias=True, alias_generator=lambda name: name.rstrip("_")
    )
