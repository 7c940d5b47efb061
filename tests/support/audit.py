"""An audited regency and its auditor: offices of both sides, a programme of recommendations, and what they do.

The auditor stands outside the party's line: its offices act for the province and read by a dated grant.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache

from tests.support.directory import directory, grant, holder, office
from tests.support.world import HEAD, OPENED, PARTY, PIC, PLAN, SECRETARY, Act, K, Story, World
from workflows.commands import ApproveRequest, DraftCommitment, OpenRequest
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped
from workflows.facts import Evidence, FieldValue, OfficeFact, ProgrammeOpened, Subject

NAME = "tindak-lanjut-bpk"
PROGRAMME = "lhp-2022"
TEAM, CHIEF, INSPECTORATE = "bpk.61.tim", "bpk.61.pimpinan", "61.03.inspektorat"
# office, role, organisation, scope, reports to, acts for
OFFICES = (
    (CHIEF, "external_auditor_head", "bpk", "granted", None, "61"),
    (TEAM, "external_auditor", "bpk", "granted", CHIEF, "61"),
    (INSPECTORATE, "internal_auditor", "61.03", "organisation", SECRETARY, None),
)
RECOMMENDATIONS = ("rek-1", "rek-2", "rek-3")
REPORT = (Evidence("1" * 64, "lhp.pdf", "application/pdf", 9000),)
LETTER = (Evidence("2" * 64, "surat-jawaban.pdf", "application/pdf", 1200),)
PROOF = (Evidence("3" * 64, "bukti-setor.pdf", "application/pdf", 1200),)
ISSUED = datetime(2022, 5, 18, 2, tzinfo=UTC)
FIELDS = (
    FieldValue("finding", "1"),
    FieldValue("recommendation", "Menyetorkan kelebihan pembayaran."),
    FieldValue("report", "2022-05-17 LHP-7/2022"),
)


def _subject(name: str) -> Subject:
    return Subject(
        subject=name,
        name=f"Rekomendasi {name} (data contoh)",
        short_name=name,
        sector="pemeriksaan",
        kind="rekomendasi",
        origin="Pemeriksa eksternal",
        lead_agency="Dinas Kesehatan",
        owner_office=None,
        components=(),
    )


OPENED_BY_AUDITOR: ProgrammeOpened = replace(
    OPENED,
    programme=PROGRAMME,
    name="Tindak lanjut LHP 2022 (data contoh)",
    definition=NAME,
    starts_on=date(2022, 5, 1),
    ends_on=date(2023, 12, 31),
    parties=(PARTY,),
    subjects=tuple(_subject(name) for name in RECOMMENDATIONS),
)


@lru_cache
def audit_definition() -> Definition:
    """The shipped workflow of audit recommendations."""
    return parse(shipped(NAME))


@lru_cache
def audit_world() -> World:
    """The small directory with the auditor's offices and the regency's inspectorate, all held."""
    more: tuple[OfficeFact, ...] = (
        *(office(name, role, where, scope=scope, to=to, acts_for=a) for name, role, where, scope, to, a in OFFICES),
        *(holder(name) for name, *_ in OFFICES),
        *(replace(grant(name, organisation="61"), grant=f"grant {name}") for name in (TEAM, CHIEF)),
    )
    return World(directory=directory(more=more), definition=audit_definition(), programme=OPENED_BY_AUDITOR)


def recommendation(**changed: object) -> DraftCommitment:
    """The auditor's draft of one recommendation; `changed` replaces fields."""
    sound = DraftCommitment(
        commitment=K,
        reference="LHP-7-2022-6103-rek-1",
        programme=PROGRAMME,
        party=PARTY,
        subject=RECOMMENDATIONS[0],
        fiscal_year=2022,
        replication_scope="full",
        agency=HEAD,
        pic=PIC,
        items=(),
        fields=FIELDS,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def approved(number: int, *offices: str) -> tuple[Act, ...]:
    """These offices approve a request, one after the other."""
    return tuple(Act(one, ApproveRequest(f"{K}.r{number}")) for one in offices)


def imposed(**changed: object) -> Story:
    """A recommendation that the head of audit has issued."""
    story = Story(audit_world(), ISSUED)
    for act in (
        Act(TEAM, recommendation(**changed)),
        Act(TEAM, OpenRequest("impose", evidence=REPORT)),
        *approved(1, CHIEF),
    ):
        story = story.does(act)
    return story


def answer(summary: str = "Kelebihan bayar disetor sebagian.", text: str = "") -> OpenRequest:
    """The party's answer; a second one must say something else than the first."""
    return OpenRequest("answer", text=text, evidence=LETTER, fields=(FieldValue("summary", summary),))


ITEMS = tuple(replace(one, stage="pemulihan", component=None) for one in PLAN)
