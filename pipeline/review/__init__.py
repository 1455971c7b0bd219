"""What people say of what was found: accepted, corrected, merged or dismissed; kept apart from what was extracted.

A correction holds on to words, not to offsets: when the document is read again, by this or a later version of the
program, it is applied to whatever is found at the same words. One that finds no hold is lost for now: listed, kept,
and tried again at the next reading. A field of the header is held to by its name, wherever its words stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pipeline.model import Document, Header, Signer

Action = Literal["accept", "correct", "merge", "dismiss"]

#: The kinds of findings in the text and where a document has them.
LISTS = {
    "task": "tasks",
    "citation": "citations",
    "date": "dates",
    "quantity": "quantities",
    "agency": "agencies",
    "section": "sections",
}
_SIGNER = "signer_"
#: The fields of the header, each a finding of its own: those of the signer by their column in the store.
HEADER = (
    "doc_type", "symbol", "issuer", "title", "place", "issued_on", "draft",
    *(f"{_SIGNER}{name}" for name in ("on_behalf_of", "capacity", "position", "name")), "addressees", "recipients",
)  # fmt: skip
#: The kinds of findings.
KINDS = ("header", *LISTS)
#: What may be corrected of each kind.
FIELDS: dict[str, tuple[str, ...]] = {
    "header": HEADER,
    "task": ("agencies", "role", "partners", "report_to", "deadlines"),
    "citation": ("doc_type", "symbol", "issued_on", "issuer", "title"),
    "date": ("from", "to"),
    "quantity": ("value", "value_max", "unit", "indicator"),
    "agency": ("name",),
    "section": ("role",),
}
_LONGEST = 10  # digits of a finding's number
_AROUND = 80  # letters before and after by which equal words are told apart


class Anchor(NamedTuple):
    """The words of a finding and those around it; ``start`` decides only between places that are alike.

    Of a header's field ``text`` is its value and ``before`` its name.
    """

    text: str
    before: str
    after: str
    start: int


class Correction(NamedTuple):
    """What somebody said of a finding. ``changes`` are new values of its fields, ``was`` what they were."""

    id: int
    kind: str
    action: Action
    anchor: Anchor
    changes: dict[str, Any]
    was: dict[str, Any]
    author: str
    made_at: str

    @property
    def said(self) -> str:
        """What a row says of a finding that stays."""
        return "accepted" if self.action == "accept" else "corrected"


class BadCorrection(Exception):
    """A correction that cannot be; the message is a Vietnamese sentence."""


class Overtaken(BadCorrection):
    """Somebody else said something of the finding after its author had looked at it."""


def fields(kind: str, index: int) -> tuple[str, ...]:
    """What may be corrected of a finding."""
    return (HEADER[index],) if kind == "header" else FIELDS[kind]


def count(document: Document, kind: str) -> int:
    """How many findings of a kind a document has."""
    return len(HEADER) if kind == "header" else len(getattr(document, LISTS[kind]))


def values_of(document: Document, kind: str, index: int) -> dict[str, Any]:
    """The fields of a finding as they are stored and exchanged."""
    if kind == "header":
        return {HEADER[index]: header_values(document.header)[HEADER[index]]}
    item: dict[str, Any] = getattr(document, LISTS[kind])[index].model_dump(mode="json", by_alias=True)
    return item


def header_values(header: Header) -> dict[str, Any]:
    """The fields of a header by the names in ``HEADER``."""
    whole = header.model_dump(mode="json")
    signer = {f"{_SIGNER}{name}": value for name, value in whole["signer"].items()}
    return {name: signer.get(name, whole.get(name)) for name in HEADER}


def with_values(header: Header, changes: dict[str, Any]) -> Header:
    """A header with other values of its fields. Raises ``ValidationError``."""
    new = header_values(header) | changes
    signer = {name: new.pop(f"{_SIGNER}{name}") for name in Signer.model_fields}
    return Header.model_validate({**new, "signer": signer, "legal_bases": header.legal_bases})


def name_of(kind: str, index: int) -> str:
    """What a finding is called in addresses: ``task-3``, ``header-symbol``."""
    return f"{kind}-{HEADER[index] if kind == 'header' else index}"


def named(name: str) -> tuple[str, int] | None:
    """The kind and the place of a finding by what it is called; null where there can be none of this name."""
    kind, _, which = name.partition("-")
    if kind == "header":
        return (kind, HEADER.index(which)) if which in HEADER else None
    return (kind, int(which)) if kind in LISTS and which.isdecimal() and len(which) < _LONGEST else None


def anchor(document: Document, kind: str, index: int) -> Anchor:
    """What holds a correction to a finding."""
    if kind == "header":
        value = header_values(document.header)[HEADER[index]]
        return Anchor("; ".join(value) if isinstance(value, list) else str(value or ""), HEADER[index], "", 0)
    item = getattr(document, LISTS[kind])[index]
    before = _plain(document.text[max(0, item.start - 2 * _AROUND) : item.start])[-_AROUND:]
    after = _plain(document.text[item.end : item.end + 2 * _AROUND])[:_AROUND]
    return Anchor(_plain(item.text), before, after, item.start)


def find(document: Document, kind: str, held: Anchor) -> int | None:
    """The finding at the words of an anchor: the same words, else the one that covers most of them."""
    if kind == "header":
        return HEADER.index(held.before) if held.before in HEADER else None
    items: Sequence[Any] = getattr(document, LISTS[kind])
    same = [i for i, item in enumerate(items) if _plain(item.text) == held.text]
    near = same or [i for i, item in enumerate(items) if _alike(_plain(item.text), held.text)]
    if not near:
        return None

    def fit(i: int) -> tuple[int, int]:
        own = anchor(document, kind, i)
        around = _shared(own.before[::-1], held.before[::-1]) + _shared(own.after, held.after)
        return around, -abs(own.start - held.start)

    best = max(near, key=fit)
    return best if same or fit(best)[0] >= _AROUND // 4 else None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _alike(a: str, b: str) -> bool:
    """Whether one text is the better part of the other."""
    short, long = sorted((a, b), key=len)
    return short in long and 2 * len(short) >= len(long)


def _shared(a: str, b: str) -> int:
    """How many letters two texts share at their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
