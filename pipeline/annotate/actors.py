"""Whoever must act: the agencies and bodies that a heading or sentence opens with, or that stand in a list.

An actor is a named agency (a mention that :mod:`pipeline.annotate.agencies` found) or a body named by kind only
(``các sở, ban, ngành``). Which words make bodies and duties is data: ``patterns/actors.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

import patterns
from pipeline.annotate.agency_words import abbreviations
from pipeline.annotate.territories import territories
from pipeline.model import AgencyMention, Context, Text
from pipeline.resolve.places import UNIT_LEVELS

_SEPARATOR = re.compile(r"(?:\s*\([^()]{1,80}\))?\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+|\s+hoặc\s+)")
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_a-z]{2,}(?!\w)")
_EACH = re.compile(r"các\s+", re.IGNORECASE)
_GIVEN_NAMES = r"(?: [^\W\d_a-zà-ỹ][^\W\d_]*){1,4}"
_NAME_OF_PERSON = rf"[^\W\d_a-zà-ỹ][^\W\d_]*{_GIVEN_NAMES}"
_START = attrgetter("start")
_STOP = re.compile(r"[,;:.()]")
_UNKNOWN = re.compile(r"\s*[,;]\s+[^:.()]{2,120}(?=:)")
_WORD = re.compile(r"[^\s,;:.()]+|[,;:.()]")
_MAX_MODIFIER_WORDS = 40
_BREAK = 60  # characters: the longest words between two actors of a list
_NAME = 4  # syllables: the longest name of a unit
_HOLDERS = 2  # words for an office-holder in a row: đồng chí Bộ trưởng
_KIND = 2  # words that may tell a body's kind, unknown to the patterns
_REACH = 400  # characters: how far a body's own words are looked for, so that long paragraphs stay linear


@dataclass(slots=True)
class Body:
    """A body named by kind, in its own words; ``faint`` where it only accompanies named ones.

    ``territory`` for a unit that stands for its people's committee (``tỉnh Nghệ An``).
    """

    name: str
    start: int
    end: int
    faint: bool
    territory: bool = False


@dataclass(slots=True)
class Actors:
    """A list of actors as it stands from ``start`` to ``end``."""

    start: int
    end: int
    agencies: list[AgencyMention] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    def names(self) -> list[str]:
        """Canonical names of the named agencies and, in their own words, the bodies that count beside them."""
        firm = [b for b in self.bodies if not b.faint]
        bodies = firm or ([] if self.agencies else self.bodies)
        spans = [(a.start, a.name) for a in self.agencies] + [(b.start, b.name) for b in bodies]
        return list(dict.fromkeys(name for _, name in sorted(spans)))


class Opening(NamedTuple):
    """Whoever a heading or sentence opens with: ``end`` is the offset just after them, ``request`` for Đề nghị."""

    end: int
    actors: Actors
    request: bool


class _Words(NamedTuple):
    prefix: re.Pattern[str]
    request: re.Pattern[str]
    holder: re.Pattern[str]
    person: re.Pattern[str]
    by_name: re.Pattern[str]
    aside: re.Pattern[str]
    bodies: re.Pattern[str]
    firm: re.Pattern[str]
    accompanying: re.Pattern[str]
    modifier: re.Pattern[str]
    part_of: re.Pattern[str]
    in_charge: re.Pattern[str]
    long_modifier: re.Pattern[str]
    list_break: re.Pattern[str]
    tail: re.Pattern[str]
    placed: re.Pattern[str]
    scope: re.Pattern[str]
    open_ended: re.Pattern[str]
    each: re.Pattern[str]
    duty: re.Pattern[str]
    strong: re.Pattern[str]
    with_object: re.Pattern[str]
    auxiliary: re.Pattern[str]
    bound: re.Pattern[str]
    telling: re.Pattern[str]
    persons: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    data = patterns.data("actors")
    prefix, generic, duty = data["prefix"], data["generic"], data["duty"]
    surnames = patterns.data("agency_grammar")["person"]["surnames"]
    joint = r"(?:\s*,\s*|\s+và\s+|\s*-\s*)"
    inner = rf"(?:\s+(?:{_any(generic['inner'])}))?"
    office = _any(data["holder"]["words"])
    firm = [*generic["firm"], *generic["authorities"]]
    school = rf"(?:{_any(generic['kinds_of_school'])})"
    firm_all_the_same = [*generic["never_accompanying"], *generic["authorities"]]
    head = rf"(?:{_any([*generic['faint'], *firm])})(?!\w)"
    return _Words(
        prefix=re.compile(rf"(?:{_any([*prefix['charge'], *prefix['request']])})\s*:?\s+", re.I),
        request=re.compile(rf"(?:{_any(prefix['request'])})[\s:]", re.I),
        holder=re.compile(rf"(?:(?:{office}),\s+)*(?:{office})\s*:?\s+", re.I),
        person=re.compile(rf"(?i:{_any(data['holder']['titles'])})\s+{_NAME_OF_PERSON}(?:,| [-–])\s+"),
        by_name=re.compile(rf"\s+(?:{_any(map(str.capitalize, surnames))}){_GIVEN_NAMES}(?!\w)"),
        aside=re.compile(rf"\s+[-–]\s+(?:{office})(?:\s+[^\s:;.,]+){{0,6}}(?=\s*:)", re.I),
        bodies=re.compile(
            rf"(?P<article>(?:{_any(generic['articles'])})\s+)?(?P<head>{head})(?P<more>(?:{inner}{joint}{head})*)",
            re.I,
        ),
        firm=re.compile(rf"(?<!\w)(?:{_any(firm)})(?!\w)", re.I),
        accompanying=re.compile(rf"(?i:(?!{_any(firm_all_the_same)}))(?:{_any(generic['accompanying'])})"),
        modifier=re.compile(rf"\s+(?:{_any(generic['modifiers'])}|{school}(?:(?:,|\s+và)\s+{school})+)(?!\w)"),
        part_of=re.compile(rf"(?:{_any(generic['parts'])})\s+", re.I),
        in_charge=re.compile(rf"(?:{_any(generic['in_charge'])})(?!\w)", re.I),
        long_modifier=re.compile(rf"\s+(?:{_any(generic['long_modifiers'])})(?!\w)"),
        list_break=re.compile(
            rf"(?:\s*[,;]|\s+và)\s+(?:(?:{_any([*data['holder']['words'], *generic['articles']])})\s+)?$"
        ),
        tail=re.compile(rf"\s*,\s*(?:{_any(generic['tail'])})(?!\w)", re.I),
        placed=re.compile(rf"(?:{_any(generic['placed'])})\s+(?P<kind>{_any(UNIT_LEVELS)})$", re.I),
        scope=re.compile(rf"(?<!\w)(?:{_any(generic['scope'])})(?!\w)", re.I),
        open_ended=re.compile(rf"(?<!\w)(?:{_any(generic['open_ended'])})(?!\w)", re.I),
        each=re.compile(rf"^(?:{_any(generic['each'])})\s", re.I),
        duty=re.compile(rf"(?:{_any([*duty['strong'], *duty['verbs']])})(?!\w)"),
        with_object=re.compile(rf"(?:{_any(duty['with_object'])})(?!\w)"),
        auxiliary=re.compile(rf"\s*(?:{_any(duty['auxiliary'])})(?!\w)"),
        strong=re.compile(rf"(?:{_any(duty['strong'])})(?!\w)"),
        bound=re.compile(rf"(?:\s+[^\s,;:.()]+){{0,3}}\s+(?:{_any(duty['bound'])})(?!\w)"),
        telling=re.compile(rf"(?:{_any(duty['telling'])})(?!\w)"),
        persons=re.compile(rf"(?:{_any(data['persons']['words'])})(?!\w)"),
    )


def opening(
    text: Text, start: int, end: int, agencies: list[AgencyMention], context: Context | None = None
) -> Opening | None:
    """Whoever the words ``text[start:end]`` open with, if they open with an actor who must act.

    After the actors must stand a duty verb, a colon, a full stop, or nothing; else the words only speak of them.
    ``agencies`` are all mentions of the document in text order; with a ``context`` units of territory act too.
    """
    words, s = _words(), text.text
    request = bool(words.request.match(s, start, end))
    prefix = words.prefix.match(s, start, end)
    actors = actor_list(text, prefix.end() if prefix else start, end, agencies, context=context)
    if actors is None:
        return None
    office = words.aside.match(s, actors.end, end) or words.by_name.match(s, actors.end, end)
    for stop in (actors.end, office.end() if office else _body_end(s, actors.end, end)):
        rest = s[stop:end].lstrip(" ")
        if not rest or rest[0] in ":.(;" or words.duty.match(rest.lstrip(",; ")):
            return Opening(stop, actors, request)
    if actors.agencies and (colon := _list_end(s, actors.end, end)):
        return Opening(colon, actors, request)
    # after a named agency any verb may follow, but without a charge before it not what only tells of it
    rest = s[actors.end : end].lstrip(" ")
    if actors.agencies and rest[0].islower() and (prefix or not is_told_of(rest)):
        return Opening(actors.end, actors, request)
    # a charge also reaches persons at the end of its list: Yêu cầu các bộ, ngành, từng cán bộ, công chức tích cực ...
    beside = _SEPARATOR.match(s, actors.end, end)
    if beside and (prefix or (actors.agencies and words.persons.match(s, beside.end(), end))):
        deed = _deed_after(s, actors.end, end)
        return Opening(deed, actors, request) if deed else None
    return None


def _deed_after(s: str, at: int, end: int) -> int | None:
    """Where the next verb of a duty stands in the sentence, null where it is far."""
    words = _words()
    for word in _WORD.finditer(s, at, min(end, at + _REACH)):
        if word[0] in ".;:":
            return None
        if s[word.start() - 1] == " " and s[word.start() - 2] != "," and words.duty.match(s, word.start(), end):
            return word.start()
    return None


def _list_end(s: str, at: int, end: int) -> int | None:
    """The colon that closes a list of actors, though not all of them are known: ``LĐLĐ tỉnh; CĐ ngành: Xây dựng``."""
    words = _words()
    rest = _UNKNOWN.match(s, at, end)
    if rest is None or any(words.duty.match(s, part.end()) for part in _SEPARATOR.finditer(s, at, rest.end())):
        return None
    return rest.end() if _deed_after(s, at, rest.end()) is None else None


def is_told_of(rest: str) -> bool:
    """Whether the words after an agency only tell of it (``đã``, ``của``, ``ban hành``) and lay no duty on it."""
    return _words().telling.match(rest.lstrip()) is not None


def is_deed(words: str) -> bool:
    """Whether words open with the verb of a duty (``phối hợp``, ``Rà soát``)."""
    return _words().duty.match(words[:1].lower() + words[1:]) is not None


def actor_list(
    text: Text,
    start: int,
    end: int,
    agencies: list[AgencyMention],
    *,
    bare: bool = False,
    context: Context | None = None,
) -> Actors | None:
    """The actors that stand in a row from ``start`` on, none where no actor stands there.

    ``bare`` lets a single kind of body stand without article (``phối hợp với đơn vị liên quan``), where an actor is
    expected anyway.
    """
    actors = Actors(start, start)
    at = start
    while True:
        found = _actor(text, at, end, agencies, bare or at > start)
        if found is None and context and (units := territories(text.text, at, end, context)):
            actors.bodies += [
                Body(u.name[0].upper() + u.name[1:], u.start, u.end, False, territory=True) for u in units
            ]
            found = actors.bodies.pop()
        if found is None:
            break
        if isinstance(found, AgencyMention):
            actors.agencies.append(found)
        else:
            if listed := _after_colon(text.text, found.end, end, agencies):
                at = listed
                continue
            if known := _in_brackets(text.text, found.end, end, agencies):
                actors.agencies.append(known)
                found.end = known.end + 1
            else:
                actors.bodies.append(found)
        actors.end = found.end
        separator = _SEPARATOR.match(text.text, actors.end, end)
        if separator is None:
            break
        at = separator.end()
    for body in actors.bodies:
        body.name = _placed(body.name, actors.agencies)
    return actors if actors.agencies or actors.bodies else None


def _after_colon(s: str, at: int, end: int, agencies: list[AgencyMention]) -> int | None:
    """Where the agencies begin that a kind of body before a colon is said to be: ``Các Bộ: Công Thương, Xây dựng``."""
    if s[at : at + 2] != ": " or _mention_at(agencies, at + 2, end) is None:
        return None
    return at + 2


def _in_brackets(s: str, at: int, end: int, agencies: list[AgencyMention]) -> AgencyMention | None:
    """The one agency in brackets that a kind of body before it is: ``Nhà đầu tư (Tập đoàn X)``."""
    mention = _mention_at(agencies, at + 2, end) if s[at : at + 2] == " (" else None
    return mention if mention and s[mention.end : mention.end + 1] == ")" else None


def _placed(name: str, agencies: list[AgencyMention]) -> str:
    """The name of a body named by kind with the unit of an agency beside it, where it names only the unit's kind."""
    found = _words().placed.search(name)
    if not found:
        return name
    unit = re.compile(rf"\s{re.escape(found['kind'].lower())}\s\S.*$")
    places = [m[0] for a in agencies if not a.collective and (m := unit.search(a.name))]
    return name[: found.start("kind") - 1] + places[0] if places else name


def _actor(text: Text, at: int, end: int, agencies: list[AgencyMention], bare: bool) -> AgencyMention | Body | None:
    words, s = _words(), text.text
    if mention := _mention_at(agencies, at, end):
        return mention
    for heads in ("government", "ministries"):
        if whole := patterns.forms("actors")[heads].pattern.match(s, at, end):
            return Body(patterns.data("actors")["generic"][heads], at, whole.end(), faint=False)
    if person := words.person.match(s, at, end):
        at = person.end()
    if article := _EACH.match(s, at, end):
        mention = _mention_at(agencies, article.end(), end)
        if mention:
            return mention
    for _ in range(_HOLDERS):
        if holder := words.holder.match(s, at, end):
            at = holder.end()
            if mention := _mention_at(agencies, at, end):
                return mention
    if not words.bodies.match(s, at, end):
        return None
    until = _next_in_list(s, at, end, agencies)
    bodies = words.bodies.match(s, at, until)
    if bodies is None:
        return None
    named = bodies["article"] or bodies["more"] or _stands_alone(bodies["head"])
    if not (bare or named or words.bound.match(s, bodies.end(), end)):
        charged = words.in_charge.match(s, at, end)
        if charged is None or not words.duty.match(s, charged.end() + 1, end):
            return None
        return Body(charged[0][0].upper() + charged[0][1:], at, charged.end(), faint=False)
    part = words.part_of.match(s, at, end)
    if part and (above := _mention_at(agencies, part.end(), end)):
        return Body(f"{part[0][0].upper()}{part[0][1:]}{above.name}", at, above.end, faint=False)
    stop = _body_end(s, bodies.end(), until)
    belongs = s[at:stop].endswith(tuple(patterns.data("actors")["generic"]["belonging"]))
    if belongs and (above := _mention_at(agencies, stop + 1, end)):
        stop = above.end
    name = s[at:stop].rstrip(" ,;")
    size = len(name)
    if (tail := words.tail.search(bodies[0])) and words.firm.search(bodies[0], 0, tail.start()):
        name = name[: tail.start()]
    name = written_out(_school(name))
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
    return _words().each.sub("các ", _CAPITALS.sub(lambda m: abbreviations().get(m[0], m[0]), name))


def _stands_alone(head: str) -> bool:
    """One kind of body without article is a name (``chủ đầu tư``) or else a verb or a label (``Tổ chức ...``)."""
    return " " in head and bool(_words().firm.fullmatch(head))


def _is_faint(heads: str) -> bool:
    """``các sở, ban, ngành`` stand for themselves; with ``cơ quan, đơn vị`` among them they only accompany."""
    words = _words()
    return not words.firm.search(heads) or bool(words.accompanying.search(heads))


def _is_bounded(name: str) -> bool:
    """Whether a name says which bodies of a kind are meant (``các cơ quan cấp tỉnh``), not any that it concerns."""
    words = _words()
    return words.scope.search(name) is not None and not words.open_ended.search(name)


def _body_end(s: str, at: int, end: int) -> int:
    """Where the modifiers of a body named by kind end."""
    words, start = _words(), at
    while modifier := words.modifier.match(s, at, end):
        at = _name_end(s, modifier.end(), end) if modifier[0].split()[-1] in UNIT_LEVELS else modifier.end()
    semicolon = s.find(";", at, end)
    end = min(end if semicolon < 0 else semicolon, at + _REACH)
    if (words.duty if at > start else words.with_object).match(s, at + 1, end):
        return at
    strong = words.strong.search(s, at, end)
    if not words.long_modifier.match(s, at, end):
        # "các cơ quan phối hợp có trách nhiệm": a short run of words up to the duty is part of the name
        between = s[at : strong.start()] if strong else ""
        named = strong and len(between.split()) <= 3 and not (_STOP.search(between) or words.auxiliary.match(between))
        return strong.start() if strong and named else _kind_end(s, at, end)
    colon = s.find(":", at, end)
    stop = min((x for x in (strong.start() if strong else -1, colon) if x >= 0), default=-1)
    if stop >= 0:
        return stop if len(s[at:stop].split()) <= _MAX_MODIFIER_WORDS else at
    if len(s[at:end].split()) > _MAX_MODIFIER_WORDS or semicolon >= 0 or s[at:end].rstrip().endswith("."):
        return _next_duty(s, at, end, otherwise=end if end == semicolon else at)
    return end


def _kind_end(s: str, at: int, end: int) -> int:
    """Where the words end that tell a body's kind, with a verb or nothing after them: ``các Công ty Lâm nghiệp``."""
    words = list(islice(_WORD.finditer(s, at, end), _KIND + 1))
    if not words or not words[0][0].istitle():
        return at
    verb = next((w.start() for w in words[1:] if _words().duty.match(s, w.start(), end)), None)
    kind = s[at : end if verb is None and len(words) <= _KIND else verb or at].rstrip()
    return at if _STOP.search(kind) else at + len(kind)


def _name_end(s: str, at: int, end: int) -> int:
    """Where the name of a unit ends whose kind stands before ``at``: ``các tổ chức hội tỉnh Lào Cai``."""
    for word in islice(_WORD.finditer(s, at, end), _NAME):
        if not word[0][0].isupper():
            break
        at = word.end()
    return at


def _next_in_list(s: str, at: int, end: int, agencies: list[AgencyMention]) -> int:
    """Where the next agency of the list begins, its separator and office-holder included; ``end`` where none does."""
    i = bisect_left(agencies, at, key=_START)
    for mention in agencies[i : i + 3]:
        before = _words().list_break.search(s, max(at, mention.start - _BREAK), mention.start)
        if mention.end <= end and before:
            return before.start()
    return end


def _next_duty(s: str, at: int, end: int, otherwise: int) -> int:
    """The next duty verb that opens a clause: the words before it are the modifier."""
    words = _words()
    for count, word in enumerate(_WORD.finditer(s, at, end)):
        if count > _MAX_MODIFIER_WORDS or word[0] in ",;:.":
            return word.start()
        if count > 1 and words.duty.match(s, word.start(), end):
            return word.start()
    return otherwise


def _mention_at(agencies: list[AgencyMention], at: int, end: int) -> AgencyMention | None:
    i = bisect_left(agencies, at, key=_START)
    if i < len(agencies) and agencies[i].start == at and agencies[i].end <= end:
        return agencies[i]
    return None
