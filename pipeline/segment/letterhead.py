"""The top of the first page: issuer, number and symbol, place and date, subject of a letter, addressees.

The marks of a letterhead (state and motto, number, date ...) are cut out of its lines wherever they stand, in any order
and also where the two columns run into one line; what is left in capitals names the issuer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import patterns
from pipeline import layout
from pipeline.phrases import opens_with
from pipeline.segment.lines import Line, form, is_capital
from pipeline.segment.title import TypeLine, code_of, read_type

_MARKS = ("gazette", "stamp", "state", "party", "motto", "draft", "symbol", "blank_symbol", "date", "rule", "urgency")
_OF_STATE = frozenset(("state", "party", "motto"))
_MOST_LINES = 60
_LONGEST_NAME = 100
_LONGEST_REST = 60
_SHORTEST_SUBJECT = 22
_SUBJECT_LINES = 4


@dataclass(slots=True)
class Letterhead:
    """What a letterhead says; ``next_line`` is the index of the line after it, after ``type_line`` if it ends so.

    ``subject`` is that of a letter, or the title of a document that lacks the line with its type (``is_titled``).
    ``marks`` are the kinds of marks seen so far, ``last`` the last of them.
    """

    symbol: str | None = None
    codes: str | None = None
    place: str | None = None
    issued_on: date | None = None
    year: int | None = None
    draft: bool = False
    names: list[str] = field(default_factory=list)
    subject: list[Line] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    last: str | None = None
    type_line: TypeLine | None = None
    next_line: int = 0

    @property
    def numbered_type(self) -> str | None:
        """The code of the type that the number tells; null where it tells an agency alone."""
        return code_in(self.codes or "")

    @property
    def is_titled(self) -> bool:
        """Whether the subject is a title: no letter has ``QĐ`` in its number and no ``V/v``."""
        told = self.numbered_type not in (None, "CV")
        return told and bool(self.subject) and not form("subject").match(self.subject[0].text)


@dataclass(slots=True)
class _Piece:
    """A piece of a line: a mark with its match, or other words."""

    line: Line
    mark: str | None = None
    match: re.Match[str] | None = None


def read_letterhead(lines: list[Line]) -> Letterhead:
    """The letterhead at the head of the lines; empty where they begin with the text itself.

    Where nothing there is of a letterhead, it is looked for below what a web page has put above the document.
    """
    head = _read_from(lines, 0)
    numbered = head.marks & {"symbol", "blank_symbol"} and "date" in head.marks
    if head.marks & _OF_STATE or (numbered and (head.type_line or head.names)):
        return head
    below = _below_other_text(lines)
    other = _read_from(lines, below) if below else head
    return other if other.marks & _OF_STATE or not head.marks else head


def _read_from(lines: list[Line], first: int) -> Letterhead:
    head = Letterhead(next_line=first)
    while head.next_line < min(len(lines), first + _MOST_LINES):
        line = lines[head.next_line]
        if form("addressee").match(line.text):
            break
        pieces = _of_subject(head, line, _pieces(line))
        if _is_body(line, pieces, head):
            break
        head.next_line += 1
        for i, piece in enumerate(pieces):
            _take(head, piece, pieces[i - 1] if i else None)
            if head.type_line:
                # What stands after the type is title, marks and all: "KẾ HOẠCH Thực hiện Chỉ thị số 20-CT/TW".
                rest = line.cut(head.type_line.rest.start - line.start, len(line.text))
                head.type_line = head.type_line._replace(rest=rest)
                return head
    return head


def _below_other_text(lines: list[Line]) -> int:
    """Where a letterhead begins below other text: about the name or motto of state or Party, else at a bare type."""
    top = lines[: 2 * _MOST_LINES]
    state = (i for i, line in enumerate(top) if any(form(name).search(line.text) for name in _OF_STATE))
    if (i := next(state, None)) is None:
        bare = (k for k, line in enumerate(top) if is_capital(line.text) and code_of(line.text.rstrip(" :")))
        return next(bare, 0)
    while i > 0 and (_belongs(lines[i - 1]) or _begins_subject(lines, i - 1)):
        i -= 1
    return i


def _belongs(line: Line) -> bool:
    """Whether a line may stand in a letterhead, above the name of the state or beside it."""
    return (_may_be_name(line.text) and not read_type(line, False)) or bool(_pieces(line)[0].mark)


def _begins_subject(lines: list[Line], i: int) -> bool:
    """Whether a line is of the subject of a letter, which its ``V/v`` begins in the same place or a little above."""
    return any(form("subject").match(line.text) for line in lines[max(0, i - _SUBJECT_LINES) : i + 1])


def _pieces(line: Line) -> list[_Piece]:
    """A line taken apart into marks and other words, in order."""
    pieces = [_Piece(line)]
    for name in _MARKS:
        cut: list[_Piece] = []
        for piece in pieces:
            if piece.mark:
                cut.append(piece)
                continue
            at, words = 0, piece.line
            for m in form(name).finditer(words.text):
                cut += [_Piece(words.cut(at, m.start())), _Piece(words.cut(m.start(), m.end()), name, m)]
                at = m.end()
            cut.append(_Piece(words.cut(at, len(words.text))))
        pieces = [p for p in cut if p.mark or p.line.text]
    return pieces


def _of_subject(head: Letterhead, line: Line, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces with what the subject of a letter cites left in it: ``V/v thực hiện Nghị định số 12/2026/NĐ-CP``."""
    told: list[_Piece] = []
    subject, numbered = bool(head.subject), bool(head.codes)
    for piece in pieces:
        before = told[-1] if told else None
        leads = (
            before and not before.mark and piece.mark == "symbol" and form("leads_to_citation").search(before.line.text)
        )
        if leads or (subject and piece.mark and _is_cited(piece, before, numbered)):
            piece = _Piece(piece.line)
        numbered = numbered or piece.mark == "symbol"
        if before and not before.mark and not piece.mark:
            told[-1] = _Piece(line.cut(before.line.start - line.start, piece.line.end - line.start))
        else:
            told.append(piece)
        subject = subject or (not piece.mark and _subject(head, piece.line.text))
    return told


def _is_cited(piece: _Piece, before: _Piece | None, numbered: bool) -> bool:
    """Whether a mark behind the words of a subject is of what these cite, not of the letter itself."""
    if piece.mark in ("symbol", "blank_symbol"):
        return numbered or not form("number_line").match(piece.line.text)
    if piece.mark == "date" and before and not before.mark:
        place = form("place").search(before.line.text)
        apart = place and not before.line.text[: place.start()].strip().endswith(("/", "-"))
        return not (apart and piece.line.text.startswith(","))
    if piece.mark == "draft":
        return before is not None
    return piece.mark == "date" and bool(piece.match and piece.match["day2"])


def _subject(head: Letterhead, text: str) -> bool:
    """Whether the subject of a letter begins: with ``V/v``, below other marks with ``Về việc`` too.

    A letter of the Party has neither: its subject stands right below its number (Hướng dẫn 36-HD/VPTW năm 2018).
    """
    if form("subject").match(text) or (head.marks and form("about").match(text)):
        return True
    if "symbol" in head.marks and not head.subject and form("about_briefly").match(text):
        return True
    undated = "date" not in head.marks or head.last == "symbol"
    numbered = head.numbered_type == "CV" and undated and not head.subject
    return numbered and len(text) > _SHORTEST_SUBJECT and not is_capital(text) and not _is_place(text)


def _is_body(line: Line, pieces: list[_Piece], head: Letterhead) -> bool:
    """Whether a line is no part of a letterhead any more."""
    marks = {p.mark for p in pieces if p.mark}
    if marks & _OF_STATE:
        return False
    if _subject(head, line.text):
        return False
    if any(read_type(p.line, bool(head.marks)) for p in pieces if not p.mark):
        return False
    if not marks:
        return _decides(head, line.text) or not (_may_be_name(line.text) or _goes_on(head, line.text))
    # A căn cứ has a date and a symbol too: in a letterhead little stands beside them.
    others = [p.line.text for p in pieces if not p.mark]
    return any(not is_capital(t) and len(t) > _LONGEST_REST for t in others) or bool(
        form("preamble").match(line.text) and others
    )


def _decides(head: Letterhead, text: str) -> bool:
    """Whether a line names who decides, below a letterhead that lacks the line with its type."""
    authority = layout.find("authority", text) if _is_untyped(head) else None
    return bool(authority and (authority.end() or text in head.names))


def _may_be_name(text: str) -> bool:
    if len(text) > _LONGEST_NAME or text.endswith((";", ":", ".")):
        return False
    if form("label").match(text) or form("counting_column").match(text):
        return False
    return is_capital(text) or bool(opens_with(text, _words("heads")) and text.istitle())


def _goes_on(head: Letterhead, text: str) -> bool:
    """Whether a line goes on with the subject of a letter that the line above began."""
    if not head.subject or len(text) > _LONGEST_NAME or form("preamble").match(text):
        return False
    last = head.subject[-1].text
    return not is_capital(last) if text[0].islower() else not last.endswith((".", ";", ":"))


def _take(head: Letterhead, piece: _Piece, before: _Piece | None) -> None:
    """Note what a piece says."""
    text, m = piece.line.text, piece.match
    if piece.mark:
        head.marks.add(piece.mark)
        head.last = piece.mark
    if piece.mark == "symbol" and m and head.symbol is None:
        head.symbol = head.codes = compact(m["symbol"])
    elif piece.mark == "blank_symbol" and m and m["symbol"]:
        head.codes = head.codes or compact(m["symbol"])
    elif piece.mark == "date" and m and "date" not in head.marks - {"date"}:
        _take_date(head, m, before)
    elif piece.mark == "draft":
        head.draft = True
    elif piece.mark is None:
        if _subject(head, text):
            head.subject = [piece.line]
        elif type_line := read_type(piece.line, bool(head.marks)):
            head.type_line = type_line
        elif (head.subject and not is_capital(text) and not _is_place(text)) or _is_title(head, text):
            head.subject.append(piece.line)
        elif _may_be_name(text):
            head.names.append(text)


def _is_title(head: Letterhead, text: str) -> bool:
    """Whether a line in capitals is the title of a document that lacks the line with its type: below number and day."""
    titled = not head.subject or is_capital(head.subject[-1].text)
    other = layout.is_a("authority", text) or opens_with(text, _words("sessions"))
    return _is_untyped(head) and titled and is_capital(text) and not other


def _is_untyped(head: Letterhead) -> bool:
    """Whether a letterhead is whole but for the type, which its number tells."""
    return {"symbol", "date"} <= head.marks and bool(head.names) and head.numbered_type not in (None, "CV")


def _is_place(text: str) -> bool:
    m = form("place").search(text)
    return bool(m and m.start() == 0)


def _take_date(head: Letterhead, m: re.Match[str], before: _Piece | None) -> None:
    """Place and date of issue; a name that ran into the place on one line stays with the issuer."""
    if head.place is None and before and before.mark is None:
        found = form("place").search(before.line.text)
        if not found and not head.subject:
            found = form("place_mistyped").match(before.line.text)
        if found:
            head.place = found[0].strip(" ,")
            if head.names and head.names[-1] == before.line.text:
                rest = before.line.text[: found.start()].strip()
                head.names[-1:] = [rest] if rest else []
            elif head.subject and head.subject[-1].end == before.line.end:
                kept = head.subject[-1].text[: -len(found[0])]
                head.subject[-1:] = [head.subject[-1].cut(0, len(kept))] if kept.strip() else []
    head.issued_on = head.issued_on or day_of(m)
    head.year = head.year or (int(m["year"]) if m["year"] else None)


def day_of(m: re.Match[str]) -> date | None:
    """The day that a date form has found; null where it has blanks or is no day."""
    groups = m.groupdict()
    parts = [groups.get(k) or groups.get(f"{k}2") for k in ("year", "month", "day")]
    if not all(parts):
        return None
    try:
        return date(*(int(p) for p in parts if p))
    except ValueError:
        return None


def compact(symbol: str) -> str:
    """A symbol without spaces, its dashes as hyphens."""
    return re.sub(r"\s+", "", symbol).replace("–", "-").replace("—", "-")


def code_in(symbol: str) -> str | None:
    """The document type that a symbol names (``12/KH-UBND``, ``-BC/HU``), null where it names an agency only."""
    tokens = [t for t in re.split(r"[/\-.]", symbol) if t and not t[0].isdigit()]
    return _type_codes().get(tokens[0]) if tokens else None


@cache
def _type_codes() -> dict[str, str]:
    """The codes of document types by their abbreviations."""
    return {a: row["code"] for row in patterns.rows("document_types") for a in row["abbreviations"].split("|") if a}


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns.data("header")["agency"][name])
