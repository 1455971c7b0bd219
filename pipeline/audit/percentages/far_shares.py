"""Shares whose whole stands behind other words: before ``trong đó``, in a bracket, under the same name, among years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from patterns import forms
from pipeline.audit.lines import Figure, Line, same_unit
from pipeline.audit.percentages.named import known_under, label_of, part_of
from pipeline.audit.percentages.share import Share, Value, comes_near, explained, is_right, value
from pipeline.audit.percentages.wholes import is_part_with_share
from pipeline.audit.statements.words import folded_words, telling
from pipeline.audit.totals.parts import in_brackets

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_SENTENCE = re.compile(r"[.]\s")
_CLAUSE = re.compile(r"[,;.:]\s")


def share_of_list(line: Line, i: int) -> Share | None:
    """A percentage with the part before it and the whole that a list, a bracket, a name or a deed ties to it."""
    if part := part_of(line, i):
        return (
            _among(line, i, part)
            or _of_those_in_brackets(line, i, part)
            or _of_so_many(line, i, part)
            or _of_same_name(line, i, part)
            or _dealt_with(line, i, part)
        )
    return _told_before_part(line, i) or _grown(line, i)


def _among(line: Line, i: int, part: Figure) -> Share | None:
    """``184 đảng viên, đạt 102,2% chỉ tiêu; trong đó nữ 92 đồng chí (50%), đoàn viên 118 đồng chí, chiếm 64,1%``.

    The share must be near, or that of another part be right.
    """
    at = part.quantity.start - line.start
    markers = list(_FORMS["among"].finditer(line.text, 0, at))
    if not markers or _SENTENCE.search(line.text, markers[-1].end(), at):
        return None
    start = markers[-1].start()
    whole = next((f for f in _plain_before(line, start)[::-1] if same_unit(f.quantity, part.quantity)), None)
    if (
        not whole
        or whole.value < part.value
        or _SENTENCE.search(line.text[whole.quantity.end - line.start : start].rstrip(" ."))
    ):
        return None
    share = Share(line.figures[i], value(part), value(whole), False, [whole, part, line.figures[i]])
    beside = [(a, b) for a, b in pairwise(line.figures) if b is not line.figures[i] and is_part_with_share(line, a, b)]
    beside = [(a, b) for a, b in beside if a.quantity.start - line.start > start and a.value <= whole.value]
    proven = any(is_right(Share(b, value(a), value(whole), False, [])) for a, b in beside)
    return share if (proven or comes_near(share)) and not explained(line, share) else None


def _of_so_many(line: Line, i: int, part: Figure) -> Share | None:
    """``Trong số 9.840 hộ, có 394 hộ nghèo, tỷ lệ 4%; cận nghèo 620 hộ, tỷ lệ 7,9%``: the first share proves it."""
    before = [f for f in _plain_before(line, part.quantity.start - line.start) if same_unit(f.quantity, part.quantity)]
    whole = next((f for f in before if _FORMS["out_of"].search(line.before(f))), None)
    behind = _FORMS["words_behind"].match(line.after(line.figures[i]))
    if not whole or whole.value < part.value or not behind or behind[0].strip():
        return None
    if _SENTENCE.search(line.between(whole, part)):
        return None
    share = Share(line.figures[i], value(part), value(whole), False, [whole, part, line.figures[i]])
    beside = [(a, b) for a, b in pairwise(line.figures) if is_part_with_share(line, a, b) and a is not part]
    proven = any(is_right(Share(b, value(a), value(whole), False, [])) for a, b in beside if a is not whole)
    return share if proven and not explained(line, share) else None


def _plain_before(line: Line, at: int) -> list[Figure]:
    """The values before a place that can be a whole: no rate, no change, nothing in brackets."""
    before = [f for f in line.figures if f.quantity.end - line.start <= at and f.told and f.quantity.of is None]
    before = [f for f in before if f.quantity.unit != "%" and not (f.quantity.per and "/" in f.quantity.text)]
    return [f for f in before if not in_brackets(line, f) and not line.change_before(f)]


def _of_those_in_brackets(line: Line, i: int, part: Figure) -> Share | None:
    """``Trong số đã giải quyết (3.640 hồ sơ) có 3.458 hồ sơ đúng hạn, đạt 95%``."""
    at = line.figures.index(part)
    whole = line.figures[at - 1] if at else None
    if not whole or not same_unit(whole.quantity, part.quantity) or whole.value < part.value or not whole.told:
        return None
    if not _FORMS["of_those_so_many"].search(line.before(whole)) or not _FORMS["bracket_then"].match(
        line.between(whole, part)
    ):
        return None
    return Share(line.figures[i], value(part), value(whole), False, [whole, part, line.figures[i]])


def _of_same_name(line: Line, i: int, part: Figure) -> Share | None:
    """``vốn đầu tư 51.200 triệu đồng ... Đã giải ngân: vốn đầu tư 40.960 triệu đồng, đạt 80%``."""
    beside = folded_words("beside_numbers") | folded_words("dealing")
    name = telling(label_of(line, part)) - beside - telling(part.quantity.unit or "")
    at = line.figures.index(part)
    if not name or not _FORMS["reaches"].search(line.before(line.figures[i])):
        return None
    wholes = [f for f in line.figures[:at] if f.value >= part.value and same_unit(f.quantity, part.quantity)]
    wholes = [f for f in wholes if telling(label_of(line, f)) - beside - telling(f.quantity.unit or "") == name]
    wholes = [f for f in wholes if f.told and f.quantity.of is None and _SENTENCE.search(line.between(f, part))]
    if len(wholes) != 1:
        return None
    share = Share(line.figures[i], value(part), value(wholes[0]), False, [wholes[0], part, line.figures[i]])
    return share if comes_near(share) and not explained(line, share) else None


def _dealt_with(line: Line, i: int, part: Figure) -> Share | None:
    """``xảy ra 87 vụ, giảm 13 vụ so với năm trước; đã điều tra làm rõ 79 vụ, đạt tỷ lệ 90,8%``."""
    if not _FORMS["cleared_up"].search(line.before(part)):
        return None
    start = max((m.end() for m in _SENTENCE.finditer(line.before(part))), default=0)
    told = [f for f in _plain_before(line, part.quantity.start - line.start) if f.quantity.start - line.start >= start]
    came = [f for f in told if same_unit(f.quantity, part.quantity) and _FORMS["came_up"].search(line.before(f))]
    if len(came) != 1 or came[0].value < part.value:
        return None
    share = Share(line.figures[i], value(part), value(came[0]), False, [came[0], part, line.figures[i]])
    return share if comes_near(share) and not explained(line, share) else None


def _told_before_part(line: Line, i: int) -> Share | None:
    """``ngân sách tỉnh 60%, tương đương 17 tỷ đồng; huyện 45%, tương đương 11 tỷ đồng``: of what these add up to."""
    pairs = [(b, a) for a, b in pairwise(line.figures) if _stands_for(line, a, b)]
    own = next(((part, share) for part, share in pairs if share is line.figures[i]), None)
    others = [(part, share) for part, share in pairs if share is not line.figures[i]]
    if not own or not others or not all(same_unit(part.quantity, own[0].quantity) for part, _ in others):
        return None
    whole = Value(sum((part.value for part, _ in pairs), Decimal(0)), Decimal(0))
    if not all(is_right(Share(share, value(part), whole, False, [])) for part, share in others):
        return None
    share = Share(own[1], value(own[0]), whole, False, [*own])
    return share if comes_near(share) else None


def _stands_for(line: Line, percentage: Figure, part: Figure) -> bool:
    plain = percentage.quantity.unit == "%" and percentage.exact and part.exact and part.quantity.of is None
    return plain and part.quantity.unit != "%" and bool(_FORMS["in_other_words"].match(line.between(percentage, part)))


# --------------------------------------------------------------------------- growth


def _grown(line: Line, i: int) -> Share | None:
    """A growth whose two values stand apart: under the name of what grew, or under the year that it is held against."""
    for now, base in (*_of_named_subject(line, i), *_of_years(line, i)):
        up = line.change_before(line.figures[i])
        if not up or bool(up["up"]) != (now.value >= base.value) or base.value <= 0:
            continue
        share = Share(line.figures[i], value(now), value(base), True, [now, line.figures[i], base])
        others = [f for f in line.figures if same_unit(f.quantity, base.quantity) and f is not base and f.value > 0]
        right = any(is_right(share._replace(part=value(f), whole=value(w))) for f in others for w in (base, *others))
        if not right:
            return share
    return None


def _of_named_subject(line: Line, i: int) -> Iterator[tuple[Figure, Figure]]:
    """``kỷ luật 14 đảng viên ...; số đảng viên bị kỷ luật giảm 30% so với năm 2023 (20 đảng viên)``."""
    if i + 1 >= len(line.figures):
        return
    percentage, base = line.figures[i : i + 2]
    if not base.told or not _FORMS["base_in_brackets"].match(line.between(percentage, base)):
        return
    subject = telling(_CLAUSE.split(line.before(percentage))[-1]) - telling(base.quantity.unit or "")
    subject -= folded_words("beside_numbers") | folded_words("changing")
    alike = [f for f in line.figures[:i] if f.told and same_unit(f.quantity, base.quantity)] if subject else []
    named = [f for f in alike if known_under(subject, telling(label_of(line, f)))]
    if named:
        yield named[-1], base


def _of_years(line: Line, i: int) -> Iterator[tuple[Figure, Figure]]:
    """``năm 2024: 43.725 người; năm 2025: 62.310 người, tăng 42,5% so với năm 2024``."""
    against = _FORMS["against_year"].match(line.after(line.figures[i]))
    now = line.figures[i - 1] if i else None
    if not against or not now or not now.told or not _FORMS["growth"].match(line.between(now, line.figures[i])):
        return
    for base in line.figures[: i - 1]:
        of_year = _FORMS["year_label"].search(line.before(base))
        if of_year and of_year["year"] == against["year"] and base.told and same_unit(now.quantity, base.quantity):
            yield now, base
