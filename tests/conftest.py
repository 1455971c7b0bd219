"""What tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.store import open_store


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty store."""
    with open_store(tmp_path / "vanban.db") as opened:
        yield opened
