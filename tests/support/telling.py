"""One commitment's year as facts, with the offices and the programme that they name: what telling is tested with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.short_path import short_path
from tests.support.telling_history import elsewhere, named_elsewhere
from tests.support.telling_money import payments
from tests.support.telling_names import (
    COORDINATOR,
    FILE,
    HEAD,
    MEMO,
    NAME,
    PIC,
    PROVINCE,
    PROVINCE_SECRETARY,
    SECRETARY,
)
from tests.support.telling_oversight import oversight
from tests.support.telling_reports import reporting, reporting_periods
from tests.support.telling_requests import outside_opinion, voided
from workflows import facts
from workflows.commitment import Commitment, Recorded, evolve
from workflows.definition import Definition
from workflows.definition_yaml import parse
from workflows.facts import CommitmentFact, LevelDue, Obligation, PlanItem, Quorum, Skipped
from workflows.offices import Directory, replay_directory

ZONE = "Asia/Pontianak"
BEGIN = datetime(2021, 11, 29, 2, 0, tzinfo=UTC)


def definition() -> Definition:
    """The shipped workflow."""
    return parse(short_path())


def office_facts() -> tuple[facts.OfficeFact, ...]:
    """A province, one regency and their offices."""
    return (
        facts.OrganisationRegistered("61", None, "Provinsi Kalimantan Barat", "provinsi", ZONE, "id"),
        facts.OrganisationRegistered("61.02", "61", "Kabupaten Mempawah", "kabupaten", ZONE, "id"),
        _office(PROVINCE_SECRETARY, "Sekretaris Daerah Provinsi Kalimantan Barat", "province_secretary", None),
        _office(PROVINCE, "Biro Organisasi Setda Provinsi", "province_coordinator", PROVINCE_SECRETARY),
        _office(SECRETARY, "Sekretaris Daerah Kabupaten Mempawah", "region_secretary", PROVINCE_SECRETARY),
        _office(COORDINATOR, "Bagian Organisasi Setda Kabupaten Mempawah", "region_coordinator", SECRETARY),
        _office(HEAD, "Disdukcapil Kabupaten Mempawah", "agency_head", SECRETARY),
        _office(PIC, "PIC e-OPen, Disdukcapil Kabupaten Mempawah", "agency_pic", HEAD),
        facts.HolderAppointed("a1", PROVINCE_SECRETARY, "p1", "pj", "821/1/2021", date(2021, 1, 1), None),
        facts.HolderAppointed("a2", SECRETARY, "p2", "definitive", "821/2/2021", date(2021, 1, 1), date(2022, 12, 31)),
        facts.AppointmentEnded("a2", SECRETARY, date(2022, 6, 30), "821/3/2022"),
        facts.HolderProposed("a3", SECRETARY, "p4", "plh", "821/4", date(2022, 7, 1), date(2022, 7, 9), HEAD, "p3"),
        facts.HolderProposalDeclined("a3", SECRETARY, HEAD, "pejabat lain sudah ditunjuk"),
        facts.GrantGiven("g1", PIC, "61", None, None, date(2022, 1, 1), date(2022, 12, 31), "700/1"),
        facts.GrantGiven("g2", PIC, None, "e-open", None, date(2022, 1, 1), None, "700/2"),
        facts.GrantGiven("g3", PIC, None, None, NAME, date(2022, 1, 1), None, ""),
    )


def directory() -> Directory:
    """The fold of `office_facts`."""
    return replay_directory(office_facts())


def programme(*, sample: bool = True) -> facts.ProgrammeOpened:
    """A programme with one party and one subject."""
    subject = facts.Subject(
        "e-open",
        "e-OPen (Elektronik Online)",
        "e-OPen",
        "kependudukan",
        "digital",
        "Kota Bekasi",
        "Disdukcapil",
        None,
        (),
    )
    return facts.ProgrammeOpened(
        programme="kalbar-2022",
        name="Replikasi Inovasi Kalimantan Barat 2022",
        definition="replikasi-inovasi",
        definition_version=1,
        organisation="61",
        zone=ZONE,
        calendar="id",
        fiscal_year=2022,
        starts_on=date(2021, 11, 29),
        ends_on=date(2022, 12, 31),
        parties=("61.02",),
        subjects=(subject,),
        sample=sample,
    )


def programme_facts() -> tuple[facts.Fact, ...]:
    """What is stated once for everybody."""
    return (
        facts.CalendarAdopted("id", 1, "SKB 3 Menteri", date(2021, 1, 1), date(2022, 12, 31), (date(2022, 5, 2),)),
        facts.DefinitionInstalled("replikasi-inovasi", 1, "0f" * 32, "name: replikasi-inovasi"),
        programme(),
        *_definitions(),
        *reporting_periods(),
        *named_elsewhere(),
        facts.ClockCorrected(BEGIN, BEGIN + timedelta(days=2), "jam server diganti"),
    )


def _definitions() -> tuple[facts.Fact, ...]:
    by = facts.Hand(PROVINCE, "p4")
    migration = facts.MigrationProposed(
        "m1", "kalbar", "replikasi-inovasi", 2, (), None, None, "800/3", "perubahan keadaan", by
    )
    undoing = replace(migration, migration="m2", to_version=None, commitments=("k1", "k2"), undoes="m1")
    return (
        facts.DefinitionProposed("p1", "replikasi-inovasi", 2, "0f" * 32, "name: replikasi-inovasi", by),
        facts.DefinitionInstalled("replikasi-inovasi", 2, "0f" * 32, "name: replikasi-inovasi", "p1"),
        facts.DefinitionDeclined("p2", "replikasi-inovasi", "belum perlu"),
        facts.ProgrammeDefinitionChanged("kalbar", "replikasi-inovasi", 1, 2, "800/4", "tahun baru"),
        migration,
        undoing,
        facts.MigrationConfirmed("m1", "kalbar", facts.Hand(COORDINATOR, "p5")),
        facts.MigrationDeclined("m2", "kalbar", "tidak perlu"),
        facts.MigrationEnded("m1", "kalbar", 40, 3),
    )


def item(number: int, activity: str, target: str, ends_on: date) -> PlanItem:
    """One line of the plan."""
    return PlanItem(
        number=number,
        stage="replikasi",
        activity=activity,
        output="Layanan",
        indicator="Pengguna terlayani",
        unit="orang",
        target=Decimal(target),
        starts_on=date(2022, 1, 3),
        ends_on=ends_on,
        agency=HEAD,
        budget_idr=75_500_000,
        fund="APBD",
        evidence_required="Laporan",
    )


PLAN = (item(1, "Membentuk tim", "1", date(2022, 1, 28)), item(2, "Uji coba terbatas", "250", date(2022, 6, 23)))
SHARED = Quorum("check", "role", ("region_coordinator", "region_secretary", "province_secretary"), 1)
AMENDED = (
    replace(PLAN[1], target=Decimal("200"), ends_on=date(2022, 7, 29)),
    item(3, "Perluasan layanan", "1000", date(2022, 10, 31)),
)


def _office(office: str, name: str, role: str, reports_to: str | None) -> facts.OfficeEstablished:
    organisation = "61.02" if office.startswith("61.02") else "61"
    return facts.OfficeEstablished(office, name, role, organisation, "organisation", reports_to)


def _request(number: int, move: str, source: str, target: str, **more: object) -> facts.RequestOpened:
    asked = facts.RequestOpened(
        f"{NAME}.r{number}", number, move, HEAD, source, target, "5a" * 32, None, "", (FILE,), None
    )
    return replace(asked, **more)  # type: ignore[arg-type]  # fields by name


def _step(
    number: int, step: str, role: str, office: str, *, skipped: tuple[Skipped, ...] = (), member: int | None = None
) -> facts.StepReached:
    owed = Obligation(
        obligation=f"r{number}/{step}" + (f"/{member}" if member else ""),
        round=1,
        kind="decision",
        subject=f"{NAME}.r{number}/{step}",
        office=office,
        due_on=date(2021, 12, 9),
        due_at=datetime(2021, 12, 9, 17, 0, tzinfo=UTC),
        calendar="id",
        calendar_version=1,
        ladder="decision",
        ladder_version=1,
        levels=tuple(LevelDue(level, datetime(2021, 12, 8 + level, 1, 0, tzinfo=UTC)) for level in (1, 2, 3)),
    )
    return facts.StepReached(f"{NAME}.r{number}", step, role, office, skipped, owed, member or 1)


def _owed(number: int, due_on: date) -> Obligation:
    due_at = datetime(due_on.year, due_on.month, due_on.day, 17, 0, tzinfo=UTC)
    levels = tuple(LevelDue(level, due_at + timedelta(days=level)) for level in (1, 2, 3))
    return Obligation(f"item-{number}", 1, "item", str(number), PIC, due_on, due_at, "id", 1, "task", 1, levels)


def _raised(obligation: str, ladder: str, level: int, recipients: tuple[str, ...]) -> facts.EscalationRaised:
    due_at = datetime(2022, 1, 28, 17, 0, tzinfo=UTC)
    return facts.EscalationRaised(obligation, 1, ladder, 1, level, "message", due_at, PIC, recipients, ())


def _opening() -> tuple[tuple[str, CommitmentFact], ...]:
    signed_at = datetime(2021, 12, 7, 3, 0, tzinfo=UTC)
    skipped = (Skipped(SECRETARY, "vacant"),)
    return (
        (
            COORDINATOR,
            facts.CommitmentDrafted(
                NAME,
                "KALBAR-2022-6102-e-open",
                "kalbar-2022",
                "replikasi-inovasi",
                1,
                "drafted",
                "61.02",
                "e-open",
                2022,
                "full",
                HEAD,
                PIC,
            ),
        ),
        (COORDINATOR, facts.PlanDrafted(PLAN)),
        (HEAD, facts.DraftEdited("partial", HEAD, PIC)),
        (HEAD, _request(1, "sign", "drafted", "signed")),
        (HEAD, _step(1, "check", "region_coordinator", COORDINATOR)),
        (COORDINATOR, facts.RequestApproved(f"{NAME}.r1", "check", COORDINATOR, "5a" * 32, "lengkap")),
        (COORDINATOR, _step(1, "sign", "region_secretary", PROVINCE_SECRETARY, skipped=skipped)),
        (PROVINCE_SECRETARY, facts.RequestApproved(f"{NAME}.r1", "sign", PROVINCE_SECRETARY, "5a" * 32, "")),
        (
            SECRETARY,
            facts.SignatureRecorded(
                f"{NAME}.r1", "kalbar-2022:61.02", "61.02", SECRETARY, "wet_ink", "Mempawah", signed_at, "5a" * 32, FILE
            ),
        ),
        (SECRETARY, facts.StateChanged(f"{NAME}.r1", "sign", "drafted", "signed", None, effective_at=signed_at)),
        (SECRETARY, facts.ObligationsArisen((_owed(1, date(2022, 1, 28)), _owed(2, date(2022, 6, 23))))),
        (PROVINCE_SECRETARY, facts.WitnessRecorded("kalbar-2022:61.02", PROVINCE_SECRETARY, "online", "", signed_at)),
    )


def _year() -> tuple[tuple[str, CommitmentFact], ...]:
    return (
        (PIC, facts.ClaimMade(f"{NAME}.c1", 1, 1, PIC, COORDINATOR, Decimal("0.5"), "tahap awal", (FILE, MEMO))),
        (
            COORDINATOR,
            facts.ClaimReturned(f"{NAME}.c1", 1, COORDINATOR, "bukti_kurang", "Mohon lengkapi daftar hadir."),
        ),
        ("clock", _raised("item-1", "task", 3, (HEAD, PIC))),
        (PIC, facts.ClaimMade(f"{NAME}.c2", 2, 1, PIC, COORDINATOR, Decimal(1), "", (FILE,))),
        (COORDINATOR, facts.ClaimVerified(f"{NAME}.c2", 1, COORDINATOR, Decimal(1), True, "")),
        (HEAD, _request(2, "start", "signed", "in_replication")),
        (HEAD, _step(2, "check", "region_coordinator", COORDINATOR)),
        ("clock", _raised("r2/check", "decision", 2, (COORDINATOR,))),
        (COORDINATOR, facts.RequestReturned(f"{NAME}.r2", "check", COORDINATOR, "bukti_tidak_sesuai", "")),
    )


def _changes_and_exit() -> tuple[tuple[str, CommitmentFact], ...]:
    return (
        (HEAD, _request(3, "start", "signed", "in_replication", text="Bukti sudah dilengkapi.", quorums=(SHARED,))),
        (HEAD, _step(3, "check", "region_coordinator", COORDINATOR, member=1)),
        (HEAD, _step(3, "check", "region_secretary", SECRETARY, member=2)),
        (HEAD, _step(3, "check", "province_secretary", PROVINCE_SECRETARY, member=3)),
        (COORDINATOR, facts.MemberRejected(f"{NAME}.r3", "check", COORDINATOR, "di_luar_kewenangan", "")),
        (SECRETARY, facts.RequestApproved(f"{NAME}.r3", "check", SECRETARY, "5a" * 32, "")),
        (SECRETARY, facts.MembersReleased(f"{NAME}.r3", "check", (PROVINCE_SECRETARY,))),
        (HEAD, facts.StateChanged(f"{NAME}.r3", "start", "signed", "in_replication", None)),
        (
            HEAD,
            _request(
                4, "amend", "in_replication", "modified", reason="kondisi_wilayah", evidence=(MEMO,), items=AMENDED
            ),
        ),
        (
            HEAD,
            facts.OpinionInvited(
                f"{NAME}.r4", "mentor", PROVINCE, date(2022, 4, 14), datetime(2022, 4, 14, 17, tzinfo=UTC)
            ),
        ),
        (PROVINCE, facts.OpinionGiven(f"{NAME}.r4", PROVINCE, "Perubahan ini wajar.")),
        *outside_opinion(f"{NAME}.r4", by=COORDINATOR, letter=MEMO),
        (HEAD, facts.PlanAmended(f"{NAME}.r4", 1, AMENDED)),
        (HEAD, facts.ObligationsArisen((_owed(3, date(2022, 10, 31)),))),
        (HEAD, facts.StateChanged(f"{NAME}.r4", "amend", "in_replication", "modified", "kondisi_wilayah")),
        (HEAD, _request(5, "complete", "modified", "completed")),
        (HEAD, _step(5, "check", "region_coordinator", COORDINATOR)),
        (
            COORDINATOR,
            facts.RequestRejected(f"{NAME}.r5", "check", COORDINATOR, "tidak_memenuhi_syarat", "Butir 3 belum tuntas."),
        ),
        (COORDINATOR, _request(6, "withdraw", "modified", "withdrawn", reason="tanpa_anggaran", asked_by=COORDINATOR)),
        (COORDINATOR, _step(6, "approve", "region_secretary", SECRETARY)),
        (COORDINATOR, facts.RequestWithdrawn(f"{NAME}.r6", COORDINATOR, "Anggaran tersedia kembali.")),
        *_rest(),
        (COORDINATOR, _request(7, "withdraw", "modified", "withdrawn", reason="lainnya", asked_by=COORDINATOR)),
        (SECRETARY, facts.StateChanged(f"{NAME}.r7", "withdraw", "modified", "withdrawn", "lainnya", closes=True)),
    )


def _rest() -> tuple[tuple[str, CommitmentFact], ...]:
    """What leaves the state as it is."""
    later = facts.MovedItem(3, date(2022, 10, 31), date(2022, 11, 21))
    earlier = facts.MovedItem(3, date(2022, 11, 21), date(2022, 11, 7))
    until, moved = facts.Terms(until=date(2022, 6, 30)), (replace(_owed(3, date(2022, 11, 21)), round=1),)
    longer = facts.Terms(extensions=(facts.Extension(3, date(2022, 11, 21), date(2022, 11, 7)),))
    slips = (
        facts.Correction("activity", "Perluasan pelayanan", item=3, old="Perluasan layanan"),
        facts.Correction("pic", HEAD, old=PIC),
    )
    put_right = facts.Terms(corrections=slips)
    return (
        (HEAD, _request(8, "hold", "modified", "modified", reason="bencana", terms=until)),
        (SECRETARY, facts.HoldBegun(f"{NAME}.r8", date(2022, 6, 10), date(2022, 6, 30), 15, "id", 1, (later,))),
        (SECRETARY, facts.RequestFulfilled(f"{NAME}.r8", "hold", "hold")),
        (SECRETARY, facts.DueMoved("hold", moved)),
        (HEAD, _request(9, "resume", "modified", "modified", reason="bencana")),
        (SECRETARY, facts.HoldEnded(f"{NAME}.r9", date(2022, 6, 20), 10, (earlier,))),
        (SECRETARY, facts.RequestFulfilled(f"{NAME}.r9", "resume", "resume")),
        (COORDINATOR, facts.DocumentReceived(COORDINATOR, "BA-7/2022", datetime(2022, 6, 9, 3, tzinfo=UTC), (MEMO,))),
        (SECRETARY, facts.ObligationsMet(("item-2",))),
        (HEAD, _request(10, "extend", "modified", "modified", reason="menunggu_pihak_ketiga", terms=longer)),
        (SECRETARY, facts.ItemExtended(f"{NAME}.r10", 3, date(2022, 11, 7), date(2022, 11, 21), 10, 1)),
        (SECRETARY, facts.RequestFulfilled(f"{NAME}.r10", "extend", "extend")),
        (COORDINATOR, _request(11, "correct", "modified", "modified", asked_by=COORDINATOR, terms=put_right)),
        (HEAD, facts.CommitmentCorrected(f"{NAME}.r11", slips)),
        (HEAD, facts.RequestFulfilled(f"{NAME}.r11", "correct", "correct")),
        (HEAD, _request(12, "complete", "modified", "completed")),
        *voided(f"{NAME}.r12", by=COORDINATOR),
        *payments(),
    )


def _version() -> tuple[tuple[str, CommitmentFact], ...]:
    state, reason = "withdrawn", "perubahan keadaan"
    return ((PROVINCE, facts.DefinitionMigrated("m1", "replikasi-inovasi", 1, 2, state, state, "800/3", reason)),)


def _taken_back() -> tuple[tuple[str, CommitmentFact], ...]:
    return (
        (HEAD, _request(8, "complete", "modified", "completed")),
        (HEAD, _step(8, "check", "region_coordinator", COORDINATOR)),
        (COORDINATOR, facts.RequestApproved(f"{NAME}.r8", "check", COORDINATOR, "5a" * 32, "")),
        (
            COORDINATOR,
            facts.DecisionRetracted(
                f"{NAME}.r8", "check", COORDINATOR, "request-approved", 44, "modified", "Salah pilih."
            ),
        ),
        (COORDINATOR, facts.RequestForwarded(f"{NAME}.r8", "check", COORDINATOR, PIC, "Mohon periksa lampirannya.")),
        (PIC, facts.PreparationNoted(f"{NAME}.r8", "check", PIC, "Lampiran lengkap.", True)),
        (
            COORDINATOR,
            facts.ApproverAdded(
                f"{NAME}.r8",
                "extra-1",
                "check",
                "before",
                COORDINATOR,
                PROVINCE,
                "province_coordinator",
                "Mohon telaah.",
            ),
        ),
        (COORDINATOR, _step(8, "extra-1", "province_coordinator", PROVINCE)),
        (HEAD, facts.RequestWithdrawn(f"{NAME}.r8", HEAD, "")),
    )


def history() -> tuple[Recorded, ...]:
    """A commitment's events from its draft to its withdrawal: every fact of a commitment at least once."""
    told = (
        *_opening(),
        *_year(),
        *reporting(),
        *oversight(),
        *_changes_and_exit(),
        *_taken_back(),
        *elsewhere(),
        *_version(),
    )
    return tuple(
        Recorded(fact, version, 100 + version, at, facts.valid_at(fact) or at, office, f"person-{office}")
        for version, (office, fact) in enumerate(told, start=1)
        for at in (BEGIN + timedelta(days=version),)
    )


def states() -> tuple[tuple[Recorded, Commitment], ...]:
    """Each event of `history` with the commitment right after it."""
    state: Commitment | None = None
    after: list[tuple[Recorded, Commitment]] = []
    for event in history():
        state = evolve(state, event)
        after.append((event, state))
    return tuple(after)


def found(kind: type, nth: int = 0) -> tuple[Recorded, Commitment]:
    """The nth event with a fact of that kind, and the commitment right after it."""
    return [pair for pair in states() if isinstance(pair[0].fact, kind)][nth]
