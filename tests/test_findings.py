"""No change loses findings unseen: what is found today is what the snapshot holds.

Where a change is meant, look at ``python -m corpus.findings``, then renew the snapshot (``--renew``).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import findings
from corpus.findings import Change, compare, digest, read, snapshot, write
from pipeline.evaluate import read_gold

ELSEWHERE = Path(__file__).parents[2] / "shared" / "realdocs" / "docx"


def told(changes: list[Change]) -> str:
    listed = [f"{c.sign} {c.document} {c.kind}: {c.words}" for c in changes[:100]]
    return "\n".join([f"{len(changes)} findings lost or gained; renew: python -m corpus.findings --renew", *listed])


def test_the_samples_give_what_they_gave() -> None:
    changes = compare(read(findings._in_words), snapshot([findings.OWN]))
    assert not changes, told(changes)


@pytest.mark.skipif(not ELSEWHERE.is_dir(), reason="needs documents that are not ours")
def test_other_documents_give_what_they_gave() -> None:
    changes = compare(read(digest), snapshot([ELSEWHERE]), digest)
    assert not changes, told(changes)


def test_what_is_lost_and_gained_is_listed() -> None:
    held = {"a": {"dates": ["năm 2023", "năm 2023", "năm 2024"]}}
    found = {"a": {"dates": ["năm 2023", "năm 2025"]}, "b": {"tasks": ["x"]}}
    assert compare(held, found) == [
        Change("-", "a", "dates", "năm 2023"),
        Change("-", "a", "dates", "năm 2024"),
        Change("+", "a", "dates", "năm 2025"),
        Change("+", "b", "tasks", "x"),
    ]


@pytest.mark.parametrize("telling", [findings._in_words, digest])
def test_a_snapshot_is_read_back(telling: findings.Telling, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "HERE", tmp_path)
    found = {"a": {"dates": ["năm 2023", "năm 2024"]}, "b": {}}
    write(telling, found)
    assert compare(read(telling), found, telling) == []


def test_words_of_others_are_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "HERE", tmp_path)
    write(digest, {"a": {"tasks": ["Sở Mây báo cáo"]}})
    assert "Sở" not in json.dumps(read(digest), ensure_ascii=False)


def test_every_sample_has_findings_of_every_annotated_kind() -> None:
    held = read(findings._in_words)
    for gold in read_gold(findings.HERE / "gold"):
        kinds = held[Path(gold["file"]).stem]
        for kind in ("sections", "citations", "dates", "quantities", "agencies", "tasks"):
            assert not gold[kind] or kinds[kind]
