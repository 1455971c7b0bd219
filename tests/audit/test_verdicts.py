"""Every error and warning in documents that are not ours was read against its evidence; the verdicts are kept here.

``verdicts.csv`` names a document by the beginning of its digest. ``right``: the document says what its evidence shows
to be wrong; ``wrong``: it does not; ``open``: the sources differ. A finding that nobody has read fails the test.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from mentions import mentions_of

from pipeline.analyse import analyse
from pipeline.audit.figures import audit_figures
from pipeline.audit.law.catalogue import Catalogue, shipped
from pipeline.audit.law.citations import audit_citations
from pipeline.audit.model import doubt, source_of

SHARED = Path(__file__).parents[3] / "shared"
VERDICTS = Path(__file__).with_name("verdicts.csv")
FOLDERS = ("seeds", "realdocs/docx", "realdocs/txt", "realdocs/doc", "realdocs/htm", "realdocs/pdf")
PRECISION = 0.95

Row = tuple[str, str, str]


def found() -> Counter[Row]:
    """Every error and warning: document, finding, symbol."""
    paths: dict[str, Path] = {}  # of a document in two formats the first
    for folder in FOLDERS:
        for p in sorted((SHARED / folder).iterdir()):
            paths.setdefault(p.stem, p)
    documents = [analyse(p) for p in paths.values() if p.is_file()]
    known = Catalogue(shipped(), [source_of(d, i) for i, d in enumerate(documents)])
    mentions = [m for i, d in enumerate(documents) for m in mentions_of(d, i)]
    findings = audit_citations(mentions, known) + [f for i, d in enumerate(documents) for f in audit_figures(d, i)]
    findings = list(doubt(findings, {i: d.source.ocr_pages for i, d in enumerate(documents)}))
    digests = {i: d.source.sha256[:12] for i, d in enumerate(documents)}
    return Counter(
        (digests[f.document_id], f.finding, f.symbol or f.expected or "") for f in findings if f.severity != "info"
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs documents that are not ours")
def test_what_others_are_accused_of_was_read_and_is_right() -> None:
    with VERDICTS.open(encoding="utf-8") as file:
        verdicts = {(r["document"], r["finding"], r["about"]): r["verdict"] for r in csv.DictReader(file)}
    accused = found()
    assert not set(accused) - set(verdicts), "read these against their evidence"
    assert not {row for row, verdict in verdicts.items() if verdict == "right"} - set(accused), "no longer found"
    judged = Counter(verdicts[row] for row in accused.elements())
    assert judged["right"] / (judged["right"] + judged["wrong"]) >= PRECISION
