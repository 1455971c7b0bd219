"""``vanban extract``: read files, print JSON, no store."""

from __future__ import annotations

import hashlib
import json
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import DONE, SOME_FAILED, Command, ocr_option

if TYPE_CHECKING:
    from pipeline.extract.reading import Ocr


@click.command(cls=Command, help="Đọc tệp và in kết quả, mỗi tệp một dòng JSON.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@ocr_option
@click.option("--debug", is_flag=True, help="In chi tiết lỗi bên trong chương trình.")
def extract(files: tuple[Path, ...], ocr: Ocr, debug: bool) -> None:
    """Print one line of JSON a file; a file that cannot be read gives a line too."""
    from pipeline.render import visible

    failed = False
    for path in files:
        line, error = _read(path, ocr)
        if error:
            failed = True
            click.echo(visible(f"{path}: {error} {getattr(error, 'advice', '')}".rstrip()), err=True)
            if debug:
                traceback.print_exception(error)
        click.echo(line)
    sys.exit(SOME_FAILED if failed else DONE)


def _read(path: Path, ocr: Ocr) -> tuple[str, Exception | None]:
    """The line for a file, and what went wrong."""
    from pipeline.analyse import analyse
    from pipeline.errors import Code, ReadError

    try:
        return analyse(path, ocr).model_dump_json(), None
    except ReadError as error:
        return _error_line(path, error.code, error.message), error
    except Exception as error:
        return _error_line(path, Code.INTERNAL, f"Lỗi bên trong chương trình: {type(error).__name__}."), error


def _error_line(path: Path, code: str, message: str) -> str:
    source = {"name": path.name, **_known(path)}
    return json.dumps({"source": source, "error": {"code": code, "message": message}}, ensure_ascii=False)


def _known(path: Path) -> dict[str, str]:
    """What can be said of a file that could not be read."""
    from pipeline.errors import ReadError
    from pipeline.extract.sniff import sniff

    known = {}
    with suppress(OSError, ReadError):
        with path.open("rb") as file:
            known["sha256"] = hashlib.file_digest(file, "sha256").hexdigest()
        known["format"] = sniff(path)
    return known
