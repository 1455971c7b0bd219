"""Items that only say who does, and with whom, what stands below them: ``a) Chủ trì, phối hợp với Sở X:``."""

from __future__ import annotations

from dataclasses import dataclass, field

import patterns
from pipeline.annotate.actors import Actors, actor_list
from pipeline.assign.items import Item
from pipeline.model import AgencyMention, Section, Text


@dataclass(slots=True)
class Owner:
    """Whoever the items from here on belong to, with their ``partners``.

    As a lead-in it has the ``depth`` of its item, and ``outer``, the lead-in inside which it stands; ``joint`` where
    each item below opens with its own partners: ``Chủ trì, phối hợp:``, ``- Sở Tài chính cân đối``.
    """

    actors: Actors
    request: bool
    depth: int = 0
    section: Section | None = None
    partners: list[str] = field(default_factory=list)
    joint: bool = False
    outer: Owner | None = None


def is_lead_in(text: Text, item: Item, agencies: list[AgencyMention]) -> bool:
    """Whether an item only says who does what stands below it."""
    if ends_with_colon(text, item):
        return True
    forms, words = patterns.forms("tasks"), text.text[item.start : item.end]
    if forms["lead_in_end"].pattern.search(words) or forms["joint_lead_in"].pattern.search(words):
        return item.holds
    return item.holds and _shared_with(text, item, agencies) is not None


def lead_in(text: Text, item: Item, agencies: list[AgencyMention], owner: Owner, outer: Owner | None) -> Owner:
    """The owner of what stands below an item that is a lead-in of ``owner``."""
    words = text.text[item.start : item.end]
    joint = patterns.forms("tasks")["joint_lead_in"].pattern.search(words) is not None
    partners = _shared_with(text, item, agencies) or owner.partners
    return Owner(owner.actors, owner.request, item.depth, owner.section, partners, joint, outer)


def ends_with_colon(text: Text, item: Item) -> bool:
    """Whether an item ends with a colon, and not only before the details of a duty that is complete."""
    words = text.text[item.start : item.end]
    return words.endswith(":") and not patterns.forms("tasks")["detail_end"].pattern.search(words)


def _shared_with(text: Text, item: Item, agencies: list[AgencyMention]) -> list[str] | None:
    """With whom all that stands below is done, null where the item does not end with them."""
    for cue in patterns.forms("tasks")["partner_cue"].pattern.finditer(text.text, item.start, item.end):
        found = actor_list(text, cue.end(), item.end, agencies, bare=True)
        if found and not text.text[found.end : item.end].strip(" .:"):
            return [a.name for a in found.agencies]
    return None
