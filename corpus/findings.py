"""What is found today against what was found when the snapshot was last renewed, so that nothing is lost unseen.

``python -m corpus.findings [FOLDER...]`` lists every finding lost (-) or gained (+) and ends with status 1 if there is
one; ``--renew`` takes today's findings as the new measure. Of our own samples the snapshot (``findings.json``) keeps
the findings in words, of documents in other folders (``findings_elsewhere.json``) only a short digest of each, since
their words are not ours.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import click

from pipeline.analyse import analyse
from pipeline.model import Document, Item, Task

HERE = Path(__file__).parent
OWN = HERE / "docx"
_CUT = 80  # characters of a duty that tell it from others

Findings = dict[str, list[str]]  # by kind, in words or digests
Snapshot = dict[str, Findings]  # by document


class Change(NamedTuple):
    """A finding that is there no more, or for the first time."""

    sign: str  # - or +
    document: str
    kind: str
    words: str


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--renew", is_flag=True, help="Take what is found today as the new measure.")
def main(folders: tuple[Path, ...], renew: bool) -> None:
    """Compare, or renew."""
    changes = []
    for folders_of, told in (((OWN,), _in_words), (folders, digest)):
        if folders_of:
            found = snapshot(folders_of)
            changes += compare(read(told), found, told)
            if renew:
                write(told, found)
    for change in changes:
        click.echo(f"{change.sign} {change.document} {change.kind}: {change.words}")
    lost = sum(change.sign == "-" for change in changes)
    click.echo(f"{lost} lost, {len(changes) - lost} gained{', renewed' if renew else ''}")
    sys.exit(bool(changes) and not renew)


# --------------------------------------------------------------------------- what is found


def snapshot(folders: Iterable[Path]) -> Snapshot:
    """The findings of every document of some folders, in words."""
    files = sorted((path for folder in folders for path in folder.iterdir() if path.is_file()), key=lambda p: p.name)
    return {path.stem: findings(analyse(path)) for path in files}


def findings(document: Document) -> Findings:
    """Each finding of a document as one line of words, by kind."""
    header = document.header.model_dump(mode="json", exclude={"legal_bases"}, exclude_none=True)
    kinds: dict[str, list[str]] = {
        "header": [_line(field, value) for field, value in header.items() if value],
        "sections": [_line(s.label, s.heading, s.role, s.parent) for s in document.sections],
        "citations": [
            _line(c.text, c.doc_type, c.symbol, c.title, c.issued_on, c.issuer, c.pinpoint, c.relation)
            for c in document.citations
        ],
        "dates": [_line(d.text, d.kind, d.from_, d.to, d.month_day, d.relation, d.recurrence) for d in document.dates],
        "quantities": [
            _line(q.text, q.value, q.value_max, q.of, q.unit, q.per, q.comparator, q.aspect, q.indicator)
            for q in document.quantities
        ],
        "agencies": [_line(a.text, a.name, a.key, a.source) for a in document.agencies],
        "tasks": [_duty(t, document) for t in document.tasks],
    }
    return {kind: sorted(lines) for kind, lines in kinds.items() if lines}


def _duty(task: Task, document: Document) -> str:
    due: list[Item] = [document.dates[i] for i in task.deadlines]
    return _line(task.agencies, task.role, task.partners, [d.text for d in due], task.report_to, task.text[:_CUT])


def _line(*parts: object) -> str:
    """Parts in one line: lists and what stands under names with commas, what is missing as nothing."""
    lists = (list(p.values()) if isinstance(p, dict) else p if isinstance(p, list) else [p] for p in parts)
    return " | ".join(", ".join("" if one is None else str(one) for one in each) for each in lists)


# --------------------------------------------------------------------------- what was found


def _in_words(line: str) -> str:
    return line


def digest(line: str) -> str:
    """What tells a finding from others without telling it."""
    return hashlib.sha256(line.encode()).hexdigest()[:6]


Telling = Callable[[str], str]


def _file(told: Telling) -> Path:
    return HERE / ("findings_elsewhere.json" if told is digest else "findings.json")


def read(told: Telling) -> Snapshot:
    """The snapshot as it was last renewed."""
    path = _file(told)
    held = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if told is digest:
        held = {name: {kind: marks.split() for kind, marks in kinds.items()} for name, kinds in held.items()}
    return dict(held)


def write(told: Telling, found: Mapping[str, Findings]) -> None:
    """Make today's findings the snapshot; one line a finding or, of digests, a kind."""
    kept: object = found
    if told is digest:
        kept = {name: {k: " ".join(sorted(map(told, v))) for k, v in kinds.items()} for name, kinds in found.items()}
    _file(told).write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", "utf-8")


def compare(held: Mapping[str, Findings], found: Mapping[str, Findings], told: Telling = _in_words) -> list[Change]:
    """What was lost and what was gained, document by document; a digest stands for a loss whose words are not kept."""
    changes = []
    for name in sorted({*held, *found}):
        for kind in sorted({*held.get(name, {}), *found.get(name, {})}):
            before = Counter(held.get(name, {}).get(kind, []))
            words = {told(line): line for line in found.get(name, {}).get(kind, [])}
            after = Counter(told(line) for line in found.get(name, {}).get(kind, []))
            changes += [Change("-", name, kind, mark) for mark in (before - after).elements()]
            changes += [Change("+", name, kind, words[mark]) for mark in (after - before).elements()]
    return changes


if __name__ == "__main__":
    main()
