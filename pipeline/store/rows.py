"""What the queries of the store share: pages, conditions, rows as records."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlite_utils import Database

Record = dict[str, Any]

#: The document that holds what was found in one: itself, or the one that leads its work.
LEAD = "(SELECT coalesce(lead_id, id) FROM documents WHERE id = ?)"
#: A section's heading on one line; in queries that join ``sections s``.
SECTION = "replace(s.text, char(10), ' ')"
_NAMES = """(SELECT json_group_array(name) FROM (SELECT a.name FROM {0} o JOIN agencies a ON a.id = o.agency_id
    WHERE o.task_id = t.id ORDER BY o.position))"""
#: Who is charged with a task, who helps, and its deadlines, each as a JSON list; in queries that read ``tasks t``.
TASK_AGENCIES, TASK_PARTNERS = _NAMES.format("task_agencies"), _NAMES.format("task_partners")
TASK_DEADLINES = """(SELECT json_group_array(json_object('text', text, 'from', "from", 'to', "to", 'month_day',
    month_day, 'recurrence', recurrence)) FROM (SELECT x.* FROM task_deadlines l JOIN dates x ON x.id = l.date_id
    WHERE l.task_id = t.id ORDER BY l.position))"""


class Page(NamedTuple):
    """Which of the rows: ``limit`` of them (all where None), after the first ``offset``."""

    limit: int | None = None
    offset: int = 0

    def of(self, records: list[Record]) -> list[Record]:
        """This page of records already fetched."""
        return records[self.offset :][: self.limit]

    @property
    def sql(self) -> str:
        """This page as the end of a query."""
        return f" LIMIT {-1 if self.limit is None else int(self.limit)} OFFSET {int(self.offset)}"


ALL = Page()


class Where:
    """Conditions joined by AND, with their parameters."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.parameters: list[Any] = []

    def add(self, condition: str, *parameters: Any) -> None:
        self.conditions.append(condition)
        self.parameters += parameters

    @property
    def sql(self) -> str:
        return f" WHERE {' AND '.join(self.conditions)}" if self.conditions else ""


def fetch(db: Database, sql: str, parameters: list[Any] | dict[str, Any] | None = None) -> list[Record]:
    """The rows of a query as records; ``ocr`` is true of what was read from a picture."""
    cursor = db.execute(sql, parameters or [])
    names = [column[0] for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for record in found if "ocr" in names else ():
        record["ocr"] = bool(record["ocr"])
    return found
