"""The body of an e-mail; its attachments are files of their own (:mod:`pipeline.discover`)."""

from __future__ import annotations

from pathlib import Path

from pipeline import mail
from pipeline.errors import Code, ReadError
from pipeline.extract import html
from pipeline.extract.reading import Reading
from pipeline.model import Line


def read(path: Path) -> Reading:
    """What a message says."""
    message = mail.read(path)
    if message.html.strip():
        return html.read_page(message.html.encode())
    if not message.text.strip():
        raise ReadError(
            Code.NO_TEXT, "Thư không có lời nào.", "Hãy dùng «vanban ingest» để đọc các tệp đính kèm của thư."
        )
    return Reading([Line(line) for line in message.text.splitlines()])
