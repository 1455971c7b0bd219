"""Many files into the store."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path
from threading import Thread

import pytest
import readers
from PIL import Image
from sqlite_utils import Database

from pipeline.discover import discover
from pipeline.extract import ocr
from pipeline.ingest import Options, Summary, ingest
from pipeline.kept import CODE
from pipeline.read import read_file
from pipeline.store import StoreError, open_store, queries
from pipeline.workers import Limits, Result

PIPELINE = Path(__file__).parent.parent / "pipeline"
SCANNED = Path(__file__).parent.parent / "corpus" / "pdf" / "cd-ung-pho-mua-lu-2025.pdf"


def run(db: Database, *paths: Path, **options: object) -> Summary:
    options.setdefault("read", readers.read)
    return ingest(db, discover(paths), Options(**options))  # type: ignore[arg-type]


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, words in files.items():
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    return folder


def states(db: Database) -> dict[str, tuple[str, str, str | None]]:
    rows = db.execute("SELECT name, stage, outcome, code FROM files").fetchall()
    return {row[0]: row[1:] for row in rows}


def test_new_unchanged_updated_duplicate(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="một", b="hai", c="hai")
    assert run(db, folder, jobs=1).counts == {"new": 2, "duplicate": 1}
    assert run(db, folder).counts == {"unchanged": 3}
    write(folder, a="ba")
    assert run(db, folder).counts == {"updated": 1, "unchanged": 2}
    assert [d["document_id"] for d in queries.documents(db)] == [1, 2]


def test_what_is_no_document_is_skipped_unless_it_is_named(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="một")
    (folder / "b.json").write_text("hai", encoding="utf-8")
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("d.py", "ba")
    summary = run(db, folder)
    assert summary.counts == {"new": 1, "skipped": 2}
    assert [Path(label).name for label in summary.skipped] == ["b.json", "d.py"]
    assert set(states(db)) == {"a.txt"}
    assert run(db, folder, folder / "b.json").counts == {"unchanged": 1, "new": 1, "skipped": 1}
    assert run(db, folder, program="2").counts == {"updated": 2, "skipped": 1}


def test_a_new_version_of_the_program_reads_again(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="một")
    run(db, folder, program="1")
    assert run(db, folder, program="2").counts == {"updated": 1}
    assert run(db, folder, program="2").counts == {"unchanged": 1}
    assert run(db, folder, program="2", force=True).counts == {"updated": 1}


def test_every_mishap_is_named_and_the_rest_goes_on(db: Database, tmp_path: Path) -> None:
    mishaps = {w: w for w in ("damaged", "die", "sleep", "bug", "memory", "hog", "nonsense")}
    folder = write(tmp_path / "in", good="tốt", later="sau", **mishaps)
    summary = run(db, folder, tmp_path / "none", jobs=2, limits=Limits(seconds=5))
    assert summary.counts == {"new": 2, "failed": 8}
    assert summary.reasons == {"internal": 3, "timeout": 1, "memory": 2, "damaged": 1, "not_found": 1}
    assert any("nobody foresaw this" in trace for trace in summary.traces)
    assert states(db) == {
        "good.txt": ("load", "done", None),
        "later.txt": ("load", "done", None),
        "damaged.txt": ("extract", "failed", "damaged"),
        "die.txt": ("extract", "failed", "internal"),
        "sleep.txt": ("extract", "failed", "timeout"),
        "bug.txt": ("recognise", "failed", "internal"),
        "memory.txt": ("recognise", "failed", "memory"),
        "hog.txt": ("extract", "failed", "memory"),
        "nonsense.txt": ("load", "failed", "internal"),
    }
    assert all(row["message"] and row["advice"] for row in queries.errors(db))


def test_a_document_that_makes_no_sense_costs_those_loaded_with_it_nothing(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="một", b="nonsense", c="ba")
    assert run(db, folder, jobs=1).counts == {"new": 2, "failed": 1}
    assert [d["document_id"] for d in queries.documents(db)] == [1, 2]


def test_failed_files_are_tried_again_only_when_asked(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="damaged")
    told: list[str] = []
    options = Options(read=readers.read)
    for _ in range(2):
        ingest(db, discover([folder]), options, lambda entry, became: told.append(became))
    assert told == ["failed", "failed"]
    assert run(db, folder, retry_failed=True).counts == {"failed": 1}
    write(folder, a="tốt")
    assert run(db, folder).counts == {"new": 1}
    assert queries.errors(db) == []


@pytest.mark.skipif(not ocr.present(), reason="tesseract-ocr-vie is not installed")
def test_pages_with_words_are_read_from_their_picture_when_asked(db: Database) -> None:
    def scanned() -> str:
        return str(db.execute("SELECT ocr_pages FROM documents").fetchone()[0])

    assert run(db, SCANNED, read=read_file).counts == {"new": 1} and scanned() == "[]"
    assert run(db, SCANNED, ocr="always").counts == {"updated": 1} and scanned() == "[1, 2]"
    assert run(db, SCANNED, ocr="always").counts == {"unchanged": 1}
    assert run(db, SCANNED).counts == {"unchanged": 1} and scanned() == "[1, 2]"


def test_pictures_wait_until_they_may_be_read(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "anh.png"
    Image.new("L", (80, 110), 255).save(path)
    assert run(db, path, ocr="never").reasons == {"needs_ocr": 1}


def test_archives(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("một.txt", "một")
        out.writestr("damaged.txt", "damaged")
        out.writestr("inner.zip", "PK")
    assert run(db, path).counts == {"new": 1, "failed": 2}
    assert run(db, path).counts == {"unchanged": 1, "failed": 2}
    assert queries.documents(db)[0]["paths"] == [f"{path}!/một.txt"]


def test_a_stop_leaves_whole_documents_and_the_rest_for_the_next_run(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", **{f"f{i}": f"số {i}" for i in range(6)})

    def stop(_: object, __: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(db, discover([folder]), Options(jobs=2, read=readers.read), stop)
    outcomes = [outcome for _, outcome, _ in states(db).values()]
    assert "running" not in outcomes
    assert outcomes.count("done") == len(queries.documents(db)) >= 1
    run(db, folder)
    assert {outcome for _, outcome, _ in states(db).values()} == {"done"}
    assert len(queries.documents(db)) == 6


def test_two_programs_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", **{f"f{i}": f"số {i}" for i in range(8)})

    def go() -> None:
        with open_store(tmp_path / "x.db") as db:
            run(db, folder, jobs=1)

    threads = [Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(tmp_path / "x.db") as db:
        assert len(queries.documents(db)) == 8
        assert len(queries.tasks(db)) == 16
        assert {outcome for _, outcome, _ in states(db).values()} == {"done"}


def test_new_rules_do_not_read_the_file_again(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("KẾ HOẠCH\nSở Nội vụ báo cáo trước ngày 10/6/2024.", encoding="utf-8")
    (first,) = (e for e in read_file(path, None) if isinstance(e, Result))
    assert first.kept
    monkeypatch.setattr("pipeline.extract.extract", lambda _: pytest.fail("read again"))
    (again,) = (e for e in read_file(path, first.kept) if isinstance(e, Result))
    assert (again.prepared, again.kept) == (first.prepared, None)
    monkeypatch.undo()
    (other,) = (e for e in read_file(path, first.kept._replace(reader="older")) if isinstance(e, Result))
    assert other == first


def test_the_readers_are_known_by_all_that_they_lean_on() -> None:
    """What extraction imports from the rest of the program counts when it is asked whether a file is read again."""
    code = "\n".join(path.read_text("utf-8") for path in PIPELINE.glob("extract/**/*.py"))
    modules = re.findall(r"^ *from pipeline import (\w+)$", code, re.M)
    modules += re.findall(r"^ *from pipeline\.(?!extract|errors)([\w.]+) import ", code, re.M)
    assert modules and {f"{name.replace('.', '/')}.py" for name in modules} <= set(CODE)


def test_what_was_extracted_stays_beside_its_document(db: Database, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="một")
    run(db, folder, program="1")
    kept = "SELECT document_id, reader, content FROM extractions"
    assert db.execute(kept).fetchall() == [(1, "reader", "một".encode())]
    run(db, folder, program="2")
    assert db.execute(kept).fetchall() == [(1, "reader", "một".encode())]
    write(folder, a="damaged")
    run(db, folder)
    assert db.execute(kept).fetchall() == []


@pytest.mark.parametrize("room", [0, 2, 8])
def test_a_disk_that_fills_up_leaves_whole_documents(tmp_path: Path, room: int) -> None:
    """``room``: pages that are free on the disk; SQLite meets a size limit as it meets a full disk."""
    folder, store = write(tmp_path / "in", **{f"f{i}": f"số {i}" for i in range(8)}), tmp_path / "x.db"
    with pytest.raises(StoreError, match="đĩa đã đầy"), open_store(store) as db:
        db.execute("VACUUM")
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0] + room}")
        run(db, folder)
    with open_store(store) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        done = sum(outcome == "done" for _, outcome, _ in states(db).values())
        assert done == len(queries.documents(db)) == len(queries.tasks(db)) / 2 < 8
        run(db, folder)
        assert {outcome for _, outcome, _ in states(db).values()} == {"done"}
        assert len(queries.documents(db)) == 8


def test_a_store_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = write(tmp_path / "in", a="một"), tmp_path / "x.db"
    with open_store(store) as db:
        run(db, folder)
    before = store.read_bytes()
    write(folder, a="hai")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.store.os.access", lambda *_: False)
        with pytest.raises(StoreError, match="chỉ cho đọc"), open_store(store) as db:
            run(db, folder)
    assert store.read_bytes() == before


def test_readers_are_forked_with_all_they_need(tmp_path: Path) -> None:
    script = f"""
import sys, pipeline.ready
from pathlib import Path
from pipeline.read import read_file
before = set(sys.modules)
list(read_file(Path({str(SCANNED.parent.parent / "docx" / "bc-huyen-an-linh-2024.docx")!r}), None))
print(*(name for name in set(sys.modules) - before if name.startswith(("pipeline", "spacy", "lxml"))))
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "\n"
