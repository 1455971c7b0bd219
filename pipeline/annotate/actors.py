"""Whoever must act: the agencies and bodies that a heading or sentence opens with, or that stand in a list.

An actor is a named agency (a mention that :mod:`pipeline.annotate.agencies` found) or a body named by kind only
(``các sở, ban, ngành``). Which words make bodies and duties is data: ``patterns/actors.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import patterns
from pipeline.annotate.actor_words import actor_words
from pipeline.annotate.bodies import REACH, WORD, Body, body_end, lengthen, mention_at, read_body
from pipeline.annotate.territories import territories
from pipeline.model import AgencyMention, Context, Text

_SEPARATOR = re.compile(r"(?:\s*\([^()]{1,80}\))?\s*(?:[,;]\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+|\s+hoặc\s+)")
_EACH = re.compile(r"các\s+", re.IGNORECASE)
_UNKNOWN = re.compile(r"\s*[,;]\s+[^:.()]{2,120}(?=:)")
_HOLDERS = 2  # words for an office-holder in a row: đồng chí Bộ trưởng


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


def opening(
    text: Text, start: int, end: int, agencies: list[AgencyMention], context: Context | None = None
) -> Opening | None:
    """Whoever the words ``text[start:end]`` open with, if they open with an actor who must act.

    After the actors must stand a duty verb, a colon, a full stop, or nothing; else the words only speak of them.
    ``agencies`` are all mentions of the document in text order; with a ``context`` units of territory act too.
    """
    words, s = actor_words(), text.text
    request = bool(words.request.match(s, start, end))
    prefix = words.prefix.match(s, start, end)
    actors = actor_list(text, prefix.end() if prefix else start, end, agencies, context=context)
    if actors is None:
        return None
    beside = _SEPARATOR.match(s, actors.end, end)
    named = actors.agencies or any(not b.faint for b in actors.bodies)
    with_persons = beside is not None and named and words.persons.match(s, beside.end(), end) is not None
    for stop in (actors.end, _office_end(s, actors.end, end, agencies) or body_end(s, actors.end, end)):
        rest = s[stop:end].lstrip(" ")
        if not rest or rest[0] in (":.;" if with_persons else ":.(;") or words.duty.match(rest.lstrip(",; ")):
            return Opening(stop, actors, request)
    stress = words.stress.match(s, actors.end, end)
    if stress and _deed_after(s, stress.end(), end, listed=True):
        return Opening(actors.end, actors, request)
    if actors.agencies and (colon := _list_end(s, actors.end, end)):
        return Opening(colon, actors, request)
    # after a named agency any verb may follow, but without a charge before it not what only tells of it
    rest = s[actors.end : end].lstrip(" ")
    if actors.agencies and rest[0].islower() and (prefix or not is_told_of(rest)):
        return Opening(actors.end, actors, request)
    last = actors.bodies[-1] if actors.bodies else None
    if prefix and last and last.end == actors.end and lengthen(last, s, end):
        actors.end = last.end
        return Opening(actors.end, actors, request)
    # a charge also reaches persons at the end of its list: Yêu cầu các bộ, ngành, từng cán bộ, công chức tích cực ...
    if beside and (prefix or with_persons):
        deed = _deed_after(s, actors.end, end)
        return Opening(deed, actors, request) if deed else None
    return None


def _office_end(s: str, at: int, end: int, agencies: list[AgencyMention]) -> int | None:
    """Where the words end that tell who heads the body before them, or what else he is.

    ``Sở Y tế - Phó Trưởng ban Thường trực Ban Chỉ đạo tỉnh``, ``Chủ tịch UBND huyện Lò Văn A``.
    """
    words = actor_words()
    if (beside := words.office_beside.match(s, at, end)) and (other := mention_at(agencies, beside.end(), end)):
        return other.end
    office = words.aside.match(s, at, end) or words.by_name.match(s, at, end)
    return office.end() if office else None


def _deed_after(s: str, at: int, end: int, *, listed: bool = False) -> int | None:
    """Where the next verb of a duty stands in the sentence, behind a comma only where ``listed``; null where far."""
    words = actor_words()
    for word in WORD.finditer(s, at, min(end, at + REACH)):
        if word[0] in ".;:":
            return None
        if (
            s[word.start() - 1] == " "
            and (listed or s[word.start() - 2] != ",")
            and words.duty.match(s, word.start(), end)
        ):
            return word.start()
    return None


def _list_end(s: str, at: int, end: int) -> int | None:
    """The colon that closes a list of actors, though not all of them are known: ``LĐLĐ tỉnh; CĐ ngành: Xây dựng``."""
    words = actor_words()
    rest = _UNKNOWN.match(s, at, end)
    if rest is None or any(words.duty.match(s, part.end()) for part in _SEPARATOR.finditer(s, at, rest.end())):
        return None
    return rest.end() if _deed_after(s, at, rest.end()) is None else None


def is_told_of(rest: str) -> bool:
    """Whether the words after an agency only tell of it (``đã``, ``của``, ``ban hành``) and lay no duty on it."""
    return actor_words().telling.match(rest.lstrip()) is not None


def is_deed(words: str) -> bool:
    """Whether words open with the verb of a duty (``phối hợp``, ``Rà soát``)."""
    return actor_words().duty.match(words[:1].lower() + words[1:]) is not None


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
            actors.bodies += [Body(u.committee.name, u.start, u.end, False, u.committee) for u in units]
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
    if s[at : at + 2] != ": " or mention_at(agencies, at + 2, end) is None:
        return None
    return at + 2


def _in_brackets(s: str, at: int, end: int, agencies: list[AgencyMention]) -> AgencyMention | None:
    """The one agency in brackets that a kind of body before it is: ``Nhà đầu tư (Tập đoàn X)``."""
    mention = mention_at(agencies, at + 2, end) if s[at : at + 2] == " (" else None
    return mention if mention and s[mention.end : mention.end + 1] == ")" else None


def _placed(name: str, agencies: list[AgencyMention]) -> str:
    """The name of a body named by kind with the unit of an agency beside it, where it names only the unit's kind."""
    found = actor_words().placed.search(name)
    if not found:
        return name
    unit = re.compile(rf"\s{re.escape(found['kind'].lower())}\s\S.*$")
    places = [m[0] for a in agencies if not a.collective and (m := unit.search(a.name))]
    return name[: found.start("kind") - 1] + places[0] if places else name


def _actor(text: Text, at: int, end: int, agencies: list[AgencyMention], bare: bool) -> AgencyMention | Body | None:
    words, s = actor_words(), text.text
    if mention := mention_at(agencies, at, end):
        return mention
    for heads in ("government", "ministries"):
        if whole := patterns.forms("actors")[heads].pattern.match(s, at, end):
            return Body(patterns.data("actors")["generic"][heads], at, whole.end(), faint=False)
    if person := words.person.match(s, at, end):
        at = person.end()
    if article := _EACH.match(s, at, end):
        mention = mention_at(agencies, article.end(), end)
        if mention:
            return mention
    held = False
    for _ in range(_HOLDERS):
        if holder := words.holder.match(s, at, end):
            last = s.rfind(" ", at, holder.end() - 1) + 1  # "Trưởng Ban Quản lý ...": its last word is of the name
            at, held = holder.end(), True
            if mention := mention_at(agencies, at, end) or mention_at(agencies, last, end):
                return mention
            bare = bare or words.of_any.match(holder[0]) is not None
    return read_body(s, at, end, agencies, bare, held)
