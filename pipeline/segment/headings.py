"""Whether a labelled paragraph is a heading, and where in it the heading ends.

A heading names what follows: ``II. MỤC TIÊU``, ``1. Mục đích: Cụ thể hóa ...`` (run-in), ``3. Sở Nội vụ chủ trì ...``
(whoever must act). A numbered sentence is none (``1. Kinh phí được bố trí từ nguồn ...``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import patterns
from pipeline.annotate.actors import Opening, opening
from pipeline.model import AgencyMention, Paragraph, Role, Text
from pipeline.segment.labels import Label, form
from pipeline.segment.lines import is_capital
from pipeline.segment.roles import named_role

_RUN_IN_WORDS = 14
_TITLE_WORDS = 24  # a full stop before the points of a provision: those that a sentence leads in to follow a colon
_COLON_WORDS = 30
_PLAIN_WORDS = 70
_ARTICLE_WORDS = 120
_SHORT_WORDS = 8
_STARRED_WORDS = 12
_TERSE_WORDS = 6
_CODE_WORDS = 4
_GLUED_LETTERS = 10
_NAMED_WORDS = 40
_REPLY_WORDS = 110
_STANDING_WORDS = 40
_DOERS_WORDS = 20


class Spot(NamedTuple):
    """A labelled paragraph in its place: what is needed to judge whether it is a heading.

    ``start`` is where its words begin, after the label; ``content`` says whether text stands below it, not just the
    next label of the same rank, and ``children`` whether a label of a deeper rank does; ``parted`` whether the first
    of these is a heading by its looks; ``article`` whether it stands under an article, ``charged`` whether
    after a sibling that names whoever must act, ``listed`` whether bullets or a longer paragraph stand below and its
    elder sibling is a plain heading, ``run_in`` whether that is a heading whose text goes on behind it, ``fellow``
    whether a sibling is a title; ``parent`` is the role it stands under.
    """

    paragraph: Paragraph
    label: Label
    start: int
    content: bool
    children: bool
    parted: bool
    article: bool
    charged: bool
    listed: bool
    run_in: bool
    fellow: bool
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
        return _article(text, spot, agencies)
    if heading := _capital(text, spot):
        return heading
    if found := _actor(text, spot, agencies):
        return (
            None if form("demands").match(text.text[found.end : spot.paragraph.end]) else _of_actor(text, spot, found)
        )
    return _of_doers(text, spot) or _with_colon(text, spot) or _named_with_stop(text, spot) or _plain(text, spot)


def _roles(name: str) -> list[str]:
    return list(patterns.data("headings")["roles"][name])


def _words(text: Text, spot: Spot) -> str:
    return text.text[spot.start : spot.paragraph.end]


def _unbracketed(words: str) -> str:
    """Words without what stands in brackets: ``Phí, lệ phí (nếu có)``."""
    return form("bracketed_words").sub("", words)


def _is_clause(words: str) -> bool:
    """Whether words hold the verb of a sentence, not only the name of a section."""
    return form("finite").search(_unbracketed(words)) is not None


def _whole(text: Text, spot: Spot) -> Heading:
    """The whole paragraph as heading, without its last punctuation."""
    end = spot.start + len(_words(text, spot).rstrip(" .:;,-–/"))
    return Heading(max(end, spot.start), spot.paragraph.end)


def _article(text: Text, spot: Spot, agencies: list[AgencyMention]) -> Heading:
    """``Điều 5. Tổ chức thực hiện``: a title, or none where the provision follows at once."""
    words = _words(text, spot).strip()
    count = len(words.split())
    untitled = Heading(spot.start, spot.start)
    if glued := form("glued").search(words):
        left = words[: glued.start()]
        named = named_role(left, spot.doc_type, spot.parent) and not _is_clause(left)
        if named or (words[glued.end()] == "1" and not form("provision").search(left)):
            return Heading(spot.start + len(left), spot.start + len(left) + 1)
    charging = spot.content and not words.endswith((".", ";", ",", ":")) and form("whose").match(words) is not None
    if not words or form("sentence_break").search(words) or (form("provision").search(words) and not charging):
        return _named_with_stop(text, spot) or untitled
    colon = form("colon").search(words)
    if words.endswith((".", ";", ",")) or (colon and colon.end() < len(words)):
        return (_named_with_stop(text, spot) if spot.content or count > _SHORT_WORDS else None) or untitled
    named = count <= _COLON_WORDS and form("whose").match(words) and not form("leadin").search(words)
    if words.endswith(":") and ((count > _SHORT_WORDS and not named) or _is_clause(words)):
        return untitled
    if not spot.content or count > _ARTICLE_WORDS:
        return _whole(text, spot) if words.endswith(":") else untitled
    whole = _whole(text, spot)
    charges = form("whose").match(words) or form("assigns").match(words) or spot.parent in _roles("charging")
    actor = _actor(text, spot, agencies) if charges else None
    if actor is None or not (actor.actors.agencies or (charging and actor.actors.bodies)):
        return whole
    bound = charging and form("must").match(text.text, actor.end, whole.end)
    return whole._replace(actor=actor.end == whole.end or bool(bound))


def _capital(text: Text, spot: Spot) -> Heading | None:
    """``I. MỤC ĐÍCH, YÊU CẦU``: capitals, to which a run-in text or the first words of the body may be joined."""
    words = _words(text, spot)
    if is_capital(_unbracketed(words)) and not (spot.label.style == "alpha" and words.endswith((";", ","))):
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


def _actor(text: Text, spot: Spot, agencies: list[AgencyMention]) -> Opening | None:
    """Whoever must act, if the paragraph opens with their name: ``3. Sở Nội vụ chủ trì ...``."""
    start, end = spot.start, spot.paragraph.end
    if form("commands").match(text.text[start:end]):
        return None
    whose = form("whose").match(text.text[start:end])
    plain = patterns.data("headings")["plain_roles"].get(spot.doc_type)
    if whose and (whose["of"] or (spot.parent or plain) in _roles("charging")):
        found = opening(text, start + whose.end(), end, agencies)
        if found:
            return found
    return opening(text, start, end, agencies)


def _of_actor(text: Text, spot: Spot, found: Opening) -> Heading | None:
    """The heading of a paragraph that opens with whoever must act: their words, or all of a line that names them."""
    actor_end, end = found.end, spot.paragraph.end
    rest = text.text[actor_end:end]
    bound = spot.doc_type in _roles("concluding") and form("must").match(rest)
    charged = bool(bound) or not _is_uncharged(spot)
    colon = form("colon").search(rest)
    between, below = (rest[: colon.start()], rest[colon.end() :].strip()) if colon else (rest, "")
    names_only = not (form("charge").search(_unbracketed(between)) or form("sentence_break").search(between))
    listed = bool(colon and not below)
    if listed and form("leadin").search(text.text[spot.start : actor_end] + between):
        duty = charged and not spot.article and between and form("charge").search(between) and _lays_duties(spot)
        return Heading(actor_end, actor_end, True) if duty else None
    if colon and names_only and (below or spot.content) and not form("names").match(below):
        if below and spot.article and spot.parent not in _roles("charging"):
            return None
        if len(between.split()) <= (_PLAIN_WORDS if listed else _RUN_IN_WORDS):
            charged = charged and not form("amount").match(below)  # "c) Tổ bầu cử: 100.000 đồng/tháng"
            return Heading(actor_end + colon.start(), actor_end + colon.end(), charged)
    elif names_only and not rest.rstrip().endswith((".", ";", ",", ":")):
        return Heading(actor_end + len(rest.rstrip()), end, charged) if spot.content else None
    if spot.content and not found.actors.agencies and _stands_open(words := _words(text, spot)):
        return Heading(spot.start + len(words.rstrip()), end, charged)
    if spot.article or not charged:
        return None
    lettered = listed and spot.content and spot.label.style == "alpha"
    return Heading(actor_end, actor_end, True) if lettered or _lays_duties(spot) else None


def _is_uncharged(spot: Spot) -> bool:
    """Whether a body named in a heading here is not charged with anything, but rewarded, counted or judged."""
    if spot.parent in _roles("uncharged"):
        return True
    return spot.doc_type in _roles("plans") and spot.parent in _roles("uncharged_in_plans")


def _stands_open(words: str) -> bool:
    """Whether a line has no stop at all, as a heading, and lays no duty on whoever it names."""
    return (
        not words.rstrip().endswith((".", ";", ",", ":"))
        and not form("sentence_break").search(words)
        and not form("must").search(words)
        and len(words.split()) <= _STANDING_WORDS
    )


def _of_doers(text: Text, spot: Spot) -> Heading | None:
    """After a section on whoever must act, one more that no list of bodies knows: ``15. Các hộ dân phải ...``."""
    if not spot.charged or spot.article:
        return None
    m = form("doers").match(_words(text, spot))
    if not m or len(m[0].split()) > _DOERS_WORDS:
        return None
    return Heading(spot.start + m.end(), spot.start + m.end(), True)


def _lays_duties(spot: Spot) -> bool:
    """Whether a sentence that opens with an actor is a section here: numbered, and no past deed of a report."""
    bracketed = spot.label.style == "parenthesised" and (spot.label.text or "").isdigit()
    if not bracketed and spot.label.style not in ("arabic", "roman", "dotted", "bracketed"):
        return False
    return spot.doc_type != "BC" or spot.parent in _roles("duties")


def _with_colon(text: Text, spot: Spot) -> Heading | None:
    """``1. Mục đích: Cụ thể hóa ...`` or ``b) Hợp tác:``."""
    words = _words(text, spot)
    colon = form("colon").search(words)
    if not colon:
        return None
    left = words[: colon.start()]
    count = len(left.split())
    if form("sentence_break").search(left) or left.count("(") != left.count(")") or left.count("“") != left.count("”"):
        return None
    end, body = spot.start + colon.start(), spot.start + colon.end()
    rest = words[colon.end() :].strip()
    if spot.parent == "recommendations" and rest and form("whose").match(left) and count <= _RUN_IN_WORDS:
        return Heading(end, body)
    if spot.parent == "recommendations" and form("about").match(left) and count <= _REPLY_WORDS:
        return Heading(end, body)
    if not rest:
        return Heading(end, body) if spot.content and _names_list(left, spot) else None
    if spot.label.style in ("subalpha", "parenthesised") and not form("about").match(left):
        return None
    if spot.label.style == "starred" and any(f.match(words) for f in _of_duty()):
        return None
    beside = (spot.run_in and count <= _SHORT_WORDS) or (spot.fellow and spot.content and spot.label.style == "dotted")
    if rest[0].islower() and (spot.article or not beside):
        return None
    if spot.article and not form("scope").fullmatch(left) and (not spot.fellow or rest[0].isdigit()):
        return None
    if form("time_only").match(left) or form("note").match(left):
        return None
    if (
        form("ordinal").match(left)
        and spot.content
        and not (rest.endswith((";", ",")) or form("sentence_break").search(rest))
    ):
        return _whole(text, spot)
    open_ended = spot.content and not rest.endswith((".", ";", ",", ":")) and not form("sentence_break").search(rest)
    terse = len(rest.split()) <= _CODE_WORDS and not form("amount").match(rest)
    if open_ended and (left[-1].isdigit() or terse):
        return _whole(text, spot)
    most = _COLON_WORDS if form("amount").match(rest) else _TITLE_WORDS if spot.run_in else _RUN_IN_WORDS
    most = _SHORT_WORDS if spot.label.style == "starred" else most
    return Heading(end, body) if count <= most and not _is_clause(left) and ";" not in left else None


@cache
def _of_duty() -> list[re.Pattern[str]]:
    """What finds lines that tell of the duty above them: ``* Thời gian thực hiện: Quý I``."""
    forms = patterns.forms("tasks")
    return [forms[f"{kind}_label"].pattern for kind in ("lead", "partner", "time")]


def _names_list(left: str, spot: Spot) -> bool:
    """Whether the words before a last colon name what stands below, and do not only lead in to it."""
    count = len(left.split())
    most = _NAMED_WORDS if spot.fellow else _COLON_WORDS
    if form("about").match(left) or (spot.parted and not spot.article):
        return True
    if form("deed").match(left) and (spot.article or spot.parent == "agency_assignment"):
        return False
    if form("leadin").search(left) or _is_clause(left):
        return count <= (_STARRED_WORDS if spot.parent == "appendix" else _TERSE_WORDS) and not spot.article
    return count <= (_SHORT_WORDS if spot.article else _STARRED_WORDS if spot.label.style == "starred" else most)


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
    return Heading(spot.start + stop, spot.start + stop + 1) if not _is_clause(words[:stop]) else None


def _plain(text: Text, spot: Spot) -> Heading | None:
    """``2. Đẩy mạnh công tác thông tin, tuyên truyền``: no stop at its end, and its text below."""
    words = _words(text, spot).rstrip()
    most = _STARRED_WORDS if spot.label.style == "starred" else _PLAIN_WORDS
    if len(words.split()) > most or form("sentence_break").search(words):
        return None
    if words.endswith((".", ";", ",", ":", "…")):
        return _whole(text, spot) if words.endswith(".") and _is_stopped(spot, words) else None
    if form("deed").match(words) and (spot.article or spot.parent == "agency_assignment"):
        return None
    if form("leadin").search(_unbracketed(words)) or (
        not spot.content and not (spot.paragraph.bold and spot.label.outer)
    ):
        return None
    return _whole(text, spot)


def _is_stopped(spot: Spot, words: str) -> bool:
    """Whether a sentence with its full stop is a heading all the same, by what stands around it."""
    count = len(words.split())
    parted = spot.children or (spot.label.outer and spot.content)
    most = _TITLE_WORDS if spot.children and not form("commands").match(words) else _RUN_IN_WORDS
    if parted and count <= most and not _is_clause(words):
        return True
    if spot.article:
        return False
    if spot.fellow and count <= _STARRED_WORDS and form("annexed").search(words):
        return True
    if spot.listed and not _is_clause(form("aim").sub("", words)):
        return True
    named = spot.parted or (spot.content and form("instrument_named").match(words) is not None)
    return named and count <= _NAMED_WORDS
