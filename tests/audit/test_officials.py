"""Passages as officials write them: each fault is found under its name, and right ones are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from official_letters import letters, write

from pipeline.analyse import analyse
from pipeline.store import open_store
from pipeline.store.audit import audit
from pipeline.store.load import save

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("officials.toml").read_text(encoding="utf-8"))[
    "case"
]
#: Out of force is one finding under three names.
SAME = {"expired": "replaced", "repealed": "replaced"}
#: Findings that are hints by their nature: of a right passage they must not be made either.
HINTS = {"amended", "missing_date", "ambiguous", "unknown", "unfollowed"}


def audited(case: dict[str, Any], folder: Path) -> list[dict[str, Any]]:
    """The findings about a case's letters, all of one store."""
    with open_store(folder / "vanban.db") as db:
        for i, letter in enumerate(letters(case["text"], case["on"], case.get("kind", "KH"))):
            write(letter, folder / f"{i}.docx")
            with db.conn:
                save(db, analyse(folder / f"{i}.docx"), "1")
        return audit(db)


def name(finding: str) -> str:
    return SAME.get(finding, finding)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.get('finding') or 'right'}-{c['text'][:40]}")
def test_a_passage_is_judged_as_an_official_would(case: dict[str, Any], tmp_path: Path) -> None:
    found = audited(case, tmp_path)
    wanted = name(case.get("finding", ""))
    told = {name(f["finding"]) for f in found}
    accused = {name(f["finding"]) for f in found if f["severity"] != "info"}
    assert not wanted or wanted in told
    assert accused <= {wanted}, found
    if expected := case.get("expected"):
        assert expected in [f["expected"] for f in found if name(f["finding"]) == wanted]
    if not wanted and case["like"] in HINTS:
        assert case["like"] not in told
