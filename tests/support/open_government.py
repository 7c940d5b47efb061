"""A lead agency, two civil society organisations and a reviewer: their offices, a programme, and what they do.

Civil society and the reviewer stand outside the agency's line: their offices act for it and read by dated grants.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from tests.support.directory import directory, grant, holder, office
from tests.support.world import OPENED, PARTY, PLAN, Act, K, Story, World, holder_of
from workflows.commands import ApproveRequest, DraftCommitment, OpenRequest, SignCommitment
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped
from workflows.facts import Evidence, FieldValue, OfficeFact, OrganisationRegistered, ProgrammeOpened, Subject

NAME = "ogp-nap"
PROGRAMME = "ran-2022"
CHIEF, SECRETARIAT, UNIT, UNIT_PIC = "61.03.pimpinan", "61.sekretariat", "61.03.unit", "61.03.unit.pic"
FIRST, SECOND, THIRD = "oms.a", "oms.b", "oms.c"
REVIEWER, PANEL = "telaah.penelaah", "telaah.panel"
SOCIETY = (FIRST, SECOND, THIRD)
# office, role, organisation, scope, reports to, acts for
OFFICES = (
    (SECRETARIAT, "secretariat", "61", "organisation", None, None),
    (CHIEF, "minister", "61.03", "organisation", None, None),
    (UNIT, "unit_head", "61.03", "own", CHIEF, None),
    (UNIT_PIC, "unit_pic", "61.03", "own", UNIT, None),
    (FIRST, "civil_society", "oms", "granted", None, "61.03"),
    (SECOND, "civil_society", "oms", "granted", None, "61.03"),
    (THIRD, "civil_society", "oms", "granted", None, "61.03"),
    (REVIEWER, "reviewer", "telaah", "granted", PANEL, "61"),
    (PANEL, "review_panel", "telaah", "granted", None, "61"),
)
MINUTES = (Evidence("1" * 64, "berita-acara.pdf", "application/pdf", 900),)
REPORT = (Evidence("2" * 64, "laporan.pdf", "application/pdf", 9000),)
SHEET = f"{PROGRAMME}:{PARTY}"
BEGUN = datetime(2022, 1, 10, 2, tzinfo=UTC)
SIGNED_AT = datetime(2022, 1, 12, 3, tzinfo=UTC)
FIELDS = (
    FieldValue("problem", "Anggaran kesehatan sulit dibaca warga (data contoh)."),
    FieldValue("theme", "Keterbukaan anggaran"),
    FieldValue("value", "transparency"),
)
ITEMS = tuple(
    replace(
        one,
        stage="tonggak",
        component=None,
        fund="APBN",
        agency=UNIT,
        starts_on=date(2022, 2, 1),
        ends_on=date(2022, 6 + 3 * place, 30),
    )
    for place, one in enumerate(PLAN[:2])
)


OPENED_BY_SECRETARIAT: ProgrammeOpened = replace(
    OPENED,
    programme=PROGRAMME,
    name="Rencana aksi 2022 (data contoh)",
    definition=NAME,
    starts_on=date(2022, 1, 1),
    ends_on=date(2022, 12, 31),
    parties=(PARTY,),
    subjects=(
        Subject(
            subject="anggaran-terbuka",
            name="Anggaran yang dapat dibaca warga (data contoh)",
            short_name="Anggaran terbuka",
            sector="kesehatan",
            kind="komitmen",
            origin="Lokakarya bersama",
            lead_agency="Unit pelaksana",
            owner_office=None,
            components=(),
        ),
    ),
)


@lru_cache
def open_definition() -> Definition:
    """The shipped workflow of open-government action plans."""
    return parse(shipped(NAME))


@lru_cache
def open_world(*, reads: tuple[str, ...] = (*SOCIETY, REVIEWER, PANEL), everywhere: str = "") -> World:
    """The small directory with the offices of all sides, all held.

    reads       who has a grant for the agency
    everywhere  somebody who holds the unit, the reviewer's office and the panel's too; empty: nobody
    """
    zone, calendar = OPENED.zone, OPENED.calendar
    more: tuple[OfficeFact, ...] = (
        *(
            OrganisationRegistered(name, None, f"Organisation {name}", "kind", zone, calendar)
            for name in ("oms", "telaah")
        ),
        *(office(name, role, where, scope=scope, to=to, acts_for=a) for name, role, where, scope, to, a in OFFICES),
        *(holder(name) for name, *_ in OFFICES),
        *(holder(name, everywhere) for name in (UNIT, REVIEWER, PANEL) if everywhere not in ("", holder_of(name))),
        *(replace(grant(name, organisation=PARTY), grant=f"grant {name}") for name in reads),
    )
    return World(directory=directory(more=more), definition=open_definition(), programme=OPENED_BY_SECRETARIAT)


def joint_draft(**changed: object) -> DraftCommitment:
    """A draft of a joint commitment; `changed` replaces fields."""
    sound = DraftCommitment(
        commitment=K,
        reference="RAN-2022-01",
        programme=PROGRAMME,
        party=PARTY,
        subject="anggaran-terbuka",
        fiscal_year=2022,
        replication_scope="full",
        agency=UNIT,
        pic=UNIT_PIC,
        items=ITEMS,
        fields=FIELDS,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def agreed(story: Story, number: int, *offices: str) -> Story:
    """These offices approve a request, one after the other."""
    for one in offices:
        story = story.does(Act(one, ApproveRequest(f"{K}.r{number}")))
    return story


def asked_to_sign() -> Story:
    """A joint draft of a civil society organisation, whose signing the unit has asked for."""
    return Story(open_world(), BEGUN).does(Act(FIRST, joint_draft())).does(Act(UNIT, OpenRequest("sign")))


def in_progress() -> Story:
    """A commitment that two of three organisations agreed to, and that the agency signed."""
    signature = SignCommitment(sheet=SHEET, mode="in_person", place="Jakarta", signed_at=SIGNED_AT)
    return agreed(asked_to_sign(), 1, SECOND, THIRD).does(Act(CHIEF, signature, SIGNED_AT))


def assessment(move: str, level: str, judgement: str = "Satu dari dua tonggak tercapai.") -> OpenRequest:
    """What one side says of the commitment: a self-assessment or a review."""
    fields = (
        FieldValue("assessed_on", "2022-07-29"),
        FieldValue("judgement", judgement),
        FieldValue("level", level),
    )
    return OpenRequest(move, evidence=REPORT, fields=fields)
