"""What other systems know of a commitment and of its programme, as facts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.support.telling_names import PROVINCE
from workflows import facts
from workflows.facts import CommitmentFact


def named_elsewhere() -> tuple[facts.Fact, ...]:
    """How another system calls a party and a subject."""
    return (
        facts.NamedElsewhere("kalbar-2022", "party", "61.02", "sipd", "6102"),
        facts.NamedElsewhere("kalbar-2022", "subject", "e-open", "sipd", "E1"),
        facts.GoLiveSet("kalbar-2022", date(2022, 2, 1), "Mulai dipakai", PROVINCE),
        facts.GoLiveSet("kalbar-2022", None, "Belum jadi", PROVINCE),
        facts.ProgrammeClosed("kalbar-2022", "800/9", "Tahun berakhir", PROVINCE),
        facts.PartyInvited("kalbar-2022", "61.02", "000.8/1", date(2021, 11, 1), date(2021, 11, 15), PROVINCE),
        facts.PartyInvited("kalbar-2022", "61.02", "000.8/1", date(2021, 11, 1), None, PROVINCE),
        facts.InvitationDeclined("kalbar-2022", "61.02", "", date(2021, 11, 10), "tanpa anggaran", PROVINCE),
        facts.PartyJoined("kalbar-2022", "61.02", "000.8/7", date(2021, 11, 20), PROVINCE),
        facts.ProgrammeReopened("kalbar-2022", "800/10", "Ada temuan", PROVINCE),
    )


def elsewhere() -> tuple[tuple[str, CommitmentFact], ...]:
    """A history from a file, and other systems' ids; the commitment stays as it is."""
    then = datetime(2021, 3, 1, tzinfo=UTC)
    return (
        (PROVINCE, facts.ExternalIdGiven("sipd", "2022/7")),
        (PROVINCE, facts.ExternalIdGiven("sipd", "2022/7/3", 3)),
        (PROVINCE, facts.HistoryImported("Elektronik Online", "riwayat.csv", "0f" * 32)),
        (PROVINCE, facts.StateImported(None, "withdrawn", "withdraw", then, "buku agenda", "", closes=True)),
        (PROVINCE, facts.StateCorrected("signed", "withdrawn", then, "Data lama.", "", "lembar 4", closes=True)),
    )
