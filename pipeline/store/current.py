"""Who holds the stored duties on a given day: what the store adds to ``pipeline.resolve.succession``."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from sqlite_utils import Database

from pipeline.names import answers_to, name_key, read_name
from pipeline.resolve.mergers import Area
from pipeline.resolve.succession import Step, Succession, holder, possible_holders
from pipeline.store.places import full_name

Record = dict[str, Any]

FIELDS = ("current_agency", "current_candidates", "current_members", "current_chain", "current_why")
NOT_ASKED: Record = dict.fromkeys(FIELDS)


def fields(record: Record, on: date) -> Record:
    """Who holds the duty of a record (its agency, key, text, issue date and the document's place) on a day."""
    found = _held(
        record["text"], record["agency"], record["agency_key"], record["province"], record["district"],
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
        'SELECT o.task_id, o.agency_id, t.text, a.name, a."key", d.province, d.district, d.issued_on'
        " FROM task_agencies o JOIN agencies a ON a.id = o.agency_id JOIN tasks t ON t.id = o.task_id"
        " JOIN documents d ON d.id = t.document_id"
    ).fetchall()

    @cache
    def may(*named: str | None) -> bool:
        return _answers(possible_holders(named[0] or "", named[1], on, *_where(*named[2:])), key)

    found = []
    for task_id, agency_id, text, name, agency_key, province, district, issued in rows:
        if may(name, agency_key, province, district, issued):
            held = _held(text, name, agency_key, province, district, issued, on)
            if held.chain and held.holder and _answers((held.holder, *held.members), key):
                found.append((task_id, agency_id))
    return found


def _answers(names: tuple[str, ...], key: str) -> bool:
    return any(answers_to(read_name(name), key) for name in names)


def _held(
    text: str, name: str, key: str | None, province: str | None, district: str | None, issued: str | None, on: date
) -> Succession:
    return holder(name, key, on, text, *_where(province, district, issued))


def _where(province: str | None, district: str | None, issued: str | None) -> tuple[Area, date | None]:
    """What the document of a duty says of its place and day."""
    area = Area(full_name(province or ""), full_name(district or ""))
    return area, date.fromisoformat(issued) if issued else None
