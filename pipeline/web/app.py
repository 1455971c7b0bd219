"""The application: what all pages share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse

from pipeline.store import StoreError
from pipeline.web import auditing, comparing, entering, lists, reading, reviewing, uploads
from pipeline.web.accounts import Accounts, BadAccount
from pipeline.web.guard import LOOPBACK, Gate, NotLoggedIn, Sessions, login_address
from pipeline.web.jobs import Jobs
from pipeline.web.originals import Originals, Unavailable
from pipeline.web.pages import page
from pipeline.web.renewing import Renewal

_HERE = Path(__file__).parent
_LARGEST = 2**30

_SAID = {
    400: "Yêu cầu không đúng.",
    403: "Không được phép.",
    404: "Không có trang này.",
    405: "Không làm được việc đó ở đây.",
    413: "Dữ liệu gửi lên quá lớn.",
}


def create_app(store: Path, accounts: Accounts | None = None, hosts: tuple[str, ...] | None = LOOPBACK) -> FastAPI:
    """The pages over a store. Without ``accounts`` everyone may do everything; ``hosts`` None takes any name."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.renewal.begin()
        yield
        app.state.renewal.close()
        app.state.jobs.close()
        app.state.originals.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=life)
    app.state.store = store
    app.state.sessions = Sessions(accounts)
    app.state.originals = Originals()
    app.state.jobs = Jobs(store)
    app.state.renewal = Renewal(store)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))
    for part in (auditing, comparing, entering, lists, reading, reviewing, uploads):
        app.include_router(part.router)
    _add_errors(app)
    app.add_middleware(Gate, hosts=hosts, largest=_LARGEST)
    return app


def _add_errors(app: FastAPI) -> None:
    """What goes wrong, as a page in Vietnamese."""

    @app.exception_handler(NotLoggedIn)
    async def stranger(request: Request, error: NotLoggedIn) -> Response:
        return RedirectResponse(login_address(request), 303)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        said = str(error.detail) if not str(error.detail).isascii() else _SAID.get(error.status_code, "Có lỗi.")
        return _failure(request, said, error.status_code)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        return _failure(request, _SAID[404], 404)

    @app.exception_handler(StoreError)
    @app.exception_handler(BadAccount)
    async def broken(request: Request, error: Exception) -> Response:
        return _failure(request, str(error), 503)

    @app.exception_handler(Unavailable)
    async def gone(request: Request, error: Unavailable) -> Response:
        return _failure(request, str(error), 404)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        return _failure(request, "Lỗi bên trong chương trình. Xem chi tiết ở cửa sổ chạy «vanban serve».", 500)


def _failure(request: Request, said: str, status: int) -> Response:
    context: dict[str, Any] = {"title": "Không mở được", "said": said}
    return page(request, "failure.html", context, status)
