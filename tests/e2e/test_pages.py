"""Every page, on a phone and on a desk: no sideways scrolling, nothing that axe finds, light, quiet, easily pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import DESK, PHONE, Visit, window
from tests.support.looking import look
from tests.support.processes import Up

pytestmark = [pytest.mark.serial, pytest.mark.e2e]
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
    return look(visit)


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
