"""From records to a page: templates, and what they all need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlite_utils import Database

import pipeline
from pipeline.store import open_store
from pipeline.web import labels
from pipeline.web.guard import viewer_of
from pipeline.wording import number, plain

_templates = Environment(
    loader=PackageLoader("pipeline.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(labels=labels, version=pipeline.__version__)
_templates.filters.update(plain=plain, day=labels.day, number=number)

#: The pages in the menu: address and name.
MENU = [
    ("/", "Tổng quan"),
    ("/documents", "Văn bản"),
    ("/tasks", "Nhiệm vụ"),
    ("/citations", "Viện dẫn"),
    ("/audit", "Kiểm tra"),
    ("/compare", "So sánh"),
    ("/search", "Tìm kiếm"),
    ("/reviews", "Soát"),
]


def page(request: Request, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page for whoever asks."""

    def address(**changes: Any) -> str:
        """This page's address with some parameters changed; None takes one away."""
        asked = {**dict(request.query_params), "offset": None, "format": None, **changes}
        query = urlencode({k: v for k, v in asked.items() if v not in (None, "")})
        return f"{request.url.path}?{query}" if query else request.url.path

    leaving = request.app.state.sessions.accounts is not None
    shared = {
        "viewer": viewer_of(request),
        "leaving": leaving,
        "path": request.url.path,
        "address": address,
        "menu": MENU,
    }
    html = _templates.get_template(template).render(**shared, **context)
    return Response(html, status, {"Vary": "Cookie, HX-Request"}, "text/html; charset=utf-8")


def stamp(request: Request) -> tuple[int, ...]:
    """What changes whenever something is written into the store."""
    store: Path = request.app.state.store
    found: list[int] = []
    for path in (store, Path(f"{store}-wal")):
        stat = path.stat() if path.exists() else None
        found += [stat.st_mtime_ns, stat.st_size] if stat else [0, 0]
    return tuple(found)


@contextmanager
def store_of(request: Request) -> Iterator[Database]:
    """The store, for the time of the block."""
    with open_store(request.app.state.store) as db:
        yield db
