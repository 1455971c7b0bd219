"""Messages with attachments: each a file of its own, as in an archive."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from compound import compound
from old_letters import bytes_in

from pipeline import archives
from pipeline import discover as d
from pipeline.errors import Code, ReadError
from pipeline.extract import extract
from pipeline.model import Line

PLAN = "KẾ HOẠCH\nThực hiện công tác thu hoạch vụ mùa".encode()


def message(text: str = "Kính gửi Văn phòng, xin gửi kế hoạch.") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "vp@phukhe.example", "ubnd@lamgiang.example", "Gửi kế hoạch"
    if text:
        mail.set_content(text)
    return mail


def saved(path: Path, mail: EmailMessage) -> Path:
    path.write_bytes(mail.as_bytes())
    return path


def content(entry: d.Entry) -> bytes:
    with d.opened(entry) as path:
        return path.read_bytes()


def words(path: Path) -> list[str]:
    return [b.text for b in extract(path).blocks if isinstance(b, Line) and b.text.strip()]


def test_attachments_are_files(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(PLAN, maintype="application", subtype="octet-stream", filename="Kế hoạch vụ mùa.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png", disposition="inline")
    path = saved(tmp_path / "thu.eml", mail)
    entries = d.discover([path])
    assert [e.label for e in entries] == [str(path), f"{path}!/Kế hoạch vụ mùa.txt"]
    assert content(entries[1]) == PLAN
    assert words(path) == ["Kính gửi Văn phòng, xin gửi kế hoạch."]


def test_a_message_without_words_is_only_its_attachments(tmp_path: Path) -> None:
    mail = message("")
    mail.add_attachment(PLAN, maintype="text", subtype="plain", filename="kh.txt")
    path = saved(tmp_path / "thu.eml", mail)
    assert [e.name for e in d.discover([path])] == ["kh.txt"]
    with pytest.raises(ReadError) as raised:
        extract(path)
    assert raised.value.code == Code.NO_TEXT


def test_the_body_as_a_page(tmp_path: Path) -> None:
    mail = message()
    mail.add_alternative("<html><body><p>Báo cáo <b>số 5</b>&nbsp;của xã.</p></body></html>", subtype="html")
    assert words(saved(tmp_path / "thu.eml", mail)) == ["Báo cáo số 5\u00a0của xã."]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_files_within_files(tmp_path: Path) -> None:
    inner = message()
    inner.add_attachment(zipped({"a/kh.txt": PLAN}), maintype="application", subtype="zip", filename="kh.zip")
    path = tmp_path / "thu.zip"
    path.write_bytes(zipped({"thu.eml": inner.as_bytes(), "x.zip": zipped({"kh.txt": PLAN})}))
    entries = {e.label.removeprefix(str(path)): e for e in d.discover([path])}
    assert list(entries) == ["!/thu.eml", "!/thu.eml!/kh.zip!/a/kh.txt", "!/x.zip"]
    assert content(entries["!/thu.eml!/kh.zip!/a/kh.txt"]) == PLAN
    with pytest.raises(ReadError):
        content(entries["!/x.zip"])


def test_a_message_that_never_ends(tmp_path: Path) -> None:
    mail = message()
    for _ in range(8):
        outer = message()
        outer.add_attachment(mail)
        mail = outer
    entries = d.discover([saved(tmp_path / "thu.eml", mail)])
    assert 2 <= len(entries) <= 5
    for entry in entries:
        content(entry)


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"\x89PNG\r\n\x1a\n" + bytes(99)]
)
def test_damaged_messages_are_told(tmp_path: Path, data: bytes) -> None:
    for name in ("thu.eml", "thu.msg"):
        path = tmp_path / name
        path.write_bytes(data)
        for entry in d.discover([path]):
            with pytest.raises(ReadError), d.opened(entry) as file:
                extract(file)


@pytest.mark.parametrize("name", ["tcvn3", "cp1258", "vni"])
def test_names_of_archives_from_old_machines(name: str) -> None:
    names = ["Báo cáo huyện.txt", "Kế hoạch tỉnh.txt", "Quyết định của xã.txt"]
    found = []
    for text in names:
        member = zipfile.ZipInfo("x")
        member.filename, member.flag_bits = bytes_in(text, name).decode("cp437"), 0
        found.append(member)
    encoding = archives._name_encoding(found)
    assert [archives.safe_name(m, encoding) for m in found] == names


def test_names_of_archives_said_again_in_unicode(tmp_path: Path) -> None:
    path, said = tmp_path / "a.zip", "Xã Phú Khê/Kế hoạch.txt"
    with zipfile.ZipFile(path, "w") as archive:
        for short, of in (("X_/K_.txt", "X_/K_.txt"), ("moi.txt", "cu.txt")):  # the second was renamed by a program
            member = zipfile.ZipInfo(short)  # that does not know of the other name
            field = struct.pack("<BI", 1, zlib.crc32(of.encode())) + said.encode()
            member.extra = struct.pack("<HH", 0x7075, len(field)) + field
            archive.writestr(member, PLAN)
    assert [member.name for member in archives.members(path)] == [said, "moi.txt"]


def test_outlook_messages(tmp_path: Path) -> None:
    path = tmp_path / "thu.msg"
    path.write_bytes(
        compound(
            {
                "__nameid_version1.0": {},
                "__substg1.0_1000001F": "Xin gửi kế hoạch.".encode("utf-16-le"),
                "__attach_version1.0_#00000000": {
                    "__substg1.0_3707001F": "Kế hoạch.txt".encode("utf-16-le"),
                    "__substg1.0_37010102": PLAN,
                },
                "__attach_version1.0_#00000001": {"__substg1.0_3704001F": "thư.msg".encode("utf-16-le")},
            }
        )
    )
    entries = {e.name: e for e in d.discover([path])}
    assert list(entries) == ["thu.msg", "Kế hoạch.txt", "thư.msg"]
    assert content(entries["Kế hoạch.txt"]).rstrip(b"\0") == PLAN
    assert entries["thư.msg"].error
    assert words(path) == ["Xin gửi kế hoạch."]
