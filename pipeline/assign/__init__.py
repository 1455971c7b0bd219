"""Tasks: which duty the document lays on whom, with partners and deadlines."""

from __future__ import annotations

from pipeline.annotate.actors import Actors
from pipeline.annotate.bodies import Body
from pipeline.assign.doers import doer_tasks
from pipeline.assign.duties import DutyReader
from pipeline.assign.items import body_items
from pipeline.assign.rows import table_tasks
from pipeline.model import AgencyMention, Context, DateMention, Frame, Section, Task, Text
from pipeline.segment.tree import SectionTree


def assign(
    text: Text,
    frame: Frame,
    context: Context,
    sections: list[Section],
    agencies: list[AgencyMention],
    dates: list[DateMention],
) -> tuple[list[Task], list[AgencyMention]]:
    """The tasks in text order, and the agencies with the owners among them added."""
    tree = SectionTree(sections)
    items = body_items(text, frame, tree)
    row_tasks, row_owners = table_tasks(text, agencies, dates)
    doer_duties, doer_owners, used = doer_tasks(text, items, tree, agencies, dates)
    reader = DutyReader(text, context, tree, agencies, dates)
    reader.read([item for i, item in enumerate(items) if i not in used])
    tasks = sorted([*row_tasks, *doer_duties, *reader.tasks], key=lambda t: (t.start, t.end))
    return tasks, _with_owners(agencies, [*row_owners, *doer_owners, *reader.owners], text)


def _with_owners(agencies: list[AgencyMention], owners: list[Actors], text: Text) -> list[AgencyMention]:
    """The agencies, and beside them the bodies named by kind that own a task, in their own words."""
    known = {(a.start, a.end) for a in agencies}
    bodies = {
        (b.start, b.end): _mention(b, text)
        for actors in owners
        for b in actors.bodies
        if b.name in actors.names() and (b.start, b.end) not in known
    }
    return sorted([*agencies, *bodies.values()], key=lambda a: (a.start, a.end))


def _mention(body: Body, text: Text) -> AgencyMention:
    """A body as one of the agencies: a unit as its people's committee, any other in its own words."""
    words = text.text[body.start : body.end]
    if named := body.committee:
        return AgencyMention(
            text=words, start=body.start, end=body.end, name=named.name, key=named.key, level=named.level
        )
    return AgencyMention(text=words, start=body.start, end=body.end, name=body.name, collective=True)
