"""``vanban serve``: the web pages. ``vanban users``: who may use them on an office's server."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import suppress
from pathlib import Path

import click

from pipeline.cli.app import BAD_USAGE, SOME_FAILED, Command, db_option, fail, using

_LOCAL = ("127.0.0.1", "localhost", "::1")
_EVERYWHERE = ("0.0.0.0", "::")
_CLOSED = {
    errno.EADDRINUSE: "chương trình khác đang dùng; hãy chọn cổng khác bằng --port",
    errno.EACCES: "không có quyền; hãy chọn cổng từ 1024 trở lên bằng --port",
}
ROLES = ("reader", "reviewer", "administrator")


@click.command(cls=Command, help="Mở các trang web trên kho dữ liệu; xem bằng trình duyệt.")
@click.option("--host", default="127.0.0.1", metavar="NAME", help="Địa chỉ để nghe; mặc định chỉ máy này.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, metavar="N", help="Cổng để nghe; mặc định 8000.")
@click.option(
    "--users",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Tệp tài khoản (tạo bằng «vanban users»); bắt buộc khi cho máy khác vào.",
)
@db_option
def serve(host: str, port: int, users: Path | None, store: Path) -> None:
    """Serve the pages until stopped."""
    try:
        import uvicorn

        from pipeline.web.accounts import Accounts, BadAccount
        from pipeline.web.app import create_app
    except ModuleNotFoundError as error:
        fail(
            f"Chưa cài phần trang web ({error.name}). Trong thư mục vanban, hãy chạy: .venv/bin/pip install '.[web]'",
            BAD_USAGE,
        )
    accounts = Accounts(users) if users else None
    if accounts is None and host not in _LOCAL:
        fail("Cho máy khác vào thì phải có tài khoản: thêm --users FILE (tạo bằng «vanban users»).", BAD_USAGE)
    try:
        if accounts is not None and not accounts.all():
            fail(f"Tệp {users} chưa có tài khoản nào. Hãy thêm bằng «vanban users».", BAD_USAGE)
    except BadAccount as error:
        fail(str(error), BAD_USAGE)
    with using(store):
        pass  # made or brought up to date now, so that what is wrong with it is said here
    listening = _listen(host, port)
    name = socket.gethostname() if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    click.echo(f"Mở trình duyệt tại http://{name}:{listening.getsockname()[1]}  (dừng: Ctrl-C)", err=True)
    app = create_app(store, accounts, _LOCAL if host in _LOCAL else None)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    """The socket on which pages are asked for; opened first, so that a port that is taken is told in our words."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        why = _CLOSED.get(error.errno or 0, "địa chỉ ấy không phải của máy này")
        fail(f"Không mở được cổng {port} ở {host}: {why}.", BAD_USAGE)


@click.command(cls=Command, help="Tài khoản cho máy chủ của cơ quan: liệt kê, thêm (hoặc đổi mật khẩu), xóa.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--add", metavar="NAME", help="Thêm tài khoản, hoặc đổi mật khẩu và vai trò của nó.")
@click.option("--role", type=click.Choice(ROLES), default="reader", help="Vai trò: người đọc, người soát, quản trị.")
@click.option("--remove", metavar="NAME", help="Xóa tài khoản.")
def users(file: Path, add: str | None, role: str, remove: str | None) -> None:
    """Keep the file of accounts."""
    from pipeline.web.accounts import Account, Accounts, BadAccount

    accounts = Accounts(file)
    try:
        if add:
            accounts.put(Account.make(add, role, _password()))  # type: ignore[arg-type]
        if remove and not accounts.remove(remove):
            fail(f"Không có tài khoản «{remove}».", SOME_FAILED)
        for account in accounts.all().values():
            click.echo(f"{account.name}\t{account.role}")
    except BadAccount as error:
        fail(str(error), BAD_USAGE)


def _password() -> str:
    """A password: typed twice on a terminal, else the first line of what comes in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    while (typed := _asked("Mật khẩu")) != _asked("Nhập lại mật khẩu"):
        click.echo("Hai lần gõ không giống nhau. Hãy gõ lại.", err=True)
    return typed


def _asked(words: str) -> str:
    return str(click.prompt(words, hide_input=True, err=True))
