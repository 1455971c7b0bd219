"""Two versions of one document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.versions import changes
from pipeline.model import Document, SourceInfo

OLD = (
    "I. MỤC TIÊU",
    "1. Giải quyết việc làm cho 1.200 lao động.",
    "2. Đưa 60 lao động đi làm việc ở nước ngoài.",
    "3. Tổ chức 02 ngày hội việc làm tại trung tâm huyện.",
    "II. GIẢI PHÁP",
    "1. Tuyên truyền trên hệ thống truyền thanh cơ sở hằng tuần.",
    "2. Rà soát danh sách người lao động có nhu cầu học nghề.",
)
NEW = (
    "I. MỤC TIÊU",
    "1. Giải quyết việc làm cho 1.350 lao động.",
    "2. Tổ chức 02 ngày hội việc làm tại trung tâm huyện.",
    "3. Tỷ lệ lao động qua đào tạo đạt 55%.",
    "II. GIẢI PHÁP",
    "1. Rà soát danh sách người lao động có nhu cầu học nghề.",
    "2. Phối hợp với doanh nghiệp mở lớp ngoại ngữ ngay tại xã.",
    "3. Tuyên truyền trên hệ thống truyền thanh cơ sở hằng tuần.",
)


def document(lines: tuple[str, ...]) -> Document:
    return Document(source=SourceInfo(name="a", sha256="a", format="txt"), text="\n".join(lines))


def test_what_was_added_dropped_moved_and_which_numbers_changed() -> None:
    rows = changes(document(OLD), document(NEW))
    by = {kind: [r for r in rows if r["change"] == kind] for kind in ("added", "dropped", "moved", "changed")}
    assert [r["numbers"] for r in by["changed"]] == [[{"before": "1.200", "after": "1.350", "text": "1.200 → 1.350"}]]
    assert [r["before"] for r in by["dropped"]] == [OLD[2]]
    assert [r["after"] for r in by["added"]] == [NEW[3], NEW[6]]
    moved = [(r["before"], r["after"]) for r in by["moved"]]
    assert moved in ([(OLD[5], NEW[7])], [(OLD[6], NEW[5])])


def test_a_number_that_stays_has_not_changed_whatever_follows_it() -> None:
    old, new = "Giải quyết việc làm năm 2024 của tỉnh", "Giải quyết việc làm của tỉnh năm 2024"
    assert [r["numbers"] for r in changes(document((old,)), document((new,)))] == [[]]


def test_new_labels_alone_are_no_change() -> None:
    relabelled = tuple(line.replace("1. ", "a) ").replace("2. ", "b) ") for line in OLD)
    assert changes(document(OLD), document(relabelled)) == []


LINES = st.lists(st.sampled_from([*OLD, *NEW, "a", "- b c d"]), max_size=12).map(tuple)


@given(LINES, LINES)
def test_every_line_is_accounted_for(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    rows = changes(document(old), document(new))
    kinds = [r["change"] for r in rows]
    assert len(old) - kinds.count("dropped") == len(new) - kinds.count("added")
    assert all((r["before"] is None) == (r["change"] == "added") for r in rows)


@given(LINES)
def test_a_document_does_not_differ_from_itself(lines: tuple[str, ...]) -> None:
    assert changes(document(lines), document(lines)) == []


def test_a_paragraph_that_is_only_parted_has_not_changed() -> None:
    whole = (
        "I. MỤC TIÊU",
        "1. Mở 12 lớp ngoại ngữ. Đưa 60 lao động đi làm việc ở nước ngoài.",
        "2. Rà soát danh sách.",
    )
    parted = (
        "I. MỤC TIÊU",
        "1. Mở 12 lớp ngoại ngữ.",
        "Đưa 60 lao động đi làm việc ở nước ngoài.",
        "2. Rà soát hồ sơ.",
    )
    for before, after in ((whole, parted), (parted, whole)):
        rows = changes(document(before), document(after))
        assert [(r["change"], r["numbers"]) for r in rows] == [("changed", [])]
        assert "Rà soát" in rows[0]["before"]
