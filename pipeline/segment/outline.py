"""The section tree: labels, headings, levels, roles.

Levels follow the order in which the styles of labels appear: a label of a style that is open goes on beside its last
sibling and closes all that stands inside it; another style opens a level below, unless its rank is further out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import patterns
from pipeline.model import AgencyMention, Frame, Paragraph, Role, Section, Text
from pipeline.segment.headings import Heading, Spot, judge
from pipeline.segment.labels import Label, form, read_label
from pipeline.segment.lines import form as header_form
from pipeline.segment.lines import is_capital
from pipeline.segment.roles import named_role, role_of

_MOST_QUOTED = 60
_LONGEST_TITLE = 300
_MANY = 2
_LONGEST_PART = 25
_SHORTEST_PART = 8
_NEAR = 40
_FULL_LINE = 60
_DOTS = re.compile(r"[.…_][.…_]")  # all that a line with room to write, or of a table of contents, must have


@dataclass(slots=True)
class _Open:
    """A section that still holds what comes, with the rank of its label; ``plain`` where a whole line heads it.

    ``titled`` tells a line that only names what stands below, a colon at its end or not; ``run_in`` a heading whose
    text goes on behind it.
    """

    section: Section
    label: Label
    plain: bool
    titled: bool
    run_in: bool


@dataclass(slots=True)
class _Labelled:
    """A paragraph of the body and the label it opens with, if any; ``aside`` for one in brackets."""

    paragraph: Paragraph
    label: Label | None
    aside: bool = False


def outline(text: Text, frame: Frame, agencies: list[AgencyMention]) -> list[Section]:
    """The sections in text order."""
    sections: list[Section] = []
    bodies = [zone for zone in frame.zones if zone.zone == "body"]
    for i, zone in enumerate(bodies):
        body = list(_body(text, zone.start, zone.end))
        base: Role | None = "appendix" if i and not _holds_instrument(text, body) else None
        sections += _sections(text, body, zone.end, frame.body_type, base, agencies, len(sections))
    return sections


def _holds_instrument(text: Text, body: list[_Labelled]) -> bool:
    """Whether what is attached is itself a plan, a set of rules or the like, whose sections have roles of their own."""
    for item in body:
        if item.label:
            return item.label.style in ("chapter", "article")
        if form("instrument").match(text.of(item.paragraph)):
            return True
    return False


def _body(text: Text, start: int, end: int) -> Iterator[_Labelled]:
    """The paragraphs of a body with their labels; those of quotations, tables, contents and blanks have none."""
    paragraphs = [p for p in text.paragraphs if start <= p.start < end and p.end > p.start]
    quoted = _quoted(text, paragraphs)
    for i, p in enumerate(paragraphs):
        words = text.of(p)
        blank = _DOTS.search(words) and (form("contents_line").search(words) or form("fill_in").search(words))
        plain = p.table is None and i not in quoted and not blank
        label = read_label(words) if plain else None
        if label and label.style != "annex" and len(words) <= label.length and not label.titled:
            label = label if label.style == "article" else None
        if label and label.style == "annex" and not _opens_annex(text, paragraphs, i, label):
            label = None
        yield _Labelled(p, label, words[0] == "(" and label is None)


def _opens_annex(text: Text, paragraphs: list[Paragraph], i: int, label: Label) -> bool:
    """Whether a line opens an annex and does not only name one in a list (``Mẫu số 01. Đơn đề nghị;``)."""
    rest = text.of(paragraphs[i])[label.length :].strip()
    if not rest or rest[0] == "(" or is_capital(rest):
        return True
    following = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
    if rest.endswith((".", ";", ",")) or following is None:
        return False
    words = text.of(following)
    return following.table is not None or words[0] == "(" or is_capital(words)


def _quoted(text: Text, paragraphs: list[Paragraph]) -> set[int]:
    """The paragraphs that stand in a quotation which an earlier paragraph opened (a law's words in an amendment)."""
    inside: set[int] = set()
    opened: int | None = None
    for i, p in enumerate(paragraphs):
        words = text.of(p)
        if opened is None:
            if (words[0] == "“" and "”" not in words) or (words[0] == '"' and words.count('"') % 2):
                opened = i
            continue
        closes = "”" in words if text.of(paragraphs[opened])[0] == "“" else bool(words.count('"') % 2)
        if closes:
            inside |= set(range(opened, i + 1))
            opened = None
        elif i - opened > _MOST_QUOTED:
            opened = None
    return inside


def _sections(
    text: Text,
    body: list[_Labelled],
    end: int,
    doc_type: str | None,
    base: Role | None,
    agencies: list[AgencyMention],
    before: int,
) -> list[Section]:
    """The sections of one stretch of body, which is numbered by itself; ``base`` is the role they stand under."""
    sections: list[Section] = []
    stack: list[_Open] = []
    articled = doc_type in patterns.data("headings")["roles"]["articled"]
    i = 0
    while i < len(body):
        item = body[i]
        i += 1
        if item.label is None:
            continue
        depth = _depth(stack, item.label)
        above = stack[depth - 1].section if depth else None
        spot = Spot(
            item.paragraph,
            item.label,
            item.paragraph.start + item.label.length,
            (beneath := _below(body, i, item.label)) is not None,
            bool(beneath),
            _parted(text, body, i, item.label),
            articled and any(o.label.style == "article" for o in stack[:depth]),
            depth < len(stack) and stack[depth].section.role == "agency_assignment",
            depth < len(stack) and stack[depth].plain and (_bulleted(text, body, i) or _told(text, body, i)),
            depth < len(stack) and stack[depth].run_in,
            (depth < len(stack) and stack[depth].titled) or _precedes_title(text, body, i, item.label),
            doc_type,
            above.role if above else base,
        )
        if item.label.titled:
            heading, i = _titled(text, body, i, spot)
        else:
            judged = judge(text, spot, agencies)
            if judged is None:
                if depth < len(stack) and item.label.follows(stack[depth].label):
                    _close(stack, depth, item.paragraph.start)
                continue
            heading, i = _wrapped(text, body, i, spot, judged)
        _close(stack, depth, item.paragraph.start)
        below = _provision_below(text, body, i) if item.label.style == "article" else ""
        section = _section(text, spot, heading, before + len(sections) + 1, above, depth + 1, end, below)
        sections.append(section)
        holds = item.label.titled and _holds_numbering(text, body, i, item.label)
        whole = heading.body == item.paragraph.end
        plain = whole and (spot.listed or not text.of(item.paragraph).endswith((".", ":")))
        label = item.label._replace(rank=0) if holds else item.label
        run_in = bool(section.heading) and not whole and not heading.actor
        stack.append(_Open(section, label, plain, whole or spot.fellow, run_in))
    _charge_siblings(sections, doc_type, base)
    _share_out(sections, agencies)
    return sections


def _close(stack: list[_Open], depth: int, end: int) -> None:
    """End the sections from a depth on: what comes is no part of them."""
    for closed in stack[depth:]:
        closed.section.body_end = end
    del stack[depth:]


def _charge_siblings(sections: list[Section], doc_type: str | None, base: Role | None) -> None:
    """Give a section between agencies that must act their role, where its own heading says no other.

    A list of duties also names bodies that no registry knows: ``5. Các chủ rừng``.
    """
    siblings: dict[tuple[int | None, str], list[Section]] = {}
    for s in sections:
        if (label := read_label(s.text)) and label.style != "article":
            siblings.setdefault((s.parent, label.style), []).append(s)
    by_id = {s.id: s for s in sections}
    for group in siblings.values():
        charged = sum(s.role == "agency_assignment" for s in group)
        above = by_id[group[0].parent].role if group[0].parent else base
        unnamed = [
            s
            for s in group
            if s.heading
            and s.role != "agency_assignment"
            and not form("of_work").match(s.heading)
            and not named_role(s.heading, doc_type, above)
        ]
        if charged >= _MANY and charged > len(unnamed):
            for s in unnamed:
                s.role = "agency_assignment"


def _share_out(sections: list[Section], agencies: list[AgencyMention]) -> None:
    """Let a section that shares duties out among bodies be of the execution: ``2. Trách nhiệm của các đơn vị``."""
    named = [a.start for a in agencies]
    charged = {s.parent for s in sections if s.role == "agency_assignment" and s.heading}
    for s in sections:
        whose = form("whose").match(s.heading) if s.role == "agency_assignment" and s.id in charged else None
        if whose and whose["of"] and bisect_left(named, s.start) == bisect_left(named, s.end):
            s.role = "implementation"


def _depth(stack: list[_Open], label: Label) -> int:
    """How many of the open sections stay open above a new label."""
    for i, o in enumerate(stack):
        if o.label.rank >= label.rank:
            return i
    return len(stack)


def _below(body: list[_Labelled], following: int, label: Label) -> bool | None:
    """What stands below: text (false) or a label of a deeper rank (true); null for a sibling, an elder, the end."""
    while following < len(body) and body[following].aside:
        following += 1
    if following == len(body):
        return None
    after = body[following].label
    if after is None:
        return False
    return True if after.rank > label.rank else None


def _bulleted(text: Text, body: list[_Labelled], following: int) -> bool:
    """Whether bullets stand below."""
    below = body[following] if following < len(body) else None
    return below is not None and below.label is None and form("bullet").match(text.of(below.paragraph)) is not None


def _told(text: Text, body: list[_Labelled], following: int) -> bool:
    """Whether the line before is short and a longer paragraph below says more of it."""
    above, below = body[following - 1], body[following] if following < len(body) else None
    if below is None or below.label or below.aside or below.paragraph.table is not None:
        return False
    words = text.of(above.paragraph)
    return len(words.split()) <= _LONGEST_PART and len(text.of(below.paragraph)) > len(words)


def _precedes_title(text: Text, body: list[_Labelled], following: int, label: Label) -> bool:
    """Whether a list begins here whose next paragraph is a title: a few words with its text below."""
    if label.text not in ("1", "a"):
        return False
    for i in range(following, min(len(body), following + _NEAR)):
        other = body[i].label
        if other is None or other.rank > label.rank:
            continue
        words = text.of(body[i].paragraph)[other.length :]
        short = len(words.split()) <= _SHORTEST_PART and not words.endswith((".", ";", ","))
        return other.rank == label.rank and short and _below(body, i + 1, other) is not None
    return False


def _parted(text: Text, body: list[_Labelled], following: int, label: Label) -> bool:
    """Whether the first label below is of a heading, by its looks: ``1.1`` below ``1``, or a few words and text."""
    while following < len(body) and body[following].aside:
        following += 1
    item = body[following] if following < len(body) else None
    if item is None or item.label is None or item.label.rank <= label.rank:
        return False
    words = text.of(item.paragraph)[item.label.length :]
    if words.endswith((".", ";", ",", "…")):
        return False
    if item.label.style == "dotted" and item.label.text and item.label.text.startswith(f"{label.text}."):
        return len(words.split()) <= _LONGEST_PART
    return len(words.split()) <= _SHORTEST_PART and _below(body, following + 1, item.label) is not None


def _holds_numbering(text: Text, body: list[_Labelled], following: int, label: Label) -> bool:
    """Whether a part is the whole attachment (``(Kèm theo ...)`` stands below), in which its number begins anew."""
    if following == len(body) or not header_form("attached").match(text.of(body[following].paragraph)):
        return False
    return any(
        b.label and b.label.style == label.style and str(b.label.text).casefold() == str(label.text).casefold()
        for b in body[following:]
    )


def _titled(text: Text, body: list[_Labelled], following: int, spot: Spot) -> tuple[Heading, int]:
    """The heading of a chapter, part or annex, which may stand on the lines below; the index of the line after it."""
    start, end = spot.start, spot.paragraph.end
    heading_end = start + len(text.text[start:end].rstrip(" .:"))
    if header_form("attached").match(text.text[start:end]):
        return Heading(start, start), following
    if text.text[start:end].strip(" .:"):
        if not is_capital(text.text[start:end]):
            return Heading(heading_end, end), following
    elif spot.label.style == "division" and not spot.content:
        return Heading(start, start), following
    title: Paragraph | None = None
    while following < len(body):
        item = body[following]
        words = text.of(item.paragraph)
        fits = item.label is None and item.paragraph.table is None and len(words) <= _LONGEST_TITLE
        if not fits or any(f.search(words) for f in (form("state"), form("bullet"), header_form("attached"))):
            break
        if title is None and not text.text[start:end].strip(" .:"):
            if words.endswith((".", ";", ":")) and not is_capital(words):
                break
        elif not is_capital(_named(words)):
            break
        title = item.paragraph
        following += 1
    if title:
        return Heading(title.start + len(_named(text.of(title)).rstrip(" .:")), title.end), following
    return Heading(max(heading_end, start), end), following


def _named(words: str) -> str:
    """A line of a title without the words behind it that say to what it is attached."""
    glued = form("attached_inside").search(words)
    return words[: glued.start()] if glued else words


def _wrapped(text: Text, body: list[_Labelled], following: int, spot: Spot, heading: Heading) -> tuple[Heading, int]:
    """A heading in capitals, or a full line in bold, that goes on so on the next line."""
    line = text.text[spot.start : heading.end]
    if heading.body == spot.paragraph.end and following < len(body):
        item = body[following]
        words = text.of(item.paragraph)
        full = len(line) >= _FULL_LINE and not text.of(spot.paragraph).endswith((".", ":", ";"))
        bold = full and spot.paragraph.bold and item.paragraph.bold and not form("bullet").match(words)
        alike = (is_capital(line) and is_capital(words)) or (bold and not is_capital(words))
        if item.label is None and item.paragraph.table is None and alike and len(words) <= _LONGEST_TITLE:
            return Heading(item.paragraph.start + len(words.rstrip(" .:")), item.paragraph.end), following + 1
    return heading, following


def _section(
    text: Text, spot: Spot, heading: Heading, number: int, above: Section | None, level: int, end: int, below: str
) -> Section:
    start = spot.paragraph.start
    words = " ".join(text.text[spot.start : heading.end].split())
    stop = heading.end if words else start + len(text.text[start : spot.start].rstrip())
    return Section(
        id=number,
        parent=above.id if above else None,
        level=level,
        label=spot.label.text,
        heading=words,
        text=text.text[start:stop],
        start=start,
        end=stop,
        body_start=max(heading.body, stop),
        body_end=end,
        role=_role(text, spot, heading, words, below),
    )


def _provision_below(text: Text, body: list[_Labelled], following: int) -> str:
    """The second paragraph of an article, which may lay its execution on those it names."""
    below = body[following] if following < len(body) else None
    return text.of(below.paragraph) if below and below.label is None and below.paragraph.table is None else ""


def _role(text: Text, spot: Spot, heading: Heading, words: str, below: str) -> Role:
    if spot.label.style == "annex":
        return "appendix"
    charged = spot.parent in ("implementation", "agency_assignment") and form("officers").match(words)
    if heading.actor or charged:
        return "agency_assignment"
    provision = text.text[spot.start : spot.paragraph.end]
    if not words and (form("enforces").search(provision) or form("enforces").search(below)):
        return "implementation"
    return role_of(words, spot.doc_type, spot.parent)
