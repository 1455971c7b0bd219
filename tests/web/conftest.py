"""What tests of the web pages share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from fastapi.testclient import TestClient
from invented import document
from visitors import PASSWORD, Client, put, send

from pipeline.web.accounts import Account, Accounts, Role
from pipeline.web.app import create_app


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two documents and a file that failed."""
    path = tmp_path / "vanban.db"
    put(path, document(), document(name="ke-hoach-2.txt", symbol="16/KH-UBND", district="Mường Tè"))
    return path


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    """One account of each role, all with the same password."""
    found = Accounts(tmp_path / "tai-khoan")
    roles: tuple[Role, ...] = ("reader", "reviewer", "administrator")
    for role in roles:
        found.put(Account.make(role, role, PASSWORD))
    return found


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    """Someone at this machine."""
    with TestClient(create_app(store), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def office(store: Path, accounts: Accounts) -> Iterator[Client]:
    """Someone at an office's server: a stranger, or logged in with a role."""
    opened: list[TestClient] = []

    def come(role: str | None = None) -> TestClient:
        one = TestClient(create_app(store, accounts, hosts=None), base_url="http://may-chu")
        opened.append(one.__enter__())
        if role:
            answer = send(one, "/login", name=role, password=PASSWORD, next="/")
            assert answer.url.path == "/"
        return one

    yield come
    for one in opened:
        one.__exit__(None, None, None)
