"""``vanban audit``: what is wrong with cited documents and with figures."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.audit.names import FINDINGS
from pipeline.cli.app import BAD_USAGE, COUNT, Command, db_option, fail, unwritten, using, wrote
from pipeline.cli.rows import Output, row_options

if TYPE_CHECKING:
    from sqlite_utils import Database

SEVERITIES = ("error", "warning", "info")
TARGETS_SHOWN = ("symbol", "findings", "expected", "documents", "cited_by")
SHOWN = ("document", "page", "severity", "finding", "text", "expected", "evidence", "finding_id")


@click.command(cls=Command, help="Chỗ cần sửa: viện dẫn sai hoặc hết hiệu lực, số liệu không khớp, kèm căn cứ.")
@click.option("--document", "documents", type=COUNT, multiple=True, metavar="ID", help="Chỉ những văn bản này.")
@click.option(
    "--finding",
    "findings",
    type=click.Choice(tuple(FINDINGS)),
    multiple=True,
    metavar="NAME",
    help="Chỉ loại phát hiện này (replaced ...).",
)
@click.option("--severity", "severities", type=click.Choice(SEVERITIES), multiple=True, help="Chỉ mức này.")
@click.option(
    "--by",
    type=click.Choice(("document", "target")),
    default="document",
    help="document (mặc định): mỗi chỗ một dòng; target: mỗi văn bản được viện dẫn một dòng. -o TÊN.html: trang để in.",
)
@click.option("--accept", "accepts", multiple=True, metavar="ID", help="Chấp nhận phát hiện này (cột «Mã phát hiện»).")
@click.option("--reason", metavar="TEXT", help="Lý do chấp nhận; bắt buộc khi có --accept.")
@click.option("--reopen", "reopens", multiple=True, metavar="ID", help="Bỏ chấp nhận phát hiện này.")
@click.option("--accepted", is_flag=True, help="Các phát hiện đã được chấp nhận, kèm lý do.")
@db_option
@row_options
def audit(
    documents: tuple[int, ...],
    findings: tuple[str, ...],
    severities: tuple[str, ...],
    by: str,
    accepts: tuple[str, ...],
    reason: str | None,
    reopens: tuple[str, ...],
    accepted: bool,
    store: Path,
    output: Output,
) -> None:
    """One row a finding, or one a cited document; or a page to print."""
    from pipeline.audit import report
    from pipeline.store import audit as queries

    wanted = queries.AuditFilter(documents, findings, severities, accepted)  # type: ignore[arg-type]
    with using(store) as db:
        if accepts or reopens:
            _decide(db, accepts, reason, reopens)
        elif output.path and output.path.suffix.lower() in (".html", ".htm"):
            found = queries.findings_of(db, wanted)[output.offset :][: output.limit]
            write_page(output.path, report.as_page(queries.passages(db, found), queries.names(db)))
        elif by == "target":
            targets = output.page.of(report.by_target(queries.findings_of(db, wanted)))
            output.write(targets, report.TARGET_FIELDS, TARGETS_SHOWN)
        else:
            output.write(output.page.of(queries.audit(db, wanted)), queries.FIELDS, SHOWN)


def _decide(db: Database, accepts: tuple[str, ...], reason: str | None, reopens: tuple[str, ...]) -> None:
    """Accept findings, or open them again."""
    from pipeline.store import acceptance
    from pipeline.store.audit import findings_of

    if accepts and not (reason or "").strip():
        fail("Chấp nhận phải có lý do: thêm --reason.", BAD_USAGE)
    try:
        acceptance.accept(db, findings_of(db) if accepts else [], accepts, reason or "", getpass.getuser())
    except acceptance.UnknownFinding as error:
        fail(f"Không có phát hiện {error}. Xem cột «Mã phát hiện» của «vanban audit».", BAD_USAGE)
    acceptance.take_back(db, reopens, getpass.getuser())
    click.echo(f"Đã chấp nhận {len(accepts)}, mở lại {len(reopens)} phát hiện.")


def write_page(path: Path, page: str) -> None:
    """Write a page, whole or not at all."""
    from pipeline.render import replace_file

    try:
        replace_file(path, page.encode())
    except OSError as error:
        unwritten(path, error)
    wrote(path)
