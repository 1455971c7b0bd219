"""What tests of the web pages share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("httpx")

from fastapi.testclient import TestClient
from invented import document
from visitors import PASSWORD, Client, put, send

from pipeline.discover import discover
from pipeline.ingest import Options, ingest
from pipeline.store import open_store
from pipeline.web.accounts import Account, Accounts, Role
from pipeline.web.app import create_app

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
CORPUS = Path(__file__).parents[2] / "corpus"
#: Samples that a store of the browser's tests begins with: with pages to look at, and without.
SAMPLES = (
    "pdf/kh-xa-phong-ret-2025.pdf", "pdf/cd-ung-pho-mua-lu-2025.pdf", "docx/bc-huyen-an-linh-2024.docx",
    "docx/kh-tinh-viec-lam-2024.docx",
)  # fmt: skip


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


@contextmanager
def _served(store: Path, accounts: Accounts | None = None) -> Iterator[str]:
    uvicorn = pytest.importorskip("uvicorn")
    app = create_app(store, accounts)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serves pages over a store (with accounts) as ``vanban serve`` does; returns their address."""
    with ExitStack() as opened:
        yield lambda *given: opened.enter_context(_served(*given))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The pages over a store of a few samples, and the store."""
    store = tmp_path_factory.mktemp("site") / "vanban.db"
    with open_store(store) as db:
        ingest(db, discover([CORPUS / name for name in SAMPLES]), Options())
    with _served(store) as address:
        yield address, store


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium, with a profile of its own."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as started:
        folder = tmp_path_factory.mktemp("profile")
        context = started.chromium.launch_persistent_context(
            folder, executable_path=CHROMIUM, args=ARGUMENTS.split(), viewport={"width": 1366, "height": 768}
        )
        yield context
        context.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page on which nothing may go wrong: no failed script, nothing that the content policy stops."""
    opened = browser.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert not wrong
