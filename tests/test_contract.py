"""What every document must keep, whatever was found in it."""

from pathlib import Path

from pipeline.analyse import analyse


def test_every_item_is_a_slice_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text("KẾ HOẠCH\nThực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2023.\n", encoding="utf-8")
    doc = analyse(file)
    for items in (doc.sections, doc.citations, doc.dates, doc.quantities, doc.agencies, doc.tasks):
        for item in items:
            assert doc.text[item.start : item.end] == item.text
