"""Commands that list rows: their common options, and the writing of what they found."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from pipeline.cli.app import BAD_USAGE, COUNT, fail, unwritten, wrote

if TYPE_CHECKING:
    from pipeline.store.queries import Page

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = ("table", "json", "jsonl", "csv", "xlsx")


class Output(NamedTuple):
    """How rows are to be written, and which of them."""

    form: str
    path: Path | None
    limit: int | None
    offset: int

    @property
    def page(self) -> Page:
        """Which rows."""
        from pipeline.store.queries import Page

        return Page(self.limit, self.offset)

    def write(self, records: Sequence[dict[str, Any]], columns: Sequence[str], shown: Sequence[str]) -> None:
        """Write rows with all their columns, or as a table with those shown."""
        from pipeline import render

        with self._writing():
            name = click.get_current_context().info_name or ""
            render.write(records, columns, self.form, self.path, shown, name)
        if self.path:
            wrote(self.path, f"{len(records)} dòng")
        elif self.form == "table" and not records:
            click.echo("Không có kết quả.", err=True)

    def put(self, content: bytes) -> None:
        """Write what is already in its format."""
        from pipeline import render

        with self._writing():
            render.put(content, self.path)
        if self.path:
            wrote(self.path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            unwritten(self.path, error)


def row_options(command: F) -> F:
    """``--format``, ``-o``, ``--limit`` and ``--offset``, given to the command as one ``output``."""

    def made(form: str | None, path: Path | None, limit: int | None, offset: int, **options: Any) -> Any:
        return command(output=Output(_form(form, path), path, limit, offset), **options)

    made.__name__, made.__doc__ = command.__name__, command.__doc__
    made.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    for option in reversed(
        (
            click.option(
                "--format",
                "form",
                type=click.Choice(FORMATS),
                help="Dạng kết quả; mặc định: table trên màn hình, jsonl khi nối sang lệnh khác,"
                " theo đuôi tệp nếu có -o.",
            ),
            click.option(
                "-o",
                "path",
                type=click.Path(path_type=Path, dir_okay=False),
                metavar="FILE",
                help="Ghi vào tệp thay vì in ra.",
            ),
            click.option("--limit", type=COUNT, metavar="N", help="Nhiều nhất bấy nhiêu dòng."),
            click.option("--offset", type=COUNT, default=0, metavar="N", help="Bỏ qua bấy nhiêu dòng đầu."),
        )
    ):
        made = option(made)
    return made  # type: ignore[return-value]


def _form(asked: str | None, path: Path | None) -> str:
    if asked:
        if asked == "xlsx" and path is None and sys.stdout.isatty():
            fail("Dạng xlsx cần một tệp: thêm -o TÊN.xlsx", BAD_USAGE)
        return asked
    if path:
        suffix = path.suffix.lower().removeprefix(".")
        return suffix if suffix in FORMATS else "table"
    return "table" if sys.stdout.isatty() else "jsonl"
