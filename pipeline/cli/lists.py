"""``status``, ``errors``, ``documents``, ``tasks``, ``citations``, ``search``: rows from the store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from pipeline.cli.app import COUNT, Command, db_option, using
from pipeline.cli.rows import Output, row_options

ROLES = ("lead", "coordinate", "direct", "propose")


# Documents named beside one that they cite: in a table, and in every other form (tens of thousands may cite a law).
_SHOWN, _NAMED = 6, 100


class _Day(click.ParamType[date]):
    """A day, as ``2026-06-30`` or ``30/6/2026``."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        from pipeline.due import typed_day

        try:
            return typed_day(str(value).strip())
        except ValueError:
            self.fail(f"«{value}» không phải là ngày; hãy viết như 2026-06-30 hoặc 30/6/2026.", param, ctx)


DAY = _Day()


@click.command(cls=Command, help="Trong kho có gì: số tệp theo bước xử lý và kết quả.")
@db_option
@row_options
def status(store: Path, output: Output) -> None:
    """How many files stand where."""
    from pipeline.store import queries

    with using(store) as db:
        found = output.page.of(queries.status(db))
    output.write(found, queries.STATUS_FIELDS, queries.STATUS_FIELDS)


@click.command(cls=Command, help="Các tệp bị lỗi: lỗi ở bước nào, vì sao, cách xử lý.")
@db_option
@row_options
def errors(store: Path, output: Output) -> None:
    """One row a failed file."""
    from pipeline.store import queries

    with using(store) as db:
        found = queries.errors(db, output.page)
    output.write(found, queries.ERROR_FIELDS, ("file", "stage", "code", "message", "advice"))


@click.command(cls=Command, help="Các văn bản trong kho, mỗi văn bản một dòng dù có nhiều tệp (PDF và DOCX, dự thảo).")
@click.option("--all", "everything", is_flag=True, help="Kể cả các bản khác của cùng văn bản, mỗi bản một dòng.")
@db_option
@row_options
def documents(everything: bool, store: Path, output: Output) -> None:
    """One row a work, or one a document."""
    from pipeline.store import queries

    with using(store) as db:
        found = queries.documents(db, output.page, everything)
    shown = ("document_id", "doc_type", "symbol", "issuer", "title", "tasks", "file")
    output.write(found, queries.DOCUMENT_FIELDS, shown)


@click.command(cls=Command, help="Ai phải làm gì: mỗi nhiệm vụ một dòng.")
@click.option("--agency", metavar="NAME", help="Cơ quan được giao; gõ không dấu, viết tắt đều được.")
@click.option("--role", type=click.Choice(ROLES), help="Vai trò: chủ trì, phối hợp, chỉ đạo, đề nghị.")
@click.option("--place", metavar="NAME", help="Địa bàn: nơi ban hành hoặc nơi của cơ quan được giao.")
@click.option("--document", "document_id", type=COUNT, metavar="ID", help="Chỉ trong văn bản này.")
@click.option("--issuer", metavar="NAME", help="Cơ quan ban hành.")
@click.option("--due-before", type=DAY, metavar="DATE", help="Thời hạn vào ngày này hoặc trước đó.")
@click.option("--due-after", type=DAY, metavar="DATE", help="Thời hạn vào ngày này hoặc sau đó.")
@click.option("--query", metavar="TEXT", help="Những từ phải có trong nội dung.")
@click.option("--overdue", is_flag=True, help="Chỉ nhiệm vụ đã quá hạn.")
@click.option("--coming", type=COUNT, metavar="DAYS", help="Chỉ nhiệm vụ đến hạn trong bấy nhiêu ngày tới.")
@click.option("--today", type=DAY, metavar="DATE", help="Coi ngày này là hôm nay.")
@click.option("--current", is_flag=True, help="Nêu cơ quan giữ nhiệm vụ hiện nay, sau các lần sắp xếp bộ máy.")
@click.option("--as-of", type=DAY, metavar="DATE", help="Nêu cơ quan giữ nhiệm vụ vào ngày này.")
@db_option
@row_options
def tasks(
    agency: str | None,
    role: str | None,
    place: str | None,
    document_id: int | None,
    issuer: str | None,
    due_before: date | None,
    due_after: date | None,
    query: str | None,
    overdue: bool,
    coming: int | None,
    today: date | None,
    current: bool,
    as_of: date | None,
    store: Path,
    output: Output,
) -> None:
    """One row a task; as a workbook, the handout for each agency."""
    from pipeline.store import queries
    from pipeline.worksheet import worksheet

    day = today or date.today()
    held_on = as_of or (day if current else None)
    wanted = queries.TaskFilter(
        agency, role, place, document_id, issuer, due_after, due_before, query, held_on, overdue, coming, day
    )
    with using(store) as db:
        found = queries.tasks(db, wanted, output.page)
    if output.form == "xlsx":
        output.put(worksheet(found, day, asked=agency is not None))
        return
    if output.form == "table" and held_on:
        for task in found:
            task["current_agency"] = task["current_agency"] or task["current_why"]
    now = ("current_agency",) if held_on else ()
    unsaid = any(t["agency_place"] and not t["agency"].endswith(t["agency_place"]) for t in found)
    where = ("agency_place",) if unsaid else ()  # of a class of bodies: the communes of which district
    output.write(
        found, queries.TASK_FIELDS, ("task_id", "agency", *where, *now, "role", "text", "deadlines", "document")
    )


@click.command(cls=Command, help="Văn bản nào được viện dẫn, ở đâu.")
@click.option("--symbol", metavar="S", help="Số, ký hiệu; có thể chỉ gõ phần đầu (126/2007).")
@click.option("--type", "doc_type", metavar="CODE", help="Loại văn bản: NĐ, QĐ, TT, Luật ...")
@click.option("--issuer", metavar="NAME", help="Cơ quan ban hành văn bản được viện dẫn.")
@click.option("--cited-by", type=COUNT, metavar="ID", help="Chỉ những viện dẫn trong văn bản này.")
@click.option(
    "--by",
    type=click.Choice(("document", "target")),
    default="document",
    help="document (mặc định): mỗi lần viện dẫn một dòng; target: mỗi văn bản được viện dẫn một dòng, kèm nhiều nhất"
    f" {_NAMED} văn bản viện dẫn nó.",
)
@db_option
@row_options
def citations(
    symbol: str | None,
    doc_type: str | None,
    issuer: str | None,
    cited_by: int | None,
    by: str,
    store: Path,
    output: Output,
) -> None:
    """One row a mention, or one a cited document."""
    from pipeline.store import queries

    wanted = queries.CitationFilter(symbol, doc_type, issuer, cited_by)
    with using(store) as db:
        by_target = by == "target"
        if by_target:
            named = _SHOWN if output.form == "table" else _NAMED
            found = queries.cited_documents(db, wanted, output.page, named=named)
        else:
            found = queries.citations(db, wanted, output.page)
    if by_target:
        shown = ("type", "symbol", "issuer", "title", "mentions", "documents", "cited_by")
        output.write(found, queries.TARGET_FIELDS, shown)
    else:
        output.write(found, queries.CITATION_FIELDS, ("document_id", "document", "text", "relation", "pinpoint"))


@click.command(cls=Command, help="Tìm đoạn văn có các từ đã cho; đúng dấu đứng trước, gõ không dấu cũng được.")
@click.argument("text", metavar="TEXT")
@db_option
@row_options
def search(text: str, store: Path, output: Output) -> None:
    """Ranked paragraphs."""
    from pipeline.store.search import FIELDS
    from pipeline.store.search import search as find

    with using(store) as db:
        found = find(db, text, output.page)
    output.write(found, FIELDS, ("document_id", "document", "section", "marked"))
