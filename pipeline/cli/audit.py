"""``vanban audit``: what is wrong with cited documents and with figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import BAD_USAGE, COUNT, Command, db_option, fail, using
from pipeline.cli.rows import Output, row_options

SEVERITIES = ("error", "warning", "info")
TARGETS_SHOWN = ("symbol", "findings", "expected", "documents", "cited_by")
SHOWN = ("document", "page", "severity", "finding", "text", "expected", "evidence")


@click.command(cls=Command, help="Chỗ cần sửa: viện dẫn sai hoặc hết hiệu lực, số liệu không khớp, kèm căn cứ.")
@click.option("--document", "documents", type=COUNT, multiple=True, metavar="ID", help="Chỉ những văn bản này.")
@click.option("--finding", "findings", multiple=True, metavar="NAME", help="Chỉ loại phát hiện này (replaced ...).")
@click.option("--severity", "severities", type=click.Choice(SEVERITIES), multiple=True, help="Chỉ mức này.")
@click.option(
    "--by",
    type=click.Choice(("document", "target")),
    default="document",
    help="document (mặc định): mỗi chỗ một dòng; target: mỗi văn bản được viện dẫn một dòng. -o TÊN.html: trang để in.",
)
@db_option
@row_options
def audit(
    documents: tuple[int, ...],
    findings: tuple[str, ...],
    severities: tuple[str, ...],
    by: str,
    store: Path,
    output: Output,
) -> None:
    """One row a finding, or one a cited document; or a page to print."""
    from pipeline.audit import report
    from pipeline.store import audit as queries

    wanted = queries.AuditFilter(documents, findings, severities)  # type: ignore[arg-type]
    with using(store) as db:
        if output.path and output.path.suffix.lower() in (".html", ".htm"):
            found = queries.findings_of(db, wanted)[output.offset :][: output.limit]
            write_page(output.path, report.as_page(queries.passages(db, found), queries.names(db)))
            return
        if by == "target":
            targets = output.page.of(report.by_target(queries.findings_of(db, wanted)))
            output.write(targets, report.TARGET_FIELDS, TARGETS_SHOWN)
        else:
            output.write(output.page.of(queries.audit(db, wanted)), queries.FIELDS, SHOWN)


def write_page(path: Path, page: str) -> None:
    """Write a page, whole or not at all."""
    from pipeline.render import replace_file

    try:
        replace_file(path, page.encode())
    except OSError as error:
        fail(f"Không ghi được {path}: {error.strerror}.", BAD_USAGE)
