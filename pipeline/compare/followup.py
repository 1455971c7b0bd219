"""Who, of the bodies that a document charges, has answered it with a plan, with a report, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from patterns import data, forms
from pipeline.names import name_key, read_name, unit_of

Record = dict[str, Any]

FOLLOW_FIELDS = (
    "agency", "charged", "status", "tasks", "plan_due", "plan", "plan_on", "plan_late", "report_due", "report",
    "report_on", "report_late", "others", "plan_document_id", "report_document_id",
)  # fmt: skip


def follow(
    origin: Record, charges: Sequence[Record], answers: Sequence[Record], places: Iterable[str] = ()
) -> list[Record]:
    """One row a body: those charged by a document first, then others that answer it.

    ``charges``: agency, role, text, deadlines of its duties; ``answers``: the documents that cite it; ``places``: names
    of the units that a collective (``Ủy ban nhân dân các huyện``) may stand for.
    """
    later = [a for a in answers if not _before(a["issued_on"], origin["issued_on"])]
    units = [*places, *(p for a in later if (p := _place_said(a["issuer"] or "")))]
    bodies: dict[str, tuple[str, list[Record]]] = {}
    for charge in charges:
        if charge["role"] in data("followup")["roles"]["charged"]:
            for name in _members(charge["agency"], bool(charge["collective"]), units):
                bodies.setdefault(name_key(name), (name, []))[1].append(charge)
    issued = _Issued(later)
    rows = [_row(name, duties, issued.by(name), origin) for name, duties in bodies.values()]
    answered = {d["document_id"] for row in rows for d in row["documents"]}
    issuers = dict.fromkeys(a["issuer"] for a in later if a["document_id"] not in answered and a["issuer"])
    rows += [_row(name, [], issued.by(name), origin) for name in issuers]
    return rows


def _before(day: str | None, origin: str | None) -> bool:
    return bool(day and origin and day < origin)


def _place_said(issuer: str) -> str | None:
    """The unit at the end of an issuer's name as written (``huyện Phú Khê``)."""
    words = issuer.split()
    for i in range(len(words)):
        rest = " ".join(words[i:])
        unit = unit_of(name_key(rest))
        if unit and name_key(rest) != unit:
            return rest
    return None


def _members(agency: str, collective: bool, units: Sequence[str]) -> list[str]:
    """The bodies that a name stands for: of a collective one in each unit of its kinds, else itself."""
    name = read_name(agency)
    if not name.members:
        return [] if collective else [agency]
    head = agency[: agency.lower().find(" các ")] if " các " in agency.lower() else ""
    kind = head or " ".join(agency.split()[: len(name.kind.split())])
    found = {name_key(u): u for u in units if unit_of(name_key(u)) in name.members}
    return [f"{kind} {unit}" for unit in found.values()]


class _Issued:
    """Documents by the bodies that issued them; a name without its place is that of any place."""

    def __init__(self, documents: Sequence[Record]) -> None:
        self._by_kind: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for d in documents:
            if d["issuer"]:
                name = read_name(d["issuer"])
                self._by_kind[name.kind][name.place].append(d)

    def by(self, body: str) -> list[Record]:
        """The documents that a body has issued, in their order."""
        name = read_name(body)
        places = self._by_kind.get(name.kind, {})
        if not name.place:
            return [d for listed in places.values() for d in listed]
        return [*places.get(name.place, ()), *places.get("", ())]


def _row(name: str, duties: Sequence[Record], documents: Sequence[Record], origin: Record) -> Record:
    kinds = data("followup")["types"]
    plan = _first(documents, kinds["plan"])
    report = _last(documents, kinds["report"])
    plan_due = _due(duties, "asks_plan", plan, origin)
    report_due = _due(duties, "asks_report", report, origin)
    others = [d for d in documents if d not in (plan, report)]
    return {
        "agency": name,
        "charged": bool(duties),
        "status": _status(plan, report, others),
        "tasks": len(duties),
        "plan_due": plan_due,
        "plan": plan and plan["document"],
        "plan_on": plan and plan["issued_on"],
        "plan_late": _late(plan, plan_due),
        "report_due": report_due,
        "report": report and report["document"],
        "report_on": report and report["issued_on"],
        "report_late": _late(report, report_due),
        "others": [d["document"] for d in others],
        "plan_document_id": plan and plan["document_id"],
        "report_document_id": report and report["document_id"],
        "documents": list(documents),
    }


def _first(documents: Sequence[Record], kinds: Sequence[str]) -> Record | None:
    return min((d for d in documents if d["doc_type"] in kinds), key=lambda d: d["issued_on"] or "9", default=None)


def _last(documents: Sequence[Record], kinds: Sequence[str]) -> Record | None:
    return max((d for d in documents if d["doc_type"] in kinds), key=lambda d: d["issued_on"] or "", default=None)


def _status(plan: Record | None, report: Record | None, others: Sequence[Record]) -> str:
    if plan and report:
        return "plan_and_report"
    return "report" if report else "plan" if plan else "other" if others else "none"


def _due(duties: Sequence[Record], form: str, document: Record | None, origin: Record) -> str | None:
    """The deadline of the duties that ask for such a document; of several the nearest to the day it was issued."""
    days = [day for duty in duties if _asks(duty["text"], form) for d in duty["deadlines"] for day in _days(d, origin)]
    if not days:
        return None
    issued = document["issued_on"] if document else None
    if not issued:
        return max(d for d in days if d[:4] == max(days)[:4])
    on = date.fromisoformat(issued)
    return min(days, key=lambda day: abs((date.fromisoformat(day) - on).days))


def _asks(text: str, form: str) -> bool:
    """Whether a duty asks the body itself for such a document."""
    others = forms("followup")["for_others"].pattern
    return any(not others.search(text[: m.start()]) for m in forms("followup")[form].pattern.finditer(text))


def _days(deadline: Record, origin: Record) -> list[str]:
    if day := deadline["to"] or deadline["from"]:
        return [day]
    if deadline["month_day"] and origin["issued_on"]:
        return [f"{origin['issued_on'][:4]}-{deadline['month_day']}"]
    return []


def _late(document: Record | None, due: str | None) -> bool | None:
    if not document or not due or not document["issued_on"]:
        return None
    return bool(document["issued_on"] > due)
