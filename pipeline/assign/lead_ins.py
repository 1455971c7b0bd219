"""Items that only say who does, and with whom, what stands below them: ``a) Chủ trì, phối hợp với Sở X:``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import patterns
from pipeline.annotate.actors import Actors, Opening, actor_list, is_deed
from pipeline.assign.detail import deadlines, is_request, verb_role
from pipeline.assign.items import Item, follows_on
from pipeline.model import AgencyMention, Context, DateMention, Section, Text
from pipeline.segment.tree import SectionTree


@dataclass(slots=True)
class Owner:
    """Whoever the items from here on belong to, with their ``partners``.

    As a lead-in it has the ``depth`` of its item, and ``outer``, the lead-in inside which it stands; ``joint`` where
    each item below opens with its own partners: ``Chủ trì, phối hợp:``, ``- Sở Tài chính cân đối``; ``coordinates``
    where all of them are done along with others: ``Phối hợp với Sở X hướng dẫn:``; ``deadlines`` are those of items
    that say none themselves: ``hoàn thành trong tháng 11 năm 2025, cụ thể:``.
    """

    actors: Actors
    request: bool
    depth: int = 0
    section: Section | None = None
    partners: list[str] = field(default_factory=list)
    joint: bool = False
    outer: Owner | None = None
    coordinates: bool = False
    deadlines: list[int] = field(default_factory=list)


def owner_of(found: Opening, context: Context) -> Owner:
    """Whoever a heading or sentence opens with, as owner of what it says."""
    return Owner(found.actors, is_request(found, context))


class LeadIn(NamedTuple):
    """What an item says of all that stands below it: with whom it is done, or (``joint``) that each item tells so, and
    when it is due, by indexes of dates."""

    partners: list[str]
    joint: bool
    coordinates: bool
    deadlines: list[int]


def read_lead_in(text: Text, item: Item, agencies: list[AgencyMention], dates: list[DateMention]) -> LeadIn | None:
    """What an item says that only says who does what stands below it; null for one that is a duty itself."""
    forms, words = patterns.forms("tasks"), text.text[item.start : item.end]
    if not (item.holds or words.endswith(":")):
        return None
    joint = forms["joint_lead_in"].pattern.search(words) is not None
    shared = _shared_with(text, item, agencies)
    said = joint or shared is not None or forms["lead_in_end"].pattern.search(words) is not None
    if ends_with_colon(text, item) or (item.holds and said):
        due = deadlines(text, item.start, item.end, dates)
        return LeadIn(shared or [], joint, verb_role(words) == "coordinate", due)
    return None


def ends_with_colon(text: Text, item: Item) -> bool:
    """Whether an item ends with a colon, and not only before the details of a duty that is complete."""
    forms, words = patterns.forms("tasks"), text.text[item.start : item.end]
    if not words.endswith(":") or forms["listing"].pattern.search(words):
        return False
    return item.holds_duties or forms["detail_end"].pattern.search(words) is None


def _shared_with(text: Text, item: Item, agencies: list[AgencyMention]) -> list[str] | None:
    """With whom all that stands below is done, null where the item does not end with them."""
    for cue in patterns.forms("tasks")["partner_cue"].pattern.finditer(text.text, item.start, item.end):
        found = actor_list(text, cue.end(), item.end, agencies, bare=True)
        if found and not text.text[found.end : item.end].strip(" .:"):
            return [a.name for a in found.agencies]
    return None


class LeadIns:
    """The lead-ins under which items stand; they open and close as the items are reached in text order."""

    def __init__(self, text: Text, tree: SectionTree) -> None:
        self.current: Owner | None = None
        self._text, self._tree = text, tree
        self._holder: Owner | None = None  # of the section that was reached last
        self._outside: Owner | None = None  # the lead-in that sections of agencies among its items only interrupt
        self._broken: tuple[Owner, Item] | None = None  # a lead-in that a plain paragraph closed, and its last item
        self._last: Item | None = None

    def reach(self, item: Item, holder: Owner | None) -> None:
        """Go on to an item in a section that ``holder`` holds by its heading, if anyone."""
        self._resume(item)
        if holder is not self._holder:
            self._outside = self.current if self._holder is None else self._outside
            resumed = holder is None and self._outside is not None and self._outside.section is item.section
            self.current, self._holder = (self._outside if resumed else None), holder
        self._last = item

    def _resume(self, item: Item) -> None:
        """Open again the lead-in that a plain paragraph, such as a footnote, between two of its items closed."""
        if self.current and self._last and not item.kind and self._last.kind:
            self._broken = None if self._text.text[item.end - 1] == ":" else (self.current, self._last)
        elif self._broken and item.kind and self.current is None:
            lead_in, last = self._broken
            if follows_on(self._text, last, item):
                self.current = lead_in
            self._broken = None

    def leave(self, item: Item) -> None:
        """Close those under which an item does not stand."""
        while self.current and not self._stands_under(item, self.current):
            self.current = self.current.outer

    def _opens_section(self, item: Item) -> bool:
        """Whether an item only says something before the duties of its section, which the lead-in above it reaches."""
        lead_in = self.current
        if lead_in is None or not item.first or item.depth:
            return False
        return self._precedes_section(lead_in, item) and not self._stands_under(item, lead_in)

    def _stands_under(self, item: Item, lead_in: Owner) -> bool:
        if not lead_in.depth and self._precedes_section(lead_in, item):
            return bool(item.depth or item.heading) or is_deed(self._text.text[item.start : item.end])
        return not item.heading and item.depth > lead_in.depth

    def _precedes_section(self, lead_in: Owner, item: Item) -> bool:
        """Whether a lead-in stands above the section that holds an item, in a section around it or in none."""
        section = item.section
        while section is not None and section is not lead_in.section:
            section = self._tree.parent(section)
        return section is lead_in.section and item.section is not section

    def hold(self, item: Item) -> bool:
        """Whether the one that is open stands in an item's section, or above it."""
        if self.current is None:
            return False
        return self.current.section in (None, item.section) or self._precedes_section(self.current, item)

    def over(self, item: Item) -> Owner | None:
        """The one under which an item stands; all are closed where there is none, but for what only opens a section."""
        if self._opens_section(item):
            return None
        self.leave(item)
        if not self.hold(item):
            self.current = None
        return self.current

    def open(self, owner: Owner, item: Item, told: LeadIn) -> None:
        """Let an item lead in what stands below it, inside the one that is open."""
        self.current = Owner(
            owner.actors,
            owner.request,
            item.depth,
            owner.section,
            told.partners or owner.partners,
            told.joint,
            self.current,
            told.coordinates or owner.coordinates,
            told.deadlines or owner.deadlines,
        )

    def go_on(self, owner: Owner, item: Item) -> None:
        """Let what stands below an item that charges ``owner`` be theirs too, inside the one that is open."""
        self.leave(item)
        self.open(replace(owner, section=item.section), item, LeadIn([], False, False, []))

    def begin(self, owner: Owner, item: Item, told: LeadIn) -> None:
        """Let an item that charges ``owner`` lead in what stands below it, for the rest of its section."""
        self.current = None
        self.open(replace(owner, section=item.section), item, told)
