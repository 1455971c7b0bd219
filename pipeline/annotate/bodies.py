"""Bodies named by kind only (``các sở, ban, ngành``, ``chủ đầu tư``), in their own words: where their names end."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

import patterns
from pipeline.annotate.actor_words import actor_words
from pipeline.annotate.agency_words import abbreviations
from pipeline.model import AgencyMention
from pipeline.resolve.agencies import Named
from pipeline.resolve.places import UNIT_LEVELS

_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-z]{2,}(?!\w)")
_SLIPS: dict[str, str] = patterns.data("agency_grammar")["name"]["slips"]
_START = attrgetter("start")
_ASIDE = re.compile(r"\s*\([^()]*\)$")
_STOP = re.compile(r"[,;:.()]")
#: One word or sign of a sentence.
WORD = re.compile(r"[^\s,;:.()]+|[,;:.()]")
#: Characters: how far a body's own words are looked for, so that long paragraphs stay linear.
REACH = 400
_MAX_MODIFIER_WORDS = 40
_FEW_WORDS = 3
_TELLING_APART = 10  # words: the longest that tell a class apart, unknown to the patterns
_BREAK = 60  # characters: the longest words between two actors of a list
_NAME = 4  # syllables: the longest name of a unit
_NOUN = 12  # characters: the longest word before a verb that makes a noun of it
_KIND = 2  # words that may tell a body's kind, unknown to the patterns


@dataclass(slots=True)
class Body:
    """A body named by kind, in its own words; ``faint`` where it only accompanies named ones.

    ``committee`` is the people's committee that a unit of territory stands for (``tỉnh Nghệ An``).
    """

    name: str
    start: int
    end: int
    faint: bool
    committee: Named | None = None


def read_body(s: str, at: int, end: int, agencies: list[AgencyMention], bare: bool, held: bool) -> Body | None:
    """The body named by kind that begins at ``at`` of the text ``s``, none where no words of a kind stand there.

    ``bare`` lets a single kind stand without article; ``held`` says that it is told by whoever heads it;
    ``agencies`` are all mentions of the document in text order.
    """
    words = actor_words()
    kinds = words.held_bodies if held else words.bodies
    if not kinds.match(s, at, end):
        return None
    until = _next_in_list(s, at, end, agencies)
    bodies = kinds.match(s, at, until)
    if bodies is None:
        return None
    named = bodies["article"] or bodies["more"] or _stands_alone(bodies["head"])
    charged = words.in_charge.match(s, at, end)
    far = None if charged or bodies["article"] else words.bound_far.match(s, at, until)
    if not (bare or named or far or words.bound.match(s, bodies.end(), end)):
        if charged is None or not words.duty.match(s, charged.end() + 1, end):
            return None
        return Body(charged[0][0].upper() + charged[0][1:], at, charged.end(), faint=False)
    part = words.part_of.match(s, at, end)
    if part and (above := mention_at(agencies, part.end(), end)):
        return Body(f"{part[0][0].upper()}{part[0][1:]}{above.name}", at, above.end, faint=False)
    stop = max(body_end(s, bodies.end(), until), far.end("whose") if far else 0)
    another = words.another.search(s, bodies.end(), stop)
    stop = another.start() if another else stop
    belongs = s[at:stop].endswith(tuple(patterns.data("actors")["generic"]["belonging"]))
    if belongs and (above := mention_at(agencies, stop + 1, end)):
        stop = above.end
    name = _ASIDE.sub("", s[at:stop].rstrip(" ,;"))
    size = len(name)
    if (tail := words.tail.search(bodies[0])) and words.firm.search(bodies[0], 0, tail.start()):
        name = name[: tail.start()]
    name = written_out(_school(words.inner_holder.sub("", name)))
    of_a_kind = s[bodies.end() : stop].lstrip()[:1].isupper() and not words.modifier.match(s, bodies.end(), until)
    faint = _is_faint(bodies[0]) and not (_is_bounded(name) or of_a_kind)
    return Body(name[0].upper() + name[1:], at, at + size, faint=faint)


def _school(name: str) -> str:
    """A class of schools by its kind, written out; any other name as it stands."""
    found = patterns.forms("actors")["school"].pattern.match(name)
    if not found:
        return name
    schools = patterns.data("actors")["generic"]["schools"]
    written_out = patterns.data("agency_grammar")["name"]["written_out"]
    return " ".join(written_out[w].lower() if w in schools else w for w in found["name"].split())


def written_out(name: str) -> str:
    """A body's name with abbreviations written out, and of each one (``từng bộ, ngành``) that of all."""
    for slip, full in _SLIPS.items():
        name = re.sub(rf"(?i){slip}(?= (?!{full.split()[-1]}))", full, name)
    return actor_words().each.sub("các ", _CAPITALS.sub(lambda m: abbreviations().get(m[0], m[0]), name))


def _stands_alone(head: str) -> bool:
    """One kind of body without article is a name (``chủ đầu tư``) or else a verb or a label (``Tổ chức ...``)."""
    return " " in head and bool(actor_words().firm.fullmatch(head))


def _is_faint(heads: str) -> bool:
    """``các sở, ban, ngành`` stand for themselves; with ``cơ quan, đơn vị`` among them they only accompany."""
    words = actor_words()
    return not words.firm.search(heads) or bool(words.accompanying.search(heads))


def _is_bounded(name: str) -> bool:
    """Whether a name says which bodies of a kind are meant (``các cơ quan cấp tỉnh``), not any that it concerns."""
    return actor_words().scope.search(name) is not None and not is_open_ended(name)


def is_open_ended(name: str) -> bool:
    """Whether a name leaves open which bodies of a kind are meant: ``các cơ quan, đơn vị liên quan``."""
    return actor_words().open_ended.search(name) is not None


def is_anyone(name: str) -> bool:
    """Whether a name is of no one in particular: left open, or a kind alone, without ``các`` (``Viện, trường``)."""
    kinds = actor_words().bodies.fullmatch(name)
    return is_open_ended(name) or (kinds is not None and not kinds["article"])


def body_end(s: str, at: int, end: int) -> int:
    """Where the modifiers of a body named by kind end."""
    words, start = actor_words(), at
    while modifier := words.modifier.match(s, at, end):
        at = _name_end(s, modifier.end(), end) if modifier[0].split()[-1] in UNIT_LEVELS else modifier.end()
    semicolon = s.find(";", at, end)
    end = min(end if semicolon < 0 else semicolon, at + REACH)
    if (words.duty if at > start else words.with_object).match(s, at + 1, end):
        return at
    strong = words.strong.search(s, at, end)
    if not words.long_modifier.match(s, at, end):
        # "các cơ quan phối hợp có trách nhiệm": a short run of words up to the duty is part of the name
        between = s[at : strong.start()] if strong else ""
        told = strong is not None and not s[strong.end() : end].strip(" :")  # nothing but the name stands before it
        named = strong and len(between.split()) <= (_MAX_MODIFIER_WORDS if told else _FEW_WORDS)
        named = named and not (_STOP.search(between) or words.auxiliary.match(between))
        return strong.start() if strong and named else _kind_end(s, at, end)
    for last in words.last_modifier.finditer(s, at, end):  # "cơ sở giáo dục trực thuộc thực hiện nghiêm ..."
        if words.duty.match(s, last.end() + 1, end):
            return last.end()
    colon = s.find(":", at, end)
    stop = min((x for x in (strong.start() if strong else -1, colon) if x >= 0), default=-1)
    if stop >= 0:
        return stop if len(s[at:stop].split()) <= _MAX_MODIFIER_WORDS else at
    if len(s[at:end].split()) > _MAX_MODIFIER_WORDS or semicolon >= 0 or s[at:end].rstrip().endswith("."):
        return _next_duty(s, at, end, otherwise=end if end == semicolon else at)
    return end


def lengthen(body: Body, s: str, end: int) -> bool:
    """Take into a class's name the words up to the duty that tell it apart: ``các địa phương có rừng tăng cường``."""
    words = actor_words()
    kinds = words.bodies.match(s, body.start, end)
    if kinds is None or not kinds["article"] or not words.telling.match(s, body.end + 1, end):
        return False
    stop = _next_duty(s, body.end, end, otherwise=body.end)
    if s[stop] in ",;." or len(s[body.end : stop].split()) > _TELLING_APART:
        return False
    body.end = body.start + len(s[body.start : stop].rstrip())
    name = written_out(s[body.start : body.end])
    body.name = name[0].upper() + name[1:]
    return True


def _kind_end(s: str, at: int, end: int) -> int:
    """Where the words end that tell a body's kind, with a verb or nothing after them: ``các Công ty Lâm nghiệp``."""
    words = list(islice(WORD.finditer(s, at, end), _KIND + 1))
    if not words or not words[0][0].istitle():
        return at
    verb = next((w.start() for w in words[1:] if actor_words().duty.match(s, w.start(), end)), None)
    kind = s[at : end if verb is None and len(words) <= _KIND else verb or at].rstrip()
    return at if _STOP.search(kind) else at + len(kind)


def _name_end(s: str, at: int, end: int) -> int:
    """Where the name of a unit ends whose kind stands before ``at``: ``các tổ chức hội tỉnh Lào Cai``."""
    for word in islice(WORD.finditer(s, at, end), _NAME):
        if not word[0][0].isupper():
            break
        at = word.end()
    return at


def _next_duty(s: str, at: int, end: int, otherwise: int) -> int:
    """The next duty verb that opens a clause: the words before it are the modifier."""
    words = actor_words()
    for count, word in enumerate(WORD.finditer(s, at, end)):
        pause = word[0] in ";:." or (word[0] == "," and not s[word.end() + 1 : word.end() + 2].isupper())
        if count > _MAX_MODIFIER_WORDS or pause:
            return word.start()
        if (
            count > 1
            and words.duty.match(s, word.start(), end)
            and not words.noun.search(s, max(at, word.start() - _NOUN), word.start())
        ):
            return word.start()
    return otherwise


def _next_in_list(s: str, at: int, end: int, agencies: list[AgencyMention]) -> int:
    """Where the next agency of the list begins, its separator and office-holder included; ``end`` where none does."""
    i = bisect_left(agencies, at, key=_START)
    for mention in agencies[i : i + 3]:
        before = actor_words().list_break.search(s, max(at, mention.start - _BREAK), mention.start)
        if mention.end <= end and before:
            return before.start()
    return end


def mention_at(agencies: list[AgencyMention], at: int, end: int) -> AgencyMention | None:
    """The mention that begins at ``at`` and ends by ``end``; ``agencies`` are in text order."""
    i = bisect_left(agencies, at, key=_START)
    if i < len(agencies) and agencies[i].start == at and agencies[i].end <= end:
        return agencies[i]
    return None
