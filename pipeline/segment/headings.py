"""Whether a labelled paragraph is a heading, and where in it the heading ends.

A heading names what follows: ``II. MỤC TIÊU``, ``1. Mục đích: Cụ thể hóa ...`` (run-in), ``3. Sở Nội vụ chủ trì ...``
(whoever must act). A numbered sentence is none (``1. Kinh phí được bố trí từ nguồn ...``).
"""

from __future__ import annotations

from typing import NamedTuple

import patterns
from pipeline.annotate.actors import opening
from pipeline.model import AgencyMention, Paragraph, Role, Text
from pipeline.segment.labels import Label, form
from pipeline.segment.lines import is_capital
from pipeline.segment.roles import named_role

_RUN_IN_WORDS = 14
_COLON_WORDS = 30
_PLAIN_WORDS = 70
_SHORT_WORDS = 8
_STARRED_WORDS = 12
_GLUED_LETTERS = 10


class Spot(NamedTuple):
    """A labelled paragraph in its place: what is needed to judge whether it is a heading.

    ``start`` is where its words begin, after the label; ``content`` says whether text stands below it, not just the
    next label of the same rank; ``article`` whether it stands under an article; ``parent`` is the role it stands under.
    """

    paragraph: Paragraph
    label: Label
    start: int
    content: bool
    article: bool
    doc_type: str | None
    parent: Role | None


class Heading(NamedTuple):
    """Where a heading's words end and the body begins (offsets), and whether they name whoever must act."""

    end: int
    body: int
    actor: bool = False


def judge(text: Text, spot: Spot, agencies: list[AgencyMention]) -> Heading | None:
    """The heading that a labelled paragraph is or opens with, null where it is a sentence."""
    if spot.label.style == "article":
        return _article(text, spot)
    return (
        _capital(text, spot)
        or _actor(text, spot, agencies)
        or _with_colon(text, spot)
        or _named_with_stop(text, spot)
        or _plain(text, spot)
    )


def _words(text: Text, spot: Spot) -> str:
    return text.text[spot.start : spot.paragraph.end]


def _whole(text: Text, spot: Spot) -> Heading:
    """The whole paragraph as heading, without its last punctuation."""
    end = spot.start + len(_words(text, spot).rstrip(" .:;,-–/"))
    return Heading(max(end, spot.start), spot.paragraph.end)


def _article(text: Text, spot: Spot) -> Heading:
    """``Điều 5. Tổ chức thực hiện``: a title, or none where the provision follows at once."""
    words = _words(text, spot).strip()
    count = len(words.split())
    untitled = Heading(spot.start, spot.start)
    if not words or form("sentence_break").search(words):
        return _named_with_stop(text, spot) or untitled
    colon = form("colon").search(words)
    if words.endswith((".", ";", ",")) or (colon and colon.end() < len(words)):
        return (_named_with_stop(text, spot) if spot.content or count > _SHORT_WORDS else None) or untitled
    if words.endswith(":"):
        return _whole(text, spot) if count <= _SHORT_WORDS and not form("finite").search(words) else untitled
    return _whole(text, spot) if spot.content and count <= _PLAIN_WORDS else untitled


def _capital(text: Text, spot: Spot) -> Heading | None:
    """``I. MỤC ĐÍCH, YÊU CẦU``: capitals, to which a run-in text or the first words of the body may be joined."""
    words = _words(text, spot)
    if is_capital(words) and not (spot.label.style == "alpha" and words.endswith((";", ","))):
        return _whole(text, spot)
    colon = form("colon").search(words)
    if colon and is_capital(words[: colon.start()]) and len(words[: colon.start()].split()) > 1:
        return Heading(spot.start + colon.start(), spot.start + colon.end())
    if spot.label.outer:
        tokens = words.split(" ")
        n = next((i for i, t in enumerate(tokens) if any(c.islower() for c in t)), len(tokens))
        capital = " ".join(tokens[:n])
        if n > 1 and sum(c.isalpha() for c in capital) > _GLUED_LETTERS and tokens[n][0].isupper():
            return Heading(spot.start + len(capital.rstrip(" .:")), spot.start + len(capital))
    return None


def _actor(text: Text, spot: Spot, agencies: list[AgencyMention]) -> Heading | None:
    """``3. Sở Nội vụ chủ trì, phối hợp ...``: whoever must act opens the paragraph."""
    start, end = spot.start, spot.paragraph.end
    whose = form("whose").match(text.text[start:end])
    found = opening(text, start + (whose.end() if whose else 0), end, agencies)
    if not found and whose:
        found = opening(text, start, end, agencies)
    if not found:
        return None
    rest = text.text[found.end : end].strip(" .")
    if rest in ("", ":"):
        return Heading(found.end, end, True)
    if rest[0] == "(" and rest.rstrip(": ").endswith(")"):
        return Heading(start + len(text.text[start:end].rstrip(" .:")), end, True)
    if rest[0] == ":":
        return Heading(found.end, end - len(rest) + 1 if not text.text[end - 1] == "." else found.end + 1, True)
    return Heading(found.end, found.end, True) if _lays_duties(spot) else None


def _lays_duties(spot: Spot) -> bool:
    """Whether a sentence that opens with an actor is a section here: numbered, outside articles, no past deed."""
    if spot.label.style not in ("arabic", "roman", "dotted", "bracketed") or spot.article:
        return False
    return spot.doc_type != "BC" or spot.parent in patterns.data("headings")["roles"]["duties"]


def _with_colon(text: Text, spot: Spot) -> Heading | None:
    """``1. Mục đích: Cụ thể hóa ...`` or ``b) Hợp tác:``."""
    words = _words(text, spot)
    colon = form("colon").search(words)
    if not colon:
        return None
    left, last = words[: colon.start()], not words[colon.end() :].strip()
    count = len(left.split())
    if form("sentence_break").search(left) or left.count("(") != left.count(")") or left.count("“") != left.count("”"):
        return None
    end, body = spot.start + colon.start(), spot.start + colon.end()
    if last and spot.content:
        about = left[:3] == "Về "
        most = _STARRED_WORDS if spot.label.style == "starred" else _COLON_WORDS
        fits = count <= most and not form("finite").search(left)
        return Heading(end, body) if about or fits else None
    if last or spot.label.style in ("subalpha", "parenthesised"):
        return None
    most = _SHORT_WORDS if spot.label.style == "starred" else _RUN_IN_WORDS
    return Heading(end, body) if count <= most and not form("finite").search(left) and ";" not in left else None


def _named_with_stop(text: Text, spot: Spot) -> Heading | None:
    """``1. Mục đích.``: words that name a role, closed by a full stop; text may follow on the line."""
    words = _words(text, spot)
    stop = words.find(".")
    if stop < 0 or len(words[:stop].split()) > _SHORT_WORDS or not (spot.content or words[stop + 1 :].strip()):
        return None
    known = named_role(words[:stop], spot.doc_type, spot.parent)
    whole = not words[stop + 1 :].strip(" /.")
    if not known or (not whole and not form("sentence_break").match(words, max(0, stop - 3))):
        return None
    return Heading(spot.start + stop, spot.start + stop + 1) if not form("finite").search(words[:stop]) else None


def _plain(text: Text, spot: Spot) -> Heading | None:
    """``2. Đẩy mạnh công tác thông tin, tuyên truyền``: no stop at its end, and its text below."""
    words = _words(text, spot).rstrip()
    most = _STARRED_WORDS if spot.label.style == "starred" else _PLAIN_WORDS
    if len(words.split()) > most or form("sentence_break").search(words):
        return None
    if words.endswith((".", ";", ",", ":", "…")):
        short = spot.label.outer and len(words.split()) <= _RUN_IN_WORDS and spot.content
        return _whole(text, spot) if short and words.endswith(".") else None
    if not spot.content and not (spot.paragraph.bold and spot.label.outer):
        return None
    return _whole(text, spot)
