"""Duties said twice: a district's plan that repeats those of the province's plan which it cites.

A duty repeats one of a cited document where both are laid on the same kind of office (``Phòng`` and ``Sở Lao động``,
``Ủy ban nhân dân`` of districts and of communes) in nearly the same words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from sqlite_utils import Database

from patterns import data
from pipeline.names import expand, fold, read_name

SAME_DUTY = 0.6  # share of common pairs of words from which two texts are one duty
_SHORTEST = 5  # pairs of words below which likeness says nothing


class _Duty(NamedTuple):
    """A task with what it is compared by: its owners' kinds of office, and the pairs of words in a row."""

    task_id: int
    kinds: frozenset[str]
    pairs: frozenset[tuple[str, str]]


_SAME = "x.symbol_key = d.symbol_key AND (x.issued_on IS NULL OR d.issued_on IS NULL OR x.issued_on = d.issued_on)"
_CITED = f"""SELECT DISTINCT d.id FROM citations c JOIN cited_documents x ON x.id = c.cited_id
    JOIN documents d ON {_SAME} WHERE c.document_id = ? AND d.id != c.document_id"""
_CITING = f"""SELECT DISTINCT c.document_id FROM documents d JOIN cited_documents x ON {_SAME}
    JOIN citations c ON c.cited_id = x.id WHERE d.id = ? AND c.document_id != d.id"""


def link(db: Database, document_id: int) -> None:
    """Link the duties of a document with those they repeat, and with those that repeat them."""
    cited = [row[0] for row in db.execute(_CITED, [document_id]).fetchall()]
    citing = [row[0] for row in db.execute(_CITING, [document_id]).fetchall()]
    own = _duties(db, document_id) if cited or citing else []
    if not own:
        return
    _write(db, own, [duty for other in cited for duty in _duties(db, other)])
    for other in citing:
        _write(db, _duties(db, other), own)


def _write(db: Database, later: list[_Duty], earlier: list[_Duty]) -> None:
    for duty in later:
        like = max(earlier, key=lambda e: likeness(duty.pairs, e.pairs) if duty.kinds & e.kinds else 0.0, default=None)
        if like and duty.kinds & like.kinds and likeness(duty.pairs, like.pairs) >= SAME_DUTY:
            db.execute("INSERT OR IGNORE INTO task_repeats VALUES (?, ?)", [duty.task_id, like.task_id])


def _duties(db: Database, document_id: int) -> list[_Duty]:
    rows = db.execute(
        "SELECT t.id, t.text, group_concat(a.name, char(10)) FROM tasks t JOIN task_agencies o ON o.task_id = t.id"
        " JOIN agencies a ON a.id = o.agency_id WHERE t.document_id = ? GROUP BY t.id ORDER BY t.position",
        [document_id],
    ).fetchall()
    return [_Duty(i, frozenset(map(kind_of, names.split("\n"))), pairs_of(text)) for i, text, names in rows]


def kind_of(agency: str) -> str:
    """The kind of an office whatever its level: ``Phòng`` and ``Sở Nội vụ`` are of one."""
    head, _, rest = read_name(agency).kind.partition(" ")
    return rest if head in {fold(h) for h in data("names")["heads"]["tiers"]} else f"{head} {rest}".strip()


def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words in a row, abbreviations written out."""
    words = expand(fold(text)).split()
    return frozenset(pairwise(words))


def likeness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """The share of common pairs of words, from 0 to 1."""
    if min(len(one), len(other)) < _SHORTEST:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))
