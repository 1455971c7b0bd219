"""Wholes that stand further off than beside their part: behind a list, a sentence before, behind the percentage."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain, pairwise

from patterns import forms, low
from pipeline.audit.lines import BARE, Figure, Line, same_unit, share_link
from pipeline.audit.percentages.share import (
    Share,
    Value,
    comes_near,
    explained,
    is_percentage,
    is_right,
    value,
    without_its_name,
)
from pipeline.audit.totals.bullets import bullets_below
from pipeline.fold import lower

_FORMS = {name: form.pattern for name, form in forms("figures").items()}
_ANOTHER_VALUE, _OTHER_SUBJECT = low("figures", "another_value"), low("figures", "other_subject")
_PROVEN = 2
_SENTENCE = re.compile(r"\.\s")


def far_whole(line: Line, i: int) -> Share | None:
    """A percentage with its part, and the whole that words further off tell."""
    return _told_behind(line, i) or _part_behind(line, i) or of_list(line, i) or _likely(line, i)


def _told_behind(line: Line, i: int) -> Share | None:
    """``88,3%, tương ứng 2.500 hồ sơ trong tổng số 3.000 hồ sơ``: part and whole behind their percentage."""
    if i + 2 >= len(line.figures):
        return None
    percentage, part, whole = line.figures[i : i + 3]
    gap = line.between(part, whole)
    if not _FORMS["part_behind"].match(line.between(percentage, part)) or not is_out_of(line, part, whole):
        return None
    if percentage.quantity.aspect == "change" or _FORMS["growth"].match(line.before(percentage)[-20:]):
        return None
    alike = same_unit(part.quantity, whole.quantity) or bool(_FORMS["of_all"].match(gap))
    plain = part.told and part.quantity.of is None and whole.quantity.of is None and part.value <= whole.value
    return Share(percentage, value(part), value(whole), False, [percentage, part, whole]) if alike and plain else None


def _part_behind(line: Line, i: int) -> Share | None:
    """``2.450 tỷ đồng ...; du lịch chiếm 40%, tương ứng 980 tỷ đồng``: the part behind, the whole before."""
    if not i or i + 1 >= len(line.figures):
        return None
    whole, percentage, part = line.figures[i - 1 : i + 2]
    plain = whole.told and part.told and whole.quantity.of is None and part.quantity.of is None
    plain = plain and part.value <= whole.value
    if not plain or not same_unit(whole.quantity, part.quantity) or percentage.quantity.aspect == "change":
        return None
    said = _FORMS["in_other_words"].match(line.between(percentage, part))
    if not said or not _FORMS["makes_up"].search(line.between(whole, percentage)):
        return None
    share = Share(percentage, value(part), value(whole), False, [whole, percentage, part])
    return share if comes_near(share) and not explained(line, share) else None


def is_out_of(line: Line, part: Figure, whole: Figure) -> bool:
    """Whether a figure is said to be a part of the next (``2.350 hộ trên 2.500 hộ``, ``62 em/100 em``)."""
    bound, gap = _FORMS["out_of_so_many"].match(whole.quantity.text), line.between(part, whole)
    if _FORMS["of_all"].match(gap):
        return whole.told
    out_of = _FORMS["slash"].match(gap) or (bound and not gap.strip())
    return bool(out_of and part.told and part.value <= whole.value)


# --------------------------------------------------------------------------- lists


def of_list(line: Line, i: int) -> Share | None:
    """``145 đảng viên: xuất sắc 29 đảng viên (chiếm 20%), tốt 101 đảng viên (chiếm 69,7%) ...``: the head is the whole.

    The whole may be told behind the list, or be but the sum of its parts. Two other parts at least, and all of them,
    must prove it.
    """
    part, own = line.figures[i - 1], line.figures[i]
    if not i or not is_part_with_share(line, part, own):
        return None
    pairs = [(a, b) for a, b in pairwise(line.figures) if is_part_with_share(line, a, b)]
    for listed in (pairs, pairs[1:]):  # the first may be the whole of the others (``thu về 480 phiếu (96%); ...``)
        if len(listed) > _PROVEN and own in (b for _, b in listed) and (share := _in_list(line, part, own, listed)):
            return share
    return None


def _in_list(line: Line, part: Figure, own: Figure, pairs: list[tuple[Figure, Figure]]) -> Share | None:
    """The share of a part by its percentage, among the parts of a list with theirs."""
    whole = _whole_of_list(line, pairs)
    alike = [(a, b) for a, b in pairs if same_unit(a.quantity, (whole or part).quantity)]
    told = whole and _proven(own, [Share(b, value(a), value(whole), False, [whole, a, b]) for a, b in alike])
    if told:
        return told
    added = Value(sum((a.value for a, _ in alike), Decimal(0)), Decimal(0))
    return _proven(own, [Share(b, value(a), added, False, [*chain(*alike)]) for a, b in alike])


def _proven(own: Figure, shares: list[Share]) -> Share | None:
    """The share of a percentage, where those of all the other parts of its list are right."""
    others = [s for s in shares if s.percentage is not own]
    proven = len(others) >= _PROVEN and all(s.whole.value > 0 and is_right(s) for s in others)
    return next((s for s in shares if s.percentage is own), None) if proven else None


def _whole_of_list(line: Line, pairs: list[tuple[Figure, Figure]]) -> Figure | None:
    """The figure of the parts' unit right before a list of shares, or what is said behind to be all there are."""
    first, last = pairs[0][0], pairs[-1][1]
    before = [
        f
        for f in line.figures
        if f.quantity.start < first.quantity.start and same_unit(f.quantity, first.quantity) and f.told
    ]
    behind = [f for f in line.figures if f.quantity.start > last.quantity.start][:1]
    if behind and _FORMS["of_all"].match(line.between(last, behind[0]).lstrip(")")):
        before = behind
    whole = before[-1] if before else None
    return whole if whole and whole.told and whole.quantity.of in (None, whole.quantity.value) else None


def is_part_with_share(line: Line, part: Figure, percentage: Figure) -> bool:
    """Whether a figure of a list is followed by its share."""
    plain = part.exact and part.quantity.of is None and part.quantity.unit != "%"
    if not plain or percentage.quantity.unit != "%" or not percentage.exact:
        return False
    gap = line.between(part, percentage)
    link = share_link(gap)
    return bool(link) and not (link and link["beyond"]) and not _OTHER_SUBJECT.search(lower(gap))


def with_bullets(lines: list[Line], i: int, text: str) -> Line | None:
    """A line that tells a whole, with the parts and shares in the bullets below it; ``text`` is the document's."""
    bullets = bullets_below(lines, i + 1) if lines[i].figures or lines[i].text.rstrip().endswith(":") else []
    if len(bullets) <= _PROVEN or any(len(b.figures) < 2 or not is_percentage(b.figures[1]) for b in bullets):
        return None
    head, last = lines[i], bullets[-1]
    figures = [*head.figures, *(f for b in bullets for f in b.figures[:2])]
    return Line(head.start, text[head.start : last.start + len(last.text)], figures)


# --------------------------------------------------------------------------- wholes that only come near


def _likely(line: Line, i: int) -> Share | None:
    """A whole told somewhat earlier (``350 phiếu phát ra, thu về 343 phiếu, đạt 89%``), where the share is near.

    What some other pair of the line's figures explains is left alone.
    """
    percentage, before = line.figures[i], line.outside(i)
    if (
        len(before) < 2
        or percentage.quantity.value_max is not None
        or _FORMS["growth"].match(line.before(percentage)[-20:])
    ):
        return None
    part = before[-1]
    if line.change_before(part):
        return None
    gap = without_its_name(line, line.between(part, percentage), part)
    link = share_link(gap.lstrip(";") if part.quantity.unit == BARE else _FORMS["new_clause"].sub("", gap))
    if not link or link["beyond"] or not part.told or part.quantity.unit == "%" or part.quantity.of is not None:
        return None
    behind = _FORMS["words_behind"].match(line.after(percentage))
    planned = bool(behind and _FORMS["plan_behind"].match(behind[0]))
    of_those = named_behind(line, percentage, part)
    if _OTHER_SUBJECT.search(lower(gap)) or _SENTENCE.search(gap):
        return None
    if not (planned or of_those or (behind and not behind[0].strip())):
        return None
    for whole in reversed(before[:-1]):
        between = line.words(whole, part)
        if len(_SENTENCE.findall(between)) > planned + _all_there_are(line, whole):
            return None
        if _ANOTHER_VALUE.search(lower(between)):
            return None
        if not whole.told or not same_unit(whole.quantity, part.quantity) or whole.quantity.of is not None:
            continue
        if has_share(line, whole) and not _FORMS["share_of_part"].match(between):
            continue  # a part beside this one
        if planned and not _is_plan(line.before(whole)[-80:] + between[:40], line.after(percentage)):
            continue
        share = Share(percentage, value(part), value(whole), False, [whole, part, percentage])
        sure = of_those and _bears_its_name(line, whole, percentage)
        return share if (sure or comes_near(share)) and not explained(line, share) else None
    return None


def _bears_its_name(line: Line, whole: Figure, percentage: Figure) -> bool:
    """Whether a whole is told under the very name that stands behind the percentage (``Tổng chi 512 tỷ đồng``)."""
    named = _FORMS["of_those"].match(line.after(percentage))
    label = _FORMS["label_ends"].sub("", line.before(whole)).lower()
    return bool(named) and label.endswith(f"tổng {named['what'].lower()}" if named else "")


def _is_plan(said: str, behind: str) -> bool:
    """Whether a value is said to be the plan that a percentage is of; a plan is known by who laid it down."""
    giver = _FORMS["giver"].search((_FORMS["words_behind"].match(behind) or [""])[0])
    return bool(_FORMS["plan_said"].search(said)) and (not giver or giver[0].lower() in said.lower())


def named_behind(line: Line, percentage: Figure, part: Figure) -> bool:
    """Whether words behind a percentage say that it is of what its part counts, or of a total told before.

    ``9 cơ sở vi phạm (chiếm 15% số cơ sở đã kiểm tra)``, ``Tổng chi 512 tỷ đồng; chi đầu tư ..., chiếm 25% tổng chi``.
    """
    named = _FORMS["of_those"].match(line.after(percentage))
    if not named:
        return False
    what, before = named["what"].lower(), line.before(part).lower()
    counted = named["number"] and part.quantity.unit and what.startswith(part.quantity.unit)
    return bool(counted) or f"tổng {what}" in before


def _all_there_are(line: Line, whole: Figure) -> bool:
    """Whether a figure counts all there are (``Toàn xã có 860 hộ.``), so that the next sentence may tell its parts."""
    sentence = _SENTENCE.split(line.before(whole))[-1]
    return bool(_FORMS["all_there_are"].match(sentence))


def has_share(line: Line, figure: Figure) -> bool:
    """Whether a percentage of what others are parts of as well stands right behind a figure."""
    following = line.figures[line.figures.index(figure) + 1]
    if following.quantity.unit != "%" or _FORMS["other_whole"].match(line.after(following)):
        return False
    return bool(share_link(line.between(figure, following)))
