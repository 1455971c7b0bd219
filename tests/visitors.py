"""Helpers of the tests of the web pages: documents to show, and forms sent as pages send them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from pipeline.model import Document
from pipeline.store import files, open_store
from pipeline.store.files import Failure, Input

PASSWORD = "mat-khau-dai"
Client = Callable[..., TestClient]


def put(store: Path, *documents: Document) -> None:
    """Store documents as if they had been read."""
    with open_store(store) as db:
        for given in documents:
            path = f"/tai-lieu/{given.source.name}"
            files.begin(db, Input(path, given.source.name, given.source.sha256, 1), "test", "extract")
            files.finish(db, path, given, "test", "load")
        files.begin(db, Input("/tai-lieu/hong.pdf", "hong.pdf", "", 1), "test", "extract")
        files.fail(db, "/tai-lieu/hong.pdf", Failure("extract", "damaged", "Tệp bị hỏng.", "Hãy tải lại."))


def token(client: TestClient, page: str = "/login") -> str:
    """The token that a page gives its forms."""
    html = client.get(page).text
    return html.split('name="token" value="')[1].split('"')[0]


def send(client: TestClient, address: str, page: str = "/login", **fields: Any) -> Any:
    """Send a form as its page would."""
    return client.post(address, data={"token": token(client, page), **fields})
