"""Findings about citations: symbols that break their form, dates that cannot be right, documents no longer in force.

Goes in: the citations of documents, and the legal catalogue with the store's own documents. Comes out: findings, each
with the evidence that makes it certain; where the catalogue was not checked on a point, nothing is said about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from pipeline.audit.law.catalogue import Catalogue, Entry, dated, register
from pipeline.audit.law.disagreement import Disagreements
from pipeline.audit.law.force import (
    amended,
    ended_by_document,
    not_yet_in_force,
    out_of_force,
    replaced_by_documents,
    soon_out_of_force,
)
from pipeline.audit.law.identity import wrong_date, wrong_issuer, wrong_type
from pipeline.audit.law.subjects import other_subject
from pipeline.audit.law.symbol_form import malformed
from pipeline.audit.model import Finding, Mention, finding_of, vietnamese
from pipeline.symbols import folded, parse


def audit_citations(mentions: Sequence[Mention], known: Catalogue, about: Sequence[int] = ()) -> list[Finding]:
    """The findings about some mentions, in their order; ``about`` some documents, which the rest bear witness to."""
    disagreements = Disagreements(mentions, known)
    ended = replaced_by_documents(list(mentions))
    by_document: dict[int, list[Mention]] = defaultdict(list)
    for m in mentions:
        if not about or m.source.id in about:
            by_document[m.source.id].append(m)
    found: list[Finding] = []
    for own in by_document.values():
        on = _not_before(own)
        cited = {folded(m.symbol) for m in own if m.symbol}
        told: set[str] = set()
        for m in own:
            found += malformed(m, known)
            found += _wrong(m, known, disagreements)
            found += _future_date(m, known)
            if on:
                found += out_of_force(m, known, on)
                found += ended_by_document(m, ended.get(m.key, []), on) if m.key in ended else ()
                found += not_yet_in_force(m, known, on)
            if m.key not in told:
                found += [*amended(m, known, on, cited), *soon_out_of_force(m, known, on)] if on else ()
                found += _open(m, known, on)
                told.add(m.key)
    return found


def _not_before(own: Sequence[Mention]) -> date | None:
    """The day of a document; where it carries none, a day before which it cannot have been written."""
    source = own[0].source
    if source.issued_on:
        return source.issued_on
    days = [m.issued_on for m in own if m.issued_on and m.dated and m.relation == "basis"]
    return max(days, default=None)


def _wrong(m: Mention, known: Catalogue, disagreements: Disagreements) -> list[Finding]:
    """What of a mention's own words is wrong; mentions elsewhere are asked where the catalogue is silent."""
    found = [*wrong_type(m, known), *wrong_issuer(m, known), *wrong_date(m, known)] or [*other_subject(m, known)]
    return found or list(disagreements.of(m))


def _future_date(m: Mention, known: Catalogue) -> Iterator[Finding]:
    """A document issued after the citing one."""
    own = m.source.issued_on
    if not own:
        return
    symbol = parse(m.symbol) if m.symbol else None
    if m.issued_on and m.dated and m.issued_on > own:
        evidence = f"Văn bản viện dẫn ban hành ngày {vietnamese(own)}, trước ngày {vietnamese(m.issued_on)}"
        yield finding_of(m, "future_date", "error", evidence)
    elif symbol and symbol.year and symbol.year > own.year and not m.dated:
        evidence = f"Văn bản viện dẫn ban hành ngày {vietnamese(own)}, ký hiệu {m.symbol} mang năm {symbol.year}"
        yield finding_of(m, "future_date", "error", evidence)
    elif not m.dated and symbol and symbol.year:
        entries = [e for e in known.of(m) if e.identified and e.issued_on and e.issued_on > own]
        if entries and len(known.of(m)) == 1:
            evidence = f"Văn bản viện dẫn ban hành ngày {vietnamese(own)}; {entries[0].label}"
            yield finding_of(m, "future_date", "error", evidence)


def _open(m: Mention, known: Catalogue, on: date | None) -> Iterator[Finding]:
    """What leaves the identity of a cited document open: no date, several that fit, none that is known."""
    symbol = parse(m.symbol) if m.symbol else None
    if symbol and not symbol.year and not symbol.term and m.issued_on is None:
        evidence = "Số này được đánh lại từ đầu mỗi năm (của Đảng: mỗi nhiệm kỳ); văn bản không nêu ngày ở chỗ nào"
        yield finding_of(m, "missing_date", "info", evidence)
        fitting = [e for e in known.numbered(m) if not dated(e)]
        if len(fitting) > 1:
            yield finding_of(m, "ambiguous", "info", "; ".join(e.label for e in fitting))
        return
    if m.doc_type == "Luật" and not m.symbol and m.title and m.key.endswith("|"):
        laws = [e for e in known.titled(m.title) if not on or _could_mean(e, on)]
        if len(laws) > 1:
            yield finding_of(m, "ambiguous", "info", "; ".join(e.label for e in laws))
        return
    if symbol and symbol.codes and not known.of(m) and not malformed_key(m):
        evidence = "Không có trong danh mục, cũng không phải văn bản nào trong kho"
        yield finding_of(m, "unknown", "info", evidence)


def _could_mean(law: Entry, on: date) -> bool:
    """Whether whoever names a law by its title on a day can mean this one: issued, and not yet out of force."""
    return (law.issued_on or date.min) <= on and not law.expired(on)


def malformed_key(m: Mention) -> bool:
    """Whether a mention has no identity that could be looked up."""
    return not register(m.key)
