"""The command line: ``vanban COMMAND``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

import pipeline


@click.group(help="vanban: đọc văn bản hành chính, tìm ra ai phải làm gì, bao giờ xong, căn cứ nào.")
@click.version_option(pipeline.__version__, prog_name="vanban")
def cli() -> None:
    pass


@cli.command(help="Đọc tệp và in kết quả, mỗi tệp một dòng JSON.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def extract(files: tuple[Path, ...]) -> None:
    from pipeline.analyse import analyse
    from pipeline.errors import ReadError

    failed = False
    for path in files:
        try:
            line = analyse(path).model_dump_json()
        except ReadError as error:
            failed = True
            line = json.dumps(
                {"source": {"name": path.name}, "error": {"code": error.code, "message": error.message}},
                ensure_ascii=False,
            )
        click.echo(line)
    sys.exit(1 if failed else 0)
