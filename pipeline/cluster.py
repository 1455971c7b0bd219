"""Files read on the machines of a Dask cluster; the store stays with the one who asked.

A file goes to its machine with its content, so the machines need share no folder, only this program. There it is read
by a process of its own under the limits that hold at home: one that dies, or takes too long, costs its file alone.
"""

from __future__ import annotations

import multiprocessing
import threading
import warnings
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pipeline
from pipeline.kept import Kept, reader
from pipeline.workers import DIED, Event, Limits, Read, Stage, Worker, wait_for

_PATIENCE = 10  # seconds until a cluster has to answer
_LOOK = 5  # seconds after which one looks whether the cluster is still there
_AHEAD = 2  # files for each thread of the cluster: one in work, one on the way

#: The reading processes of the machine that this runs on; whoever reads a file takes one.
_idle: list[Worker] = []


class ClusterError(Exception):
    """The cluster cannot be used; the message is a Vietnamese sentence that says what to do."""


def read_there(name: str, content: bytes, kept: Kept | None, read: Read, limits: Limits) -> list[Event]:
    """Read a file, on a machine of the cluster; what there is to tell of it, the outcome last."""
    # Dask's own processes may start no others, lest these outlive them; ours end when their pipe does.
    multiprocessing.current_process().daemon = False
    with TemporaryDirectory(prefix="vanban-") as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        worker = _idle.pop() if _idle else Worker(read, limits)
        worker.submit(path, kept)
        events: list[Event] = []
        while not events or isinstance(events[-1], Stage):
            wait_for([worker])
            if event := worker.event():
                events.append(event)
        _idle.append(worker)
        return events


def about() -> tuple[str, str]:
    """What has to be the same everywhere: the program's version, and its readers with what they can read."""
    return pipeline.__version__, reader()


class Cluster:
    """The readers of a cluster. Raises ClusterError where it cannot be reached or runs another version."""

    ahead = 1  # each file is an errand of its own

    def __init__(self, address: str, read: Read, limits: Limits) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise ClusterError(
                "Chưa cài phần dùng cụm máy. Trong thư mục vanban, hãy chạy: .venv/bin/pip install '.[cluster]'"
            ) from None
        if ":" not in address.rpartition("://")[2]:
            raise ClusterError(f"Địa chỉ cụm máy «{address}» thiếu cổng; hãy viết như tcp://máy:8786.")
        warnings.filterwarnings("ignore", message="Sending large graph")  # it is the file
        self.read, self.limits = read, limits
        self.back = threading.Event()  # a file has come back
        try:
            self.client: Any = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterError(
                f"Không kết nối được cụm máy {address}. Hãy kiểm tra địa chỉ, và «dask scheduler» đang chạy."
            ) from error
        try:
            self.jobs = _AHEAD * self._threads(address)
        except ClusterError:
            self.close()
            raise

    def _threads(self, address: str) -> int:
        """How many files can be read at once, where every machine has this version."""
        try:
            told = self.client.run(about)
        except ImportError:
            told = {"?": None}
        if not told:
            raise ClusterError(f"Cụm máy {address} chưa có máy nào. Hãy chạy «dask worker {address}» trên các máy.")
        others = sorted(machine for machine, version in told.items() if version != about())
        if others:
            raise ClusterError(
                f"Máy {', '.join(others)} có phiên bản vanban hoặc Tesseract khác máy này."
                " Hãy cài cùng một phiên bản trên mọi máy rồi khởi động lại «dask worker»."
            )
        return int(sum(self.client.nthreads().values()))

    def start(self) -> Errand:
        """One more file may be sent."""
        return Errand(self)

    def wait(self, busy: Sequence[Errand], most: float) -> None:
        """Return when something may have come back, or after ``most`` seconds.

        Raises ClusterError where the cluster is gone.
        """
        self.back.wait(min(_LOOK, most))
        self.back.clear()
        if self.client.status != "running":
            raise lost()

    def close(self) -> None:
        """Leave the cluster."""
        self.client.close()


class Errand:
    """A file on its way through the cluster, as a ``workers.Worker`` is at home."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.future: Any = None
        self.events: deque[Event] = deque()

    def submit(self, path: Path, kept: Kept | None = None) -> None:
        """Send a file."""
        cluster = self.cluster
        self.future = cluster.client.submit(
            read_there, path.name, path.read_bytes(), kept, cluster.read, cluster.limits, pure=False
        )
        self.future.add_done_callback(lambda _: cluster.back.set())

    def event(self) -> Event | None:
        """What there is to tell, None where nothing yet."""
        if not self.events and self.future.done():
            self.events += self._outcome()
        return self.events.popleft() if self.events else None

    def _outcome(self) -> list[Event]:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        try:
            events: list[Event] = self.future.result()
        except KilledWorker:
            return [DIED]
        except (CancelledError, OSError) as error:
            raise lost() from error
        return events

    def stop(self) -> None:
        """Call it back."""
        if self.future is not None:
            self.future.cancel()


def lost() -> ClusterError:
    """The cluster went away in the midst of the work."""
    return ClusterError(
        "Mất liên lạc với cụm máy. Những tệp đọc xong đã nằm trong kho; hãy kiểm tra «dask scheduler» rồi chạy lại"
        " đúng lệnh này để làm tiếp."
    )
