"""Duties in running text: under agency headings, in sentences that lay them on someone, in closing paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

import patterns
from pipeline.annotate.actors import Actors, Body, Opening, actor_list, is_deed, is_told_of, opening, written_out
from pipeline.assign.detail import is_beyond, is_commanded, is_request, make_task
from pipeline.assign.items import Item
from pipeline.assign.lead_ins import LeadIn, Owner, ends_with_colon, read_lead_in
from pipeline.assign.rows import cell_actors
from pipeline.assign.turns import CLAUSE, turns
from pipeline.fold import lower
from pipeline.model import AgencyMention, Cell, Context, DateMention, Section, Task, TaskRole, Text
from pipeline.segment.tree import SectionTree

_ACTOR_PLACE = re.compile(r",\s+|(?<=[^\s,]{2})\s(?=các\s)")
_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*$")
_WHOSE, _OFFICERS = (patterns.forms("headings")[name].pattern for name in ("whose", "officers"))


class _Told(NamedTuple):
    """Whoever is told to act, and where the words that tell them begin."""

    opening: Opening
    start: int


class DutyReader:
    """Reads the duties of one document, item by item in text order."""

    def __init__(
        self,
        text: Text,
        context: Context,
        tree: SectionTree,
        agencies: list[AgencyMention],
        dates: list[DateMention],
    ) -> None:
        self.text, self.context, self.tree = text, context, tree
        self.agencies, self.dates = agencies, dates
        self.tasks: list[Task] = []
        self.owners: list[Actors] = []
        self._forms = {name: form.pattern for name, form in patterns.forms("tasks").items()}
        self._low = lower(text.text)
        self._lead_in: Owner | None = None
        self._sections: dict[int, Owner | None] = {}

    def read(self, items: list[Item]) -> None:
        """Add the tasks of the items to ``tasks`` and whoever owns them to ``owners``."""
        before: Owner | None = None
        for item in items:
            owner = self._section_owner(item.section)
            if owner is not before:
                self._lead_in, before = None, owner
            if owner is None or (self._is_closing(item) and not self._opens_section(item)):
                self._free(item)
            else:
                self._held(item, owner)

    # ------------------------------------------------------------------ under an agency's heading

    def _held(self, item: Item, owner: Owner) -> None:
        self._leave(item)
        own = self._opening(item)
        if self._lead_in and self._lead_in.joint and own and own.actors.agencies:
            beside = [a.name for a in own.actors.agencies]
            self._add(item.start, item.end, replace(self._lead_in, partners=beside))
            return
        if own and self._is_counted(item, own, owner):
            owner.actors.agencies += own.actors.agencies
            for body in owner.actors.bodies:
                body.faint = True
            return
        own_owner = self._owner(own) if own and self._overrules(item, own, owner) else None
        if told := read_lead_in(self.text, item, self.agencies):
            self._lead_in = self._leading(own_owner or self._lead_in or owner, item, told)
            return
        start = item.start
        if item.heading and not self._is_run_in(item):
            start = self._heading_start(item.heading)
        self._add(start, item.end, own_owner or self._lead_in or owner)

    def _is_counted(self, item: Item, own: Opening, owner: Owner) -> bool:
        """Whether an item only names agencies that its section's heading names by kind: ``- Sở Xây dựng (đô thị);``."""
        rest = _BRACKET.sub("", self.text.text[own.actors.end : item.end].rstrip(" .;,"))
        return bool(item.depth and owner.actors.bodies and own.actors.agencies) and not rest.strip()

    def _opens_section(self, item: Item) -> bool:
        """Whether an item right below its agency's heading, worded like a closing paragraph, names no other doer."""
        return item.first and self._late_opening(item) is None

    def _overrules(self, item: Item, own: Opening, owner: Owner) -> bool:
        """Whether the item names an owner of its own: told to act, named before a colon, or before its own duty."""
        if self._forms["charge"].match(self.text.text, item.start, item.end):
            told = self._forms["lay_duty"].match(self.text.text, item.start, item.end)
            return bool(own.actors.agencies and (told or ends_with_colon(self.text, item)))
        if own.actors.agencies and self.text.text[own.end : own.end + 1] == ":":
            return True
        if item.heading or set(own.actors.names()) <= set(owner.actors.names()):
            return False
        return self._is_duty(item, own)

    def _section_owner(self, section: Section | None) -> Owner | None:
        while section and self._names_owner(section):
            if section.id not in self._sections:
                owner = self._heading_owner(section) if section.heading else None
                asked = owner is not None and section.role == "recommendations"
                self._sections[section.id] = replace(owner, request=True) if owner and asked else owner
            if owner := self._sections[section.id]:
                return owner
            section = self.tree.parent(section)
        return None

    def _names_owner(self, section: Section) -> bool:
        """Whether a section's heading says whose the items below are; requests stand below ``Đối với Bộ X``."""
        if section.role == "recommendations":
            return self._forms["asked"].match(section.heading) is not None
        return section.role == "agency_assignment" or self._forms["whose_duty"].match(section.heading) is not None

    def _heading_owner(self, section: Section) -> Owner | None:
        """Whoever the heading names: its agencies, those that its bracket lists, else itself as a body named by kind.

        None where it names no one (``2.1. Trách nhiệm chung``): then the section above tells.
        """
        start = self._heading_start(section)
        end = start + len(section.heading)
        if whose := self._forms["whose_duty"].match(section.heading) or _WHOSE.match(section.heading):
            start += whose.end()
        found = opening(self.text, start, end, self.agencies)
        if found and found.actors.agencies:
            return self._owner(found)
        heading = Cell(start, end, 0)
        named = [a for actors in cell_actors(self.text, heading, self.agencies) for a in actors.agencies]
        if bracket := _BRACKET.search(self.text.text, start, end):
            inside = Cell(bracket.start(1), bracket.end(1), 0)
            named += [a for actors in cell_actors(self.text, inside, self.agencies) for a in actors.agencies]
        if named:
            return Owner(Actors(start, end, named), found.request if found else False)
        if found and found.end >= end:
            return self._owner(found)
        told = self._forms["lay_duty"].match(self.text.text, start, end)
        start = told.end() if told else start
        listed = actor_list(self.text, start, end, self.agencies, bare=True) or _is_class(self.text.text[start:end])
        if not listed and not _OFFICERS.match(self.text.text[start:end]):
            return None
        name = written_out(_BRACKET.sub("", self.text.text[start:end]))
        whole = Body(name[0].upper() + name[1:], start, end, faint=False)
        return Owner(Actors(start, end, bodies=[whole]), bool(told) and found is not None and found.request)

    def _heading_start(self, section: Section) -> int:
        at = self.text.text.find(section.heading, section.start, section.end)
        return at if at >= 0 else section.start

    def _is_run_in(self, item: Item) -> bool:
        return item.heading is not None and ":" in self.text.text[item.heading.end - 1 : item.start]

    # ------------------------------------------------------------------ anywhere else

    def _free(self, item: Item) -> None:
        told = self._told(item)
        if told is None:
            self._leave(item)
            if self._lead_in is None or self._lead_in.section not in (None, item.section):
                self._lead_in = None
            elif led := read_lead_in(self.text, item, self.agencies):
                self._lead_in = self._leading(self._lead_in, item, led)
            else:
                self._add(item.start, item.end, self._lead_in)
            return
        owner = self._owner(told.opening)
        if led := read_lead_in(self.text, item, self.agencies):
            self._lead_in = replace(self._leading(owner, item, led), section=item.section, outer=None)
        else:
            self._add(told.start, item.end, owner)

    def _told(self, item: Item) -> _Told | None:
        """Whoever the item lays a duty on, by opening with them or by an explicit charge inside it."""
        if self._is_silent(item) and not self._is_spoken_all_the_same(item):
            return None
        own = self._opening(item)
        charged = self._charge(item) if own is None else None
        if own is None and (late := self._late_opening(item)):
            own = late if charged is None or late.actors.start < charged.opening.actors.start else None
        if own and self._is_duty(item, own):
            return _Told(own, item.start)
        if bound := self._bound(item) or self._tier(item):
            return _Told(bound, item.start)
        if told := charged or self._charge(item):
            return told
        return self._told_in_closing(item) if self._is_closing(item) else None

    def _charge(self, item: Item) -> _Told | None:
        """The first charge inside an item that the document itself speaks."""
        for charge in patterns.low("tasks", "lay_duty").finditer(self._low, item.start, item.end):
            found = opening(self.text, charge.start(), item.end, self.agencies)
            if found is None or not self._speaks(item, charge.start()):
                continue
            opens, speaker = self._opens_sentence(item, charge.start()), self._has_speaker(item, charge.start())
            closing = self._is_closing(item)
            if is_beyond(found.actors, self.context) and not (opens or speaker or closing):
                continue
            commanded = (opens or speaker) and any(is_commanded(b) for b in found.actors.bodies)
            if closing or found.actors.agencies or commanded:
                return _Told(found, charge.start() if opens else item.start)
        return None

    def _bound(self, item: Item) -> Opening | None:
        """All whom the clause of enforcement names, however their list runs."""
        clause = self._forms["enforcement"].search(self.text.text, item.start, item.end)
        if clause is None or "." in self.text.text[item.start : clause.start()]:
            return None
        bound = Actors(item.start, clause.start())
        for actors in cell_actors(self.text, Cell(item.start, clause.start(), 0), self.agencies):
            bound.agencies += actors.agencies
            bound.bodies += [b for b in actors.bodies if " " in b.name]
        return Opening(clause.start(), bound, request=False) if bound.names() else None

    def _tier(self, item: Item) -> Opening | None:
        """The body in brackets after its tier, whose steps stand below: ``Cấp xã (Ủy ban nhân dân cấp xã):``."""
        tier = self._forms["tier_lead_in"].match(self.text.text[item.start : item.end])
        if tier is None or not ends_with_colon(self.text, item):
            return None
        actors = actor_list(self.text, item.start + tier.end(), item.end, self.agencies)
        return Opening(item.end, actors, request=False) if actors else None

    def _told_in_closing(self, item: Item) -> _Told | None:
        """``Trên đây là Kế hoạch ...; các cơ quan, đơn vị nghiêm túc triển khai``: no word lays the duty."""
        for clause in CLAUSE.finditer(self.text.text, item.start, item.end):
            found = opening(self.text, clause.end(), item.end, self.agencies)
            if not found or self._is_issuer(found.actors):
                continue
            if self._forms["own_duty"].match(self.text.text[found.end : item.end]):
                return _Told(found, item.start)
        return None

    def _is_spoken_all_the_same(self, item: Item) -> bool:
        """In a silent part still a closing paragraph lays duties, and a lead-in among the aims of a plan."""
        if self._is_report():
            return False
        role = item.section.role if item.section else None
        return self._is_closing(item) or (role in ("objectives", "targets") and ends_with_colon(self.text, item))

    def _opens_sentence(self, item: Item, at: int) -> bool:
        return at == item.start or self.text.text[item.start : at].rstrip().endswith(".")

    def _late_opening(self, item: Item) -> Opening | None:
        """Whoever must act after a first clause: ``Căn cứ Kế hoạch này, các sở, ngành tổ chức ...``."""
        words = self.text.text[item.start : item.end]
        if topic := self._forms["topic"].match(words):
            found = opening(self.text, item.start + topic.end(), item.end, self.agencies)
            return found if found and self._is_duty(item, found) else None
        if not self._forms["circumstance"].match(words) or (item.section is None and words.endswith(";")):
            return None
        sentence = min((words.find(stop) for stop in (". ", "; ") if stop in words), default=len(words))
        for place in _ACTOR_PLACE.finditer(words, max(0, words.find(",")), sentence):
            found = opening(self.text, item.start + place.end(), item.end, self.agencies)
            if not found or found.request or (is_beyond(found.actors, self.context) and not self._is_annexed(item)):
                continue
            if self._is_duty(item, found):
                return found
        return None

    def _is_annexed(self, item: Item) -> bool:
        """Whether an item stands in an annex, such as a procedure whose steps are of bodies above the issuer too."""
        return item.section is not None and item.section.role == "appendix"

    def _is_duty(self, item: Item, own: Opening) -> bool:
        if self._forms["lay_duty"].match(self.text.text, item.start, item.end):
            return True
        if self._forms["charge"].match(self.text.text, item.start, item.end):
            return bool(own.actors.agencies)
        own_issuer = self._is_issuer(own.actors)
        if own_issuer and (self._is_report() or (ends_with_colon(self.text, item) and not self._is_charging(item))):
            return False
        rest = self.text.text[own.end : item.end]
        if rest == ":" and own.actors.agencies and not self._is_report():
            return not own_issuer
        if follows := self._forms["own_duty"].match(rest):
            responsible = "trách nhiệm" in follows[0] or "theo" in follows[0]
            return bool(own.actors.agencies) or responsible or any(is_commanded(b) for b in own.actors.bodies)
        if own_issuer or not own.actors.agencies or self._is_report():
            return False
        if rest.startswith(": "):
            return is_deed(rest[2:])
        if not _runs_on(rest):
            return False
        return not self._forms["lay_duty"].match(rest.lstrip()) and not is_told_of(rest)

    def _is_issuer(self, actors: Actors) -> bool:
        return bool(actors.agencies) and all(a.name == self.context.issuer for a in actors.agencies)

    def _is_charging(self, item: Item) -> bool:
        """Whether an item stands where duties are laid, not where the issuer tells of itself."""
        return item.section is not None and item.section.role in patterns.data("headings")["roles"]["charging"]

    def _speaks(self, item: Item, at: int) -> bool:
        """Whether a charge inside a sentence is spoken by the document, not told of someone."""
        before = self.text.text[item.start : at].rstrip()
        return self._is_closing(item) or before.endswith((",", ";", ".")) or self._has_speaker(item, at)

    def _has_speaker(self, item: Item, at: int) -> bool:
        """Whether an agency that opens the sentence, or a clause of it, stands right before a charge."""
        end = item.start + len(self.text.text[item.start : at].rstrip())
        speaker = actor_list(self.text, item.start, item.end, self.agencies)
        if speaker is not None and speaker.end >= end:
            return True
        before = bisect_left(self.agencies, end, key=attrgetter("start"))
        agency = self.agencies[before - 1] if before else None
        if agency is None or agency.end != end or agency.start <= item.start:
            return False
        return self.text.text[agency.start - 2 : agency.start] in (", ", "; ", ". ")

    def _is_report(self) -> bool:
        return self.context.doc_type in patterns.data("tasks")["sections"]["report_types"]

    def _is_silent(self, item: Item) -> bool:
        """Whether nothing is laid on anyone in this part of the document."""
        rules = patterns.data("tasks")["sections"]
        role = item.section.role if item.section else None
        if self._is_report():
            return role not in rules["report_open"]
        return role in rules["silent"]

    # ------------------------------------------------------------------ both

    def _add(self, start: int, end: int, owner: Owner) -> None:
        """Add the task of a span, or one for each body charged in turn; bare numbers and particulars are none."""
        if any(self._forms[form].match(self.text.text[start:end]) for form in ("count_only", "particular")):
            return
        others = turns(self.text, start, end, owner.actors, self.agencies)
        charged = [(start, owner), *((at, self._owner(found)) for at, found in others)]
        stops = [self._trim(start, at) for at, _ in others] + [end]
        for (at, who), stop in zip(charged, stops, strict=True):
            role: TaskRole | None = "propose" if who.request else "coordinate" if who.coordinates else None
            task = make_task(self.text, at, stop, who.actors, self.agencies, self.dates, role)
            task.partners += [p for p in who.partners if p not in (*task.agencies, *task.partners)]
            self.tasks.append(task)
            self.owners.append(who.actors)

    def _trim(self, start: int, end: int) -> int:
        return start + len(self.text.text[start:end].rstrip(" ,;"))

    def _owner(self, found: Opening) -> Owner:
        return Owner(found.actors, is_request(found, self.context))

    def _opening(self, item: Item) -> Opening | None:
        return opening(self.text, item.start, item.end, self.agencies, self.context)

    def _is_closing(self, item: Item) -> bool:
        if item.depth or item.heading:
            return False
        words = self.text.text[item.start : item.end]
        return self._forms["closing"].match(words) is not None or self._issuer_charges(item)

    def _issuer_charges(self, item: Item) -> bool:
        """Whether an item opens with the issuer, who lays a duty on others: ``Bộ Y tế yêu cầu các Sở Y tế ...``."""
        speaker = actor_list(self.text, item.start, item.end, self.agencies)
        if speaker is None or not self._is_issuer(speaker):
            return False
        return self._forms["lay_duty"].match(self.text.text, speaker.end + 1, item.end) is not None

    def _leading(self, owner: Owner, item: Item, told: LeadIn) -> Owner:
        """The owner of what stands below a lead-in of ``owner``."""
        partners = told.partners or owner.partners
        with_others = told.coordinates or owner.coordinates
        return Owner(
            owner.actors, owner.request, item.depth, owner.section, partners, told.joint, self._lead_in, with_others
        )

    def _leave(self, item: Item) -> None:
        """Close the lead-ins under which an item does not stand."""
        while self._lead_in and (item.heading or item.depth <= self._lead_in.depth):
            self._lead_in = self._lead_in.outer


def _is_class(words: str) -> bool:
    """Whether a heading names a class of doers that the registry of bodies does not know (``Các chủ rừng``)."""
    articles = patterns.data("actors")["generic"]["articles"]
    return words.lower().startswith(tuple(f"{article} " for article in articles))


def _runs_on(rest: str) -> bool:
    """Whether the sentence goes on with a verb."""
    return rest[:1] == " " and rest[1:2].islower()
