"""``compare``, ``overview``, ``summary``: documents side by side."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.app import BAD_USAGE, COUNT, SOME_FAILED, Command, db_option, fail, unwritten, using
from pipeline.cli.rows import Output, row_options

if TYPE_CHECKING:
    from sqlite_utils import Database

# As in pipeline.model, which is not imported for the sake of --help.
ASPECTS = ("target", "result", "baseline", "change")
ROLES = (
    "legal_basis", "context", "purpose_requirements", "objectives", "targets", "tasks_solutions", "funding",
    "implementation", "agency_assignment", "direction", "results", "assessment", "achievements", "limitations",
    "causes", "lessons", "outlook", "recommendations", "appendix", "other",
)  # fmt: skip
_SHOWN = {
    "figures": ("indicator", "unit", "period", "place", "aspect", "value", "of", "document"),
    "plan": ("indicator", "place", "target", "result", "share", "gap", "rank", "document", "others"),
    "follow": (
        *("agency", "status", "plan_due", "plan", "plan_on", "plan_late"),
        *("report_due", "report", "report_on", "report_late"),
    ),
    "sections": ("issuer", "document", "section", "text"),
    "versions": ("change", "section", "before", "after", "numbers"),
}


@click.command(
    cls=Command,
    help="Đặt các văn bản cạnh nhau: số liệu các nơi, kế hoạch và kết quả, hai bản, ai đã trả lời."
    " Một chỉ tiêu ở nhiều nơi, nhiều kỳ; chỉ tiêu của kế hoạch bên kết quả các báo cáo; cùng một mục của nhiều báo"
    " cáo; hai bản của một văn bản; ai đã trả lời, ai chưa.",
)
@click.argument("indicator", required=False, metavar="[INDICATOR]")
@click.option("--place", metavar="NAME", help="Chỉ địa bàn này.")
@click.option("--period", metavar="YEAR", help="Chỉ kỳ này: 2024, 2021-2025, 6 tháng/2024 ...")
@click.option("--aspect", type=click.Choice(ASPECTS), help="Chỉ tiêu, kết quả, mốc so sánh hay mức tăng giảm.")
@click.option("--plan", type=COUNT, metavar="ID", help="Các văn bản trả lời văn bản này (viện dẫn nó).")
@click.option("--reports", is_flag=True, help="Cùng --plan: chỉ tiêu của kế hoạch bên kết quả của các báo cáo.")
@click.option("--follow", type=COUNT, metavar="ID", help="Cơ quan được giao đã có kế hoạch, báo cáo hay chưa.")
@click.option("--section", type=click.Choice(ROLES), help="Cùng một mục của nhiều văn bản, theo vai trò.")
@click.option("--versions", type=COUNT, nargs=2, metavar="A B", help="Hai bản: thêm, bỏ, chuyển chỗ, số thay đổi.")
@click.option(
    "--indicators",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Thêm chỉ tiêu, cách gọi khác vào danh mục trong kho: tệp CSV có các cột như patterns/indicators.csv.",
)
@db_option
@row_options
def compare(
    indicator: str | None,
    place: str | None,
    period: str | None,
    aspect: str | None,
    plan: int | None,
    reports: bool,
    follow: int | None,
    section: str | None,
    versions: tuple[int, int] | None,
    indicators: Path | None,
    store: Path,
    output: Output,
) -> None:
    """Rows of one of the views; without a view the figures."""
    from pipeline.compare.followup import FOLLOW_FIELDS
    from pipeline.compare.targets import PLAN_FIELDS
    from pipeline.compare.versions import VERSION_FIELDS, changes
    from pipeline.store import compare as side_by_side
    from pipeline.store import queries

    if reports and plan is None:
        fail("--reports cần --plan ID: kế hoạch nào?", BAD_USAGE)
    if sum(view is not None for view in (follow, section, versions)) > 1:
        fail("Chỉ chọn một trong --follow, --section, --versions.", BAD_USAGE)
    with using(store) as db:
        if indicators:
            _add(db, indicators)
        for known in (plan, follow, *(versions or ())):
            _must_exist(db, known)
        among = None if plan is None else _with_answers(db, plan)
        view: str
        columns: tuple[str, ...]
        if versions:
            old, new = (queries.document(db, i) for i in versions)
            assert old and new
            view, columns, found = "versions", VERSION_FIELDS, changes(old, new)
        elif follow is not None:
            view, columns, found = "follow", FOLLOW_FIELDS, side_by_side.followed(db, follow)
        elif section:
            view, columns, found = "sections", side_by_side.SECTION_FIELDS, side_by_side.sections(db, section, among)
        elif reports and plan is not None:
            _renewed(db, among)
            found = side_by_side.targets_and_results(db, plan)
            view, columns = "plan", PLAN_FIELDS
            found = _only(db, found, indicator, place)
        else:
            _renewed(db, among)
            wanted = side_by_side.FigureFilter(indicator, place, period, aspect, among)
            view, columns, found = "figures", side_by_side.COMPARE_FIELDS, side_by_side.compare(db, wanted, output.page)
    if view != "figures":
        found = output.page.of(found)
    found = [{c: r[c] for c in columns} for r in found]
    output.write(found, columns, _SHOWN[view])


def _with_answers(db: Database, plan: int) -> tuple[int, ...]:
    """A plan and the documents that answer it."""
    from pipeline.store.compare import answers

    return (plan, *(a["document_id"] for a in answers(db, plan)))


def _renewed(db: Database, documents: Sequence[int] | None = None) -> None:
    """Read the figures again that another catalogue of indicators gave; of many documents that takes a while."""
    from pipeline.store.renewal import renew, stale

    waiting = stale(db, documents)
    if not waiting:
        return
    click.echo(f"Danh mục chỉ tiêu đã thay đổi: đọc lại số liệu của {len(waiting)} văn bản, chỉ một lần này.", err=True)
    with click.progressbar(length=len(waiting), label="Đang đọc lại", file=sys.stderr, show_pos=True) as bar:
        for done in renew(db, waiting):
            bar.update(done - bar.pos)


def _only(db: Database, found: list[dict[str, Any]], indicator: str | None, place: str | None) -> list[dict[str, Any]]:
    """Those rows of a plan that are about an indicator and a place as typed."""
    from pipeline.names import fold, name_key
    from pipeline.store.figures import catalogue

    if indicator:
        names = {e.name for e in catalogue(db).named(indicator)}
        found = [r for r in found if r["indicator"] in names or fold(indicator) in fold(r["indicator"])]
    if place:
        found = [r for r in found if f" {name_key(place)} " in f" {r['place_key']} "]
    return found


def _must_exist(db: Database, document_id: int | None) -> None:
    from pipeline.store.compare import origin

    if document_id is not None and origin(db, document_id) is None:
        fail(f"Không có văn bản số {document_id} trong kho. Xem danh sách bằng «vanban documents».", SOME_FAILED)


def _add(db: Database, path: Path) -> None:
    """Add the rows of a file to the store's catalogue of indicators."""
    from pipeline.store.figures import INDICATOR_COLUMNS, add_indicators

    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (UnicodeDecodeError, csv.Error):
        fail(f"{path} không phải là tệp CSV mã UTF-8.", BAD_USAGE)
    needed = ("id", "name", "units", "topic")
    if not rows or any(not (row.get(column) or "").strip() for row in rows for column in needed[:2]):
        fail(f"{path} phải có các cột {', '.join(INDICATOR_COLUMNS)}; id và name không được trống.", BAD_USAGE)
    click.echo(f"Đã thêm {add_indicators(db, rows)} chỉ tiêu vào danh mục của kho.", err=True)


@click.command(
    cls=Command,
    help="Nhìn chung cả kho: điều gì được nhắc đến nhiều nhất."
    " Văn bản được viện dẫn nhiều nhất, cơ quan nhiều nhiệm vụ, lĩnh vực, địa bàn, kiến nghị nhiều nơi cùng nêu.",
)
@click.option("--top", type=COUNT, default=20, metavar="N", help="Nhiều nhất bấy nhiêu dòng mỗi mặt (mặc định 20).")
@db_option
@row_options
def overview(top: int, store: Path, output: Output) -> None:
    """Several views of the whole store, as rows."""
    from pipeline.store.overview import FIELDS
    from pipeline.store.overview import overview as whole

    with using(store) as db:
        _renewed(db)
        found = whole(db, top)
    output.write(output.page.of(found), FIELDS, FIELDS)


@click.command(
    cls=Command,
    help="Bản tổng hợp để đọc, in: một kế hoạch và những văn bản trả lời nó."
    " Trong thư mục FOLDER: trang HTML, tệp Word, sổ tính, biểu đồ SVG và PNG.",
)
@click.argument("document_id", type=COUNT, metavar="ID")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@db_option
def summary(document_id: int, folder: Path, store: Path) -> None:
    """Write the summary of a plan into a folder."""
    from pipeline.summary import write_summary

    with using(store) as db:
        _must_exist(db, document_id)
        _renewed(db, _with_answers(db, document_id))
        try:
            for path in write_summary(db, document_id, folder):
                click.echo(path)
        except OSError as error:
            unwritten(folder, error)
