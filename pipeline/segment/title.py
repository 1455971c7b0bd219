"""The type of a document and its trích yếu: ``KẾ HOẠCH`` and what stands below it, up to the preamble."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import patterns
from pipeline import layout
from pipeline.phrases import opens_with
from pipeline.segment.lines import Line, form, is_capital

_MOST_TITLE = 900
_LONG_SENTENCE = 220
_SHORT_REST = 20
_MOST_LINES = 10
_ENDS = ("label", "addressee", "recipients", "attached")  # of what no title goes beyond
_OFFICE = 3  # words at most: "TỔNG GIÁM ĐỐC"


class TypeLine(NamedTuple):
    """A line that names the document's type: its code, where the name starts, and what of the title follows on it."""

    code: str
    start: int
    rest: Line


class Title(NamedTuple):
    """The trích yếu in one line, null where there is none, and the index of the line after it.

    ``rest`` is what a hard-wrapped copy has glued to its last line: the first line of the text.
    """

    text: str | None
    next_line: int
    rest: Line | None = None


@cache
def _types() -> tuple[tuple[str, str, bool], ...]:
    """Names of types in capitals with their codes, longer first; whether it is the type's own name."""
    names = []
    for row in patterns.rows("document_types"):
        names.append((row["name"].upper(), row["code"], True))
        names += [(alias.upper(), row["code"], False) for alias in row["aliases"].split("|") if alias]
    return tuple(sorted(names, key=lambda n: -len(n[0])))


@cache
def _decided() -> frozenset[str]:
    return frozenset(patterns.data("header")["title"]["decided"])


def code_of(name: str) -> str | None:
    """The code of a type called by its name or an alias, in any case."""
    upper = " ".join(name.upper().split())
    return next((code for known, code, _ in _types() if known == upper), None)


def read_type(line: Line, certain: bool) -> TypeLine | None:
    """The type that a line opens with, if it does.

    The name stands in capitals, alone or with the title after it. ``certain`` (a letterhead stands above) also accepts
    a whole line in small letters.
    """
    words = line.text.rstrip(" :")
    code = code_of(words)
    if code and (certain or is_capital(words)):
        return TypeLine(code, line.start, line.cut(len(line.text), len(line.text)))
    for name, code, own in _types():
        if line.text.startswith(name) and line.text[len(name) : len(name) + 1] in (" ", ":", "-"):
            rest = line.cut(len(name) + (line.text[len(name)] != " "), len(line.text))
            # "BÁO CÁO KẾT QUẢ CÔNG TÁC" is a report with the title "KẾT QUẢ CÔNG TÁC": an alias does not end early.
            if own or not name.startswith(tuple(n for n, c, o in _types() if o and c == code)) or _turns_small(rest):
                return TypeLine(code, line.start, rest)
    return None


def _turns_small(rest: Line) -> bool:
    """Whether the capitals end with the type's name: ``CHƯƠNG TRÌNH HÀNH ĐỘNG thực hiện Nghị quyết``."""
    return not is_capital(rest.text.split(" ")[0]) if rest.text else True


def read_title(lines: list[Line], type_line: TypeLine, after: int) -> Title:
    """The title that follows a type line; ``after`` is the index of the line below it."""
    parts: list[Line] = []
    urgent = form("urgency").search(type_line.rest.text)
    if type_line.rest.text and not urgent:
        first, rest = _before_preamble(type_line.rest)
        if rest:
            return Title(_joined([first]), after, rest)
        parts.append(first)
    i, rest = after, None
    decided = type_line.code in _decided()
    end = _decided_at(lines, after) if decided else None
    while i < len(lines) and i != end and sum(len(p.text) for p in parts) < _MOST_TITLE:
        line = lines[i]
        if form("rule").fullmatch(line.text):
            i += 1
            if parts:
                break
            continue
        following = lines[i + 1] if i + 1 < len(lines) else None
        if end is None and not _continues(parts, line, following, decided=decided):
            break
        part, rest = _before_preamble(line)
        parts.append(part)
        i += 1
        if rest:
            break
    named = _without_authority(parts)
    return Title(_joined(named) if named else None, i, rest)


def _decided_at(lines: list[Line], after: int) -> int | None:
    """The line below a title that names who decides, right above the căn cứ; null where there is none, or no title."""
    for i in range(after, min(len(lines), after + _MOST_LINES)):
        text = lines[i].text
        if lines[i].cell or _is_basis(text) or any(form(name).match(text) for name in _ENDS):
            return None
        if not _is_authority(text):
            continue
        below = [line.text for line in lines[i + 1 : i + 4] if not opens_with(line.text, _agency_words("sessions"))]
        office = layout.find("authority", text)
        if office and office.end() and below and is_capital(below[0]):
            below = below[1:]  # "CHỦ TỊCH ỦY BAN NHÂN" / "DÂN TỈNH"
        if below and _is_basis(below[0]):
            return i if i > after and not _asks_for_name(lines[i - 1].text) else None
    return None


def _is_basis(text: str) -> bool:
    opening = form("preamble").match(text)
    return bool(opening and opening["basis"])


def _asks_for_name(text: str) -> bool:
    """Whether a line goes on in the next: its last word asks for the name of a body."""
    return text.endswith(tuple(f" {joint}" for joint in _agency_words("joints")))


@cache
def _agency_words(name: str) -> tuple[str, ...]:
    return tuple(patterns.data("header")["agency"][name])


def _before_preamble(line: Line) -> tuple[Line, Line | None]:
    """The title part of a line, and what a hard-wrapped copy may have glued to it: authority or preamble."""
    glued = form("preamble_inside").search(line.text)
    sentence = len(line.text) > _LONG_SENTENCE or line.text.endswith((":", ";"))
    if glued and not (sentence or is_capital(line.text[: glued.start()])):
        glued = None
    authority = None if is_capital(line.text) else form("authority_inside").search(line.text)
    found = [m for m in (glued, authority, form("rule").search(line.text)) if m]
    if not found:
        return line, None
    stop = min(m.start() for m in found)
    after = max(m.end() for m in found if m.start() == stop)
    rest = line.cut(after, len(line.text))
    return line.cut(0, stop), rest if rest.text else None


def _continues(parts: list[Line], line: Line, following: Line | None, *, decided: bool) -> bool:
    """Whether a line belongs to the title that has these parts; ``decided`` if who decides may stand below it."""
    text = line.text
    if line.cell and parts:
        return False
    if form("addressee").match(text) or form("recipients").match(text) or form("attached").match(text):
        return False
    if not parts:
        return not _is_body(_before_preamble(line)[0].text)
    last = parts[-1].text
    if text[0].isdigit() and len(text) < _SHORT_REST and not any(c.isalpha() for c in text):
        return True
    if is_capital(text):
        if not is_capital(last) or (decided and _decides(last, text, following)) or text.endswith(":"):
            return _is_authority(last) and bool(following) and not is_capital(last)
        return not form("label").match(text)
    if is_capital(last):
        # An authority above the title, or a second line in small letters: "Năm học 2023 - 2024".
        return not _is_body(text) and ((len(parts) == 1 and _is_authority(last)) or _looks_like_title(text))
    if text[0].islower() or (layout.dangles(last) and not _is_body(text)):
        return len(text) < _LONG_SENTENCE or not text.endswith((".", ";", ":"))
    return not _is_body(text) and not last.endswith((".", ":")) and _looks_like_title(text)


def _is_body(text: str) -> bool:
    """Whether a line below the type is already text: a căn cứ, or an opening that runs on as a sentence."""
    if form("label").match(text):
        return True
    opening = form("preamble").match(text)
    if _is_basis(text):
        return True
    sentence = text.endswith((":", ";", ".", "./."))
    return sentence and (bool(opening) or len(text) > _LONG_SENTENCE)


def _looks_like_title(text: str) -> bool:
    return not form("preamble").match(text) and not text.endswith((".", ":", ";")) and len(text) < _LONG_SENTENCE


def _is_authority(text: str) -> bool:
    return is_capital(text) and layout.is_a("authority", text)


def _decides(last: str, text: str, following: Line | None) -> bool:
    """Whether a line in capitals below a title names who decides: the last such line, alone or below an office."""
    if not _is_authority(text) or _asks_for_name(last):
        return False
    if following is None or not is_capital(following.text) or following.text.endswith(":"):
        return True
    if opens_with(following.text, _agency_words("sessions")):
        return True
    return len(text.split()) <= _OFFICE and _is_authority(following.text)


def _without_authority(parts: list[Line]) -> list[Line]:
    """The title without a first line in capitals that names the body (``BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN``)."""
    if len(parts) > 1 and _is_authority(parts[0].text) and not is_capital(parts[1].text):
        return parts[1:]
    if parts and (whose := form("of_authority").match(parts[0].text)):
        return [parts[0].cut(whose.end(), len(parts[0].text)), *parts[1:]]
    return parts


def _joined(parts: list[Line]) -> str | None:
    text = " ".join(p.text for p in parts).strip(" .-–—_*")
    subject = form("subject").match(text)
    return (text[subject.end() :] if subject else text) or None
