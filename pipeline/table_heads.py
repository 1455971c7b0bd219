"""The heads of a table's columns, where a second row of heads stands under the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from pipeline.model import TableText

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def has_second_row(table: TableText) -> bool:
    """Whether the first row under a table's heads only adds to them: it names no subject and no number but years."""
    under = table.rows[0] if table.rows else []
    if not under or under[0].strip() or not any(under):
        return False
    return not any(_DIGIT.search(_YEAR.sub("", cell)) for cell in under)


def heads(table: TableText) -> Sequence[str]:
    """The heads of a table's columns, each with what a second row of heads adds.

    A head over several columns may stand over the first alone.
    """
    if not has_second_row(table):
        return table.header
    found: list[str] = []
    last = ""
    for head, more in zip_longest(table.header, table.rows[0][: len(table.header)], fillvalue=""):
        last = head.strip() or last
        found.append(f"{last} {more}".strip() if more.strip() else head)
    return found
