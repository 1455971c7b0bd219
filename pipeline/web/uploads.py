"""Files into the store from the pages, with live progress."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse

from pipeline.extract import MAX_BYTES
from pipeline.store import browse
from pipeline.web.guard import MOST_FILES, Viewer, reader, sender
from pipeline.web.jobs import Jobs
from pipeline.web.pages import page, store_of

router = APIRouter()

Reader = Annotated[Viewer, Depends(reader)]
Sent = Annotated[tuple[Viewer, FormData], Depends(sender("administrator"))]

_SHOWN = 500


@router.get("/upload")
def upload(request: Request, viewer: Reader) -> Response:
    """The place to drop files."""
    if not viewer.may("administrator"):
        raise HTTPException(403, "Chỉ người quản trị mới đưa được văn bản vào kho.")
    return page(request, "upload.html", {"most": MOST_FILES, "megabytes": MAX_BYTES // 2**20})


@router.post("/upload")
async def receive(request: Request, sent: Sent) -> Response:
    """Take files in and have them read."""
    _, form = sent
    jobs: Jobs = request.app.state.jobs
    files = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not files:
        raise HTTPException(400, "Chưa chọn tệp nào.")
    wanted = [f for f in files if not str(f.filename).rsplit("/", 1)[-1].startswith((".", "~$"))]
    paths = [await run_in_threadpool(jobs.keep, str(f.filename), f.file) for f in wanted]
    batch = jobs.begin(paths)
    address = f"/upload/{batch.name}"
    if request.headers.get("X-CSRF-Token"):  # sent by script, which goes there itself
        return Response(address, 201, media_type="text/plain")
    return RedirectResponse(address, 303)


@router.get("/upload/{name}")
def progress(request: Request, name: str, viewer: Reader) -> Response:
    """What became of the files of a batch so far; asked by htmx, only the part that changes."""
    jobs: Jobs = request.app.state.jobs
    batch = jobs.batch(name)
    if batch is None:
        raise HTTPException(404, "Không còn theo dõi lượt này. Xem kết quả ở trang Văn bản và Tệp lỗi.")
    over = batch.over  # looked at first: what is read after it is at least as new
    with store_of(request) as db:
        rows = browse.outcomes(db, batch.labels[:_SHOWN])
    context = {
        "batch": batch,
        "over": over,
        "rows": rows,
        "done": len(batch.became),
        "all": len(batch.labels) or len(batch.paths),
        "failures": sum(b == "failed" for b in batch.became.values()),
        "skipped": sum(b == "skipped" for b in batch.became.values()),
    }
    template = "progress.html" if request.headers.get("HX-Request") else "batch.html"
    return page(request, template, context)
