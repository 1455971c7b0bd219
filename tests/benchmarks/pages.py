"""How long the pages take on a large store, on the server."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

from fastapi.testclient import TestClient
from sqlite_utils import Database

from benchmarks.latency import Answer
from pipeline.store import open_store
from pipeline.web.app import create_app

_TIMES = 5


def answers(store: Path) -> list[Answer]:
    """Every page a few times, after one that warms the cache; ``rows`` are those of its table."""
    with open_store(store) as db:
        asked = _asked(db)
    with TestClient(create_app(store), base_url="http://127.0.0.1") as client:
        return [_answer(client, address) for address in asked]


def _asked(db: Database) -> list[str]:
    """The addresses of all pages: bare, and with filters that allow much, little and nothing."""
    one = lambda sql: db.execute(sql).fetchone()[0]  # noqa: E731
    plan = one("SELECT document_id FROM tasks GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    longest = one("SELECT id FROM documents ORDER BY text_length DESC, id LIMIT 1")
    cited = one("SELECT d.id FROM cited_documents x CROSS JOIN documents d ON d.symbol_key = x.symbol_key"
                " WHERE d.lead_id IS NULL ORDER BY x.mentions DESC, d.id LIMIT 1")  # fmt: skip
    seldom = "SELECT {0} FROM documents WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY count(*) LIMIT 1"
    province = one("SELECT province FROM documents WHERE province <> '' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    district, issuer = one(seldom.format("district")), one(seldom.format("issuer"))
    body = one(
        "SELECT a.name FROM agencies a JOIN charges c ON c.agency_id = a.id GROUP BY a.id ORDER BY count(*), a.id"
    )
    title = one(f"SELECT title FROM documents WHERE id = {plan}") or ""
    none = "khong co gi nhu vay"
    pages: dict[str, list[dict[str, object]]] = {
        "/": [{}],
        "/documents": [
            {}, {"sort": "newest"}, {"sort": "oldest"}, {"sort": "symbol"}, {"sort": "issuer"}, {"sort": "tasks"},
            {"offset": 5000}, {"offset": 9950, "sort": "newest"}, {"doc_type": "BC"}, {"year": "2024"},
            {"state": "draft"}, {"issuer": issuer}, {"issuer": "ubnd"}, {"issuer": "so"}, {"place": province},
            {"place": district, "sort": "tasks"}, {"query": "ke hoach"}, {"query": title}, {"query": none},
            {"query": "huyen", "year": "2024", "doc_type": "BC", "sort": "newest"},
        ],
        "/facets": [
            {}, {"query": "ke hoach"}, {"query": none}, {"year": "2024"}, {"place": province}, {"issuer": issuer},
            {"doc_type": "KH", "query": "viec lam"},
        ],
        "/tasks": [
            {}, {"sort": "agency"}, {"sort": "deadline"}, {"sort": "issued"}, {"offset": 9950},
            *({"agency": name, "sort": sort} for name in ("so tai chinh", "ubnd xa", body)
              for sort in ("document", "agency", "deadline", "issued")),
            {"agency": "so noi vu", "current": "1"}, {"agency": "ubnd xa", "current": "1"},
            {"agency": "so tai chinh", "role": "lead"}, {"agency": "so"}, {"role": "propose"}, {"role": "direct"},
            {"place": province}, {"place": district}, {"place": province, "role": "lead", "sort": "deadline"},
            {"issuer": issuer}, {"issuer": "ubnd"}, {"document": plan}, {"document": longest},
            *({"due_after": "15/1/2025", "due_before": "1/3/2025", "sort": sort}
              for sort in ("document", "agency", "deadline", "issued")),
            {"due_before": "1/1/2016"}, {"due_after": "1/1/2024"}, {"due_after": "1/1/2040"},
            {"agency": "ubnd xa", "due_after": "15/1/2025", "due_before": "1/3/2025"},
            {"agency": "so tai chinh", "due_after": "15/1/2025", "due_before": "1/3/2025", "sort": "agency"},
            {"overdue": "1"}, {"overdue": "1", "sort": "agency"}, {"overdue": "1", "agency": "so tai chinh"},
            {"overdue": "1", "place": district}, {"query": "giai quyet viec lam"}, {"query": "bao cao"},
            {"query": none}, {"query": "bao cao", "sort": "agency"}, {"query": "bao cao", "place": province},
            {"query": "giai quyet viec lam", "agency": "ubnd xa", "due_before": "1/3/2025"}, {"current": "1"},
        ],
        "/citations": [
            {}, {"sort": "symbol"}, {"sort": "issued"}, {"symbol": "20-CT/TW"}, {"type": "nđ"}, {"type": "bc"},
            {"issuer": "bo tai chinh"}, {"issuer": "ubnd"}, {"cited_by": plan}, {"symbol": none}, {"offset": 400},
            *({"by": "document", **filters} for filters in (
                {}, {"sort": "symbol"}, {"sort": "issued"}, {"symbol": "20-CT/TW"}, {"type": "nđ"},
                {"type": "nđ", "sort": "issued"}, {"issuer": "bo tai chinh"}, {"cited_by": plan}, {"offset": 9950})),
        ],
        "/audit": [{}, {"document": plan}, {"document": longest}, {"document": cited}, {"document": 1},
                   {"document": plan, "finding": "wrong_sum"}, {"document": 999999999}],
        "/compare": [
            {}, {"indicator": "lao động đi làm việc ở nước ngoài"}, {"indicator": "ho ngheo"},
            {"indicator": "viec lam"},
            {"indicator": "xa"}, {"indicator": "ho tham gia"}, {"indicator": "nguoi", "offset": 500},
            {"indicator": "dot 7"}, {"indicator": none}, {"indicator": "ho ngheo", "place": province},
            {"indicator": "ho tham gia", "place": district}, {"indicator": "ho tham gia", "period": "2024"},
            {"indicator": "ho", "aspect": "target"},
            {"indicator": "lao động đi làm việc ở nước ngoài", "period": "2019"},
            {"indicator": "ho ngheo", "place": none}, {"indicator": "ho ngheo", "offset": 9950},
            *({"plan": p, "view": view} for p in (plan, cited) for view in ("results", "follow", "figures")),
            {"plan": cited, "view": "figures", "indicator": "viec lam"},
        ],
        "/search": [
            {}, *({"q": q} for q in (
                "giải quyết việc làm", "giai quyet viec lam", '"người lao động" xã', '"giải quyết việc làm"',
                '"ủy ban nhân dân"', '"uy ban nhan dan xa"', "năm 2024", "và", "ủy ban nhân dân huyện", "a b c", none,
                "sương muối trâu bò", '"kế hoạch" "báo cáo"')),
            {"q": "giải quyết việc làm", "offset": 1900}, {"q": "nam", "offset": 3000},
        ],
        "/errors": [{}], "/reviews": [{}, {"lost": "1"}, {"document": plan}], "/upload": [{}],
        f"/documents/{plan}": [{}, {"view": "task", "f": "task-0"}], f"/documents/{longest}": [{}],
        f"/documents/{cited}": [{}],
    }  # fmt: skip
    return [f"{path}?{urlencode(asked)}".rstrip("?") for path, every in pages.items() for asked in every]


def _answer(client: TestClient, address: str) -> Answer:
    answer = client.get(address)
    answer.raise_for_status()
    times, spent = [], time.process_time()
    for _ in range(_TIMES):
        began = time.perf_counter()
        client.get(address)
        times.append(1000 * (time.perf_counter() - began))
    processor = 1000 * (time.process_time() - spent) / _TIMES
    marks = quantiles(times, n=20)
    return Answer(address, answer.text.count("<tr>") - 1, marks[9], marks[18], processor)
