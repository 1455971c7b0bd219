"""``vanban show``: one document with header, outline, tasks and citations."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.app import COUNT, SOME_FAILED, Command, db_option, fail, using

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.model import Document, Header

_HEADER = {
    "doc_type": "Loại",
    "symbol": "Số, ký hiệu",
    "issuer": "Nơi ban hành",
    "title": "Trích yếu",
    "place": "Địa danh",
    "issued_on": "Ngày ban hành",
}


@click.command(cls=Command, help="Một văn bản: phần đầu, bố cục, nhiệm vụ, viện dẫn. ID lấy từ «vanban documents».")
@click.argument("document_id", type=COUNT, metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    help="table: để đọc; json: toàn bộ kết quả (mặc định khi nối sang lệnh khác).",
)
@db_option
def show(document_id: int, form: str | None, store: Path) -> None:
    """One document, for reading or as JSON."""
    from pipeline.store import queries

    with using(store) as db:
        document = queries.document(db, document_id)
    if document is None:
        fail(f"Không có văn bản số {document_id} trong kho. Xem danh sách bằng «vanban documents».", SOME_FAILED)
    if (form or ("table" if sys.stdout.isatty() else "json")) == "json":
        click.echo(document.model_dump_json(indent=2))
    else:
        _print(document)


def _print(document: Document) -> None:
    from rich.console import Console

    from pipeline.scanned import notes
    from pipeline.wording import CODES

    roles, relations = CODES["role"], CODES["relation"]
    console = Console(highlight=False, markup=False)
    _print_header(console, document.header)
    for note in notes(document.source):
        console.print(f"Lưu ý: {note}", style="yellow")
    if document.sections:
        console.print("\nBố cục", style="bold")
    depths: dict[int | None, int] = {None: 0}
    for section in document.sections:
        depth = depths[section.id] = depths.get(section.parent, 0) + 1
        label = f"{section.label}. " if section.label else ""
        console.print(f"{'  ' * depth}{label}{section.heading} [{roles.get(section.role, section.role)}]")
    if document.tasks:
        console.print("\nNhiệm vụ", style="bold")
    for number, task in enumerate(document.tasks, 1):
        console.print(f"  {number}. {'; '.join(task.agencies)} [{roles[task.role]}]: {task.text}")
        if task.partners:
            console.print(f"     Phối hợp: {'; '.join(task.partners)}")
        if task.deadlines:
            console.print(f"     Thời hạn: {'; '.join(document.dates[d].text for d in task.deadlines)}")
    if document.citations:
        console.print("\nViện dẫn", style="bold")
    for citation in document.citations:
        console.print(f"  {citation.text} [{relations[citation.relation]}]")


def _print_header(console: Console, header: Header) -> None:
    from pipeline.wording import worded

    for field, words in _HEADER.items():
        if value := getattr(header, field):
            console.print(f"{words}: {worded(field, value)}")
    signed = [header.signer.capacity, header.signer.position, header.signer.name]
    if any(signed):
        console.print(f"Người ký: {', '.join(filter(None, signed))}")
    for words, listed in (("Kính gửi", header.addressees), ("Nơi nhận", header.recipients)):
        if listed:
            console.print(f"{words}: {'; '.join(listed)}")
