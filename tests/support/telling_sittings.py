"""A sitting in the year that telling is tested with."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.telling_names import FILE, PROVINCE, PROVINCE_SECRETARY, SECRETARY
from workflows import facts

HELD = datetime(2021, 12, 7, 2, tzinfo=UTC)


def sitting_facts() -> tuple[facts.SittingFact, ...]:
    """An occasion, who was there, how it was minuted and what was put right."""
    opened = facts.SittingOpened(
        "s1",
        "kalbar-2022",
        "Penandatanganan lembar komitmen",
        "in_person",
        "Pontianak",
        HELD,
        "Asia/Pontianak",
        PROVINCE,
    )
    there = (
        facts.Attendee(SECRETARY, "p2", "definitive", "in_person"),
        facts.Attendee(PROVINCE_SECRETARY, "p1", "pj", "online"),
    )
    return (
        opened,
        facts.SittingAttendanceRecorded("s1", there, HELD, PROVINCE),
        facts.SittingClosed("s1", HELD, "Semua lembar ditandatangani.", FILE, PROVINCE),
        facts.SittingClosed("s2", HELD, "", FILE, PROVINCE),
        facts.SittingCorrected("s1", None, None, "Mempawah", None, None, (), "Salah ketik", PROVINCE),
        facts.SittingCorrected(
            "s1",
            "Penandatanganan",
            "online",
            None,
            "Dua lembar.",
            FILE,
            (PROVINCE_SECRETARY,),
            "Berhalangan",
            PROVINCE,
        ),
        facts.SittingCorrected("s1", None, None, None, None, None, (SECRETARY,), "Berhalangan", PROVINCE),
    )
