"""Sentences and tables of many forms: a figure that contradicts the others is found, right ones are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from test_figures import findings

from pipeline.model import Table

SENTENCES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


def blocks(text: str) -> list[str | Table]:
    """The lines of a text, rows that follow each other as one table."""
    found: list[str | Table] = []
    for line in text.split(" // "):
        if not line.startswith("|"):
            found.append(line)
            continue
        row = [cell.strip() for cell in line[1:-1].split("|")]
        if found and isinstance(found[-1], Table):
            found[-1].rows.append(row)
        else:
            found.append(Table([row]))
    return found


@pytest.mark.parametrize("case", SENTENCES["fault"], ids=lambda c: f"{c['finding']}-{c['text'][:50]}")
def test_the_figure_that_contradicts_the_others_is_found(case: dict[str, str]) -> None:
    assert [(f.finding, f.expected or "") for f in findings(*blocks(case["text"]))] == [
        (case["finding"], case["expected"])
    ]


@pytest.mark.parametrize("text", SENTENCES["right"], ids=lambda text: text[:60])
def test_figures_that_agree_are_left_alone(text: str) -> None:
    assert not [f for f in findings(*blocks(text)) if f.severity != "info"]
