"""Faults and clean sentences about what is reckoned or told twice: products, differences, totals, days of the week."""

from __future__ import annotations

import random
from datetime import date, timedelta

from plant import Maker, Plant
from plant_figures import vn

from pipeline.model import Table

_SLIPS = (0.9, 0.95, 1.02, 1.1, 1.5, 10)


# --------------------------------------------------------------------------- products


def _product(rng: random.Random, wrong: bool) -> Plant:
    groups, each, days = rng.randint(3, 48), rng.choice([12, 25, 30, 35, 40]), rng.choice([3, 5, 12, 25])
    price = rng.choice([30_000, 60_000, 150_000, 360_000, 1_500_000])
    slip = rng.choice(_SLIPS) if wrong else 1

    def told(value: float) -> str:
        return vn(round(value * slip))

    area, harvest = rng.randint(100, 900) * 10, rng.randint(40, 68)
    return Plant("wrong_sum" if wrong else None, rng.choice([
        f"Mở {groups} lớp tập huấn x {each} học viên/lớp = {told(groups * each)} học viên.",
        f"- Tiền ăn: {each} người x {vn(price)} đồng/ngày x {days} ngày = {told(each * price * days)} đồng.",
        f"Thù lao giảng viên: {groups} lớp × {days} buổi × {vn(price)} đồng = {told(groups * days * price)} đồng.",
        f"Tổng kinh phí {told(groups * price)} đồng ({groups} xã x {vn(price)} đồng/xã).",
        f"Mở {groups} lớp nghề dưới 03 tháng cho nông dân x {each} học viên = {told(groups * each)} học viên.",
        f"Năng suất bình quân {harvest} tạ/ha x {vn(area)} ha = {vn(round(harvest * area / 10 * min(slip, 1.5)))} tấn.",
        f"Chi {each} người x {vn(price)} đồng + {days} xe x 50.000 đồng = {told(each * price + days * 50_000)} đồng.",
    ]), like="wrong_sum")  # fmt: skip


def _no_product(rng: random.Random) -> Plant:
    """Signs that multiply nothing whose result is told, bounds, and reckonings that are rounded."""
    a, b = rng.randint(3, 40), rng.randint(20, 60)
    return Plant(None, rng.choice([
        f"Khung giờ làm việc {a % 8 + 1} giờ x 5 ngày/tuần; quân số = {b} người.",
        f"Mỗi lớp {b} học viên, mở {a} lớp, thời gian {a} ngày.",
        f"Dự kiến trên {a} lớp x {b} học viên = {vn(a * b + 20)} học viên.",
        f"Bình quân {a},3 triệu đồng/hộ x {b} hộ = {vn(round(a * b + 0.3 * b, 1), 1)} triệu đồng.",
        f"Khẩu hiệu cỡ {a} m x {b} m; kinh phí 12 triệu đồng.",
        f"Có 3 lớp, mỗi lớp {b} học viên x {a} buổi = {vn(3 * a * b)} lượt học viên.",
    ]), like="wrong_sum")  # fmt: skip


def _price_list(rng: random.Random, wrong: bool) -> Plant:
    triple = rng.random() < 0.4
    body, broken = [], rng.randrange(4)
    for i in range(4):
        number, days, price = rng.randint(2, 90), rng.randint(2, 9), rng.choice([50, 150, 750, 1200])
        amount = number * price * (days if triple else 1)
        if wrong and i == broken:
            amount += price * rng.choice([1, 2, -1])
        body.append([str(i + 1), f"Chi cho Bản {chr(65 + i)}", "người", vn(number), *([vn(days)] if triple else []),
                     vn(price), vn(amount)])  # fmt: skip
    head = ["TT", "Nội dung", "Đơn vị tính", "Số lượng", *(["Số ngày"] if triple else []),
            "Đơn giá (nghìn đồng)", "Thành tiền (nghìn đồng)"]  # fmt: skip
    return Plant("wrong_sum" if wrong else None, "Dự toán theo nội dung như sau", table=Table([head, *body]),
                 like="wrong_sum")  # fmt: skip


# --------------------------------------------------------------------------- what rose or fell


def _change(rng: random.Random, wrong: bool) -> Plant:
    before = rng.randint(200, 3000)
    by = rng.randint(20, before // 4)
    after, up = (before + by, True) if rng.random() < 0.5 else (before - by, False)
    sign, to = ("tăng", "lên") if up else ("giảm", "xuống còn")
    told = by + (rng.choice([-1, 1]) * rng.randint(2, 15) if wrong else 0)
    share = 100 * by / before + (rng.choice([2, 4, 7]) if wrong else 0)
    rate, points = rng.randint(200, 800) / 10, rng.randint(8, 60) / 10
    moved = vn(points + (rng.choice([0.5, 1, 2]) if wrong else 0), 1)
    level = vn(rate + points if up else rate - points, 1)
    of_rates, kind = rng.random() < 0.4, "wrong_percentage"
    if of_rates:
        text = rng.choice([
            f"Tỷ lệ hộ dùng nước sạch {sign} từ {vn(rate, 1)}% năm 2023 {to} {level}% năm 2024, {sign} {moved} điểm "
            "phần trăm.",
            f"Tỷ lệ tham gia bảo hiểm y tế đạt {level}%, {sign} {moved}% so với năm 2023 (năm 2023: {vn(rate, 1)}%).",
        ])  # fmt: skip
    elif rng.random() < 0.5:
        text = f"Số hồ sơ quá hạn {sign} từ {vn(before)} hồ sơ {to} {vn(after)} hồ sơ, {sign} {vn(share, 1)}%."
    else:
        kind = "wrong_sum"
        text = rng.choice([
            f"Số cơ sở vi phạm {sign} {vn(told)} cơ sở so với năm 2023 (từ {vn(before)} cơ sở {to} {vn(after)} cơ sở).",
            f"Số vụ việc từ {vn(before)} vụ (6 tháng đầu năm 2023) {to} {vn(after)} vụ (6 tháng đầu năm 2024), {sign} "
            f"{vn(told)} vụ.",
            f"Toàn huyện có {vn(after)} thửa đất, {sign} {vn(told)} thửa đất so với cùng kỳ ({vn(before)} thửa đất).",
        ])  # fmt: skip
    return Plant(kind if wrong else None, text, like=kind)


def _no_change(rng: random.Random) -> Plant:
    """Ranges, changes of something else, and values that stand side by side."""
    a = rng.randint(100, 400)
    return Plant(None, rng.choice([
        f"Mỗi xã từ {a} đến {a + 50} hộ, tăng 30% so với định mức cũ.",
        f"Thời gian giải quyết giảm từ 15 ngày xuống còn 10 ngày; số hồ sơ trễ hạn giảm {a} hồ sơ.",
        f"Đàn lợn tăng từ {a} con lên {a + 90} con; sản lượng thịt tăng 4,2%.",
        "Tỷ lệ hộ nghèo giảm từ 21,4% xuống còn 17,1%, bình quân mỗi năm giảm 2,15%.",
        f"Số đơn giảm từ {a} đơn xuống còn {a // 2} đơn, vượt mục tiêu giảm 20% đề ra.",
    ]), like="wrong_sum")  # fmt: skip


# --------------------------------------------------------------------------- one figure told twice


def _attached(rng: random.Random, wrong: bool) -> Plant:
    """A figure of the text and the cell of a table that tells the same."""
    kinds = rng.sample(["May mặc", "Chăn nuôi gà", "Trồng rau", "Sửa chữa điện", "Đan lát mây tre"], 4)
    groups = [rng.randint(10, 60) for _ in kinds]
    people = [30 * g for g in groups]
    i, whole = rng.randrange(4), rng.random() < 0.4
    told = sum(people) if whole else rng.choice([groups[i], people[i]])
    unit = "học viên" if whole or told == people[i] else "lớp"
    if wrong:
        told += rng.choice([-1, 1]) * max(1, told // rng.choice([12, 20, 40]))
    text = (
        f"Toàn huyện đào tạo nghề ngắn hạn cho {vn(told)} học viên."
        if whole
        else (f"Tổ chức {vn(told)} {unit} {kinds[i].lower()} tại Bản A (chi tiết tại biểu kèm theo).")
    )
    rows = [[str(n + 1), f"{kind} tại Bản A", vn(g), vn(p)]
            for n, (kind, g, p) in enumerate(zip(kinds, groups, people, strict=True))]  # fmt: skip
    head = ["TT", "Tên nghề", "Số lớp", "Số học viên"]
    table = Table([head, *rows, ["", "Tổng cộng", vn(sum(groups)), vn(sum(people))]])
    return Plant(
        "conflicting_figure" if wrong else None,
        "Biểu số 09: Kết quả đào tạo nghề ngắn hạn",
        (text,),
        table,
        like="conflicting_figure",
    )


def _restated(rng: random.Random, wrong: bool) -> Plant:
    """A sum of money and, in brackets, the same in another unit or in words."""
    a, b = rng.randint(1, 9), rng.randint(2, 8)
    words = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    told = f"{a}.{b + (1 if wrong else 0)}50"
    return Plant("conflicting_figure" if wrong else None, rng.choice([
        f"Kinh phí thực hiện {told} triệu đồng ({a},{b}5 tỷ đồng) từ ngân sách huyện.",
        f"Tổng dự toán: {told}.000.000 đồng (Bằng chữ: {words[a]} tỷ, {words[b]} trăm năm mươi triệu đồng chẵn).",
        f"Số tiền {told}.000 nghìn đồng (tương đương {a},{b}5 tỷ đồng).",
    ]), like="conflicting_figure")  # fmt: skip


def _total_last(rng: random.Random, wrong: bool) -> Plant:
    a, b, unit = rng.randint(20, 90), rng.randint(20, 90), rng.choice(["lớp", "mô hình", "tỷ đồng"])
    off, more = (rng.choice([-3, 2, 4]), 10) if wrong else (0, 0)
    return Plant("wrong_sum" if wrong else None, rng.choice([
        f"Năm 2022 thực hiện {a} {unit}; năm 2023 thực hiện {b} {unit}; tổng cộng hai năm {a + b + off} {unit}.",
        f"Vùng thấp {a} {unit}, vùng cao {b} {unit}, cộng {a + b + off} {unit}.",
        f"Tổ chức {a + b} cuộc với {vn(60 * a + 50 * b + more)} lượt người dự, cụ thể: Hội Phụ nữ {a} cuộc, "
        f"{vn(60 * a)} lượt người; Đoàn Thanh niên {b} cuộc, {vn(50 * b)} lượt người.",
    ]), like="wrong_sum")  # fmt: skip


# --------------------------------------------------------------------------- days of the week

_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def _weekday(rng: random.Random, wrong: bool) -> Plant:
    day = date(2025, 1, 6) + timedelta(rng.randint(0, 300))
    said = _DAYS[(day.weekday() + (rng.randint(1, 6) if wrong else 0)) % 7]
    return Plant("impossible_date" if wrong else None, rng.choice([
        f"Thời gian: 8 giờ 00, {said}, ngày {day:%d/%m/%Y}.",
        f"Hội nghị tổ chức vào sáng {said}, ngày {day.day:02} tháng {day.month:02} năm {day.year} tại huyện.",
        f"Tổ chức ngày {day:%d/%m/%Y} ({said}).",
        f"Tiếp công dân định kỳ vào {said} ngày {day.day}/{day.month}/{day.year}.",
    ]), like="impossible_date")  # fmt: skip


def _ordinal(rng: random.Random) -> Plant:
    day = date(2025, 1, 6) + timedelta(rng.randint(0, 300))
    return Plant(None, rng.choice([
        f"Kỳ họp thứ {rng.choice(['hai', 'ba', 'tư', 'năm'])}, ngày {day:%d/%m/%Y} đã thông qua nghị quyết.",
        f"Hội nghị lần thứ sáu ngày {day:%d/%m/%Y} thống nhất chủ trương.",
        f"Ngày {day:%d/%m/%Y}, Thứ trưởng Bộ Nội vụ làm việc với tỉnh.",
    ]), like="impossible_date")  # fmt: skip


FAULTS: dict[str, Maker] = {
    "product": lambda rng: _product(rng, True),
    "price_list": lambda rng: _price_list(rng, True),
    "change": lambda rng: _change(rng, True),
    "attached": lambda rng: _attached(rng, True),
    "restated": lambda rng: _restated(rng, True),
    "total_last": lambda rng: _total_last(rng, True),
    "weekday": lambda rng: _weekday(rng, True),
}
CONTROLS: dict[str, Maker] = {
    "product": lambda rng: _product(rng, False),
    "no_product": _no_product,
    "price_list": lambda rng: _price_list(rng, False),
    "change": lambda rng: _change(rng, False),
    "no_change": _no_change,
    "attached": lambda rng: _attached(rng, False),
    "restated": lambda rng: _restated(rng, False),
    "total_last": lambda rng: _total_last(rng, False),
    "weekday": lambda rng: _weekday(rng, False),
    "ordinal": _ordinal,
}
