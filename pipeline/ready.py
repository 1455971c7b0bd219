"""All that reading loads and builds, once for all workers: they are forked from a process that has imported this."""

from __future__ import annotations

import gc
import signal

from pipeline.model import Line, Source, Table
from pipeline.workers import collect_rarely

# A document that asks for everything: tables, models and expressions are built when they are first asked for.
_HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÂM GIANG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND
Lâm Giang, ngày 15 tháng 01 năm 2024
KẾ HOẠCH
Giảm nghèo năm 2024
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Thực hiện Nghị quyết số 45/NQ-HĐND ngày 10/12/2023 của Hội đồng nhân dân tỉnh, Ủy ban nhân dân tỉnh ban hành kế hoạch:
I. MỤC TIÊU
1. Tỷ lệ hộ nghèo giảm 1,5%/năm, còn 2.345 hộ, tăng 12% so với cùng kỳ năm 2023; giải ngân 120 tỷ đồng trong quý I.
II. NHIỆM VỤ
1. Sở Lao động - Thương binh và Xã hội chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và UBND các huyện, thành phố
rà soát hộ nghèo, báo cáo Trung tâm Giám sát Nước sạch trước ngày 30/6/2024.
2. Giao Ban Quản lý dự án: lập hồ sơ, trình Ủy ban nhân dân tỉnh trước ngày 15 hằng tháng.
III. TỔ CHỨC THỰC HIỆN"""
_TABLE = [["STT", "Nội dung", "Cơ quan chủ trì", "Thời gian"], ["1", "Lập danh sách", "Sở Y tế", "Quý II/2024"]]
_FOOT = """Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn An"""


def _lines(words: str) -> list[Line | Table]:
    return [Line(line, whole=True) for line in words.splitlines()]


def load() -> None:
    """Read that document, with all that most formats need; what it took is the workers' from then on."""
    from pipeline.analyse import recognise
    from pipeline.extract import docx, html, pdf, txt  # noqa: F401
    from pipeline.kept import keep
    from pipeline.prepared import prepare

    source = Source("", "", "txt", [*_lines(_HEAD), Table(_TABLE), *_lines(_FOOT)])
    prepare(recognise(source))
    keep(source)
    gc.freeze()


signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started this process decides what Ctrl-C means
collect_rarely()
load()
