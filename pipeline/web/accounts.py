"""Who may use the pages of an office's server: a file of names, roles and hashed passwords."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from pipeline.render import replace_file

Role = Literal["reader", "reviewer", "administrator"]
#: Each may do what those before it may.
ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST = 10

_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}
_NAME = re.compile(r"[\w.@-]{1,64}")


class BadAccount(Exception):
    """An account that cannot be; the message is a Vietnamese sentence."""


class Account(NamedTuple):
    """One person: the password is there only as its scrypt hash."""

    name: str
    role: Role
    salt: str
    hash: str

    @classmethod
    def make(cls, name: str, role: Role, password: str) -> Account:
        """An account with this password."""
        if not _NAME.fullmatch(name):
            raise BadAccount("Tên tài khoản chỉ gồm chữ, số và các dấu . _ - @, không có khoảng trắng.")
        if len(password) < SHORTEST:
            raise BadAccount(f"Mật khẩu phải có ít nhất {SHORTEST} ký tự.")
        salt = secrets.token_hex(16)
        return cls(name, role, salt, _hash(password, salt))

    def opens_with(self, password: str) -> bool:
        """Whether this is the password."""
        return hmac.compare_digest(self.hash, _hash(password, self.salt))


def _hash(password: str, salt: str) -> str:
    return hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), **_SCRYPT).hex()


_NOBODY = Account("", "reader", "00" * 16, "00" * 32)


class Accounts:
    """The accounts of a file; read again whenever it changes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at: tuple[int, int] | None = None
        self._accounts: dict[str, Account] = {}

    def all(self) -> dict[str, Account]:
        """Every account by name. Raises :class:`BadAccount` where the file makes no sense."""
        try:
            stat = self.path.stat()
            if self._read_at != (stat.st_mtime_ns, stat.st_size):
                lines = self.path.read_text(encoding="utf-8").splitlines()
                found = [Account(**json.loads(line)) for line in lines if line.strip()]
                if any(a.role not in ROLES for a in found):
                    raise ValueError
                self._accounts = {a.name: a for a in found}
                self._read_at = stat.st_mtime_ns, stat.st_size
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError) as error:
            raise BadAccount(f"Không đọc được tệp tài khoản {self.path}.") from error
        return self._accounts

    def opened(self, name: str, password: str) -> Account | None:
        """The account that these open; takes as long for a name that is not there."""
        account = self.all().get(name)
        opens = (account or _NOBODY).opens_with(password)
        return account if opens else None

    def put(self, account: Account) -> None:
        """Add or replace an account."""
        self._write({**self.all(), account.name: account})

    def remove(self, name: str) -> bool:
        """Remove an account; tell whether it was there."""
        left = {n: a for n, a in self.all().items() if n != name}
        there = len(left) < len(self.all())
        if there:
            self._write(left)
        return there

    def _write(self, accounts: dict[str, Account]) -> None:
        lines = [json.dumps(a._asdict(), ensure_ascii=False) + "\n" for a in accounts.values()]
        replace_file(self.path, "".join(lines).encode())
        os.chmod(self.path, 0o600)  # noqa: PTH101
        self._read_at = None
