"""What the played story doesn't show: money, parents, versions, seats, opinions, sittings, and refused forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import pytest
from playwright.sync_api import Browser

from service.catalog import definition_stream
from service.dispatch import Caller
from tests.support import audit_api as audit
from tests.support.api_story import done, started
from tests.support.api_world import ApiWorld, api_world
from tests.support.audit import PROGRAMME as AUDITED
from tests.support.audit import RECOMMENDATIONS, TEAM
from tests.support.chromium import DESK, PHONE, Visit, window
from tests.support.looking import OPEN, look
from tests.support.outside_owner import asked
from tests.support.short_path import short_path
from tests.support.site import served
from tests.support.sitting_calls import attend, open_sitting
from tests.support.world import ADMIN, COORDINATOR, HEAD, PROGRAMME, REGION, SECRETARY
from workflows.commands import ProposeDefinition
from workflows.context import Acting

pytestmark = [pytest.mark.serial, pytest.mark.e2e]
NAME, SHORT = "replikasi-inovasi", short_path()
NEXT = SHORT.replace("version: 1", "version: 2", 1).replace("en: Signed}", "en: Agreed}")
THIRD = SHORT.replace("version: 1", "version: 3", 1).replace("en: Signed}", "en: Promised}")
TYPE = """(form, typed) => {
  form.noValidate = true;
  for (const [name, value] of typed) form.elements[name].value = value;
}"""
STALE = '"1-0000000000000000"'


@dataclass(frozen=True, slots=True)
class Site:
    """A world that is served. places: what stands in the braces of a path"""

    base_url: str
    places: Mapping[str, str]


def _audited(world: ApiWorld) -> dict[str, str]:
    """An amount is established, a part of it paid and judged, a part waits."""
    audit.audited(world)
    story = audit.imposed(world, RECOMMENDATIONS[0])
    audit.establish(story, 250_000_000)
    audit.prove(story, audit.pay(story, 100_000_000, audit.at(5, 18)))
    audit.pay(story, 50_000_000, audit.at(5, 18))
    return {"one": story.path}


def _changing(world: ApiWorld) -> dict[str, str]:
    """An extension became void, a version and a migration are proposed, a sitting is open."""
    story = started(world)
    claim = story.claim(1, 100)
    later = [{"item": 1, "ends_on": "2022-04-14"}, {"item": 2, "ends_on": "2022-10-14"}]
    story.ask("extend", reason="menunggu_pihak_ketiga", terms={"extensions": later})
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    world.install(NAME, NEXT)
    proposer = Caller(Acting(ADMIN, world.persons[ADMIN]), "cli:test")
    world.tell(definition_stream(NAME), ProposeDefinition(NAME, THIRD), by=proposer)
    order = {"to_version": 2, "letter": "800/7", "text": "Aturan baru (data contoh)"}
    done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", order))
    began = world.runtime.now()
    world.advance(to=began + timedelta(minutes=5))
    sitting = open_sitting(world, by=REGION, held_at=began.isoformat())
    attend(world, sitting, SECRETARY, HEAD, by=REGION)
    return {"one": story.path, "sitting": f"/sittings/{sitting}"}


def _hearing(world: ApiWorld) -> dict[str, str]:
    """An amendment waits for the regency's secretary, and hears an agency elsewhere by letter."""
    story, _ = asked(world)
    return {"one": story.path}


STAGES = {"audit": _audited, "changing": _changing, "hearing": _hearing}
PAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("audit", TEAM, ("{one}/money", f"/programmes/{AUDITED}", f"/programmes/{AUDITED}/roll-up")),
    ("audit", HEAD, ("{one}/money",)),
    ("changing", HEAD, ("/", "{one}/moves/adapt", f"/offices/{HEAD}/handover")),
    (
        "changing",
        COORDINATOR,
        (
            "/definitions",
            f"/definitions/proposals/{NAME}.p2",
            f"/definitions/migrations/{PROGRAMME}.m1",
            f"/programmes/{PROGRAMME}",
        ),
    ),
    ("changing", REGION, ("{sitting}",)),
    ("hearing", COORDINATOR, ("/", "{one}")),
)
# stage, office, page, form, what is typed, status
REFUSED: tuple[tuple[str, str, str, str, dict[str, str], int], ...] = (
    ("audit", HEAD, "{one}/money", "/payments", {"amount_idr": "banyak", "note": "Setor (data contoh)"}, 422),
    ("audit", HEAD, "{one}/money", "/payments", {"amount_idr": "999.000.000", "note": "Setor (data contoh)"}, 422),
    ("audit", HEAD, "{one}/money", "/payments", {"amount_idr": "1.000", "etag": STALE}, 412),
    ("changing", HEAD, "{one}/moves/hold", "/hold", {"text": "Banjir (data contoh)"}, 422),
    ("changing", HEAD, "{one}/moves/amend", "/amend", {"item-2-target": "77"}, 422),
    ("changing", COORDINATOR, "/definitions", "/definitions", {"text": "version: x"}, 422),
    ("changing", COORDINATOR, f"/programmes/{PROGRAMME}", "/closure", {"letter": "9/1", "text": "Selesai"}, 409),
    ("changing", COORDINATOR, f"/programmes/{PROGRAMME}", "/invitations", {"letter": "9/2"}, 422),
    (
        "changing",
        COORDINATOR,
        f"/programmes/{PROGRAMME}/periods",
        "/B03",
        {"reason": "Banjir", "due_on": "2022-04-10"},
        422,
    ),
    ("changing", COORDINATOR, "/delegations", "/delegations", {"letter": "9/3"}, 422),
    ("changing", COORDINATOR, f"/directions?programme={PROGRAMME}", "/directions", {"text": "Mohon dipercepat"}, 422),
    ("changing", REGION, "{sitting}", "/corrections", {"title": "", "reason": "Salah tulis"}, 422),
    ("hearing", COORDINATOR, "{one}", "/opinions", {"text": "Setuju", "letter": "9/4", "letter_on": "2031-01-03"}, 422),
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Site]]:
    """Each stage as a world of its own."""
    found: dict[str, Site] = {}
    with ExitStack() as stack:
        for name, stage in STAGES.items():
            world = api_world(tmp_path_factory.mktemp(name))
            stack.callback(world.runtime.close)
            places = stage(world)
            found[name] = Site(stack.enter_context(served(world)), places)
        yield found


@pytest.mark.parametrize(("size", "language"), [(PHONE, "id"), (DESK, "en")], ids=["phone", "desk"])
def test_every_further_page_fits_is_light_and_open_to_all(
    sites: Mapping[str, Site], chromium: Browser, size: tuple[int, int], language: str
) -> None:
    problems = []
    for stage, office, paths in PAGES:
        site = sites[stage]
        with window(chromium, site.base_url, size=size, language=language) as visit:
            visit.sign_in(office)
            for path in paths:
                visit.open(path.format_map(site.places))
                problems += look(visit)
            problems += visit.complaints
    assert problems == []


def test_a_refused_form_says_what_is_wrong_where_one_looks_and_keeps_what_was_typed(
    sites: Mapping[str, Site], chromium: Browser
) -> None:
    problems = []
    for (stage, office), refused in groupby(REFUSED, key=lambda one: one[:2]):
        site = sites[stage]
        with window(chromium, site.base_url, size=PHONE) as visit:
            visit.sign_in(office)
            for _, _, path, form, typed, status in refused:
                visit.open(path.format_map(site.places))
                problems += _refused(visit, form, typed, status)
    assert problems == []


def _refused(visit: Visit, form: str, typed: Mapping[str, str], status: int) -> list[str]:
    """Type into a form, as one that asks the browser for nothing, press its button; what isn't as it should."""
    page = visit.page
    page.evaluate(OPEN)
    written = page.locator(f"main form[action$='{form}']").filter(has=page.locator(f"[name='{next(iter(typed))}']"))
    written.first.evaluate(TYPE, [*typed.items()])
    with page.expect_navigation() as answered:
        written.first.locator("button").last.click()
    page.wait_for_function("document.activeElement.id === 'wrong'", timeout=5000)
    kept = {name: written.first.locator(f"[name='{name}']").first.input_value() for name in typed if name != "etag"}
    found = [f"{name} became {value}" for name, value in kept.items() if value != typed[name]]
    if answered.value.status != status:
        found.append(f"answered {answered.value.status}")
    return [f"{form}: {one}" for one in (*found, *look(visit))]
