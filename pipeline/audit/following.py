"""Documents that lay a task on an issuer of the store, and that none of its later documents cites."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.audit.catalogue import key_of, register
from pipeline.audit.model import Finding, Mention, Source, vietnamese

_NAMED = 3


class Charge(NamedTuple):
    """The first task that a document lays on an agency."""

    document_id: int
    agency: str
    text: str
    start: int
    end: int
    page: int | None


def unfollowed(charges: Iterable[Charge], sources: Sequence[Source], mentions: Iterable[Mention]) -> Iterator[Finding]:
    """One finding for each document and agency charged that has issued since, but nowhere cites it."""
    by_id = {s.id: s for s in sources}
    issued: dict[str, list[Source]] = defaultdict(list)
    for s in sources:
        if s.issuer and s.issued_on:
            issued[s.issuer].append(s)
    citing: dict[str, set[int]] = defaultdict(set)
    for m in mentions:
        citing[register(m.key)].add(m.source.id)
    for charge in charges:
        source = by_id[charge.document_id]
        if not source.symbol or not source.issued_on or source.issuer == charge.agency:
            continue
        since = [s for s in issued[charge.agency] if s.issued_on and s.issued_on > source.issued_on]
        followers = citing[register(key_of(source))]
        if since and not any(s.id in followers for s in since):
            yield _finding(charge, source, since)


def _finding(charge: Charge, source: Source, since: list[Source]) -> Finding:
    named = ", ".join(f"{s.label} ngày {vietnamese(s.issued_on)}" for s in since[:_NAMED] if s.issued_on)
    more = f" và {len(since) - _NAMED} văn bản khác" if len(since) > _NAMED else ""
    evidence = f"{charge.agency} có {named}{more} trong kho, đều ban hành sau và không viện dẫn {source.symbol}"
    return Finding(
        "unfollowed", "info", source.id, source.label, charge.page, charge.text, source.symbol, None, evidence,
        start=charge.start, end=charge.end,
    )  # fmt: skip
