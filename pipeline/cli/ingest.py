"""``vanban ingest``: many files into the store."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import BAD_USAGE, COUNT, DONE, SOME_FAILED, Command, db_option, fail, ocr_option, using

if TYPE_CHECKING:
    from pipeline.discover import Entry
    from pipeline.extract.reading import Ocr
    from pipeline.ingest import Summary

_BECAME = {
    "new": "mới",
    "unchanged": "không đổi",
    "updated": "cập nhật",
    "duplicate": "trùng nội dung với tệp khác",
    "skipped": "bỏ qua vì không phải dạng văn bản",
    "failed": "lỗi",
}
_NAMED = 20  # failed files told one by one; all of them stand in «vanban errors»


@click.command(cls=Command, help="Đưa tệp, thư mục và tệp nén zip vào kho dữ liệu.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--jobs",
    type=COUNT,
    default=min(4, os.cpu_count() or 1),
    metavar="N",
    help="Số tệp đọc cùng lúc; mặc định theo số nhân của máy, nhiều nhất 4.",
)
@ocr_option
@click.option("--retry-failed", is_flag=True, help="Đọc lại cả những tệp lần trước bị lỗi.")
@click.option("--force", is_flag=True, help="Đọc lại mọi tệp, kể cả không đổi.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="Đọc tệp trên cụm máy Dask ở địa chỉ này (tcp://máy:8786) thay cho máy này."
)
@click.option("--debug", is_flag=True, help="In chi tiết lỗi bên trong chương trình.")
@db_option
def ingest(
    paths: tuple[Path, ...],
    jobs: int,
    ocr: Ocr,
    retry_failed: bool,
    force: bool,
    scheduler: str | None,
    debug: bool,
    store: Path,
) -> None:
    """Bring files into the store and say what became of them."""
    from pipeline.cluster import Cluster, ClusterError
    from pipeline.discover import discover
    from pipeline.ingest import Options
    from pipeline.ingest import ingest as run

    options = Options(jobs=max(1, jobs), force=force, retry_failed=retry_failed, ocr=ocr)
    if scheduler:
        try:
            options = replace(options, readers=Cluster(scheduler, options.reading, options.limits))
        except ClusterError as error:
            fail(str(error), BAD_USAGE)
    with using(store) as db:
        kept = {Path(os.path.abspath(f"{store}{end}")) for end in ("", "-wal", "-shm", "-journal")}  # noqa: PTH100
        entries = [entry for entry in discover(paths) if entry.path not in kept]  # the store may lie among the files
        try:
            with _progress(len(entries)) as progress:
                summary = run(db, entries, options, progress)
        except ClusterError as error:
            fail(str(error), SOME_FAILED)
        except KeyboardInterrupt:
            click.echo("Đã dừng. Những tệp đọc xong đã nằm trong kho; chạy lại đúng lệnh này để làm tiếp.", err=True)
            sys.exit(SOME_FAILED)
    _tell(summary, debug)
    sys.exit(SOME_FAILED if summary.failed else DONE)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Entry, str], None]]:
    """A bar with rate and time left on a terminal; nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from pipeline.render import visible

    columns = (
        TextColumn("Đang đọc"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("còn"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=total, rate="", name="")

        def advance(entry: Entry, became: str) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, advance=1, rate=f"{speed:.1f} tệp/giây" if speed else "", name=visible(entry.name[:40]))

        yield advance


def _tell(summary: Summary, debug: bool) -> None:
    """The summary: how many of what, and which files failed for which reason."""
    from pipeline.render import visible

    counts = summary.counts
    click.echo(f"Tổng số: {counts.total()} tệp")
    if not counts.total():
        click.echo("Không thấy tệp nào để đọc. Hãy kiểm tra lại thư mục (tệp ẩn và tệp tạm được bỏ qua).", err=True)
    forms = Counter(PurePath(label).suffix.lower() for label in summary.skipped)
    told = {"skipped": forms, "failed": summary.reasons}
    for became, words in _BECAME.items():
        if counts[became]:
            click.echo(f"  {words}: {counts[became]}")
        for what, number in told.get(became, Counter()).most_common():
            click.echo(visible(f"    {what}: {number}"))
    if summary.skipped:
        click.echo("Muốn đọc một tệp bị bỏ qua thì nêu đích danh tệp ấy.", err=True)
    for label, why in sorted(summary.failed)[:_NAMED]:
        click.echo(visible(f"{label}: {why.message} {why.advice}".rstrip()), err=True)
    if len(summary.failed) > _NAMED:
        click.echo(f"... và {len(summary.failed) - _NAMED} tệp lỗi khác.", err=True)
    if summary.failed:
        click.echo("Xem lại các tệp lỗi bằng «vanban errors».", err=True)
    if debug:
        for trace in summary.traces:
            click.echo(trace, err=True)
