"""The store that several tests ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gold_documents import CORPUS, gold_document
from sqlite_utils import Database

from pipeline.store import load, open_store
from pipeline.store.writing import transaction


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A store with the annotated samples."""
    with open_store(tmp_path_factory.mktemp("gold") / "gold.db") as db:
        with transaction(db):
            for annotated in CORPUS:
                load.save(db, gold_document(dict(annotated)), "1")
        yield db
