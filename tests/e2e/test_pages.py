"""Every page, on a phone and on a desk: no sideways scrolling, nothing that axe finds, light, and quiet."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.chromium import DESK, PHONE, Visit, window
from tests.support.processes import Up

pytestmark = [pytest.mark.serial, pytest.mark.e2e]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIGHT_BYTES = 100_000
COORDINATOR, AGENCY, PROVINCE = "61.10.bag-organisasi", "61.10.dinkes", "61.biro-organisasi"
SECRETARY, PIC = "61.01.sekda", "61.10.dinkes.pic-menyeting-gigi-emas"


@pytest.mark.parametrize(("size", "language"), [(PHONE, "id"), (DESK, "en")], ids=["phone", "desk"])
def test_every_page_fits_is_light_and_open_to_all(
    kawal: Up, chromium: Browser, size: tuple[int, int], language: str
) -> None:
    found = [problem for visitor in VISITORS for problem in _walk(kawal, chromium, size, language, *visitor)]
    assert found == []


def _walk(
    kawal: Up, chromium: Browser, size: tuple[int, int], language: str, office: str | None, paths: tuple[str, ...]
) -> list[str]:
    with window(chromium, kawal.base_url, size=size, language=language) as visit:
        if office is not None:
            visit.sign_in(office)
        problems = [problem for path in paths for problem in _look(visit, path)]
        expected = [one for one in visit.complaints if "404 (NOT FOUND)" in one]
        return problems + [one for one in visit.complaints if one not in expected]


def _look(visit: Visit, path: str) -> list[str]:
    page = visit.page
    if not path.startswith("/"):
        with page.expect_navigation():
            page.locator(path).first.click()
    else:
        visit.open(path)
    problems = [f"{page.url}: {visit.overflow_px} px too wide"] if visit.overflow_px > 0 else []
    weight = _weight(page)
    if weight > LIGHT_BYTES:
        problems.append(f"{page.url}: {weight} bytes")
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    if visit.overflow_px > 0:
        problems.append(f"{page.url}: {visit.overflow_px} px too wide with everything open")
    return problems + [f"{page.url}: {one}" for one in _violations(page)]


def _weight(page: Page) -> int:
    """What the page and all that it loads weigh on the wire, whether or not the browser had some of it before."""
    sizes = "performance.getEntries().filter(e => e.encodedBodySize).reduce((sum, e) => sum + e.encodedBodySize, 0)"
    return int(page.evaluate(sizes))


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]
    ]


MELAWI = "a.cell[href^='/commitments/']"
RUNNING = "tr a.cell.working"
WORKFLOW = "/definitions/replikasi-inovasi/1"
VISITORS: tuple[tuple[str | None, tuple[str, ...]], ...] = (
    (None, ("/login", "/login?q=tidak-ada", "/tidak-ada")),
    (COORDINATOR, ("/", "/matrix", MELAWI, "/notices", "/office", "/password", "/tidak-ada")),
    (
        PROVINCE,
        (
            "/matrix?as_known_on=2022-03-31",
            "/matrix",
            "/sheets/kalbar-2022:61.10",
            "/sheets/kalbar-2022:61.10/print",
            "/",
        ),
    ),
    (
        COORDINATOR,
        (
            "/sittings",
            "/delegations",
            "/appointments",
            f"/offices/{COORDINATOR}/handover",
            "/progress",
            "/definitions",
            "/programmes/kalbar-2022",
            WORKFLOW,
        ),
    ),
    (COORDINATOR, ("/matrix", RUNNING, "section[aria-labelledby=why-not] form button")),
    (COORDINATOR, ("/matrix", RUNNING, "a[href*='/raise/']")),
    (COORDINATOR, ("/matrix", RUNNING, "a[href$='/moves/correct']")),
    (
        PROVINCE,
        (
            "/programmes/kalbar-2022",
            "/programmes/kalbar-2022/periods",
            "/programmes/kalbar-2022/waves",
            "/directions?programme=kalbar-2022&party=61.10",
        ),
    ),
    (AGENCY, ("/matrix", RUNNING, "a[href*='/reports/']", "/programmes/kalbar-2022/reports/B09")),
    (AGENCY, ("/matrix", RUNNING, "a[href$='/moves/hold']")),
    (AGENCY, ("/matrix", RUNNING, "a[href$='/moves/extend']")),
    (SECRETARY, ("/", "/sheets/kalbar-2022:61.01")),
    (AGENCY, ("/matrix", RUNNING, "a[href$='/moves/amend']")),
    (PIC, ("/", "article.card a[href*='#item-']", "a[href$='/claim']")),
    ("61.03.bag-organisasi", ("/matrix", "a.cell.draft", "a[href$='/draft']")),
)
