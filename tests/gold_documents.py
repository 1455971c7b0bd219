"""The annotated samples as documents: what the store is asked about when reading itself is not the question."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pipeline.annotate.agency_phrases import read_phrase
from pipeline.evaluate import read_gold
from pipeline.model import AgencyMention, Citation, DateMention, Document, Header, SourceInfo, Task

#: The annotations of the samples.
CORPUS = read_gold(Path(__file__).parent.parent / "corpus" / "gold")


def gold_document(annotated: dict[str, Any]) -> Document:
    """A document that holds what its annotation says: header, citations, dates, agencies and tasks, one a line."""
    return _Gold(annotated).document()


class _Gold:
    """Puts the annotated words one below the other and makes items of them."""

    def __init__(self, annotated: dict[str, Any]) -> None:
        self.annotated = annotated
        self.lines: list[str] = []
        self.length = 0

    def document(self) -> Document:
        given = self.annotated
        header = {
            k: v for k, v in given["header"].items() if k in ("doc_type", "symbol", "issuer", "title", "issued_on")
        }
        dates = [DateMention.model_validate({**d, **self._placed(d["text"])}) for d in given["dates"]]
        texts = [d.text for d in dates]
        tasks = [
            Task(
                **self._placed(t["text"]),
                agency=t["agencies"][0],
                agencies=t["agencies"],
                role=t["role"],
                partners=t.get("partners", []),
                deadlines=[texts.index(due) for due in t.get("deadlines", ()) if due in texts],
                report_to=t.get("report_to"),
            )
            for t in given["tasks"]
        ]
        names = dict.fromkeys(n for t in given["tasks"] for n in (*t["agencies"], *t.get("partners", ())))
        agencies = [self._mention(name) for name in names]
        citations = [
            Citation(
                **self._placed(c["text"]), doc_type=c["doc_type"], symbol=c["symbol"], issued_on=c["issued_on"],
                key=f"{c['symbol']} {c['issued_on']}",
            )
            for c in given["citations"]
        ]  # fmt: skip
        sha256 = hashlib.sha256(given["file"].encode()).hexdigest()
        return Document(
            source=SourceInfo(name=given["file"], sha256=sha256, format="txt"),
            text="\n".join(self.lines),
            header=Header(**header),
            citations=citations,
            dates=dates,
            agencies=agencies,
            tasks=tasks,
        )

    def _placed(self, words: str) -> dict[str, Any]:
        start, self.length = self.length, self.length + len(words) + 1
        self.lines.append(words)
        return {"text": words, "start": start, "end": start + len(words)}

    def _mention(self, name: str) -> AgencyMention:
        named = read_phrase(name)
        fields = {"key": named.key, "level": named.level, "collective": named.collective} if named else {}
        return AgencyMention(**self._placed(name), name=name, **fields)
