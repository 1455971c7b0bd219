"""What all commands share: Vietnamese help, the store's option, exit statuses."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

import pipeline

if TYPE_CHECKING:
    from sqlite_utils import Database

DONE, SOME_FAILED, BAD_USAGE, NO_STORE = 0, 1, 2, 3

F = TypeVar("F", bound=Callable[..., Any])


# What click says of a path that it was given, and what the system says where nothing can be written.
_PATHS = {
    "does not exist.": "không có",
    "is a directory.": "là thư mục, không phải tệp",
    "is a file.": "là tệp, không phải thư mục",
    "is not readable.": "không đọc được, hãy kiểm tra quyền truy cập",
}
_UNWRITTEN = {
    errno.ENOENT: "thư mục ấy không có",
    errno.ENOTDIR: "trên đường dẫn có một tệp cùng tên với thư mục",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EISDIR: "đã có thư mục cùng tên",
    errno.EACCES: "không có quyền ghi, hoặc tệp đang mở ở chương trình khác",
    errno.EPERM: "không có quyền ghi, hoặc tệp đang mở ở chương trình khác",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
}
_METAVARS = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH ..."}


class _Count(click.ParamType[int]):
    """A whole number, not negative."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        if isinstance(value, int) or (str(value).isdecimal() and len(str(value)) < 19):
            return int(value)
        self.fail(f"«{value}» không phải là số đếm.", param, ctx)


COUNT = _Count()


class _Vietnamese:
    """Help pages and usage errors in Vietnamese."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line that says how to call the command."""
        pieces = [_METAVARS.get(p, p) for p in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        options = [r for p in self.get_params(ctx) if (r := p.get_help_record(ctx))]  # type: ignore[attr-defined]
        with formatter.section("Tùy chọn"):
            formatter.write_dl(options)
        if isinstance(self, click.Group):
            commands = [(name, self.commands[name]) for name in self.list_commands(ctx)]
            with formatter.section("Lệnh"):
                formatter.write_dl([(name, command.get_short_help_str(limit=100)) for name, command in commands])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``."""
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = "Hiện hướng dẫn này."
        return option


class Command(_Vietnamese, click.Command):
    """A command with Vietnamese help."""


class Group(_Vietnamese, click.Group):
    """The commands, in the order in which they were added."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in the order in which one meets them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the words name."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(f"Không có lệnh «{args[0]}».", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run; usage errors are told in Vietnamese."""
        run: Any = super().main
        if not kwargs.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **kwargs)
        try:
            status = run(*args, standalone_mode=False, **kwargs)
            sys.exit(status if isinstance(status, int) else DONE)
        except click.exceptions.Abort:
            fail("Đã dừng theo yêu cầu.", SOME_FAILED)
        except click.ClickException as error:
            fail(_explain(error), error.exit_code)
        except BrokenPipeError:  # whoever reads has read enough (vanban tasks | head)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(DONE)


def _explain(error: click.ClickException) -> str:
    """A usage error in Vietnamese, with the way to the help page."""
    match error:
        case click.NoSuchOption():
            close = f" Có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
            what = f"Không có tùy chọn {error.option_name}.{close}"
        case click.MissingParameter():
            what = f"Thiếu {error.param.metavar or error.param.name if error.param else error.param_hint}."
        case click.BadParameter() if error.param:
            name, kind = error.param.metavar or error.param.opts[0], error.param.type
            if isinstance(error.param, click.Option):
                name = error.param.opts[0]
            what = f"Giá trị của {name} không hợp lệ: {_why(kind, error.message)}"
        case _:
            what = error.message
    if isinstance(error, click.UsageError) and error.ctx:
        what += f"\nXem hướng dẫn: {error.ctx.command_path} --help"
    return what


def _why(kind: click.ParamType[Any], said: str) -> str:
    """Why a value does not fit its type; ``said`` is click's word for it."""
    match kind:
        case click.Choice():
            return f"phải là một trong: {', '.join(map(str, kind.choices))}."
        case click.IntRange():
            return f"phải là số từ {kind.min} đến {kind.max}."
        case click.Path() if found := re.fullmatch(r"\w+ '(.*)' (.+)", said, re.DOTALL):
            return f"«{found[1]}» {_PATHS.get(found[2], 'không dùng được')}."
    return said


def fail(message: str, status: int) -> NoReturn:
    """End with a message on standard error and an exit status."""
    from pipeline.render import visible

    click.echo(visible(message), err=True)
    sys.exit(status)


def unwritten(path: Path | None, error: OSError) -> NoReturn:
    """End because nothing could be written there."""
    why = _UNWRITTEN.get(error.errno or 0, error.strerror)
    fail(f"Không ghi được {path}: {why}. Hãy kiểm tra lại hoặc chọn nơi khác.", BAD_USAGE)


def wrote(path: Path, what: str = "") -> None:
    """Say where what was asked for now lies."""
    from pipeline.render import visible

    click.echo(visible(f"Đã ghi {what} vào {path}." if what else f"Đã ghi {path}."), err=True)


@click.group(cls=Group, help="vanban: đọc văn bản hành chính, tìm ra ai phải làm gì, bao giờ xong, căn cứ nào.")
@click.version_option(pipeline.__version__, prog_name="vanban", help="Hiện phiên bản.", message="%(prog)s %(version)s")
@click.option("--db", "store", type=click.Path(), metavar="FILE", help="Kho dữ liệu; viết sau tên lệnh cũng được.")
def cli(store: str | None) -> None:
    """The commands; ``--db`` before a command is as good as after it."""
    if store:
        os.environ["VANBAN_DB"] = store


def db_option(command: F) -> F:
    """``--db FILE``: where the store is."""
    return click.option(
        "--db",
        "store",
        envvar="VANBAN_DB",
        default="vanban.db",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Kho dữ liệu; mặc định: biến môi trường VANBAN_DB, không có thì vanban.db trong thư mục này.",
    )(command)


def ocr_option(command: F) -> F:
    """``--ocr``: which pages are read from their picture."""
    return click.option(
        "--ocr",
        type=click.Choice(("auto", "never", "always")),
        default="auto",
        help="Nhận dạng chữ từ ảnh: auto (mặc định) chỉ những trang quét; never: không trang nào; always: mọi trang"
        " của tệp PDF, kể cả trang có chữ, khi lớp chữ của tệp bị sai.",
    )(command)


@contextmanager
def using(store: Path) -> Iterator[Database]:
    """The store; what goes wrong with it, or with a name asked of it, ends the program with a clear message."""
    from pipeline.render import visible
    from pipeline.store import StoreError, open_store
    from pipeline.store.match import AmbiguousName

    def renewing() -> None:
        words = f"Đang cập nhật kho dữ liệu {store} cho phiên bản này của vanban. Kho lớn có thể mất vài phút; hãy đợi."
        click.echo(visible(words), err=True)

    try:
        with open_store(store, renewing) as db:
            yield db
    except StoreError as error:
        fail(str(error), NO_STORE)
    except AmbiguousName as error:
        listed = "\n".join(f"  {name}" for name in error.candidates)
        fail(f"«{error.asked}» có thể là nhiều cơ quan khác nhau; hãy gõ rõ hơn:\n{listed}", BAD_USAGE)
