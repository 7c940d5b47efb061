"""Pages: figures rolled up by what commitments hang under."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service.errors import NotFound
from service.read_models.parent_queries import Parent, hidden_in, roll_up_parents
from service.sentences import Vocabulary, own_value
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.saved import saved_of
from service.web.visit import Visit
from workflows.definition import Definition

pages = new_pages("roll_up")


@dataclass(frozen=True, slots=True)
class ParentShown:
    """One parent in words. states: label and count; figures: label and what it says"""

    above: tuple[str, ...]
    name: str
    commitments: int
    states: tuple[tuple[str, int], ...]
    figures: tuple[tuple[str, str], ...]


@pages.get("/programmes/<programme>/roll-up")
def read_roll_up(visit: Visit, programme: str) -> ResponseReturnValue:
    """A programme rolled up by the parents of its commitments, down to the innermost or to `level`."""
    opened = visit.basis.programmes.get(programme)
    if opened is None:
        raise NotFound("programme", programme)
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    level = request.args.get("level") or None
    levels = definition.parents_down_to(level)
    if levels is None:
        raise NotFound("level", level or "")
    versions = visit.basis.versions(opened.definition)
    saved = saved_of(visit, reads_models=True)
    found: list[Parent] = []
    if levels:
        hidden = hidden_in(versions, levels, visit.role)
        with answering(), visit.runtime.engine.connect() as connection:
            found = roll_up_parents(connection, visit.scope, programme, levels, hidden=hidden)
    words = Vocabulary(visit.language, visit.basis.directory, opened, definition, versions)
    return page(
        visit,
        "pages/roll_up.html",
        programme=opened,
        levels=[(name, words.said(definition.fields.commitment[name].label)) for name in definition.parents],
        level=levels[-1] if levels else "",
        level_label=words.said(definition.fields.commitment[levels[-1]].label) if levels else "",
        parents=[_shown(visit, one, definition, levels, words) for one in found],
        saved=saved,
    )


def _shown(
    visit: Visit, parent: Parent, definition: Definition, levels: tuple[str, ...], words: Vocabulary
) -> ParentShown:
    own = definition.fields.commitment
    path = [
        own_value(own[name], value, words) if value else visit.say("tanpa induk", "under nothing")
        for name, value in zip(levels, parent.path, strict=True)
    ]
    return ParentShown(
        above=tuple(path[:-1]),
        name=path[-1],
        commitments=parent.commitments,
        states=tuple((words.at(version).state(name), count) for (name, version), count in parent.states.items()),
        figures=tuple(_figures(visit, parent, definition, words)),
    )


def _figures(visit: Visit, parent: Parent, definition: Definition, words: Vocabulary) -> list[tuple[str, str]]:
    claimed, checked, verified = (f"{one // 10} %" for one in parent.mean_permille)
    figures = [(visit.say("Diklaim", "Claimed"), claimed)]
    if definition.verification is not None:
        figures.append((visit.say("Diperiksa", "Checked"), checked))
    figures.append((visit.say("Diverifikasi", "Verified"), verified))
    if definition.ledger is not None:
        established, paid, proven = parent.money_idr
        figures += [
            (visit.say("Ditetapkan", "Established"), words.money(established)),
            (visit.say("Disetor", "Paid"), words.money(paid)),
            (visit.say("Terbukti", "Proven"), words.money(proven)),
            (visit.say("Sisa", "Remaining"), words.money(established - proven)),
        ]
    return figures
