"""Items that only say who does, and with whom, what stands below them: ``a) Chủ trì, phối hợp với Sở X:``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import patterns
from pipeline.annotate.actors import Actors, Opening, actor_list
from pipeline.assign.detail import is_request, verb_role
from pipeline.assign.items import Item
from pipeline.model import AgencyMention, Context, Section, Text


@dataclass(slots=True)
class Owner:
    """Whoever the items from here on belong to, with their ``partners``.

    As a lead-in it has the ``depth`` of its item, and ``outer``, the lead-in inside which it stands; ``joint`` where
    each item below opens with its own partners: ``Chủ trì, phối hợp:``, ``- Sở Tài chính cân đối``; ``coordinates``
    where all of them are done along with others: ``Phối hợp với Sở X hướng dẫn:``.
    """

    actors: Actors
    request: bool
    depth: int = 0
    section: Section | None = None
    partners: list[str] = field(default_factory=list)
    joint: bool = False
    outer: Owner | None = None
    coordinates: bool = False


def owner_of(found: Opening, context: Context) -> Owner:
    """Whoever a heading or sentence opens with, as owner of what it says."""
    return Owner(found.actors, is_request(found, context))


class LeadIn(NamedTuple):
    """What an item says of all that stands below it: with whom it is done, or (``joint``) that each item tells so."""

    partners: list[str]
    joint: bool
    coordinates: bool


def read_lead_in(text: Text, item: Item, agencies: list[AgencyMention]) -> LeadIn | None:
    """What an item says that only says who does what stands below it; null for one that is a duty itself."""
    forms, words = patterns.forms("tasks"), text.text[item.start : item.end]
    if not (item.holds or words.endswith(":")):
        return None
    joint = forms["joint_lead_in"].pattern.search(words) is not None
    shared = _shared_with(text, item, agencies)
    said = joint or shared is not None or forms["lead_in_end"].pattern.search(words) is not None
    if ends_with_colon(text, item) or (item.holds and said):
        return LeadIn(shared or [], joint, verb_role(words) == "coordinate")
    return None


def ends_with_colon(text: Text, item: Item) -> bool:
    """Whether an item ends with a colon, and not only before the details of a duty that is complete."""
    forms, words = patterns.forms("tasks"), text.text[item.start : item.end]
    return words.endswith(":") and not any(forms[name].pattern.search(words) for name in ("detail_end", "listing"))


def _shared_with(text: Text, item: Item, agencies: list[AgencyMention]) -> list[str] | None:
    """With whom all that stands below is done, null where the item does not end with them."""
    for cue in patterns.forms("tasks")["partner_cue"].pattern.finditer(text.text, item.start, item.end):
        found = actor_list(text, cue.end(), item.end, agencies, bare=True)
        if found and not text.text[found.end : item.end].strip(" .:"):
            return [a.name for a in found.agencies]
    return None
