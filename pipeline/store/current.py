"""Who holds the stored duties on a given day: what the store adds to ``pipeline.resolve.succession``."""

from __future__ import annotations

import json
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlite_utils import Database

from pipeline.names import answers_to, name_key, read_name
from pipeline.resolve.bodies import names_of, offices
from pipeline.resolve.mergers import Area
from pipeline.resolve.succession import (
    Step,
    holder,
    holder_by_fields,
    office_of,
    offices_after,
    possible_holders,
)
from pipeline.store import charges
from pipeline.store.places import full_name

Record = dict[str, Any]

FIELDS = ("current_agency", "current_candidates", "current_members", "current_chain", "current_why")
NOT_ASKED: Record = dict.fromkeys(FIELDS)


def fields(record: Record, on: date) -> Record:
    """Who holds the duty of a record (its agency, key, text, issue date and the document's place) on a day."""
    area = _area(record["province"] or "", record["district"] or "")
    issued = date.fromisoformat(record["issued_on"]) if record["issued_on"] else None
    found = holder(record["agency"], record["agency_key"], on, record["text"], area, issued)
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


_CHARGES = """
    SELECT c.id, c.fields, a.name, a."key", c.province, c.district, c.era
    FROM agencies a CROSS JOIN charges c ON c.agency_id = a.id
"""


def heirs(db: Database, asked: str, on: date) -> list[int]:
    """The charges (``charges.id``) that a typed name holds on a day for certain, though documents name another body."""
    key = name_key(asked)
    rows = db.execute(
        f'{_CHARGES} WHERE a."key" IS NULL OR {_OFFICE} IN (SELECT value FROM json_each(?))',
        [json.dumps(sorted(_leading_to(key)))],
    ).fetchall()
    return [charge_id for charge_id, fields, *laid in rows if _holds(key, on, _Laid(*laid), fields)]


class _Laid(NamedTuple):
    """On whom, where and when duties were laid."""

    name: str
    key: str | None
    province: str
    district: str
    era: str

    @property
    def where(self) -> tuple[Area, date]:
        """The place and time of the documents."""
        return _area(self.province, self.district), date.fromisoformat(self.era)


@lru_cache(maxsize=65536)
def _holds(asked: str, on: date, laid: _Laid, fields: str) -> bool:
    """Whether a body so called holds duties on these fields on a day, and did not always."""
    if not _may_hold(asked, on, laid):
        return False
    held = holder_by_fields(laid.name, laid.key, on, charges.read(fields), *laid.where)
    return bool(held.chain and held.holder) and _answers((held.holder or "", *held.members), asked)


@lru_cache(maxsize=65536)
def _may_hold(asked: str, on: date, laid: _Laid) -> bool:
    if office_of(laid.name, laid.key) not in _leading_to(asked):
        return False
    return _answers(possible_holders(laid.name, laid.key, on, *laid.where), asked)


#: The office of an agency: the first part of its key.
_OFFICE = """substr(a."key", 1, instr(a."key" || ':', ':') - 1)"""


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


def _area(province: str, district: str) -> Area:
    return Area(full_name(province), full_name(district))
