"""The end of a document: Nơi nhận and the signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục 7 to 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import patterns
from pipeline.model import Signer
from pipeline.phrases import opens_with
from pipeline.segment.lines import Line, form, is_capital

_LONGEST_SIGNATURE_LINE = 110
_LONGEST_RECIPIENT = 400
_NAME_WITHIN = 4
_DASH = re.compile(r"^[-–—+•*][ ]*")
_GLUED_ITEM = re.compile(r"(?<=[;.,])\s*[-–—]\s*(?=\S)|\s+[-–—]\s+(?=Lưu)")


@dataclass(slots=True)
class Closing:
    """Recipients and signer, and the lines (first and one past the last) that hold them."""

    first: int
    last: int
    signer: Signer
    recipients: list[str] = field(default_factory=list)


def read_closing(lines: list[Line], first: int) -> Closing | None:
    """The closing of the main document after line ``first``, null where it has none."""
    start = next((i for i in range(first, len(lines)) if _opens_closing(lines, i)), None)
    if start is None:
        return None
    recipients: list[str] = []
    signature: list[str] = []
    listing = bool(form("recipient_list").match(lines[start].text))
    also = False
    i = start
    while i < len(lines):
        text = lines[i].text
        if form("footnote").match(text):
            break
        if label := form("recipients").match(text):
            listing = True
            rest, signed = _columns(text[label.end() :])
            signature += signed
            for part in re.split(r"(?<=;)[ ]+", rest) if form("recipients_end").search(rest) else [rest]:
                _add_recipients(recipients, part)
        elif _signed(signature) and not recipients and _signs_too(lines, i, also):
            also = True
        elif not (listing and _DASH.match(text)) and (
            _is_signature(text)
            or (signature and (_is_name(text) or _goes_on(signature, text) or _is_office(text)))
            or (_is_filed(recipients) and _is_name(text))
        ):
            if signature and _signed(signature) and not _is_mark(text):
                break
            signature += _signature_lines(text)
            listing = listing and not signature
        elif any(form(name).fullmatch(text) for name in ("stamp", "rule", "recipient_copies")) or _is_mark(text):
            pass
        elif _is_recipient(lines, i, listing or _listed(recipients, signature, text), recipients):
            entry, signed = _columns(text)
            _add_recipients(recipients, entry)
            if not _signed(signature):
                signature += signed
        elif recipients and not signature and (form("scribble").match(text) or _signed_below(lines, i)):
            pass
        else:
            break
        i += 1
    return Closing(start, i, _signer(signature), [_clean(r) for r in recipients if _clean(r)])


def _opens_closing(lines: list[Line], i: int) -> bool:
    """Whether the closing begins at a line: with Nơi nhận, a power to sign, or an office with a name below it."""
    text = lines[i].text
    if form("recipients").match(text) or form("recipient_list").match(text):
        return True
    if not _is_signature(text):
        return False
    if form("on_behalf").match(text) or form("capacity").match(text):
        return True
    below = [line.text for line in lines[i + 1 : i + 1 + _NAME_WITHIN]]
    for following in below:
        goes_on = is_capital(following) and (
            opens_with(following, _words("positions")) or form("state").search(following)
        )
        if _is_mark(following) or goes_on:
            continue
        return _is_name(following) or bool(form("recipients").match(following))
    return _split_name(text)[1] is not None


def _columns(text: str) -> tuple[str, list[str]]:
    """A line of Nơi nhận parted from what the column beside it has brought into it: ``- Lưu: VT. PHÓ GIÁM ĐỐC``."""
    for gap in re.finditer(r"(?:^|(?<=[;.,])[ ])(?=\w)", text):
        if _is_signature(text[gap.end() :]):
            return text[: gap.start()], _signature_lines(text[gap.end() :])
    return text, []


def _signs_too(lines: list[Line], i: int, also: bool) -> bool:
    """Whether a line is of another who signs: below the first, where two bodies issue jointly."""
    text = lines[i].text
    if _opens_closing(lines, i):
        return True
    if is_capital(text) and opens_with(text, tuple(patterns.data("header")["agency"]["heads"])):
        return i + 1 < len(lines) and _is_signature(lines[i + 1].text) and _opens_closing(lines, i + 1)
    return also and (_is_signature(text) or _is_name(text))


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(patterns.data("header")["signature"][name])


def _signed_below(lines: list[Line], i: int) -> bool:
    """Whether the power to sign stands next: what stands here has come between the columns of the page."""
    following = lines[i + 1].text if i + 1 < len(lines) else ""
    return bool(form("on_behalf").match(following) or form("capacity").match(following))


def _is_mark(text: str) -> bool:
    m = form("signed").search(text)
    return bool(m and not text.replace(m[0], "").strip(" |()."))


def _is_signature(text: str) -> bool:
    """Whether a line is of the signature block: a power to sign or an office, in capitals (a name may follow)."""
    if len(text) > 2 * _LONGEST_SIGNATURE_LINE:
        return False
    mark, text = form("signed").match(text), _unsigned(text).strip(" |")
    if len(text) > _LONGEST_SIGNATURE_LINE or not text:
        return False
    if mark and _is_name(text):
        return True
    if form("on_behalf").match(text) or form("capacity").match(text):
        return True
    if not opens_with(text, _words("positions")):
        return False
    office = _split_name(text)[0]
    return is_capital(office) and bool(opens_with(office, _words("positions")))


def _unsigned(text: str) -> str:
    """A line without what says that it is signed: ``(Đã ký)``."""
    low = text.lower()
    may_be_signed = any(word in low for word in _words("signed")) or low.startswith("[")
    return form("signed").sub(" ", text).strip(" :") if may_be_signed else text.strip()


def _goes_on(signature: list[str], text: str) -> bool:
    """Whether a line in capitals goes on with the office above: ``TM. ỦY BAN NHÂN DÂN`` / ``TỈNH LÀO CAI``."""
    return (
        is_capital(text)
        and len(text) < _LONGEST_SIGNATURE_LINE
        and not form("annex").match(text)
        and not _signed(signature)
    )


def _is_name(text: str) -> bool:
    text = _unsigned(text).removeprefix("* ")
    return bool(form("person").match(text)) and not opens_with(text, _words("positions"))


def _is_office(text: str) -> bool:
    """Whether a line in small letters is an office and nothing else: ``Chủ tịch``."""
    return text.upper() in _words("positions")


def _signed(signature: list[str]) -> bool:
    return bool(signature) and _split_name(signature[-1])[1] is not None


def _split_name(text: str) -> tuple[str, str | None]:
    """A signature line as office and name: ``PHÓ CHỦ TỊCH Mai Thị Hồng Sim``; a name alone has no office."""
    text = form("glued_name").sub(" ", _unsigned(text)).removeprefix("* ")
    if (m := form("person").match(text)) and not opens_with(text, _words("positions")):
        return "", m["name"]
    words = text.split()
    for i in range(1, len(words) - 1):
        if not is_capital(words[i]) and len(words[i]) > 1 and is_capital(" ".join(words[:i])):
            m = form("person").match(" ".join(words[i:]))
            return (" ".join(words[:i]), m["name"]) if m else (text, None)
    return text, None


def _signature_lines(text: str) -> list[str]:
    """A line of the signature block taken apart where several have run together."""
    text = _unsigned(text)
    lines = []
    for part in form("signature_break").split(text):
        office, name = _split_name(part)
        lines += [x for x in (office, name) if x]
    return lines


def _signer(lines: list[str]) -> Signer:
    """The signer of a block: whom they sign for, by what power, in which office, and their name."""
    signer = Signer()
    block: list[str] = []
    for line in lines:
        opens = form("on_behalf").match(line) or form("capacity").match(line) or opens_with(line, _words("positions"))
        if block and not opens and is_capital(line) and not _is_name(line):
            block[-1] = f"{block[-1]} {line}"
        else:
            block.append(line)
    powers = []
    for line in block:
        if form("acting").match(line):
            signer.position = line
        elif form("on_behalf").match(line):
            signer.on_behalf_of = signer.on_behalf_of or line
        elif form("capacity").match(line):
            powers.append(line)
        elif _is_office(line) or ((opens_with(line, _words("positions")) or not _is_name(line)) and is_capital(line)):
            signer.position = line
        elif _is_name(line):
            signer.name = line
            break
    signer.capacity = " ".join(powers) or None
    return signer


def _listed(recipients: list[str], signature: list[str], text: str) -> bool:
    """Whether a list of recipients may go on at a line; below the signer's name only with another dash."""
    return bool(recipients) and (not _signed(signature) or bool(_DASH.match(text)))


def _is_recipient(lines: list[Line], i: int, listing: bool, recipients: list[str]) -> bool:
    """Whether a line stands in the list of recipients."""
    text = lines[i].text
    if not listing or len(text) > _LONGEST_RECIPIENT * 10:
        return False
    if _DASH.match(text):
        return True
    if len(text) > _LONGEST_RECIPIENT or form("attached").match(text) or form("state").search(text):
        return False
    last, filed = recipients[-1] if recipients else "", _is_filed(recipients)
    if text[0].islower() or text[0] == "(":
        return not (filed and last.endswith("."))
    if form("annex").match(text) and is_capital(text.split(" ")[0]):
        return False
    if last and not last.endswith((";", ".")):
        return not filed
    return (not is_capital(text) or ";" in text) and not filed


def _is_filed(recipients: list[str]) -> bool:
    """Whether the list of recipients has come to its end, the file copy."""
    return bool(recipients) and _clean(recipients[-1]).startswith(_words("filed"))


def _add_recipients(recipients: list[str], text: str) -> None:
    """Add what a line lists: entries of their own, or the rest of the one above."""
    for k, item in enumerate(_GLUED_ITEM.split(text.strip())):
        item = item.strip()
        if not item or item == "-":
            continue
        dashed = _DASH.match(item)
        last = recipients[-1] if recipients else ""
        goes_on = (
            last and not dashed and k == 0 and (item[0].islower() or item[0] == "(" or not last.endswith((";", ".")))
        )
        if goes_on:
            recipients[-1] = f"{last} {item}"
        else:
            recipients.append(item)


def _clean(item: str) -> str:
    """A recipient without dash and final punctuation."""
    return _DASH.sub("", item.strip()).strip().rstrip(";.,: ").strip()
