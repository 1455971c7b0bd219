"""``vanban audit``: what is wrong with cited documents and with figures."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import COUNT, Command, db_option, using
from pipeline.cli.rows import Output, row_options

SEVERITIES = ("error", "warning", "info")
SHOWN = ("document", "page", "severity", "finding", "text", "expected", "evidence")


@click.command(cls=Command, help="Chỗ cần sửa: viện dẫn sai hoặc hết hiệu lực, số liệu không khớp, kèm căn cứ.")
@click.option("--document", "documents", type=COUNT, multiple=True, metavar="ID", help="Chỉ những văn bản này.")
@click.option("--finding", "findings", multiple=True, metavar="NAME", help="Chỉ loại phát hiện này (replaced ...).")
@click.option("--severity", "severities", type=click.Choice(SEVERITIES), multiple=True, help="Chỉ mức này.")
@db_option
@row_options
def audit(
    documents: tuple[int, ...], findings: tuple[str, ...], severities: tuple[str, ...], store: Path, output: Output
) -> None:
    """One row a finding."""
    from pipeline.store import audit as queries

    wanted = queries.AuditFilter(documents, findings, severities)  # type: ignore[arg-type]
    with using(store) as db:
        found = output.page.of(queries.audit(db, wanted))
    output.write(found, queries.FIELDS, SHOWN)
