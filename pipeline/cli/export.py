"""``vanban export``: the whole store."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.app import BAD_USAGE, Command, db_option, fail, unwritten, using, wrote


@click.command(
    cls=Command,
    help="Xuất cả kho ra một sổ tính, một tệp JSONL hoặc một thư mục."
    " PATH là TÊN.xlsx: một sổ tính; TÊN.jsonl: mỗi văn bản một dòng; tên khác: thư mục các tệp csv"
    " (hoặc Parquet theo tỉnh và năm, để phân tích bằng DuckDB, Spark).",
)
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--format", "form", type=click.Choice(("csv", "parquet")), default="csv", help="Loại tệp trong thư mục.")
@db_option
def export(path: Path, form: str, store: Path) -> None:
    """Write everything."""
    from pipeline import parquet, render
    from pipeline.store import queries

    with using(store) as db:
        try:
            if form == "parquet":
                parquet.write_parquet(db, path)
            elif path.suffix.lower() == ".jsonl":
                render.replace_file(path, b"".join(queries.contents(db)))
            elif path.suffix.lower() == ".xlsx":
                render.replace_file(path, render.workbook(queries.everything(db)))
            else:
                path.mkdir(parents=True, exist_ok=True)
                for name, (records, columns) in queries.everything(db).items():
                    render.replace_file(path / f"{name}.csv", render.to_bytes(records, columns, "csv", bom=True))
        except parquet.ParquetMissing as error:
            fail(str(error), BAD_USAGE)
        except OSError as error:
            if error.errno is None:  # a sentence of write_parquet's own
                fail(str(error), BAD_USAGE)
            unwritten(path, error)
    wrote(path)
