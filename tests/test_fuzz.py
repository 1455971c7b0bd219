"""Damaged files of every format: each is read or fails by name, in time, and harms no other."""

from __future__ import annotations

import io
import random
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.discover import discover
from pipeline.errors import Code
from pipeline.ingest import Options, ingest
from pipeline.store import queries
from pipeline.workers import Limits

CORPUS = Path(__file__).parent.parent / "corpus"
SAMPLES = [p for p in sorted(CORPUS.glob("*/*.*")) if p.parent.name in ("docx", "pdf", "txt", "forms")]
LIMITS = Limits(seconds=60)
WHOLE = 5  # undamaged files among them

Chance = random.Random


def flipped(data: bytes, chance: Chance) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 5, 50, 500))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: Chance) -> bytes:
    """The end, the beginning or a piece between is missing."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:start], data[start:], data[:start] + data[end:]))


def spliced(data: bytes, chance: Chance) -> bytes:
    """A piece of the file, or of another one, stands where it does not belong."""
    other = chance.choice((data, chance.choice(SAMPLES).read_bytes()))
    start, end = sorted(chance.randrange(len(other) + 1) for _ in range(2))
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] * chance.choice((1, 1, 20)) + data[at + chance.choice((0, end - start)) :]


def inside(data: bytes, chance: Chance) -> bytes:
    """A part of an archive is damaged, the archive around it whole; other files are flipped."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return flipped(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hurt = chance.choice([i.filename for i in old.infolist() if i.file_size])
        for info in old.infolist():
            content = old.read(info)
            new.writestr(
                info.filename, chance.choice((flipped, cut))(content, chance) if info.filename == hurt else content
            )
    return out.getvalue()


DAMAGES: tuple[Callable[[bytes, Chance], bytes], ...] = (flipped, cut, spliced, inside)


def test_damaged_files(db: Database, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    count, chance = pytestconfig.getoption("--mutations"), random.Random(1)
    for i in range(count):
        sample, damage = chance.choice(SAMPLES), chance.choice(DAMAGES)
        (tmp_path / f"{i:05}-{damage.__name__}{sample.suffix}").write_bytes(damage(sample.read_bytes(), chance))
    for sample in SAMPLES[:WHOLE]:
        (tmp_path / f"whole-{sample.name}").write_bytes(sample.read_bytes())
    entries = [e for e in discover([tmp_path]) if "vanban.db" not in e.name]
    assert len(entries) == count + WHOLE
    told: dict[str, str] = {}
    before = _most_held(resource.RUSAGE_CHILDREN)
    summary = ingest(
        db, entries, Options(jobs=2, limits=LIMITS), lambda entry, became: told.update({entry.name: became})
    )
    assert len(told) == count + WHOLE
    assert summary.traces == []
    named = {label: why for label, why in summary.failed if not (why.code in set(Code) and why.message and why.advice)}
    assert named == {}
    assert [(label, why) for label, why in summary.failed if why.code in (Code.INTERNAL, Code.TIMEOUT)] == []
    assert all(told[f"whole-{sample.name}"] in ("new", "duplicate") for sample in SAMPLES[:WHOLE])
    assert len(queries.errors(db)) == summary.counts["failed"]
    # a child also counts what the process held that it split from, and those of earlier tests count here too
    not_theirs = max(before, _most_held(resource.RUSAGE_SELF))
    assert _most_held(resource.RUSAGE_CHILDREN) <= max(2**30, not_theirs)


def _most_held(whose: int) -> int:
    """The most bytes that this process, or any one of its children, has held."""
    return resource.getrusage(whose).ru_maxrss * 1024
