"""What tests of the store share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlite_utils import Database

from pipeline.store import open_store

# No test fails for being slow: the first example may have to load models, on a machine that does other things too.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """An empty store."""
    with open_store(tmp_path / "vanban.db") as opened:
        yield opened


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often tests try what chance decides; few in every run, many before a release."""
    parser.addoption("--kills", type=int, default=6, help="random moments at which an ingest is killed")
    parser.addoption("--mutations", type=int, default=150, help="damaged files that are read")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a random kill."""
    if "kill" in metafunc.fixturenames:
        metafunc.parametrize("kill", range(metafunc.config.getoption("--kills")))
