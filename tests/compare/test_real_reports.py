"""Labour export in real reports and plans of 2020-2024, kept outside this project; skipped where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.analyse import analyse
from pipeline.compare.figures import figures
from pipeline.indicators import known

SEEDS = Path(__file__).parent.parent.parent.parent / "shared" / "seeds"
#: place, period, aspect, value, out of
ABROAD = {
    ("huyện Tuần Giáo", "2020", "result", 2, 5),
    ("huyện Phong Thổ", "2025", "target", 60, None),
    ("huyện Phong Thổ", "2030", "target", 85, None),
    ("huyện Tam Nông", "2021-2025", "result", 355, None),
    ("huyện Tam Nông", "2021-2025", "target", 300, None),
    ("huyện Tam Nông", "2021", "result", 170, 100),
    ("huyện Tam Nông", "2022", "result", 148, 100),
    ("huyện Tam Nông", "3/2023", "result", 37, 100),
    ("tỉnh Lào Cai", "2024", "target", 200, None),
}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports are not here")
def test_targets_and_results_of_labour_export() -> None:
    found = set()
    for path in SEEDS.glob("*.txt"):
        document = analyse(path)
        for f in figures(document, known()):
            q = document.quantities[f.position]
            if f.indicator_id == "lao-dong-nuoc-ngoai" and not f.share:
                found.add((f.place, f.period.label, f.aspect, q.value, q.of))
    assert found == ABROAD
