"""Whose duties the items below a heading are: ``1. Sở Nội vụ``, ``Trách nhiệm của các chủ rừng``."""

from __future__ import annotations

import re
from dataclasses import replace

import patterns
from pipeline.annotate.actor_words import actor_words
from pipeline.annotate.actors import Actors, actor_list, opening
from pipeline.annotate.bodies import Body, written_out
from pipeline.assign.charges import doer_at_end
from pipeline.assign.lead_ins import Owner, owner_of
from pipeline.assign.rows import cell_actors
from pipeline.model import AgencyMention, Cell, Context, Section, Text
from pipeline.segment.tree import SectionTree

#: A bracket at the end of a heading or an item, with what stands in it.
BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*$")
_WORK = ("implementation", "tasks_solutions")
_NAMES_SOMEONE = patterns.forms("tasks")["names_someone"].pattern
_WHOSE, _OFFICERS = (patterns.forms("headings")[name].pattern for name in ("whose", "officers"))


class HeadingOwners:
    """Tells of each section of one document whose duties stand in it."""

    def __init__(self, text: Text, context: Context, tree: SectionTree, agencies: list[AgencyMention]) -> None:
        self.text, self.context, self.tree, self.agencies = text, context, tree, agencies
        self._forms = {name: form.pattern for name, form in patterns.forms("tasks").items()}
        self._known: dict[int, Owner | None] = {}

    def of(self, section: Section | None) -> Owner | None:
        """Whoever owns what stands in a section, by its own heading or the nearest above that names someone."""
        while section and (self._names_owner(section) or self._is_work_of_above(section)):
            if section.id not in self._known:
                owner = self._heading_owner(section) if section.heading else None
                asked = owner is not None and section.role == "recommendations"
                self._known[section.id] = replace(owner, request=True) if owner and asked else owner
            if owner := self._known[section.id]:
                return owner
            section = self.tree.parent(section)
        return None

    def _is_work_of_above(self, section: Section) -> bool:
        """Whether a section tells work, under a heading of its own, of the agency whose section it stands in."""
        above = self.tree.parent(section)
        return section.role in _WORK and above is not None and above.role == "agency_assignment"

    def _names_owner(self, section: Section) -> bool:
        """Whether a section's heading says whose the items below are; requests stand below ``Đối với Bộ X``."""
        if section.role == "recommendations":
            return self._forms["asked"].match(section.heading) is not None
        if section.role == "agency_assignment":
            return True
        return any(self._forms[name].search(section.heading) for name in ("whose_duty", "bracket_doer", "agent"))

    def _heading_owner(self, section: Section) -> Owner | None:
        """Whoever the heading names: its agencies, those that its bracket lists, else itself as a body named by kind.

        None where it names no one (``2.1. Trách nhiệm chung``): then the section above tells.
        """
        start = heading_start(self.text, section)
        end = start + len(section.heading)
        if doer := doer_at_end(self.text, start, end, self.agencies):
            return owner_of(doer, self.context)
        whose = self._forms["whose_duty"].match(section.heading) or _WHOSE.match(section.heading)
        start += whose.end() if whose else 0
        found = opening(self.text, start, end, self.agencies)
        if found and found.actors.agencies:
            return owner_of(found, self.context)
        heading = Cell(start, end, 0)
        named = [a for actors in cell_actors(self.text, heading, self.agencies) for a in actors.agencies]
        if bracket := BRACKET.search(self.text.text, start, end):
            listing = self._forms["consists_of"].match(self.text.text, bracket.start(1), bracket.end(1))
            inside = Cell(listing.end() if listing else bracket.start(1), bracket.end(1), 0)
            named += [a for actors in cell_actors(self.text, inside, self.agencies) for a in actors.agencies]
        if named:
            return Owner(Actors(start, end, named), found.request if found else False)
        if found and found.end >= end:
            return owner_of(found, self.context)
        told = self._forms["lay_duty"].match(self.text.text, start, end)
        start = told.end() if told else start
        listed = actor_list(self.text, start, end, self.agencies, bare=True) or _is_class(self.text.text[start:end])
        said = whose is not None and _NAMES_SOMEONE.search(whose[0]) is not None  # "Trách nhiệm của" whoever follows
        if not (listed or said) and not _OFFICERS.match(self.text.text[start:end]):
            return None
        name = _without_holder(written_out(BRACKET.sub("", self.text.text[start:end])))
        whole = Body(name[0].upper() + name[1:], start, end, faint=False)
        return Owner(Actors(start, end, bodies=[whole]), bool(told) and found is not None and found.request)


def heading_start(text: Text, section: Section) -> int:
    """The offset of a section's heading, after its label."""
    at = text.text.find(section.heading, section.start, section.end)
    return at if at >= 0 else section.start


def _without_holder(name: str) -> str:
    """A class of bodies without the words for those who head them: ``Thủ trưởng các cơ quan`` are these."""
    holder = actor_words().holder.match(name)
    return name[holder.end() :] if holder and _is_class(name[holder.end() :]) else name


def _is_class(words: str) -> bool:
    """Whether a heading names a class of doers that the registry of bodies does not know (``Các chủ rừng``)."""
    articles = patterns.data("actors")["generic"]["articles"]
    return words.lower().startswith(tuple(f"{article} " for article in articles))
