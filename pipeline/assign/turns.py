"""One span that charges several bodies in turn: ``Sở X chủ trì ...; giao Sở Y bố trí kinh phí ...``."""

from __future__ import annotations

import re

import patterns
from pipeline.annotate.actors import Actors, Opening, actor_list, opening
from pipeline.assign.detail import is_commanded, told_by_topic
from pipeline.model import AgencyMention, Text

CLAUSE = re.compile(r"[.;,]\s+(?=\w)")


def turns(text: Text, start: int, end: int, owners: Actors, agencies: list[AgencyMention]) -> list[tuple[int, Opening]]:
    """Where in the span whoever comes after ``owners`` is charged, with whoever that is; none where all is theirs."""
    found: list[tuple[int, Opening]] = []
    before, since, sentence = owners, start, start
    lists = _lists(text, start, end, agencies)
    for clause in CLAUSE.finditer(text.text, start, end):
        goes_on = clause[0][0] == ","
        within = goes_on and not (sentence > start and _is_circumstance(text.text[sentence : clause.start() + 1]))
        sentence = sentence if goes_on else clause.end()
        if clause.end() <= before.end or any(a < clause.start() < b for a, b in lists):
            continue
        other = _charged(text, clause.end(), end, agencies, strong=within)
        if other is None or set(other.actors.names()) == set(before.names()):
            continue
        if other.actors.agencies or not _is_condition(text.text[since : clause.start()]):
            at = sentence if goes_on and not within else clause.end()  # what opens the sentence is of this turn
            found.append((at, other))
            before, since = other.actors, clause.end()
    return found


def _lists(text: Text, start: int, end: int, agencies: list[AgencyMention]) -> list[tuple[int, int]]:
    """Where lists of bodies stand that open no turn: the owners' own, and those of partners."""
    own = actor_list(text, start, end, agencies, bare=True)
    return [*([(own.start, own.end)] if own else []), *partner_lists(text, start, end, agencies)]


def partner_lists(text: Text, start: int, end: int, agencies: list[AgencyMention]) -> list[tuple[int, int]]:
    """Where the lists of those stand who only work along: ``phối hợp với Sở X, Sở Y``."""
    cues = patterns.forms("tasks")["partner_cue"].pattern.finditer(text.text, start, end)
    named = (actor_list(text, cue.end(), end, agencies, bare=True) for cue in cues)
    return [(actors.start, actors.end) for actors in named if actors]


def _is_circumstance(words: str) -> bool:
    """Whether the words before a comma only open a sentence, whose doer comes after it: ``Trên cơ sở đó, ...``."""
    return words.count(",") == 1 and patterns.forms("tasks")["circumstance"].pattern.match(words) is not None


def _is_condition(words: str) -> bool:
    """Whether the words before a comma only say when the duty holds: ``Trường hợp có ý kiến khác nhau, ...``."""
    condition = patterns.forms("tasks")["condition"].pattern
    return condition.match(words) is not None and ". " not in words and "; " not in words


def _charged(text: Text, at: int, end: int, agencies: list[AgencyMention], *, strong: bool) -> Opening | None:
    """Whoever a clause charges, if it does; after a comma only words of responsibility do."""
    forms = patterns.forms("tasks")
    told = bool(forms["lay_duty"].pattern.match(text.text, at, end))
    if forms["whom"].pattern.match(text.text, at, end):
        return told_by_topic(text, at, end, agencies)
    found = opening(text, at, end, agencies)
    if found is None or (not told and forms["charge"].pattern.match(text.text, at, end)):
        return None
    if told and not strong and (found.actors.agencies or any(is_commanded(b) for b in found.actors.bodies)):
        return found
    rest = text.text[found.end : end]
    bare = (
        not found.actors.agencies
        and text.text[at : at + 1].islower()
        and not forms["several"].pattern.match(text.text, at)
    )
    if forms["responsible"].pattern.match(rest) and not (strong and bare):
        return found
    named = found.actors.agencies or any(is_commanded(b) and not b.faint for b in found.actors.bodies)
    return found if named and not strong and forms["own_duty"].pattern.match(rest) else None
