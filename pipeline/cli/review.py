"""``vanban review``: what people say of findings: list, accept, correct, merge, dismiss, undo, export as gold."""

from __future__ import annotations

import getpass
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.app import BAD_USAGE, COUNT, Command, db_option, fail, using
from pipeline.cli.rows import Output, row_options

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipeline.store.review import Target

_FINDING = "FINDING"
_SHOWN = ("correction_id", "document", "kind", "action", "text", "changes", "author", "made_at", "undone_by")


@click.command(
    cls=Command,
    help="Soát kết quả: liệt kê chỗ đã soát; nhận đúng, sửa, gộp, bỏ; hoàn tác; xuất bản chuẩn."
    " FINDING là VĂN_BẢN/LOẠI-SỐ như trên trang web (5/task-3, 5/header-symbol), hoặc task:12, citation:7"
    " theo mã trong danh sách.",
)
@click.option("--accept", metavar=_FINDING, help="Nhận một kết quả là đúng.")
@click.option("--correct", metavar=_FINDING, help="Sửa một kết quả theo các --set.")
@click.option("--merge", metavar=_FINDING, help="Gộp cơ quan này vào tên mới (--set name=...) trong cả văn bản.")
@click.option("--dismiss", metavar=_FINDING, help="Bỏ một kết quả sai.")
@click.option("--set", "changes", multiple=True, metavar="FIELD=VALUE", help="Giá trị mới; danh sách cách nhau bằng ;")
@click.option("--undo", type=COUNT, metavar="N", help="Hoàn tác lần soát này.")
@click.option("--author", metavar="NAME", help="Người soát; mặc định: tên đăng nhập máy.")
@click.option("--document", "document_id", type=COUNT, metavar="ID", help="Chỉ liệt kê của văn bản này.")
@click.option("--lost", is_flag=True, help="Chỉ liệt kê những chỗ soát không còn tìm thấy nguyên văn.")
@click.option(
    "--gold",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Ghi các văn bản đã soát thành bản chuẩn, mỗi văn bản một tệp JSON.",
)
@db_option
@row_options
def review(
    accept: str | None,
    correct: str | None,
    merge: str | None,
    dismiss: str | None,
    changes: tuple[str, ...],
    undo: int | None,
    author: str | None,
    document_id: int | None,
    lost: bool,
    gold: Path | None,
    store: Path,
    output: Output,
) -> None:
    """Do what was asked, or list what was said so far."""
    from pipeline.review import BadCorrection
    from pipeline.store import review as queries

    asked = {"accept": accept, "correct": correct, "merge": merge, "dismiss": dismiss}
    wanted = [(action, finding) for action, finding in asked.items() if finding]
    who = author or getpass.getuser()
    with using(store) as db:
        try:
            for action, finding in wanted:
                target = _target(db, finding)
                given = _changes(target.kind, changes)
                number = queries.correct(db, target, action, given, who)  # type: ignore[arg-type]
                click.echo(f"Đã ghi {finding}. Muốn bỏ thì chạy «vanban review --undo {number}».", err=True)
            if undo is not None:
                queries.undo(db, undo, who)
                click.echo(f"Đã hoàn tác lần soát {undo}.", err=True)
        except BadCorrection as error:
            fail(str(error), BAD_USAGE)
        if gold:
            _write(gold, queries.gold(db))
        if wanted or undo is not None or gold:
            return
        found = queries.history(db, document_id, lost, page=output.page)
    output.write(found, queries.FIELDS, _SHOWN)


def _target(db: Database, finding: str) -> Target:
    """The finding that was named."""
    from pipeline.review import LISTS, named
    from pipeline.store.review import Target, target_of

    if (m := re.fullmatch(r"(\d{1,15})/(\w+-\w+)", finding)) and (found := named(m[2])):
        return Target(int(m[1]), *found)
    m = re.fullmatch(r"([a-z]+):(\d{1,15})", finding)
    target = target_of(db, m[1], int(m[2])) if m and m[1] in LISTS else None
    return target or fail(
        f"Không có kết quả «{finding}»; hãy viết như 5/task-3, 5/header-symbol hoặc task:12.", BAD_USAGE
    )


def _changes(kind: str, given: tuple[str, ...]) -> dict[str, Any]:
    from pipeline.review import KINDS, BadCorrection
    from pipeline.review.values import read_value

    pairs = [change.partition("=") for change in given]
    if kind not in KINDS or not all(equals for _, equals, _ in pairs):
        raise BadCorrection("Hãy viết giá trị mới như --set role=lead.")
    return {field: read_value(kind, field, typed) for field, _, typed in pairs}


def _write(folder: Path, golds: list[dict[str, Any]]) -> None:
    from pipeline.review.gold import as_files

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in as_files(golds).items():
        (folder / name).write_text(content, encoding="utf-8")
    click.echo(f"Đã ghi {len(golds)} văn bản vào {folder}", err=True)
