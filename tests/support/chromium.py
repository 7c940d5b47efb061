"""Chromium on a real kawal: separate processes, one regency's story played, a browser that reports what it meets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support.processes import Up, run_kawal

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK = (360, 740), (1280, 900)
PARTY = "61.10"


@dataclass(slots=True)
class Visit:
    """One browser window with cookies of its own; `complaints` is what its console and its pages said."""

    page: Page
    base_url: str
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, office: str) -> None:
        """Take an office by one click."""
        self.open("/login")
        button = self.page.locator(f'button[name="office"][value="{office}"]').last
        summary = button.locator("xpath=ancestor::details/summary")
        if not button.is_visible():
            summary.click()
        button.click()
        self.page.wait_for_url(self.base_url + "/")

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(self.base_url + path)

    @property
    def words(self) -> str:
        """What the page says."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def overflow_px(self) -> int:
        """By how much the page is wider than its window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))


@contextmanager
def played(data_dir: Path) -> Iterator[Up]:
    """A running kawal whose demo log holds one regency's whole story."""
    made = run_kawal(["migrate", "--demo"], data_dir=data_dir)
    assert made.returncode == 0, made.stdout + made.stderr
    with Up(data_dir) as up:
        up.wait_ready()
        story = run_kawal(["demo", "play", "--party", PARTY], data_dir=data_dir, port=up.port, timeout_s=240)
        assert story.returncode == 0, story.stdout + story.stderr
        yield up


@contextmanager
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path is not None, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()


@contextmanager
def window(
    running: Browser,
    base_url: str,
    *,
    size: tuple[int, int] = DESK,
    with_scripts: bool = True,
    language: str = "id",
) -> Iterator[Visit]:
    """A window whose console is listened to, and whose reader chose a language."""
    context = running.new_context(
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=with_scripts, locale="id-ID"
    )
    context.add_cookies([{"name": "kawal_language", "value": language, "url": base_url}])
    try:
        yield _visit(context, base_url)
    finally:
        context.close()


def _heard(visit: Visit, message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        visit.complaints.append(f"{message.type}: {message.text}")


def _visit(context: BrowserContext, base_url: str) -> Visit:
    visit = Visit(context.new_page(), base_url)
    visit.page.on("console", lambda message: _heard(visit, message))
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"error: {error}"))
    return visit
