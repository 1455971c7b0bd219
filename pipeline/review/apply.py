"""From what was extracted and what people said of it to what holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from pipeline.model import Document
from pipeline.resolve.citations import identity
from pipeline.review import KINDS, LISTS, BadCorrection, Correction, count, fields, find, values_of, with_values
from pipeline.review.deadlines import FIELD as DEADLINES
from pipeline.review.deadlines import as_placed

#: Fields that a finding cannot be without, and those of which one comes before the other.
_NEEDED = ("agencies", "name")
_IN_ORDER = (("from", "to"), ("value", "value_max"))


class Corrected(NamedTuple):
    """A document as it holds.

    Of each kind ``origin`` tells of every finding which of the extracted ones it is, ``reviewed`` what was said of it;
    ``placed`` has the correction of an extracted finding, ``lost`` those whose words were not found: also where the
    finding is there and only the words of a deadline are not.
    """

    document: Document
    origin: dict[str, list[int]]
    reviewed: dict[str, list[str | None]]
    placed: dict[tuple[str, int], Correction]
    lost: list[Correction]

    def values(self, kind: str, index: int) -> dict[str, Any] | None:
        """The fields of an extracted finding as they hold, None where it was dismissed or is not there.

        Deadlines are places among the dates extracted.
        """
        if index not in self.origin[kind]:
            return None
        found = values_of(self.document, kind, self.origin[kind].index(index))
        if DEADLINES in found:
            found[DEADLINES] = [self.origin["date"][d] for d in found[DEADLINES]]
        return found

    def said(self, kind: str, index: int) -> dict[str, Any]:
        """What was changed of an extracted finding."""
        correction = self.placed.get((kind, index))
        return dict(correction.changes) if correction else {}


def apply(extracted: Document, corrections: Sequence[Correction]) -> Corrected:
    """The document with the corrections, the newest of those on one finding."""
    placed: dict[tuple[str, int], Correction] = {}
    lost = []
    for correction in sorted(corrections, key=lambda c: c.id):
        index = find(extracted, correction.kind, correction.anchor)
        changes = as_placed(extracted, correction.changes)
        if index is None or len(changes) < len(correction.changes):
            lost.append(correction)
        if index is not None:
            placed[correction.kind, index] = correction._replace(changes=changes)
    document = extracted.model_copy(deep=True) if placed else extracted
    for (kind, index), correction in placed.items():
        if correction.action == "correct":
            _correct(document, kind, index, correction.changes)
    for (_, index), correction in placed.items():
        if correction.action == "merge":
            _rename(document, extracted.agencies[index].name, correction.changes["name"])
    dismissed = {key for key, c in placed.items() if c.action == "dismiss"}
    origin = {k: [i for i in range(count(document, k)) if (k, i) not in dismissed] for k in KINDS}
    reviewed = {
        kind: [placed[kind, i].said if (kind, i) in placed else None for i in kept] for kind, kept in origin.items()
    }
    if dismissed:
        _drop(document, origin)
    return Corrected(document, origin, reviewed, placed, lost)


def check(document: Document, kind: str, index: int, changes: dict[str, Any]) -> None:
    """Whether a finding may be changed so. Raises :class:`BadCorrection`."""
    if set(changes) - set(fields(kind, index)):
        raise BadCorrection("Không sửa được mục này.")
    if not all(changes.get(name, True) for name in _NEEDED):
        raise BadCorrection("Không để trống được mục này. Nếu cả kết quả là sai thì hãy bỏ nó.")
    if not all(0 <= d < len(document.dates) for d in changes.get(DEADLINES, ())):
        raise BadCorrection("Thời hạn phải là một ngày đã đọc được trong văn bản.")
    try:
        _correct(document.model_copy(deep=True), kind, index, changes)
    except ValidationError as error:
        raise BadCorrection("Giá trị mới không hợp lệ.") from error
    new = values_of(document, kind, index) | changes
    for first, last in _IN_ORDER:
        if new.get(first) is not None and new.get(last) is not None and new[first] > new[last]:
            raise BadCorrection("Giá trị đầu lớn hơn giá trị cuối. Hãy xem lại hai ô ấy.")


def _correct(document: Document, kind: str, index: int, changes: dict[str, Any]) -> None:
    if kind == "header":
        document.header = with_values(document.header, changes)
        return
    items: list[Any] = getattr(document, LISTS[kind])
    new = values_of(document, kind, index) | changes
    if kind == "task" and "agencies" in changes:
        new["agency"] = changes["agencies"][0] if changes["agencies"] else None
    if kind == "agency":
        known = next((a for a in document.agencies if a.name == new["name"]), None)
        new |= {"key": known.key if known else None}
        new |= {"level": known.level, "collective": known.collective} if known else {}
    items[index] = type(items[index]).model_validate(new)
    if kind == "citation":
        items[index].key = _identity(document, items[index])


def _identity(document: Document, citation: Any) -> str:
    """The key of a corrected citation: what the other mentions of that document have, else made from its parts."""
    from pipeline.model import Context

    same = (c.key for c in document.citations if c is not citation and _identified(c) == _identified(citation))
    header = document.header
    context = Context(issuer=header.issuer, issued_on=header.issued_on, doc_type=header.doc_type)
    return next(same, "") or identity(citation, context, {})


def _identified(citation: Any) -> tuple[Any, ...]:
    return citation.doc_type, citation.symbol, citation.issued_on, citation.issuer, citation.title


def _rename(document: Document, old: str, new: str) -> None:
    """One agency's name everywhere in a document."""
    known = next((a for a in document.agencies if a.name == new), None)

    def named(name: str) -> str:
        return new if name == old else name

    for mention in document.agencies:
        if mention.name == old:
            mention.name, mention.key = new, known.key if known else None
    for task in document.tasks:
        task.agency = named(task.agency)
        task.agencies = list(dict.fromkeys(map(named, task.agencies)))
        task.partners = list(dict.fromkeys(map(named, task.partners)))
        task.report_to = named(task.report_to) if task.report_to else None


def _drop(document: Document, origin: dict[str, list[int]]) -> None:
    """Leave out what was dismissed; what pointed to it points to nothing, what comes after is counted anew."""
    for kind, field in LISTS.items():
        items = getattr(document, field)
        setattr(document, field, [items[i] for i in origin[kind]])
    dates = {old: new for new, old in enumerate(origin["date"])}
    bases = {old: new for new, old in enumerate(origin["citation"])}
    for task in document.tasks:
        task.deadlines = [dates[d] for d in task.deadlines if d in dates]
    document.header.legal_bases = [bases[b] for b in document.header.legal_bases if b in bases]
