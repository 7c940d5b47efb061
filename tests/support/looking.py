"""What is wrong with a page as it is shown: width, weight, what axe finds, and what a thumb can't press."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.support.chromium import Visit

AXE = (Path(__file__).parents[1] / "e2e" / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LIGHT_BYTES = 100_000
OPEN = "for (const one of document.querySelectorAll('main details')) one.open = true"
_SIZES = "performance.getEntries().filter(e => e.encodedBodySize).reduce((sum, e) => sum + e.encodedBodySize, 0)"
_SHAPES = """() => {
  const shown = one => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  const named = one => `${one.tagName} ${one.name || one.innerText.slice(0, 30)}`;
  const target = one => one.matches('[type=checkbox], [type=radio]') && one.closest('label') || one;
  const box = one => target(one).getBoundingClientRect();
  const pressed = 'button, [role=button], summary, select, textarea, input:not([type=hidden])';
  const low = [...document.querySelectorAll(pressed)].filter(one => shown(one) && box(one).height < 43.5);
  const beside = [...document.querySelectorAll('main form button')].filter(button => shown(button)
    && [...button.form.querySelectorAll('input:not([type=hidden]), select, textarea')].some(field => shown(field)
      && !field.closest('.row')
      && field.getBoundingClientRect().top < button.getBoundingClientRect().bottom
      && field.getBoundingClientRect().bottom > button.getBoundingClientRect().top));
  const lost = [...document.querySelectorAll('[aria-describedby]')].filter(one =>
    one.getAttribute('aria-describedby').split(' ').some(id => !document.getElementById(id)));
  return [
    ...low.map(one => `${named(one)} is ${Math.round(box(one).height)} px high`),
    ...beside.map(one => `${named(one)} stands beside a field`),
    ...lost.map(one => `${named(one)} is described by nothing`),
  ];
}"""


def look(visit: Visit) -> list[str]:
    """Everything that is wrong with the page that the window shows, closed and with all its parts open."""
    page = visit.page
    problems = [f"{visit.overflow_px} px too wide"] if visit.overflow_px > 0 else []
    weight = int(page.evaluate(_SIZES))
    if weight > LIGHT_BYTES:
        problems.append(f"{weight} bytes on the wire")
    page.evaluate(OPEN)
    if visit.overflow_px > 0:
        problems.append(f"{visit.overflow_px} px too wide with everything open")
    return [f"{page.url}: {one}" for one in (*problems, *page.evaluate(_SHAPES), *_violations(page))]


def _violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]
    ]
