"""The audit as one printable page: what to fix in each document in reading order, and every cited document at fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from pipeline.audit.model import Finding
from pipeline.audit.names import FINDINGS, SEVERITIES
from pipeline.symbols import folded

Record = dict[str, Any]
TARGET_FIELDS = ("symbol", "findings", "severity", "expected", "mentions", "documents", "cited_by", "evidence")
_ORDER = ("error", "warning", "info")
_NOTHING = "<p>Không có.</p>"
_STYLE = """
body { font: 14px/1.45 'Times New Roman', 'Liberation Serif', serif; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; }
h1 { font-size: 1.3rem; text-align: center; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; }
.subject { text-align: center; } nav li { margin-bottom: .2rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; table-layout: fixed; }
th, td { border: 1px solid #888; padding: .25rem .4rem; vertical-align: top; text-align: left;
  overflow-wrap: anywhere; }
th { background: #eef2f6; } mark { background: #ffe08a; } a { color: #1f5fa8; text-decoration: none; }
.no { width: 2.2rem; } .page { width: 3rem; } .what { width: 8rem; } .right { width: 9rem; }
.error { color: #a40000; font-weight: bold; } .warning { color: #8a5200; font-weight: bold; } .info { color: #444; }
@page { size: A4 landscape; margin: 15mm; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  thead { display: table-header-group; } }
"""


class Passage(NamedTuple):
    """A finding with the paragraph that holds it; ``start`` and ``end`` are places in that paragraph."""

    finding: Finding
    paragraph: str
    start: int
    end: int


def by_target(found: Iterable[Finding]) -> list[Record]:
    """One row a cited document with something wrong, the most cited first: who cites it, how, what is wrong."""
    groups: dict[str, list[Finding]] = {}
    for f in found:
        if f.symbol:
            groups.setdefault(folded(f.symbol), []).append(f)
    rows = [_target(group) for group in groups.values()]
    return sorted(rows, key=lambda r: (_ORDER.index(r["severity"]), -r["documents"], r["symbol"]))


def _target(group: Sequence[Finding]) -> Record:
    worst = min(group, key=lambda f: _ORDER.index(f.severity))
    cited = {(f.document_id, f.start): f for f in group}
    return {
        "symbol": worst.symbol,
        "findings": sorted({f.finding for f in group}),
        "severity": worst.severity,
        "expected": worst.expected,
        "mentions": len(cited),
        "documents": len({f.document_id for f in group}),
        "cited_by": [
            {"document_id": f.document_id, "document": f.document, "page": f.page, "text": f.text, "finding": f.finding}
            for f in cited.values()
        ],
        "evidence": worst.evidence,
    }


def as_page(passages: Sequence[Passage], names: Mapping[int, str]) -> str:
    """The page, whole; ``names`` says what each document is. What is only to be known stands apart, at the end."""
    counts = {s: sum(p.finding.severity == s for p in passages) for s in _ORDER}
    told = "; ".join(f"{n} mục {SEVERITIES[s]}" for s, n in counts.items() if n) or "không có mục nào"
    to_fix = _by_document(p for p in passages if p.finding.severity != "info")
    to_know = _by_document(p for p in passages if p.finding.severity == "info")
    documents = len({p.finding.document_id for p in passages})
    listed = "\n".join(f'<li><a href="#v{i}">{_name(i, g, names)}</a> ({len(g)})</li>' for i, g in to_fix)
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Kết quả kiểm tra viện dẫn và số liệu</title><style>{_STYLE}</style></head><body>
<h1>KẾT QUẢ KIỂM TRA VIỆN DẪN VÀ SỐ LIỆU</h1>
<p class="subject">Lập ngày {date.today():%d/%m/%Y}. {documents} văn bản; {told}.</p>
<nav><ol>
{listed}
</ol></nav>
<h2>I. CHỖ CẦN SỬA, CẦN XEM TRONG TỪNG VĂN BẢN</h2>
{"".join(_document(i, g, names, "v") for i, g in to_fix) or _NOTHING}
<h2>II. TỪNG VĂN BẢN ĐƯỢC VIỆN DẪN</h2>
{_targets(by_target(p.finding for _, g in to_fix for p in g))}
<h2>III. ĐỂ BIẾT</h2>
{"".join(_document(i, g, names, "b") for i, g in to_know) or _NOTHING}
</body></html>
"""


def _by_document(passages: Iterable[Passage]) -> list[tuple[int, list[Passage]]]:
    return [(i, list(group)) for i, group in groupby(passages, key=lambda p: p.finding.document_id)]


def _name(document_id: int, group: Sequence[Passage], names: Mapping[int, str]) -> str:
    return escape(names.get(document_id) or group[0].finding.document)


def _document(document_id: int, group: Sequence[Passage], names: Mapping[int, str], part: str) -> str:
    rows = "\n".join(_row(i, p) for i, p in enumerate(group, 1))
    return f"""<h3 id="{part}{document_id}">{_name(document_id, group, names)}</h3>
<table><thead><tr><th class="no">TT</th><th class="page">Trang</th><th class="what">Phát hiện</th><th>Chỗ cần xem</th>
<th class="right">Đúng ra</th><th>Căn cứ</th></tr></thead><tbody>
{rows}
</tbody></table>
"""


def _row(number: int, p: Passage) -> str:
    f = p.finding
    before, meant, after = p.paragraph[: p.start], p.paragraph[p.start : p.end], p.paragraph[p.end :]
    words = f"{escape(_cut(before, -90))}<mark>{escape(meant)}</mark>{escape(_cut(after, 60))}"
    what = f'<span class="{f.severity}">{FINDINGS[f.finding]}</span><br>({SEVERITIES[f.severity]})'
    cells = [number, f.page or "", what, words, escape(f.expected or ""), escape(f.evidence)]
    return f"<tr>{''.join(f'<td>{c}</td>' for c in cells)}</tr>"


def _cut(words: str, most: int) -> str:
    """The words nearest to what is marked."""
    if len(words) <= abs(most):
        return words
    return f"…{words[most:]}" if most < 0 else f"{words[:most]}…"


def _targets(rows: Sequence[Record]) -> str:
    if not rows:
        return _NOTHING
    body = "\n".join(
        f"<tr><td>{i}</td><td>{escape(r['symbol'])}</td>"
        f'<td><span class="{r["severity"]}">{"; ".join(FINDINGS[f] for f in r["findings"])}</span></td>'
        f"<td>{escape(r['expected'] or '')}</td><td>{'<br>'.join(_citing(r['cited_by']))}</td>"
        f"<td>{escape(r['evidence'])}</td></tr>"
        for i, r in enumerate(rows, 1)
    )
    return f"""<table><thead><tr><th class="no">TT</th><th class="right">Số, ký hiệu</th><th class="what">Phát hiện</th>
<th class="right">Đúng ra</th><th>Viện dẫn trong</th><th>Căn cứ</th></tr></thead><tbody>
{body}
</tbody></table>"""


def _citing(cited: Sequence[Record]) -> list[str]:
    """The citing documents, each once, with the pages."""
    found: dict[int, tuple[str, list[str]]] = {}
    for c in cited:
        pages = found.setdefault(c["document_id"], (c["document"], []))[1]
        if c["page"] and str(c["page"]) not in pages:
            pages.append(str(c["page"]))
    return [
        f'<a href="#v{i}">{escape(label)}</a>' + (f" (trang {', '.join(pages)})" if pages else "")
        for i, (label, pages) in found.items()
    ]
