"""Duties in running text: under agency headings, in sentences that lay them on someone, in closing paragraphs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain

import patterns
from pipeline.annotate.actors import Actors, Opening, actor_list
from pipeline.assign.charges import Charges
from pipeline.assign.detail import make_task
from pipeline.assign.doers import told_of_above
from pipeline.assign.enumerated import enumerated
from pipeline.assign.items import Item
from pipeline.assign.lead_ins import LeadIns, Owner, ends_with_colon, owner_of, read_lead_in
from pipeline.assign.owners import BRACKET, HeadingOwners, heading_start
from pipeline.assign.rows import cell_actors, named, time_deadlines
from pipeline.assign.turns import turns
from pipeline.model import AgencyMention, Cell, Context, DateMention, Section, Task, TaskRole, Text
from pipeline.segment.tree import SectionTree

#: Lines below a lead-in that only tell something: how many, a particular, what was done, who is on a board, a paper.
_NO_DUTY = ("count_only", "particular", "past", "informs", "member", "paper")
_SIGNING = timedelta(days=90)  # the longest that a document waits to be signed, its deadlines running


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
        self.text, self.context = text, context
        self.agencies, self.dates = agencies, dates
        self.tasks: list[Task] = []
        self.owners: list[Actors] = []
        self._charges = Charges(text, context, agencies)
        self._headings = HeadingOwners(text, context, tree, agencies)
        self._forms = {name: form.pattern for name, form in patterns.forms("tasks").items()}
        self._lead_ins = LeadIns(text, tree)
        self._latest: tuple[Section | None, list[Task]] | None = None  # the tasks of the last duty, and its section

    def read(self, items: list[Item]) -> None:
        """Add the tasks of the items to ``tasks`` and whoever owns them to ``owners``."""
        for item in chain.from_iterable(enumerated(self.text, item, self._charges) for item in items):
            owner = self._headings.of(item.section)
            self._lead_ins.reach(item, owner)
            if self._tells_more(item):
                continue
            since = len(self.tasks)
            if owner is None or (self._charges.is_closing(item) and not self._opens_section(item)):
                self._free(item)
            else:
                self._held(item, owner)
            if len(self.tasks) > since:
                self._latest = (item.section, self.tasks[since:])

    def _tells_more(self, item: Item) -> bool:
        """Take up a line that only tells when, with whom or with what result the duty above is done."""
        told = told_of_above(self.text, item)
        if told is None or self._latest is None or self._latest[0] is not item.section:
            return False
        label, at = told
        for task in self._latest[1]:
            if label == "time":
                task.deadlines += time_deadlines(self.text, at, item.end, self.dates)
            elif label == "partner":
                beside = cell_actors(self.text, Cell(at, item.end, 0), self.agencies)
                task.partners += named(beside, apart_from=[*task.agencies, *task.partners])
        return True

    def _held(self, item: Item, owner: Owner) -> None:
        self._lead_ins.leave(item)
        if self._is_allowed(item):
            return
        own, led = self._charges.opening(item), self._lead_ins.current
        if led and led.joint and own and own.actors.agencies:
            beside = [a.name for a in own.actors.agencies]
            self._add(item.start, item.end, replace(led, partners=beside))
            return
        if own and self._is_counted(item, own, owner):
            owner.actors.agencies += own.actors.agencies
            for body in owner.actors.bodies:
                body.faint = True
            return
        own_owner = owner_of(own, self.context) if own and self._overrules(item, own, owner) else None
        if told := read_lead_in(self.text, item, self.agencies, self.dates):
            self._lead_ins.open(own_owner or led or owner, item, told)
            return
        start = item.start
        if item.heading and not self._is_run_in(item):
            start = heading_start(self.text, item.heading)
        self._add(start, item.end, own_owner or led or owner)

    def _is_allowed(self, item: Item) -> bool:
        """Whether an item only says what a body is given: ``Tổ công tác được sử dụng con dấu của Sở``."""
        given = self._forms["allowed"]
        if given.search(self.text.text, item.start, item.end) is None:
            return False
        opens = actor_list(self.text, item.start, item.end, self.agencies, bare=True)
        return opens is not None and given.match(self.text.text, opens.end, item.end) is not None

    def _is_counted(self, item: Item, own: Opening, owner: Owner) -> bool:
        """Whether an item only names agencies that its section's heading names by kind: ``- Sở Xây dựng (đô thị);``."""
        rest = BRACKET.sub("", self.text.text[own.actors.end : item.end].rstrip(" .;,"))
        return bool(item.depth and owner.actors.bodies and own.actors.agencies) and not rest.strip()

    def _opens_section(self, item: Item) -> bool:
        """Whether an item right below its agency's heading, worded like a closing paragraph, names no other doer."""
        return item.first and self._charges.late_opening(item) is None

    def _overrules(self, item: Item, own: Opening, owner: Owner) -> bool:
        """Whether the item names an owner of its own: told to act, named before a colon, or before its own duty."""
        if self._forms["charge"].match(self.text.text, item.start, item.end):
            told = self._forms["lay_duty"].match(self.text.text, item.start, item.end)
            return bool(own.actors.agencies and (told or ends_with_colon(self.text, item)))
        if own.actors.agencies and self.text.text[own.end : own.end + 1] == ":":
            return True
        if item.heading or set(own.actors.names()) == set(owner.actors.names()):
            return False
        return self._charges.is_duty(item, own)

    def _is_run_in(self, item: Item) -> bool:
        return item.heading is not None and ":" in self.text.text[item.heading.end - 1 : item.start]

    def _free(self, item: Item) -> None:
        told = None if self._is_own_command(item) else self._charges.told(item)
        said = read_lead_in(self.text, item, self.agencies, self.dates)
        if told is None:
            led = self._lead_ins.over(item)
            if led and led.section is not item.section and not self._charges.may_charge(item):
                return
            if led and said:
                self._lead_ins.open(led, item, said)
            elif led:
                self._add(heading_start(self.text, item.heading) if item.heading else item.start, item.end, led)
            return
        owner = owner_of(told.opening, self.context)
        if said:
            self._lead_ins.begin(owner, item, said)
        else:
            self._add(told.start, item.end, owner)
            if item.holds and item.kind.startswith("("):  # "(1) Sở X chỉ đạo ...", with more of its duties below
                self._lead_ins.go_on(owner, item)

    def _is_own_command(self, item: Item) -> bool:
        """Whether an item opens with what those of the lead-in above are to order: ``2. Chỉ đạo UBND cấp xã ...``."""
        if not item.depth or not self._lead_ins.hold(item):
            return False
        return self._forms["direct_opening"].match(self.text.text[item.start : item.end]) is not None

    def _add(self, start: int, end: int, owner: Owner) -> None:
        """Add the task of a span, or one for each body charged in turn; what only tells something is none."""
        words = self.text.text[start:end]
        if words.isupper():  # a line of the signature
            return
        if any(self._forms[form].match(words) for form in _NO_DUTY):
            return
        others = turns(self.text, start, end, owner.actors, self.agencies)
        charged = [(start, owner), *((at, owner_of(found, self.context)) for at, found in others)]
        stops = [self._trim(start, at) for at, _ in others] + [end]
        for (at, who), stop in zip(charged, stops, strict=True):
            along = who.coordinates and not self._forms["direct_opening"].match(self.text.text[at:stop])
            role: TaskRole | None = "propose" if who.request else "coordinate" if along else None
            task = make_task(self.text, at, stop, who.actors, self.agencies, self.dates, role)
            task.deadlines = [i for i in task.deadlines or who.deadlines if not self._is_long_past(self.dates[i])]
            task.partners += [p for p in who.partners if p not in (*task.agencies, *task.partners)]
            self.tasks.append(task)
            self.owners.append(who.actors)

    def _is_long_past(self, day: DateMention) -> bool:
        """Whether a day was over when the document was issued, and not only while it waited to be signed."""
        issued = self.context.issued_on
        return bool(issued and day.to and not day.month_day and day.to < issued - _SIGNING)

    def _trim(self, start: int, end: int) -> int:
        return start + len(self.text.text[start:end].rstrip(" ,;"))
