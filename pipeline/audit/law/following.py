"""Documents that lay a task on an issuer of the store, and that none of its later documents cites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.audit.model import Finding, Source, vietnamese

#: Later documents that are named.
NAMED = 3


class Charge(NamedTuple):
    """The first task that a document lays on an agency."""

    source: Source
    agency: str
    text: str
    start: int
    end: int
    page: int | None

    @property
    def asks(self) -> bool:
        """Whether one can tell that it was followed: by its symbol and date, by another than its issuer."""
        return bool(self.source.symbol and self.source.issued_on and self.source.issuer != self.agency)


def unfollowed(charge: Charge, since: Sequence[Source], count: int) -> Finding:
    """An agency charged that has issued ``count`` documents since, the first of them given, but nowhere cites it."""
    source = charge.source
    named = ", ".join(f"{s.label} ngày {vietnamese(s.issued_on)}" for s in since[:NAMED] if s.issued_on)
    more = f" và {count - NAMED} văn bản khác" if count > NAMED else ""
    evidence = f"{charge.agency} có {named}{more} trong kho, đều ban hành sau và không viện dẫn {source.symbol}"
    return Finding(
        "unfollowed", "info", source.id, source.label, charge.page, charge.text, source.symbol, None, evidence,
        start=charge.start, end=charge.end,
    )  # fmt: skip
