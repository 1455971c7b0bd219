"""Who holds the stored duties on a given day: what the store adds to ``pipeline.resolve.succession``."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlite_utils import Database

from pipeline.names import answers_to, name_key, read_name
from pipeline.resolve.mergers import Area
from pipeline.resolve.succession import Step, Succession, holder
from pipeline.store.places import full_name

Record = dict[str, Any]

FIELDS = ("current_agency", "current_candidates", "current_members", "current_chain", "current_why")
NOT_ASKED: Record = dict.fromkeys(FIELDS)


def fields(record: Record, on: date) -> Record:
    """Who holds the duty of a record (its agency, key, text, issue date and the document's place) on a day."""
    found = _held(
        record["agency"], record["agency_key"], record["text"], record["province"], record["district"],
        record["issued_on"], on,
    )  # fmt: skip
    values = (found.holder, list(found.candidates), list(found.members), list(map(_told, found.chain)), found.why)
    return dict(zip(FIELDS, values, strict=True))


def _told(step: Step) -> Record:
    text = f"{step.predecessor} → {step.successor} (từ {step.on:%d/%m/%Y}, {step.ground})"
    return {
        "text": text,
        "from": step.predecessor,
        "to": step.successor,
        "on": step.on.isoformat(),
        "ground": step.ground,
        "note": step.note or None,
    }


def held_now(db: Database, asked: str, on: date) -> list[tuple[int, int]]:
    """The tasks, each with the owner named in its document, that a typed name holds on a day for certain."""
    key = name_key(asked)
    rows = db.execute(
        'SELECT o.task_id, o.agency_id, a.name, a."key", t.text, d.province, d.district, d.issued_on'
        " FROM task_agencies o JOIN agencies a ON a.id = o.agency_id JOIN tasks t ON t.id = o.task_id"
        " JOIN documents d ON d.id = t.document_id"
    ).fetchall()
    found = []
    for task_id, agency_id, name, agency_key, text, province, district, issued in rows:
        succession = _held(name, agency_key, text, province, district, issued, on)
        names = [n for n in (succession.holder, *succession.members) if n] if succession.chain else []
        if any(answers_to(read_name(n), key) for n in names):
            found.append((task_id, agency_id))
    return found


def _held(
    name: str, key: str | None, text: str, province: str | None, district: str | None, issued: str | None, on: date
) -> Succession:
    area = Area(full_name(province or ""), full_name(district or ""))
    return holder(name, key, on, text, area, date.fromisoformat(issued) if issued else None)
