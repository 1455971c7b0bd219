"""Faults and clean sentences about figures and days, in the forms that reports tell them."""

from __future__ import annotations

import random
from datetime import date, timedelta

from plant import ON, Maker, Plant

from pipeline.model import Table

_COUNTED = ("lao động", "hộ", "học viên", "người", "hồ sơ", "xã")
_PLACES = ("xã Nậm Sen", "xã Bản Khoa", "xã Lũng Tạ", "xã Mường Hà", "thị trấn Phú Khê")


def vn(value: float, places: int = 0) -> str:
    """A number as official texts write it."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


# --------------------------------------------------------------------------- shares


def _share(rng: random.Random, wrong: bool) -> Plant:
    whole, unit = rng.choice([5, 8, 20, 40, 100, 150, 300, 900, 1250, 2700, 12540]), rng.choice(_COUNTED)
    part = rng.randint(max(1, whole // 4), int(whole * 1.2))
    places = rng.choice([0, 1, 1, 2])
    slip = rng.choice([-1, 1]) * rng.choice([1.2 if places else 2, 2, 5, 9, 10, 20]) if wrong else 0

    def of(a: int, b: int) -> str:
        share = round(100 * a / b, places) + slip
        return f"{vn(share if share > 1 else share + 25 + abs(slip), places)}%"

    small, large = sorted((part, whole))
    money, budget = rng.randint(900, 5200), rng.randint(4000, 6000)
    return Plant("wrong_percentage" if wrong else None, rng.choice([
        f"- Toàn địa bàn có {vn(part)}/{vn(whole)} {unit} được hỗ trợ, đạt {of(part, whole)} kế hoạch.",
        f"Số {unit} tham gia là {vn(part)}/{vn(whole)} {unit}, đạt tỷ lệ {of(part, whole)}.",
        f"- Có {vn(part)}/{vn(whole)} {unit} đạt {of(part, whole)} KH.",
        f"Đã vận động được {vn(part)} {unit}, đạt tỷ lệ {of(part, whole)} (kế hoạch năm {vn(whole)} {unit}).",
        f"Tổng số {vn(large)} {unit}, trong đó {vn(small)} {unit} ở vùng cao, chiếm {of(small, large)}.",
        f"Kết quả: {vn(part)}/{vn(whole)} {unit} ({of(part, whole)}).",
        f"Kế hoạch năm 2024 giao {vn(whole)} {unit}; thực hiện {vn(part)} {unit}, đạt {of(part, whole)} kế hoạch.",
        f"Đạt {of(part, whole)} kế hoạch ({vn(part)}/{vn(whole)} {unit}).",
        f"Giải ngân ước thực hiện {vn(money)} triệu đồng, bằng {of(money, budget)} dự toán (dự toán giao {vn(budget)} "
        "triệu đồng).",
    ]), like="wrong_percentage")  # fmt: skip


def _hedged_share(rng: random.Random) -> Plant:
    """Percentages beside figures that they do not follow from, or that are hedged or rounded as officials do."""
    whole = rng.randint(200, 3000)
    part = rng.randint(whole // 2, whole)
    share = 100 * part / whole
    return Plant(None, rng.choice([
        f"Có {vn(part)}/{vn(whole)} hộ được hỗ trợ, tăng {vn(rng.uniform(2, 9), 1)}% so với năm trước.",
        f"Giải quyết {vn(part)}/{vn(whole)} hồ sơ, đạt trên {int(share) - 1}%.",
        f"Giải quyết {vn(part)}/{vn(whole)} hồ sơ, đạt gần {int(share) + 1}%.",
        f"Toàn huyện có {vn(part)} lao động qua đào tạo; tỷ lệ lao động qua đào tạo đạt 61%.",
        f"Hỗ trợ {vn(part)} hộ, trong đó {vn(part // 3)} hộ nghèo, chiếm {vn(100 * (part // 3) / part, 1)}%.",
        f"Chi {vn(whole)} triệu đồng, bằng {vn(rng.uniform(60, 104), 1)}% dự toán HĐND huyện giao.",
        f"Đạt {int(share)},{int(share * 10) % 10}% kế hoạch ({vn(part)}/{vn(whole)} người).",
        f"Có {vn(part)} người tham gia, giảm 3,1% so với cùng kỳ; tỷ lệ tham gia trực tuyến là 40%.",
    ]), like="wrong_percentage")  # fmt: skip


def _growth(rng: random.Random, wrong: bool) -> Plant:
    base = rng.randint(100, 900)
    now = base + rng.choice([-1, 1]) * rng.randint(10, 90)
    change = abs(100 * (now - base) / base) + (rng.choice([3, 6, 11]) if wrong else 0)
    sign, than = "tăng" if now > base else "giảm", rng.choice(["năm trước", "cùng kỳ năm 2023", "cùng kỳ"])
    text = f"Trong năm đã hỗ trợ {vn(now)} hộ, {sign} {vn(change, 1)}% so với {than} ({vn(base)} hộ)."
    return Plant("wrong_percentage" if wrong else None, text, like="wrong_percentage")


# --------------------------------------------------------------------------- sums


def _sum(rng: random.Random, wrong: bool) -> Plant:
    n, unit = rng.randint(2, 5), rng.choice(["lớp", "lao động", "hộ", "mô hình", "học viên", "triệu đồng"])
    parts = [rng.randint(3, 90) for _ in range(n)]
    total = sum(parts)
    if wrong:
        total += rng.choice([-1, 1]) * rng.randint(1, max(1, total // 20))
    listed = [f"{p} {vn(v)} {unit}" for p, v in zip(_PLACES, parts, strict=False)]
    turned = [f"{vn(v)} {unit} tại {p}" for p, v in zip(_PLACES, parts, strict=False)]
    return Plant("wrong_sum" if wrong else None, rng.choice([
        f"Toàn huyện có {vn(total)} {unit}, gồm: {', '.join(listed)}.",
        f"Đã thực hiện {vn(total)} {unit}, trong đó: {'; '.join(listed)}.",
        f"Tổng số {vn(total)} {unit} (bao gồm {', '.join(listed)}).",
        f"- Năm 2024 thực hiện {vn(total)} {unit}. Trong đó: {'; '.join(turned)}.",
        f"Tổng cộng {vn(total)} {unit}, chia ra: {', '.join(listed[:-1])} và {listed[-1]}.",
        f"Kết quả thực hiện {vn(total)} {unit}: {'; '.join(listed)}.",
    ]), like="wrong_sum")  # fmt: skip


def _partial(rng: random.Random) -> Plant:
    """Lists that are no partition: some of many, shared traits, parts of parts, numbers in other units."""
    total = rng.randint(800, 3000)
    a, b, c = (rng.randint(40, total // 4) for _ in range(3))
    half, rest = total * 3 // 5, total - total * 3 // 5
    return Plant(None, rng.choice([
        f"Tổng số {vn(total)} người, trong đó có {vn(a)} người là nữ, {vn(b)} người dân tộc thiểu số.",
        f"Đã tư vấn cho {vn(total)} lượt người, trong đó tập trung ở xã Nậm Sen {vn(a)} lượt người, xã Bản Khoa "
        f"{vn(b)} lượt người.",
        f"Tổng kinh phí {vn(total)} triệu đồng, trong đó: ngân sách tỉnh {vn(half)} triệu đồng (vốn đầu tư "
        f"{vn(half - a)} triệu đồng, vốn sự nghiệp {vn(a)} triệu đồng); ngân sách huyện {vn(rest)} triệu đồng.",
        f"Mở 45 lớp cho {vn(total)} học viên, trong đó có 28 lớp nghề nông nghiệp.",
        f"Toàn huyện có {vn(total)} hộ, trong đó {vn(a)} hộ nghèo, {vn(b)} hộ cận nghèo, {vn(c)} hộ có người có công.",
        f"Tổng số {vn(total)} lao động, trong đó: lao động nam {vn(half)} lao động, còn lại {vn(rest)} lao động nữ.",
        f"Giải quyết việc làm cho {vn(total)} lao động, đạt 103% kế hoạch, trong đó xuất khẩu {vn(a)} lao động.",
    ]), like="wrong_sum")  # fmt: skip


def _table(rng: random.Random, wrong: bool) -> Plant:
    rows, columns = rng.randint(3, 8), rng.randint(2, 4)
    cells = [[rng.randint(10, 900) for _ in range(columns)] for _ in range(rows)]
    totals = [sum(row[c] for row in cells) for c in range(columns)]
    if wrong:
        r, c = rng.randrange(rows + 1), rng.randrange(columns)
        slip = rng.choice([-10, -2, -1, 1, 2, 5, 10, 20])
        if r == rows:
            totals[c] += slip
        else:
            cells[r][c] += abs(slip)
    header = ["TT", "Địa phương", *[f"Nội dung {chr(97 + c)} (lao động)" for c in range(columns)]]
    body = [[str(i + 1), f"Xã Bản {chr(65 + i)}", *map(vn, row)] for i, row in enumerate(cells)]
    last = ["", rng.choice(["Tổng cộng", "Cộng", "Tổng số", "Toàn huyện"]), *map(vn, totals)]
    return _tabled("wrong_sum" if wrong else None, [header, *([last, *body] if rng.random() < 0.3 else [*body, last])])


def _sum_columns(rng: random.Random, wrong: bool) -> Plant:
    rows = rng.randint(3, 8)
    cells = [[rng.randint(10, 900) for _ in range(3)] for _ in range(rows)]
    totals = [sum(row) for row in cells]
    if wrong:
        totals[rng.randrange(rows)] += rng.choice([-20, -5, -1, 1, 3, 10])
    header = ["TT", "Nội dung", "Tổng số (triệu đồng)", "Ngân sách trung ương", "Ngân sách tỉnh", "Nguồn khác"]
    body = [[str(i + 1), f"Xã Bản {chr(65 + i)}", vn(t), *map(vn, row)]
            for i, (t, row) in enumerate(zip(totals, cells, strict=True))]  # fmt: skip
    return _tabled("wrong_sum" if wrong else None, [header, *body])


def _sub_totals(rng: random.Random, wrong: bool) -> Plant:
    groups = [[[rng.randint(20, 900), rng.randint(20, 900)] for _ in range(rng.randint(2, 4))] for _ in range(3)]
    heads = [[sum(row[c] for row in group) for c in (0, 1)] for group in groups]
    grand = [sum(head[c] for head in heads) for c in (0, 1)]
    if wrong:
        heads[rng.randrange(3)][rng.randrange(2)] += rng.choice([-20, -9, -1, 1, 10, 18])
    body = [["TT", "Đơn vị", "Số hộ nghèo", "Số hộ cận nghèo"]]
    for g, (head, group) in enumerate(zip(heads, groups, strict=True)):
        body.append([("I", "II", "III")[g], f"Cụm {g + 1}", *map(vn, head)])
        body += [[str(i + 1), f"Xã Bản {'ABC'[g]}{i + 1}", *map(vn, row)] for i, row in enumerate(group)]
    body.append(["", "Tổng cộng (I+II+III)", *map(vn, grand)])
    return _tabled("wrong_sum" if wrong else None, body)


def _ratios(rng: random.Random, wrong: bool) -> Plant:
    plan = [rng.randint(20, 400) for _ in range(rng.randint(4, 8))]
    done = [max(1, int(p * rng.uniform(0.5, 1.2))) for p in plan]
    growth = rng.random() < 0.3
    share = [round(100 * d / p - (100 if growth else 0), 1) for d, p in zip(done, plan, strict=True)]
    if wrong:
        share[rng.randrange(len(share))] += rng.choice([-6, -2, 2, 9])
    rows = [[str(i + 1), f"Xã Bản {chr(65 + i)}", vn(p), vn(d), vn(s, 1).replace("-", "")]
            for i, (p, d, s) in enumerate(zip(plan, done, share, strict=True))]  # fmt: skip
    heads = (
        ("Năm 2023 (hộ)", "Năm 2024 (hộ)", "Tăng, giảm (%)")
        if growth
        else ("Kế hoạch (hộ)", "Thực hiện (hộ)", "Tỷ lệ (%)")
    )
    return _tabled("wrong_percentage" if wrong else None, [["TT", "Xã", *heads], *rows])


def _of_total(rng: random.Random, wrong: bool) -> Plant:
    cells = [rng.randint(50, 900) for _ in range(rng.randint(4, 7))]
    shares = [round(100 * v / sum(cells), 1) for v in cells]
    if wrong:
        shares[rng.randrange(len(cells))] += rng.choice([-4, -1.5, 1.5, 3, 10])
    rows = [
        [str(i + 1), f"Xã Bản {chr(65 + i)}", vn(v), vn(abs(s), 1)]
        for i, (v, s) in enumerate(zip(cells, shares, strict=True))
    ]
    last = ["", "Tổng số", vn(sum(cells)), "100"]
    return _tabled("wrong_percentage" if wrong else None, [["TT", "Xã", "Số hộ", "Tỷ trọng (%)"], *rows, last])


def _plain_table(rng: random.Random) -> Plant:
    """Tables that do not add up because nothing in them is meant to."""
    years = [[str(i + 1), f"Chỉ tiêu {chr(65 + i)}", rng.choice(["người", "hộ"]), vn(rng.randint(100, 900)),
              vn(rng.randint(100, 900)), ""] for i in range(4)]  # fmt: skip
    some = [
        [str(i + 1), f"Xã Bản {chr(65 + i)}", vn(v), vn(v // 3)] for i, v in enumerate(rng.sample(range(60, 900), 5))
    ]
    score = [[str(i + 1), f"Xã Bản {chr(65 + i)}", vn(rng.uniform(60, 99), 1), vn(rng.randint(1, 9))] for i in range(5)]
    return _tabled(None, rng.choice([
        [["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2023", "Năm 2024", "Ghi chú"], *years],
        [["TT", "Xã", "Tổng số hộ", "Trong đó: hộ nghèo"], *some],
        [["TT", "Xã", "Điểm số", "Xếp hạng"], *score],
    ]))  # fmt: skip


def _tabled(finding: str | None, rows: list[list[str]]) -> Plant:
    like = "wrong_sum" if any("%" in cell for cell in rows[0]) else "wrong_percentage"
    return Plant(finding, "Kết quả theo địa bàn như sau", table=Table(rows), like=like)


# --------------------------------------------------------------------------- one indicator, two values

_INDICATORS = (
    ("tỷ lệ hộ nghèo năm 2024 của huyện Nậm Lương", "{}%", 1),
    ("tỷ lệ lao động qua đào tạo năm 2024 của huyện Phú Khê", "{}%", 1),
    ("tổng số hộ nghèo năm 2024 của huyện Đại Sơn", "{} hộ", 0),
    ("tổng số hộ cận nghèo năm 2024 của thị xã Hòa Giang", "{} hộ", 0),
    ("số lao động được giải quyết việc làm năm 2024 của xã Mường Hà", "{} lao động", 0),
    ("số lao động đi làm việc ở nước ngoài theo hợp đồng năm 2024 của xã Bản Khoa", "{} lao động", 0),
    ("số lao động được đào tạo nghề năm 2024 của xã Lũng Tạ", "{} lao động", 0),
)


def _values(rng: random.Random, places: int) -> tuple[str, str]:
    one = rng.uniform(12, 60) if places else rng.randint(1200, 4800)
    other = one + rng.choice([-1, 1]) * (rng.uniform(0.2, 1) if places else rng.randint(3, 90))
    return vn(one, places + 1 if places else 0), vn(other, places + 1 if places else 0)


def _conflict(rng: random.Random) -> Plant:
    thing, form, places = rng.choice(_INDICATORS)
    one, other = (form.format(v) for v in _values(rng, places))
    first, second = rng.sample([
        "Đến nay, {} là {}.", "Kết quả: {} đạt {}.", "Theo kết quả rà soát, {} là {}.", "{} là {}; đạt mục tiêu đề ra.",
    ], 2)  # fmt: skip
    return Plant("conflicting_figure", first.format(thing, one), more=(second.format(thing, other),))


def _agreeing(rng: random.Random) -> Plant:
    """Two values of other years, places, moments or aspects, or one value twice."""
    thing, form, places = rng.choice(_INDICATORS)
    one, other = (form.format(v) for v in _values(rng, places))
    place = thing.rsplit(" của ", 1)[1]
    text, more = rng.choice([
        ((thing, one), (thing.replace("2024", "2023"), other)),
        ((thing, one), (thing.replace(place, "huyện Mộc Sơn"), other)),
        ((thing, one), (thing, one)),
        ((thing.replace("năm 2024", "đầu năm 2024"), one), (thing.replace("năm 2024", "cuối năm 2024"), other)),
        ((thing.replace("năm", "6 tháng đầu năm"), one), (thing.replace("năm", "9 tháng năm"), other)),
        ((f"kế hoạch giao {thing}", one), (f"kết quả thực hiện {thing}", other)),
    ])  # fmt: skip
    return Plant(
        None, "Ghi nhận {} là {}.".format(*text), more=("Ghi nhận {} là {}.".format(*more),), like="conflicting_figure"
    )


# --------------------------------------------------------------------------- days


def _impossible(rng: random.Random) -> Plant:
    day, month = rng.choice([(31, 2), (30, 2), (31, 4), (31, 6), (31, 9), (31, 11), (32, 5), (12, 13)])
    first, past = rng.randint(2016, 2026), ON - timedelta(days=rng.randint(20, 200))
    return Plant("impossible_date", rng.choice([
        f"Báo cáo kết quả trước ngày {day}/{month}/2025.",
        f"Các địa phương hoàn thành trước ngày {day} tháng {month:02} năm 2025.",
        f"Gửi kết quả về cơ quan thường trực chậm nhất ngày {day}/{month}.",
        f"Thực hiện trong giai đoạn {first} - {first - rng.randint(1, 5)}.",
        "Thời gian tổ chức từ ngày 20/6/2025 đến ngày 15/5/2025.",
        "Hội nghị được tổ chức vào ngày 29/02/2023.",
        f"Từ năm {first} đến năm {first - rng.randint(1, 4)}, huyện đã hỗ trợ 120 hộ.",
        "Đợt cao điểm thực hiện từ tháng 10/2025 đến tháng 3/2025.",
        f"Giao Phòng Nội vụ hoàn thành, báo cáo UBND huyện trước ngày {past:%d/%m/%Y}.",
    ]))  # fmt: skip


def _possible(rng: random.Random) -> Plant:
    day = date(2025, rng.randint(1, 12), rng.randint(1, 28))
    return Plant(None, rng.choice([
        f"Báo cáo kết quả trước ngày {day:%d/%m/%Y}.",
        f"Hoàn thành trước ngày {day.day:02} tháng {day.month:02} năm 2025.",
        "Thực hiện trong giai đoạn 2021 - 2025 và định hướng đến năm 2030.",
        f"Thời gian: từ ngày 01/01/2025 đến ngày {day + timedelta(9):%d/%m/%Y}.",
        "Hội nghị tổng kết tổ chức ngày 29/02/2024.",
        "Số liệu tính từ ngày 15/12 năm trước đến ngày 14/12 năm báo cáo.",
        "Đợt cao điểm từ ngày 15/12/2024 đến ngày 15/01/2025.",
        "Báo cáo định kỳ trước ngày 15/6 và 15/12 hằng năm.",
        "Các hợp đồng giao kết trước ngày 01/01/2022 thuộc diện rà soát; đã có 30/31 thôn hoàn thành.",
        "Các đơn vị đã hoàn thành rà soát hộ nghèo trước ngày 15/11/2024 theo đúng kế hoạch.",
        "Năm học 2024 - 2025, toàn huyện có 31/32 trường đạt chuẩn.",
    ]), like="impossible_date")  # fmt: skip


FAULTS: dict[str, Maker] = {
    "share": lambda rng: _share(rng, True),
    "growth": lambda rng: _growth(rng, True),
    "ratio_table": lambda rng: _ratios(rng, True),
    "share_of_total": lambda rng: _of_total(rng, True),
    "sum": lambda rng: _sum(rng, True),
    "total_row": lambda rng: _table(rng, True),
    "total_column": lambda rng: _sum_columns(rng, True),
    "sub_total": lambda rng: _sub_totals(rng, True),
    "conflicting_figure": _conflict,
    "impossible_date": _impossible,
}
CONTROLS: dict[str, Maker] = {
    "share": lambda rng: _share(rng, False),
    "hedged_share": _hedged_share,
    "growth": lambda rng: _growth(rng, False),
    "ratio_table": lambda rng: _ratios(rng, False),
    "share_of_total": lambda rng: _of_total(rng, False),
    "sum": lambda rng: _sum(rng, False),
    "partial_list": _partial,
    "total_row": lambda rng: _table(rng, False),
    "total_column": lambda rng: _sum_columns(rng, False),
    "sub_total": lambda rng: _sub_totals(rng, False),
    "plain_table": _plain_table,
    "conflicting_figure": _agreeing,
    "impossible_date": _possible,
}
