"""Who may ask for what: hosts, sizes, sessions, roles and forged forms."""

from __future__ import annotations

import getpass
import hashlib
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.web.accounts import ROLES, Account, Accounts, Role

COOKIE = "vanban"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SMALL = 256 * 2**10
_SESSION_SECONDS = 12 * 3600
_MOST_SESSIONS = 10_000
_TRIES, _WAIT = 5, 60.0


class Viewer(NamedTuple):
    """Whoever asks: ``role`` is None for a stranger; ``token`` proves that a form is ours."""

    name: str
    role: Role | None
    token: str
    session: str

    def may(self, role: Role) -> bool:
        """Whether the viewer has at least this role."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


class NotLoggedIn(Exception):
    """A stranger asks for what only those with an account may see."""


class Sessions:
    """Who is who. Without accounts whoever sits at this machine may do everything."""

    def __init__(self, accounts: Accounts | None) -> None:
        self.accounts = accounts
        self._secret = secrets.token_bytes(32)
        self._open: dict[str, tuple[str, float]] = {}
        self._failed: dict[str, tuple[int, float]] = {}

    def viewer(self, request: Request) -> Viewer:
        """Who asks."""
        session = str(request.cookies.get(COOKIE) or getattr(request.state, "session", ""))
        if len(session) != 43:
            session = request.state.session = secrets.token_urlsafe(32)
        token = hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()
        if self.accounts is None:
            return Viewer(_local_name(), "administrator", token, session)
        name, until = self._open.get(session, ("", 0.0))
        account = self.accounts.all().get(name)
        if account is None or time.monotonic() > until:
            self._open.pop(session, None)
            return Viewer("", None, token, session)
        return Viewer(account.name, account.role, token, session)

    def enter(self, request: Request, name: str, password: str) -> Account | None:
        """Open a session for an account; None where name and password do not belong together."""
        assert self.accounts is not None
        key = f"{request.client.host if request.client else ''} {name}"
        tries, since = self._failed.get(key, (0, 0.0))
        if tries >= _TRIES and time.monotonic() - since < _WAIT:
            raise HTTPException(429, "Đã nhập sai nhiều lần. Hãy đợi một phút rồi thử lại.")
        account = self.accounts.opened(name, password)
        if account is None:
            if len(self._failed) > _MOST_SESSIONS:
                self._failed.clear()
            self._failed[key] = (tries % _TRIES + 1, time.monotonic())
            return None
        self._failed.pop(key, None)
        if len(self._open) >= _MOST_SESSIONS:
            self._open.clear()
        session = request.state.session = secrets.token_urlsafe(32)  # never the one that a stranger had
        self._open[session] = (account.name, time.monotonic() + _SESSION_SECONDS)
        return account

    def leave(self, viewer: Viewer) -> None:
        """End a session."""
        self._open.pop(viewer.session, None)


def _local_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "máy này"


def viewer_of(request: Request) -> Viewer:
    """Who asks."""
    sessions: Sessions = request.app.state.sessions
    return sessions.viewer(request)


def reader(request: Request) -> Viewer:
    """Who asks, if that is someone who may read."""
    viewer = viewer_of(request)
    if viewer.role is None:
        raise NotLoggedIn
    return viewer


def sender(role: Role | None) -> Callable[[Request], Awaitable[tuple[Viewer, FormData]]]:
    """Who sends a form and what it says, if the form is ours and the sender has the role."""

    async def checked(request: Request) -> tuple[Viewer, FormData]:
        viewer = viewer_of(request)
        if role is not None and viewer.role is None:
            raise NotLoggedIn
        if role is not None and not viewer.may(role):
            raise HTTPException(403, "Tài khoản này không được làm việc đó.")
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FILES)
        given = request.headers.get("X-CSRF-Token") or form.get("token")
        if not isinstance(given, str) or not hmac.compare_digest(given.encode(), viewer.token.encode()):
            raise HTTPException(403, "Biểu mẫu đã cũ hoặc không phải từ trang này. Hãy tải lại trang rồi thử lại.")
        return viewer, form

    return checked


MOST_FILES = 2000


def login_address(request: Request) -> str:
    """Where a stranger is sent, to come back after."""
    query = f"?{request.url.query}" if request.url.query else ""
    return "/login?next=" + quote(request.url.path + query if request.method == "GET" else "/")


def local_path(address: str) -> str:
    """An address on this server, ``/`` where it leads elsewhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    bad = parts.scheme or parts.netloc or not address.startswith("/") or address.startswith(("//", "/\\"))
    return "/" if bad or any(c < " " for c in address) or "\\" in address else address


class Gate:
    """Lets in requests for our own hosts that are not too large; sends every answer out with the security headers."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...] | None, largest: int) -> None:
        self.app, self.hosts, self.largest = app, hosts, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope.setdefault("state", {})
        if self.hosts is not None and _host(headers) not in self.hosts:  # a name made to point here is not ours
            response: Response = PlainTextResponse("Địa chỉ máy chủ không đúng.", 400)
            await response(scope, receive, send)
            return
        limit = self.largest if scope["path"] == "/upload" else SMALL
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            response = PlainTextResponse("Dữ liệu gửi lên quá lớn.", 413)
            await response(scope, receive, send)
            return
        await self.app(scope, _limited(receive, limit), _marked(scope, send))


def _host(headers: Headers) -> str:
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _limited(receive: Receive, limit: int) -> Receive:
    left = limit

    async def counted() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise StarletteHTTPException(413, "Dữ liệu gửi lên quá lớn.")
        return message

    return counted


def _marked(scope: Scope, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if session := _state(scope).get("session"):
                secure = "; Secure" if scope["scheme"] == "https" else ""
                headers.append("Set-Cookie", f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{secure}")
        await send(message)

    return sending


def _state(scope: Scope) -> dict[str, Any]:
    state: dict[str, Any] = scope["state"]
    return state
