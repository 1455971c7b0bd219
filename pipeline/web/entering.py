"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse

from pipeline.web.guard import Sessions, Viewer, local_path, sender, viewer_of
from pipeline.web.pages import page

router = APIRouter()

Sent = Annotated[tuple[Viewer, FormData], Depends(sender(None))]


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:
    """The form to log in with."""
    if viewer_of(request).role:
        return RedirectResponse(local_path(next), 303)
    return page(request, "login.html", {"next": local_path(next), "wrong": False})


@router.post("/login")
async def enter(request: Request, sent: Sent) -> Response:
    """Log in."""
    _, form = sent
    sessions: Sessions = request.app.state.sessions
    after = local_path(str(form.get("next", "/")))
    if sessions.accounts is None:
        return RedirectResponse(after, 303)
    name, password = str(form.get("name", ""))[:64], str(form.get("password", ""))[:1000]
    if await run_in_threadpool(sessions.enter, request, name, password):  # hashing takes its time
        return RedirectResponse(after, 303)
    return page(request, "login.html", {"next": after, "wrong": True}, 403)


@router.post("/logout")
async def leave(request: Request, sent: Sent) -> Response:
    """Log out."""
    request.app.state.sessions.leave(sent[0])
    return RedirectResponse("/", 303)
