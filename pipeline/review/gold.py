"""A reviewed document as gold: the form of ``corpus/gold``, by which the rules are measured."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from pipeline.model import Document

_FIELDS = {
    "citations": ("text", "doc_type", "symbol", "title", "issued_on", "issuer"),
    "dates": ("text", "kind", "from", "to", "month_day", "relation", "recurrence"),
    "quantities": ("text", "value", "value_max", "of", "unit", "per", "comparator"),
    "sections": ("id", "parent", "label", "heading", "role"),
}


def as_gold(document: Document) -> dict[str, Any]:
    """What holds in a document, without offsets."""
    whole = document.model_dump(mode="json", by_alias=True)
    header = {name: value for name, value in whole["header"].items() if name != "legal_bases"}
    found: dict[str, Any] = {"file": document.source.name, "header": header}
    for name, fields in _FIELDS.items():
        found[name] = [{field: item[field] for field in fields} for item in whole[name]]
    found["agencies"] = sorted({mention.name for mention in document.agencies})
    found["tasks"] = [
        {
            "agencies": task.agencies,
            "role": task.role,
            "partners": task.partners,
            "text": task.text,
            "deadlines": [document.dates[d].text for d in task.deadlines],
            "report_to": task.report_to,
        }
        for task in document.tasks
    ]
    return found


def as_files(golds: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Each of them as JSON under the name of its file, which is told apart from others of that name."""
    found: dict[str, str] = {}
    for gold in golds:
        stem, number = PurePath(gold["file"]).stem, 1
        while (name := f"{stem}-{number}.json" if number > 1 else f"{stem}.json") in found:
            number += 1
        found[name] = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
    return found
