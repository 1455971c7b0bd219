"""Who holds the stored duties on a given day: what the store adds to ``pipeline.resolve.succession``."""

from __future__ import annotations

import json
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlite_utils import Database

from pipeline.names import answers_to, name_key, read_name
from pipeline.resolve.bodies import names_of, offices
from pipeline.resolve.mergers import Area
from pipeline.resolve.succession import (
    NOWHERE,
    Step,
    Succession,
    body_of,
    holder,
    office_of,
    offices_after,
    possible_holders,
)
from pipeline.store.match import places_of_documents
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


class Heirs:
    """The duties that a typed name holds on a day for certain, though their documents name another body."""

    def __init__(self, db: Database, asked: str, on: date) -> None:
        self.db, self.key, self.on = db, name_key(asked), on
        told = places_of_documents(db)
        self.areas = [_area(*place) for place in dict.fromkeys((p.province, p.district) for p in told)]
        rows = db.execute(
            f'SELECT id, name, "key" FROM agencies WHERE {_OFFICE} IN (SELECT value FROM json_each(?))',
            [json.dumps(sorted(_leading_to(self.key)))],
        ).fetchall()
        unnamed = db.execute('SELECT id, name FROM agencies WHERE "key" IS NULL').fetchall()
        rows += [(i, name, None) for i, name in unnamed if office_of(name, None) in _leading_to(self.key)]
        self.agencies = {i: (name, key) for i, name, key in rows if self._may(name, key)}
        self._known: dict[tuple[str | None, ...], bool] = {}
        db.conn.create_function("held_now", 5, self._holds)

    def _may(self, name: str, key: str | None) -> bool:
        """Whether an agency's duties can have come here, on the ground of its name and the places of documents."""
        body = body_of(name, key)
        if body is None:
            return False
        if not body.place or body.every:
            areas = self.areas
        elif offices()[body.office].level == "province":
            areas = [NOWHERE]  # which body of a province it is, its name tells alone
        else:
            return True
        return any(
            _answers(possible_holders(name, key, self.on, area, since), self.key)
            for area in areas
            for since in (None, self.on)
        )

    @property
    def sql(self) -> str:
        """A condition on an owner ``o`` of a task ``t`` of a document ``d``."""
        return f"(+o.agency_id IN ({self._ids}) AND held_now(o.agency_id, t.text, d.province, d.district, d.issued_on))"

    @property
    def _ids(self) -> str:
        return ", ".join(map(str, sorted(self.agencies))) or "NULL"

    def any_task(self) -> bool:
        """Whether there is such a duty."""
        found = self.db.execute(
            "SELECT 1 FROM task_agencies o CROSS JOIN tasks t ON t.id = o.task_id"
            f" CROSS JOIN documents d ON d.id = t.document_id WHERE o.agency_id IN ({self._ids}) AND {self.sql} LIMIT 1"
        )
        return found.fetchone() is not None

    def _holds(self, agency_id: int, text: str, province: str | None, district: str | None, issued: str | None) -> bool:
        name, key = self.agencies[agency_id]
        asked = (name, key, province, district, issued)
        if asked not in self._known:
            where = _where(province, district, issued)
            self._known[asked] = _answers(possible_holders(name, key, self.on, *where), self.key)
        if not self._known[asked]:
            return False
        held = _held(text, name, key, province, district, issued, self.on)
        return bool(held.chain and held.holder) and _answers((held.holder or "", *held.members), self.key)


#: The office of an agency: the first part of its key.
_OFFICE = """substr("key", 1, instr("key" || ':', ':') - 1)"""


@lru_cache(maxsize=1024)
def _leading_to(asked: str) -> frozenset[str]:
    """The offices whose duties may have come to a body so called, by the ids of the registry."""
    return frozenset(i for i in offices() if any(_may_be_called(o, asked) for o in offices_after(i)))


def _may_be_called(office: str, asked: str) -> bool:
    return any(asked == k or asked.startswith(f"{k} ") or k.startswith(asked) for k in _calls(office))


@cache
def _calls(office: str) -> frozenset[str]:
    """How the names of an office's bodies begin, as keys."""
    names = names_of(office)
    return frozenset([*map(name_key, names), *(read_name(name).kind for name in names)])


def _answers(names: tuple[str, ...], key: str) -> bool:
    return any(answers_to(read_name(name), key) for name in names)


def _held(
    text: str, name: str, key: str | None, province: str | None, district: str | None, issued: str | None, on: date
) -> Succession:
    return holder(name, key, on, text, *_where(province, district, issued))


def _where(province: str | None, district: str | None, issued: str | None) -> tuple[Area, date | None]:
    """What the document of a duty says of its place and day."""
    return _area(province or "", district or ""), date.fromisoformat(issued) if issued else None


def _area(province: str, district: str) -> Area:
    return Area(full_name(province), full_name(district))
