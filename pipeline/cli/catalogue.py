"""``vanban catalogue``: the legal catalogue that the audit checks against."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import BAD_USAGE, SOME_FAILED, Command, Group, db_option, fail, using
from pipeline.cli.rows import Output, row_options


@click.group(cls=Group, help="Danh mục văn bản pháp luật mà việc kiểm tra đối chiếu: xem, thêm từ tệp.")
def catalogue() -> None:
    """The catalogue's commands."""


@catalogue.command(
    "import", cls=Command, help="Thêm danh mục từ tệp CSV hoặc Excel (cột Số ký hiệu, Ngày ban hành, ...)."
)
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="FILE")
@db_option
def import_(path: Path, store: Path) -> None:
    """Take rows into the store; they come before those of the program."""
    from pipeline.audit.law.lists import ListError, read_list
    from pipeline.store.catalogue import keep

    try:
        rows, bad = read_list(path)
    except ListError as error:
        fail(f"{path}: {error}", BAD_USAGE)
    with using(store) as db:
        count = keep(db, rows)
    click.echo(f"Đã nhận {count} văn bản vào danh mục.")
    if bad:
        listed = "\n".join(f"  dòng {b.number}: {b.reason}" for b in bad)
        fail(f"Bỏ qua {len(bad)} dòng:\n{listed}", SOME_FAILED)


@catalogue.command("list", cls=Command, help="Các văn bản trong danh mục.")
@click.option("--symbol", metavar="S", help="Số, ký hiệu; có thể chỉ gõ phần đầu (38/2020).")
@click.option("--query", metavar="TEXT", help="Những từ phải có trong trích yếu hoặc cơ quan ban hành.")
@click.option("--imported", is_flag=True, help="Chỉ những văn bản đã thêm từ tệp.")
@db_option
@row_options
def list_(symbol: str | None, query: str | None, imported: bool, store: Path, output: Output) -> None:
    """One row an entry."""
    from pipeline.store import catalogue as queries

    with using(store) as db:
        found = queries.listed(db, symbol, query, imported, output.page)
    output.write(found, queries.FIELDS, ("symbol", "title", "issuer", "issued_on", "expired_on", "replaced_by"))


@catalogue.command(cls=Command, help="Một văn bản trong danh mục: ngày, hiệu lực, được sửa đổi, thay thế bởi đâu.")
@click.argument("symbol", metavar="SYMBOL")
@db_option
@row_options
def show(symbol: str, store: Path, output: Output) -> None:
    """Everything known of a symbol."""
    from pipeline.store import catalogue as queries

    with using(store) as db:
        found = queries.listed(db, symbol)
    if not found:
        fail(f"Không có «{symbol}» trong danh mục.", SOME_FAILED)
    if output.form != "table" or output.path:
        output.write(found, queries.FIELDS, queries.FIELDS)
        return
    from pipeline.wording import HEADINGS, worded

    for record in found:
        for field in queries.FIELDS:
            if record[field] not in (None, [], False):
                click.echo(f"{HEADINGS.get(field, field)}: {worded(field, record[field])}")
        click.echo()
