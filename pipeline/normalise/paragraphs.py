"""Which lines make one paragraph.

The walk goes through the form of a document: *head* (letterhead), *title* (type and trích yếu), *body*, *closing*
(Nơi nhận and signature). In head and closing a line stands for itself; in the title the lines of the trích yếu are one
paragraph; in the body geometry and punctuation tell whether a line goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from pipeline import layout
from pipeline.model import Line, Table
from pipeline.normalise.measure import Fit, Measure

Zone = Literal["head", "title", "body", "closing"]

_HEADING_LINES = 2  # more are a paragraph
_OPENING = 400  # letters of a paragraph by which it is told what it is
_ENDING = 3  # lines in which the last word of a paragraph stands
_CUT_IN_HEAD = (("place_cut", "place_and_date"), ("number_cut", "bare_number"))  # forms of a line and of its rest
_SENTENCE = 60  # letters from which a line is running text and not part of a letterhead


@dataclass(slots=True)
class Joined:
    """The lines that make one paragraph.

    ``opening`` are its first words, and ``ending`` its last lines: all that is looked at while it grows, so that a
    paragraph of very many lines is read in time.
    """

    lines: list[Line]
    opening: str

    @classmethod
    def of(cls, line: Line) -> Joined:
        return cls([line], line.text)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        if len(self.opening) < _OPENING:
            self.opening += " " + line.text

    @property
    def text(self) -> str:
        return self.lines[0].text + "".join(
            layout.seam(upper.text, lower.text) + lower.text for upper, lower in pairwise(self.lines)
        )

    @property
    def ending(self) -> str:
        return " ".join(line.text for line in self.lines[-_ENDING:])

    @property
    def last(self) -> Line:
        return self.lines[-1]


def paragraphs(blocks: list[Line | Table], measure: Measure) -> Iterator[Joined | Table]:
    """Lines joined to paragraphs, tables between them, in reading order."""
    walk = _Walk(measure)
    for i, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from walk.flush()
            walk.zone = "body" if walk.zone == "title" else walk.zone
            yield block
        else:
            yield from walk.step(block, _following(blocks, i))
    yield from walk.flush()


def _following(blocks: list[Line | Table], i: int) -> Line | None:
    """The next line with words, if no table comes before it."""
    for block in islice(blocks, i + 1, None):
        if isinstance(block, Table):
            return None
        if block.text:
            return block
    return None


class _Walk:
    """The state of the walk: where in the form we are, and the paragraph that is being filled."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure
        self.zone: Zone = "head"
        self.typed = False
        self.open: Joined | None = None
        self.following: Line | None = None
        self.blanks = 0

    def flush(self) -> Iterator[Joined]:
        if self.open:
            yield self.open
        self.open = None

    def step(self, line: Line, following: Line | None) -> Iterator[Joined]:
        self.following = following
        if not line.text:
            self.blanks += 1
            return
        gap = self.blanks > self.measure.blanks + 1
        self.blanks = 0
        if layout.is_a("rule", line.text):
            yield from self.flush()
            self.zone = "body" if self.zone == "title" else self.zone
            return
        before = self.zone
        self.zone = self._zone(line, gap)
        if self.open and self._goes_on(self.open, line, before, gap):
            self.open.add(line)
        else:
            yield from self.flush()
            self.open = Joined.of(line)

    # ------------------------------------------------------------------ the form

    def _zone(self, line: Line, gap: bool) -> Zone:
        text = line.text
        if layout.is_type_line(text) or (self.zone == "head" and self._completes_type(text)):
            self.typed = True
            return "title"
        if not self.typed and layout.is_a("state_name", text):
            return "head"  # below what a web page has put above the document
        if layout.is_a("recipients", text):
            return "closing"
        if self.zone == "head":
            if layout.is_a("letterhead", text) or layout.is_a("subject", text):
                return "head"
            running = len(text) > _SENTENCE and not layout.is_upper(text) and not self._subject_open()
            return "body" if running or layout.opens(text) or layout.is_a("preamble", text) else "head"
        if self.zone == "title":
            return "title" if self._in_title(line, gap) else "body"
        if layout.is_a("signature", text):
            return "closing"
        if self.zone == "closing" and self._leaves_closing(line):
            return "body"
        return self.zone

    def _completes_type(self, text: str) -> bool:
        """Whether a line is the rest of the type's name, broken before its end: ``NGHỊ`` / ``QUYẾT``."""
        return self.open is not None and layout.is_type_line(f"{self.open.opening} {text}")

    def _subject_open(self) -> bool:
        return self.open is not None and layout.is_a("subject", self.open.opening)

    def _in_title(self, line: Line, gap: bool) -> bool:
        """Whether a line below the type still belongs to the trích yếu."""
        if self.open is None or layout.is_type_line(self.open.opening):
            return not layout.is_a("label", line.text)
        if layout.opens(line.text) or layout.is_a("preamble", line.text):
            if layout.ends_sentence(self.open.ending) or layout.is_a("tier_at_end", self.open.ending):
                return False
            return layout.dangles(self.open.ending)
        if layout.ends_sentence(line.text) and len(line.text) > 2 * _SENTENCE:
            return False
        last = self.open.last
        asks = line.box is not None and layout.is_a("dangling", last.text) and not layout.is_a("authority", line.text)
        alike = asks or layout.starts_lower(line.text) or last.centred == line.centred  # a full line has no middle
        return alike and not gap and not self.measure.leap(last, line)

    def _leaves_closing(self, line: Line) -> bool:
        if any(layout.is_a(form, line.text) for form in ("annex", "letterhead", "note", "label")):
            return True
        last = self.open.last if self.open else None
        turned = bool(last and line.page and line.page != last.page)
        return (turned or len(line.text) > 2 * _SENTENCE) and not layout.is_a("bullet", line.text)

    # ------------------------------------------------------------------ the joining

    def _goes_on(self, paragraph: Joined, line: Line, before: Zone, gap: bool) -> bool:
        """Whether a line belongs to the open paragraph."""
        if before == "head" and self.zone == "title" and self._completes_type(line.text):
            return True
        if layout.is_a("power_cut", paragraph.opening):
            return layout.is_upper(line.text)
        if layout.is_type_line(line.text) or layout.is_type_line(paragraph.opening):
            return False
        if line.note and (not paragraph.last.note or layout.is_a("note", line.text)):
            return False
        if self.zone != before and not (before == "title" and layout.starts_lower(line.text) and not gap):
            return False
        if self.zone == "head":
            return self._head_goes_on(paragraph, line, gap)
        if self.zone == "title":
            return self._title_goes_on(paragraph, line)
        if self.zone == "closing":
            return self._item_goes_on(paragraph, line)
        if line.whole or not self.measure.wrapped:
            return False
        return self._body_goes_on(paragraph, line, gap)

    def _head_goes_on(self, paragraph: Joined, line: Line, gap: bool) -> bool:
        """The subject of a letter over several lines; the name of the state or the date too long for their column."""
        if gap or line.whole:
            return False
        for cut, rest in _CUT_IN_HEAD:
            if layout.is_a(cut, paragraph.opening) and layout.is_a(rest, line.text):
                return True
        if layout.is_a("letterhead", line.text):
            return False
        if self._subject_open():
            return not layout.is_a("authority", line.text)
        unfinished = layout.dangles(paragraph.ending) or layout.starts_lower(line.text)
        return layout.is_a("letterhead_cut", paragraph.opening) and (unfinished or layout.is_upper(line.text))

    def _title_goes_on(self, paragraph: Joined, line: Line) -> bool:
        last = paragraph.last
        if layout.is_a("telegram", line.text):
            return False
        decides = layout.is_a("authority", line.text) and not layout.is_a("joint_at_end", last.text)
        if not decides and (layout.dangles(last.text) or layout.starts_lower(line.text)):
            return True
        if decides or layout.is_upper(last.text) != layout.is_upper(line.text):
            return False
        if line.whole or not self.measure.wrapped:
            return last.centred and line.centred and last.bold == line.bold
        if line.box and not line.centred:
            return self._body_goes_on(paragraph, line, gap=False)
        return True

    def _item_goes_on(self, paragraph: Joined, line: Line) -> bool:
        """A recipient too long for its line."""
        if (
            not layout.is_a("bullet", paragraph.opening)
            or layout.is_a("bullet", line.text)
            or layout.is_a("signature", line.text)
            or (line.text[-1].isalpha() and all(word[0].isupper() for word in line.text.split()))
        ):
            return False
        wrapped = self.measure.wrapped and not line.whole and paragraph.last.text[-1] not in ".;:"
        return wrapped or paragraph.last.text[-1] == "," or layout.starts_lower(line.text)

    def _body_goes_on(self, paragraph: Joined, line: Line, gap: bool) -> bool:
        last = paragraph.last
        fit = self.measure.fit(last, line, first=len(paragraph.lines) == 1)
        label, bullet = layout.is_a("label", line.text), layout.is_a("bullet", line.text)
        ended = layout.ends_sentence(last.text)
        asks = layout.dangles(last.text)
        if layout.starts_lower(line.text) and not label:
            return not (ended and (gap or fit == "short"))
        if last.centred or line.centred:
            return self._centred_goes_on(last, line)
        if layout.is_a("bare_label", paragraph.opening) or fit == "short":
            return False
        if label or bullet or layout.is_a("opening", line.text):
            wrapped_dash = bullet and fit == "full" and not ended and self.measure.indent(line) < 0.6
            return not ended and (wrapped_dash or asks)
        if self.measure.indented:
            return self.measure.indent(line) < 0.6
        return asks or self._unmarked_goes_on(paragraph, line, fit)

    def _unmarked_goes_on(self, paragraph: Joined, line: Line, fit: Fit) -> bool:
        """A line that opens with a capital after a line that was, or may have been, full."""
        last = paragraph.last
        opens = self.measure.opens(line, self.following) if self.following else None
        if opens is not None:
            return not opens
        ended = layout.ends_sentence(last.text)
        listed = layout.opens(paragraph.opening)  # items of a list are followed by items, seldom by plain paragraphs
        if fit == "full":
            if last.bold and not line.bold and not ended:
                return layout.is_upper(last.text) == layout.is_upper(line.text)
            if layout.is_a("preamble", paragraph.opening):
                return not ended
            return listed or last.text[-1] not in ".!?"
        return not ended and (not _is_heading(paragraph) or _both_upper(last, line) or line.text[0] == "(")

    def _centred_goes_on(self, last: Line, line: Line) -> bool:
        """A heading in the middle of the page, over more than one line."""
        return (
            last.centred
            and line.centred
            and not layout.is_a("bare_label", last.text)
            and layout.is_upper(last.text) == layout.is_upper(line.text)
            and last.bold == line.bold
            and not layout.opens(line.text)
            and not self.measure.leap(last, line)
        )


def _is_heading(paragraph: Joined) -> bool:
    """Whether a paragraph may be a heading so far: a number before it, and few lines."""
    text = paragraph.opening
    return layout.is_a("label", text) and not text[0].islower() and len(paragraph.lines) <= _HEADING_LINES


def _both_upper(last: Line, line: Line) -> bool:
    return layout.is_upper(last.text) and layout.is_upper(line.text)
