"""Delegations in the year that telling is tested with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.support.telling_names import COORDINATOR, HEAD, SECRETARY
from workflows import facts


def delegation_facts() -> tuple[facts.DelegationFact, ...]:
    """Authority given, passed on and taken back."""
    from_day, until = date(2022, 7, 1), date(2022, 7, 15)
    own = facts.DelegationGiven(
        "d1",
        SECRETARY,
        SECRETARY,
        "p2",
        COORDINATOR,
        "plh",
        "800/1",
        date(2022, 6, 27),
        from_day,
        until,
        (),
        (),
        True,
        None,
    )
    passed_on = facts.DelegationGiven(
        "d2",
        SECRETARY,
        COORDINATOR,
        "p3",
        HEAD,
        "an",
        "800/2",
        from_day,
        from_day,
        until,
        ("kalbar-2022",),
        ("start",),
        False,
        "d1",
    )
    taken = facts.DelegationRevoked("d1", SECRETARY, COORDINATOR, datetime(2022, 7, 4, tzinfo=UTC), "kembali bertugas")
    again = replace(own, delegation="d3", capacity="plt", may_redelegate=False)
    begun = facts.DelegationBegun("d3", SECRETARY, COORDINATOR)
    ended = facts.DelegationEnded("d3", SECRETARY, COORDINATOR)
    return (own, passed_on, taken, again, begun, ended)
