"""Whoever an item of running text lays a duty on: by opening with them, by a charge inside it, or in its close."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

import patterns
from pipeline.annotate.actors import Actors, Opening, actor_list, is_deed, is_told_of, opening
from pipeline.annotate.agency_phrases import read_phrase
from pipeline.annotate.bodies import Body
from pipeline.assign.detail import is_beyond, is_commanded, told_by_topic
from pipeline.assign.items import Item
from pipeline.assign.lead_ins import ends_with_colon
from pipeline.assign.rows import cell_actors
from pipeline.assign.turns import CLAUSE, partner_lists
from pipeline.fold import lower
from pipeline.model import AgencyMention, Cell, Context, Text

_CLAUSE_ENDS = re.compile(r",|\sthì\s")
_CLAUSES = re.compile(r"[.;]\s+(?=\w)")
_SENTENCES = re.compile(r"\.\s+(?=[^\W\d_])")
_ACTOR_PLACE = re.compile(r",\s+|\sthì\s|(?<=[^\s,]{2})\s(?=các\s)")


class Told(NamedTuple):
    """Whoever is told to act, and the offset where the words that tell them begin."""

    opening: Opening
    start: int


class Charges:
    """Reads from the items of one document who is told to act, and whether what they open with is told at all."""

    def __init__(self, text: Text, context: Context, agencies: list[AgencyMention]) -> None:
        self.text, self.context, self.agencies = text, context, agencies
        self._forms = {name: form.pattern for name, form in patterns.forms("tasks").items()}
        self._low = lower(text.text)

    def told(self, item: Item) -> Told | None:
        """Whoever the item lays a duty on, by opening with them or by an explicit charge inside it."""
        told = self._told(item)
        if told:
            told.opening.actors.bodies = [self._by_name(body) for body in told.opening.actors.bodies]
        return told

    def _by_name(self, body: Body) -> Body:
        """The one addressee of a letter where a body is it by courtesy (``Quý cơ quan``), any other body as it is."""
        addressees = self.context.addressees
        if len(addressees) != 1 or not self._is_by_courtesy(body):
            return body
        named = read_phrase(addressees[0], self.context)
        return Body(named.name, body.start, body.end, faint=False, committee=named) if named else body

    def _is_by_courtesy(self, body: Body) -> bool:
        return self._forms["by_courtesy"].match(self.text.text, body.start, body.end) is not None

    def _told(self, item: Item) -> Told | None:
        if self._is_silent(item) and not self._is_spoken_all_the_same(item):
            return None
        own = self.opening(item)
        if own and own.request and self._is_annexed(item):
            return None  # a form that others are to fill in
        charged = self._charge(item) if own is None else None
        if own is None and (late := self.late_opening(item)):
            own = late if charged is None or late.actors.start < charged.opening.actors.start else None
        if own and self.is_duty(item, own):
            return Told(own, item.start)
        if (
            bound := self._bound(item)
            or self._tier(item)
            or doer_at_end(self.text, item.start, item.end, self.agencies)
        ):
            return Told(bound, item.start)
        if told := charged or self._charge(item) or self._led_in_last(item):
            return told
        return self._told_in_closing(item) if self.is_closing(item) else self._told_later(item)

    def opening(self, item: Item) -> Opening | None:
        """Whoever an item opens with, told or not."""
        return opening(self.text, item.start, item.end, self.agencies, self.context)

    def late_opening(self, item: Item) -> Opening | None:
        """Whoever must act after a first clause: ``Căn cứ Kế hoạch này, các sở, ngành tổ chức ...``."""
        words = self.text.text[item.start : item.end]
        if found := self._told_by_topic(item):
            return found
        if topic := self._forms["topic"].match(words):
            answer = replace(item, start=item.start + topic.end())
            found = opening(self.text, answer.start, item.end, self.agencies)
            return found if found and self.is_duty(item, found) else self.late_opening(answer) if not found else None
        if not self._forms["circumstance"].match(words) or (item.section is None and words.endswith(";")):
            return None
        sentence = min((words.find(stop) for stop in (". ", "; ") if stop in words), default=len(words))
        beside = partner_lists(self.text, item.start, item.end, self.agencies)
        clause = _CLAUSE_ENDS.search(words, 0, sentence)
        for place in _ACTOR_PLACE.finditer(words, clause.start() if clause else 0, sentence):
            if any(start <= item.start + place.start() < end for start, end in beside):
                continue
            found = opening(self.text, item.start + place.end(), item.end, self.agencies, self.context)
            if not found or found.request or (is_beyond(found.actors, self.context) and not self._is_annexed(item)):
                continue
            if self.is_duty(item, found):
                return found
        return None

    def _told_by_topic(self, item: Item) -> Opening | None:
        """Whoever a sentence names and then tells to act: ``Đối với các xã cần cử cán bộ``, ``Đối với các xã: ...``."""
        found = told_by_topic(self.text, item.start, item.end, self.agencies)
        return found if found and self.is_duty(item, found) else None

    def _led_in_last(self, item: Item) -> Told | None:
        """Whoever only the last clause of a paragraph that leads in what stands below it charges."""
        if not ends_with_colon(self.text, item):
            return None
        last = list(_CLAUSES.finditer(self.text.text, item.start, item.end))
        if not last:
            return None
        clause = replace(item, start=last[-1].end())
        own = self.opening(clause) or self.late_opening(clause)
        return Told(own, item.start) if own and self.is_duty(clause, own) else None

    def is_duty(self, item: Item, own: Opening) -> bool:
        """Whether what follows those whom an item, or a clause of it, opens with is laid on them as a duty."""
        if self._forms["encourage"].match(self.text.text, item.start, item.end):
            return bool(own.actors.agencies) or any(is_commanded(b) for b in own.actors.bodies)
        if self._forms["lay_duty"].match(self.text.text, item.start, item.end):
            return True
        if self._forms["charge"].match(self.text.text, item.start, item.end):
            return bool(own.actors.agencies)
        if self._forms["suggests"].match(self.text.text, item.start, item.end):
            return self._is_report()
        rest = self.text.text[own.end : item.end]
        own_issuer = self._is_issuer(own.actors)
        if own_issuer and self._lays_rules(item) and self._forms["power"].match(rest):
            return True
        if own_issuer and self._forms["says_so"].match(rest.lstrip()):
            return False
        if own_issuer and (self._is_report() or (ends_with_colon(self.text, item) and not self._is_charging(item))):
            return False
        if rest == ":" and own.actors.agencies and not self._is_report():
            return not own_issuer
        if follows := self._forms["own_duty"].match(rest):
            bound = follows["bound"] is not None
            return bool(own.actors.agencies) or bound or any(is_commanded(b) for b in own.actors.bodies)
        if own.actors.agencies and rest.startswith(": ") and self._is_charging(item):
            return True
        if own_issuer or not own.actors.agencies or self._is_report():
            return False
        if rest.startswith(": "):
            return is_deed(rest[2:])
        if not _runs_on(rest) or self._forms["lay_duty"].match(rest.lstrip()):
            return False
        issues = self._is_charging(item) and self._forms["issues"].match(rest) is not None
        return issues or not is_told_of(rest)

    def leads_in(self, item: Item) -> bool:
        """Whether words with a colon at their end lay what stands behind on someone, or say what work it is."""
        if not self.text.text[item.start : item.end].rstrip().endswith(":"):
            return False
        if self._is_charging(item) and is_deed(self.text.text[item.start : item.end]):
            return True
        return patterns.low("tasks", "lay_duty").search(self._low, item.start, item.end) is not None

    def opens_duty(self, item: Item) -> bool:
        """Whether an item opens with whoever must do it."""
        own = None if self._is_silent(item) else self.opening(item)
        return own is not None and self.is_duty(item, own)

    def may_charge(self, item: Item) -> bool:
        """Whether what a lead-in above an item's section says may reach it; a run-in heading must be one of work."""
        return self._is_charging(item) if item.heading else not self._is_silent(item)

    def is_closing(self, item: Item) -> bool:
        """Whether an item speaks to all at the end of a part: ``Trên đây là ...``."""
        if item.depth or item.heading:
            return False
        words = self.text.text[item.start : item.end]
        return self._forms["closing"].match(words) is not None or self._issuer_charges(item)

    def _charge(self, item: Item) -> Told | None:
        """The first charge inside an item that the document itself speaks."""
        for charge in patterns.low("tasks", "lay_duty").finditer(self._low, item.start, item.end):
            found = opening(self.text, charge.start(), item.end, self.agencies)
            if found is None or not (
                self._speaks(item, charge.start()) or self._opens_letter(item, charge.start(), found.actors)
            ):
                continue
            opens, speaker = self._opens_sentence(item, charge.start()), self._has_speaker(item, charge.start())
            closing, asked = self.is_closing(item), self._is_asked(item, charge.start(), found.actors)
            heard = opens or speaker or asked
            if is_beyond(found.actors, self.context) and not (heard or closing):
                continue
            commanded = heard and any(is_commanded(b) for b in found.actors.bodies)
            if closing or found.actors.agencies or commanded:
                apart = opens and not charge[0].rstrip().endswith(":")  # "Rà soát hộ nghèo. Phân công: Phòng A chủ trì"
                return Told(found, charge.start() if apart else item.start)
        return None

    def _bound(self, item: Item) -> Opening | None:
        """All whom the clause of enforcement names, however their list runs."""
        clause = self._forms["enforcement"].search(self.text.text, item.start, item.end)
        if clause is None or "." in self.text.text[item.start : clause.start()]:
            return None
        addressed = self._forms["addressed"].match(self.text.text[item.start : clause.start()])
        start = item.start + (addressed.end() if addressed else 0)
        bound = Actors(item.start, clause.start())
        for actors in cell_actors(self.text, Cell(start, clause.start(), 0), self.agencies):
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

    def _told_in_closing(self, item: Item) -> Told | None:
        """``Trên đây là Kế hoạch ...; các cơ quan, đơn vị nghiêm túc triển khai``: no word lays the duty."""
        for clause in CLAUSE.finditer(self.text.text, item.start, item.end):
            found = opening(self.text, clause.end(), item.end, self.agencies)
            if not found or self._is_issuer(found.actors):
                continue
            if self._forms["own_duty"].match(self.text.text[found.end : item.end]):
                return Told(found, item.start)
        return None

    def _told_later(self, item: Item) -> Told | None:
        """Whoever a later sentence of a paragraph that first judges says must act: ``... . Sở Y tế cần rà soát``."""
        kind, roles = self.context.doc_type, patterns.data("headings")["roles"]
        plain = patterns.data("headings")["plain_roles"].get(kind) in roles["charging"]
        if self._is_report() or not (self._is_charging(item) if item.section else plain):
            return None
        concludes = kind in roles["concluding"]
        for stop in _SENTENCES.finditer(self.text.text, item.start, item.end):
            if self.text.text[stop.end()].islower():  # an abbreviation's stop
                continue
            found = opening(self.text, stop.end(), item.end, self.agencies, self.context)
            if not found or self._is_issuer(found.actors) or is_beyond(found.actors, self.context):
                continue
            named = found.actors.agencies or (concludes and any(is_commanded(b) for b in found.actors.bodies))
            if named and self._forms["must"].match(self.text.text, found.end, item.end):
                return Told(found, item.start)
        return None

    def _is_spoken_all_the_same(self, item: Item) -> bool:
        """In a silent part still a closing paragraph lays duties, and a lead-in among the aims or judgements."""
        if self._is_report():
            return False
        role = item.section.role if item.section else None
        return self.is_closing(item) or (
            role in ("objectives", "targets", "assessment") and ends_with_colon(self.text, item)
        )

    def _opens_sentence(self, item: Item, at: int) -> bool:
        before = self.text.text[item.start : at].rstrip()
        return at == item.start or before.endswith(".") or self._forms["says_so"].search(before) is not None

    def _is_annexed(self, item: Item) -> bool:
        """Whether an item stands in an annex, such as a procedure whose steps are of bodies above the issuer too."""
        return item.section is not None and item.section.role == "appendix"

    def _is_issuer(self, actors: Actors) -> bool:
        alone = all(a.name == self.context.issuer for a in actors.agencies) and all(b.faint for b in actors.bodies)
        return bool(actors.agencies) and alone

    def _is_asked(self, item: Item, at: int, actors: Actors) -> bool:
        """Whether a charge is the document's own request: to those it is written to, or right after its topic."""
        if self._forms["on_topic"].match(self.text.text[item.start : at].rstrip()):
            return True
        if any(self._is_by_courtesy(body) for body in actors.bodies):
            return True
        addressed = (any(a.text in said for said in self.context.addressees) for a in actors.agencies)
        return bool(actors.agencies) and all(addressed)

    def _opens_letter(self, item: Item, at: int, actors: Actors) -> bool:
        """Whether a charge leads in all that a letter asks of those it is written to."""
        return item.section is None and ends_with_colon(self.text, item) and self._is_asked(item, at, actors)

    def _lays_rules(self, item: Item) -> bool:
        """Whether an item is a provision of rules, in which the issuer too may be given a power."""
        rules = patterns.data("tasks")["sections"]["rules"]
        return self.context.doc_type in rules and bool(item.kind)

    def _is_charging(self, item: Item) -> bool:
        """Whether an item stands where duties are laid, not where the issuer tells of itself."""
        return item.section is not None and item.section.role in patterns.data("headings")["roles"]["charging"]

    def _issuer_charges(self, item: Item) -> bool:
        """Whether an item opens with the issuer, who lays a duty on others: ``Bộ Y tế yêu cầu các Sở Y tế ...``."""
        speaker = actor_list(self.text, item.start, item.end, self.agencies)
        if speaker is None or not self._is_issuer(speaker):
            return False
        return self._forms["lay_duty"].match(self.text.text, speaker.end + 1, item.end) is not None

    def _speaks(self, item: Item, at: int) -> bool:
        """Whether a charge inside a sentence is spoken by the document, not told of someone."""
        before = self.text.text[item.start : at].rstrip()
        return self.is_closing(item) or before.endswith((",", ";", ".", ":")) or self._has_speaker(item, at)

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
        if self.text.text[agency.start - 2 : agency.start] in (", ", "; ", ". "):
            return True
        words = self.text.text[item.start : item.end]
        return agency.name == self.context.issuer and self._forms["after_all"].match(words) is not None

    def _is_report(self) -> bool:
        return self.context.doc_type in patterns.data("tasks")["sections"]["report_types"]

    def _is_silent(self, item: Item) -> bool:
        """Whether nothing is laid on anyone in this part of the document."""
        rules = patterns.data("tasks")["sections"]
        role = item.section.role if item.section else None
        heading = item.section.heading if item.section else ""
        if self._forms["powers"].match(heading) or self._forms["procedure"].match(heading):
            return True
        if self._is_report():
            return role not in rules["report_open"]
        return role in rules["silent"]


def doer_at_end(text: Text, start: int, end: int, agencies: list[AgencyMention]) -> Opening | None:
    """Whoever is named as its doer at the end of a duty or of a heading: ``Mở 15 lớp (Phòng Y tế chủ trì)``."""
    for form in ("bracket_doer", "agent"):
        found = patterns.forms("tasks")[form].pattern.search(text.text, start, end)
        actors = actor_list(text, found.start("who"), found.end("who"), agencies) if found else None
        if actors and actors.agencies:
            return Opening(end, actors, request=False)
    return None


def _runs_on(rest: str) -> bool:
    """Whether the sentence goes on with a verb."""
    return rest[:1] == " " and rest[1:2].islower()
