"""The header of a document and which part of the text is what (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import takewhile

import patterns
from pipeline.model import Frame, Header, Text, Zone, ZoneSpan
from pipeline.segment.closing import Closing, read_closing
from pipeline.segment.issuer import authority_in, completed, has_place, issuer_in_text, issuer_of
from pipeline.segment.labels import read_label
from pipeline.segment.letterhead import Letterhead, compact, day_of, read_letterhead
from pipeline.segment.lines import Line, form, lines_of
from pipeline.segment.received import without_received
from pipeline.segment.title import Title, code_of, read_title

_SIGNING = 4  # lines above the signature at most
_CERTIFICATE = 5  # lines that certify a consolidated text at most
_MOST_ADDRESSEES = 40
_LONGEST_ADDRESSEE = 220
_MOST_OPENING = 6  # lines of a letter before its first part


def read_frame(text: Text) -> Frame:
    """The header, state or Party form, letterhead present or not, and the zones of the text."""
    lines = without_received(lines_of(text))
    head = read_letterhead(lines)
    title = _title(lines, head)
    if title.rest:
        lines.insert(title.next_line, title.rest)
    addressees, body = _addressees(lines, title.next_line)
    closing = read_closing(lines, body)
    header = Header(
        doc_type=_doc_type(lines, head, bool(addressees), body),
        symbol=head.symbol,
        title=title.text,
        place=head.place,
        issued_on=head.issued_on,
        draft=head.draft,
        addressees=addressees,
    )
    if closing:
        header.signer, header.recipients = closing.signer, closing.recipients
    _take_number(header)
    _take_certificate(header, lines)
    header.issuer = _issuer(lines, head, header, (body, closing.first if closing else len(lines)))
    if header.issued_on is None and "date" not in head.marks:
        header.issued_on = _passed(lines, closing)
        _take_signing(header, lines, closing)
    zones = _zones(text, lines, head, title, body, closing)
    return Frame(header, zones, _manner(lines, body) if addressees else None, head.year)


def _manner(lines: list[Line], body: int) -> str | None:
    """The type after which the body of a letter is built, which the words before its first part tell."""
    opening = takewhile(lambda line: read_label(line.text) is None, lines[body : body + _MOST_OPENING])
    return "BC" if any(form("reports").search(line.text) for line in opening) else None


def _take_number(header: Header) -> None:
    """Take the number and the day out of the title, which collections print there, with a letterhead or without."""
    found = form("numbered_title").match(header.title or "")
    if found and header.title and header.symbol in (None, compact(found["symbol"])):
        header.symbol = compact(found["symbol"])
        header.issued_on = header.issued_on or day_of(found)
        header.title = header.title[found.end() :] or None


def _take_certificate(header: Header, lines: list[Line]) -> None:
    """Take the number and the day of a consolidated text from its certificate, where no letterhead has them."""
    at = next((i for i, line in enumerate(lines) if form("certificate").match(line.text)), None)
    if at is not None and header.symbol is None:
        head = read_letterhead(lines[at + 1 : at + 1 + _CERTIFICATE])
        header.symbol, header.place = head.symbol, header.place or head.place
        header.issued_on = header.issued_on or head.issued_on


def _title(lines: list[Line], head: Letterhead) -> Title:
    if head.type_line:
        return read_title(lines, head.type_line, head.next_line)
    subject = " ".join(line.text for line in head.subject)
    subject = subject[: m.start()] if (m := form("addressee_inside").search(subject)) else subject
    if head.is_titled:
        return Title(subject.strip(" .") or None, head.next_line)
    subject = form("subject").sub("", subject)
    subject = form("about_briefly").sub("", form("about").sub("", subject))
    return Title(subject.strip(" .") or None, head.next_line)


def _addressees(lines: list[Line], first: int) -> tuple[list[str], int]:
    """Kính gửi, or who is wired, with its list, and the index of the line after them."""
    label = form("addressee").match(lines[first].text) if first < len(lines) else None
    if not label:
        return [], first
    names = [lines[first].text[label.end() :].strip()]
    i, in_dashes = first + 1, False
    while i < len(lines) and i - first < _MOST_ADDRESSEES:
        line = lines[i].text
        dashed = line[0] in "-–+•*"
        wrapped = names[-1].endswith(",") or line[0].islower() or line[0] == "("
        in_dashes = in_dashes or dashed
        listed = dashed or wrapped or names[-1].endswith(";") or not (names[0] or in_dashes)
        if not listed or len(line) > _LONGEST_ADDRESSEE or (not dashed and form("preamble").match(line)):
            break
        if dashed or not wrapped:
            names.append(line)
        else:
            names[-1] = f"{names[-1]} {line}"
        i += 1
    return [n for n in (name.strip(" -–+•*;.,:") for name in names) if n], i


def _doc_type(lines: list[Line], head: Letterhead, addressed: bool, body: int) -> str | None:
    """The type by its line; a letter by its subject or addressees; else by symbol or by how the text calls itself."""
    if head.type_line:
        return head.type_line.code
    if addressed or (head.subject and not head.is_titled):
        return "CV"
    if code := head.numbered_type:
        return code
    return _self_named(lines, body) or ("CV" if head.symbol else _announced(lines, body))


def _self_named(lines: list[Line], body: int) -> str | None:
    """What the text calls itself: ``Công văn này``, or ``ban hành Kế hoạch`` before its first heading."""
    counts: dict[str, int] = {}
    for line in lines[body:]:
        for m in form("self_reference").finditer(line.text):
            words = m["type"].split()
            code = next((c for n in range(len(words)) if (c := code_of(" ".join(words[n:])))), None)
            code = code or next((c for n in range(len(words), 0, -1) if (c := code_of(" ".join(words[:n])))), None)
            if code:
                counts[code] = counts.get(code, 0) + 1
    for line in lines[body : body + 10]:
        if (issued := form("issues").search(line.text)) and (code := code_of(issued["type"])):
            return code
    return max(counts, key=lambda c: counts[c]) if counts else None


def _announced(lines: list[Line], body: int) -> str | None:
    """A report without a letterhead, by how it opens: ``Sở Công Thương báo cáo và đề xuất như sau:``."""
    for line in lines[body : body + 10]:
        if form("label").match(line.text):
            break
        if form("reports").search(line.text):
            return "BC"
    return None


def _issuer(lines: list[Line], head: Letterhead, header: Header, body: tuple[int, int]) -> str | None:
    joint = bool(form("joint_symbol").search(head.codes or "")) or header.doc_type in _joint_types()
    name = issuer_of(head.names, joint)
    if name is None or not has_place(name):
        name = completed(name, authority_in(lines, body[0]) or issuer_in_text(lines, *body))
    return name or (issuer_of([header.signer.on_behalf_of[3:]]) if header.signer.on_behalf_of else None)


@cache
def _joint_types() -> frozenset[str]:
    return frozenset(patterns.data("header")["title"]["joint"])


def _passed(lines: list[Line], closing: Closing | None) -> date | None:
    """The day on which an assembly passed the text, for laws and resolutions whose letterhead has no date."""
    last = closing.first if closing else len(lines)
    for line in lines[max(0, last - 4) : last]:
        if m := form("passed").search(line.text):
            return day_of(m)
    return None


def _take_signing(header: Header, lines: list[Line], closing: Closing | None) -> None:
    """Take place and day from the line above the signature, for documents whose letterhead has none."""
    first, last = (closing.first, closing.last) if closing else (len(lines), len(lines))
    for line in lines[max(0, first - _SIGNING) : last]:
        if dated := form("dated_line").match(line.text):
            day = form("date").search(line.text)
            header.place = header.place or dated["place"]
            header.issued_on = header.issued_on or (day_of(day) if day else None)


def _zones(
    text: Text, lines: list[Line], head: Letterhead, title: Title, body: int, closing: Closing | None
) -> list[ZoneSpan]:
    """The zones in order, tiling the text."""
    length = len(text.text)

    def at(i: int) -> int:
        return lines[i].start if i < len(lines) else length

    marks: list[tuple[Zone, int]] = [("letterhead", 0)]
    if head.type_line:
        marks.append(("title", head.type_line.start))
        if body > title.next_line:
            marks.append(("letterhead", at(title.next_line)))
    else:
        for line in head.subject:
            marks += [("title", line.start), ("letterhead", line.end)]
    marks.append(("body", at(body)))
    if closing:
        marks += [("closing", at(closing.first)), ("body", at(closing.last))]
    spans = []
    for (zone, start), end in zip(marks, [s for _, s in marks[1:]] + [length], strict=True):
        if start < end:
            spans.append(ZoneSpan(zone, start, end))
    return spans
