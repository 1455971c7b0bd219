"""Every page by axe-core, on a desk's screen and on a phone's: no fault that keeps anyone from reading or working."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from visitors import PASSWORD

from pipeline.store import open_store, queries
from pipeline.web.accounts import Accounts

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

SIZES = {"desk": (1366, 768), "phone": (390, 844)}
#: Pages and views of a store; what is asked for finds much, nothing, or is not clear.
PAGES = (
    "/", "/documents", "/documents?year=2024&sort=newest", "/documents?query=khong+co", "/tasks", "/tasks?agency=phong",
    "/tasks?sort=agency&due_after=x", "/citations", "/citations?by=document", "/audit?severity=",
    "/audit?accepted=1", "/compare",
    "/compare?indicator=so+nguoi", "/search", "/search?q=viec+lam", "/errors", "/reviews", "/reviews?lost=1",
    "/upload", "/nowhere",
)  # fmt: skip
#: The same of real samples, where there is more to see.
RICH = ("/", "/tasks", "/audit", "/audit?severity=info", "/compare", "/compare?indicator=viec+lam")


@pytest.fixture(params=SIZES)
def sized(request: pytest.FixtureRequest, browser: Any) -> Any:
    """A page of a size; what it could not load is no fault here."""
    opened = browser.new_page()
    width, height = SIZES[request.param]
    opened.set_viewport_size({"width": width, "height": height})
    yield opened
    opened.close()


def faults(page: Any, address: str = "") -> list[str]:
    """What axe-core finds at fault on a page, or on the one that is open, each with where it is."""
    if address:
        page.goto(address)
    found = axe.Axe().run(page).response["violations"]
    return [f"{page.url}: {v['id']} ({v['impact']}) {v['nodes'][0]['html'][:200]}" for v in found]


def test_pages_have_no_fault(sized: Any, store: Path, serve: Callable[..., str]) -> None:
    site = serve(store)
    assert not [fault for path in PAGES for fault in faults(sized, site + path)]


def test_pages_of_samples_have_no_fault(sized: Any, site: tuple[str, Path]) -> None:
    address, store = site
    with open_store(store) as db:
        numbers = {d["format"]: d["document_id"] for d in queries.documents(db)}
        (plan,) = (d["document_id"] for d in queries.documents(db) if d["file"] == "kh-tinh-viec-lam-2024.docx")
    paths = [
        *RICH,
        *(
            f"/documents/{numbers[form]}?view={view}"
            for form, view in (("pdf", "text"), ("pdf", "task"), ("docx", "date"))
        ),
        *(f"/compare?plan={plan}&view={view}" for view in ("results", "follow", "figures")),
    ]
    assert not [fault for path in paths for fault in faults(sized, address + path)]


def test_the_forms_of_review_have_no_fault(sized: Any, store: Path, serve: Callable[..., str]) -> None:
    site, found = serve(store), []
    for name in ("header-title", "section-1", "citation-0", "date-0", "quantity-0", "agency-0", "task-0", "task-1"):
        sized.goto(f"{site}/documents/1?view={name.partition('-')[0]}&f={name}")
        sized.get_by_text("Soát: đúng hay cần sửa?").click()
        found += faults(sized)
        sized.get_by_role("button", name="Lưu chỗ sửa" if name == "header-title" else "Đúng rồi").click()
        found += faults(sized)
    assert not found + faults(sized, f"{site}/reviews")


def test_accepting_has_no_fault(sized: Any, store: Path, serve: Callable[..., str]) -> None:
    sized.goto(f"{serve(store)}/audit?severity=")
    sized.locator("summary").first.click()
    found = faults(sized)
    sized.get_by_label("Vì sao không phải sửa").first.fill("Đã điều chỉnh")
    sized.get_by_role("button", name="Lưu").first.click()
    sized.get_by_role("link", name="Đã chấp nhận").click()
    sized.get_by_role("button", name="Mở lại").wait_for()
    assert not found + faults(sized)


def test_the_pages_of_an_office_have_no_fault(
    sized: Any, store: Path, serve: Callable[..., str], accounts: Accounts
) -> None:
    site = serve(store, accounts)
    found = faults(sized, f"{site}/login")
    sized.get_by_label("Tên").fill("reader")
    sized.get_by_label("Mật khẩu").fill(PASSWORD)
    sized.get_by_role("button").click()
    found += faults(sized)
    assert not found + faults(sized, f"{site}/documents/1?f=task-0") + faults(sized, f"{site}/upload")
