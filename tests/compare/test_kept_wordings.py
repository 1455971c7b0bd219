"""Wordings kept from one start to the next are the same as those made anew, and do without a place to keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import kept_wordings
from pipeline.telling import wording

SAID = [f"Số hộ nghèo loại {n}" for n in range(150)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    kept = tmp_path / "__pycache__" / "indicators.wordings"
    monkeypatch.setattr(kept_wordings, "_file", lambda: kept)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return kept


def test_what_was_kept_is_what_would_be_made(file: Path) -> None:
    first = kept_wordings.wordings(SAID)
    assert file.exists()
    assert kept_wordings.wordings([*SAID, "Số xã"]) == first | {"Số xã": wording("Số xã")}


def test_what_was_made_another_way_or_is_broken_is_made_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept_wordings.wordings(SAID)
    file.write_bytes(b"broken")
    assert kept_wordings.wordings(SAID) == first
    monkeypatch.setattr(kept_wordings, "_maker", lambda: b"another")
    assert kept_wordings._kept() == {}


def test_where_nothing_can_be_written_all_are_made(file: Path) -> None:
    file.parent.write_text("no folder")
    assert kept_wordings.wordings(SAID)[SAID[0]] == wording(SAID[0])
