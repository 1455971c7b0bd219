"""The file that makes the store readable in datasette fits the store."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from invented import document
from sqlite_utils import Database

import pipeline.store
from pipeline.store import load
from pipeline.store.writing import transaction

METADATA: dict[str, Any] = json.loads(
    (Path(pipeline.store.__file__).parent / "datasette.json").read_text(encoding="utf-8")
)["databases"]["vanban"]


@pytest.mark.parametrize("name", METADATA["queries"])
def test_every_query_runs(db: Database, name: str) -> None:
    with transaction(db):
        load.save(db, document(), "1")
    query = METADATA["queries"][name]
    asked = dict.fromkeys(re.findall(r":(\w+)", query["sql"]), "2024-06-10")
    db.execute(query["sql"], asked).fetchall()
    assert query["title"]


def test_every_table_it_names_is_there(db: Database) -> None:
    tables = set(db.table_names())
    for name, about in METADATA["tables"].items():
        assert name in tables
        assert set(about.get("columns", {})) <= {column.name for column in db[name].columns}
