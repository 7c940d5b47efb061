"""What a decision costs: the rules of a loaded commitment, against one look-up in a dict.

python -m bench.decide                        plays one party's part of the story first (seconds)
python -m bench.decide --data var             on a copy of what a data directory holds
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bench import played
from bench.measure import Result, alternate, options, repeated, report
from service.catalog import COMMITMENT_PREFIX, recorded
from service.runtime import Runtime
from workflows.blockers import blockers, overview
from workflows.commands import ApproveRequest, OpenRequest
from workflows.commitment import Commitment, Recorded, evolve, replay
from workflows.context import Acting, Context
from workflows.decide import decide
from workflows.facts import RequestApproved

DECISIONS = 200
LOOK_UPS = 200_000
PARTY = "61.12"


@dataclass(frozen=True, slots=True)
class Case:
    """A commitment as it stood when an office approved, with the command and the context of that moment."""

    history: tuple[Recorded, ...]
    state: Commitment
    approve: ApproveRequest
    approver: Context
    asker: Context


def main() -> None:
    """Measure deciding, refusing, guarding and folding."""
    parser = options(__doc__ or "", rounds=9)
    played.add_options(parser)
    arguments = parser.parse_args()
    arguments.party = arguments.party or [PARTY]
    with played.played(arguments) as runtime:
        case = _longest(runtime)
    note = f"a commitment of {len(case.history)} facts in state {case.state.state}, with a request open"
    report(_results(case, arguments.rounds), as_json=arguments.as_json, notes=(note,))


def _results(case: Case, rounds: int) -> list[Result]:
    approver = case.approver
    table = dict(approver.table)
    key = next(iter(table))
    floor = repeated(lambda: table[key], LOOK_UPS)
    before, guarded = replay(case.history[:-1]), OpenRequest("complete")
    measured: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("guard: where a move leads from a state", lambda: approver.table[key], LOOK_UPS),
        ("decide an approval, all rules asked", lambda: decide(case.state, case.approve, approver), DECISIONS),
        ("refuse a completion, every guard and reason", lambda: blockers(case.state, guarded, case.asker), DECISIONS),
        (
            "say all that an office may do, and why not the rest",
            lambda: overview(case.state, case.asker),
            DECISIONS // 4,
        ),
        ("fold one more fact", lambda: evolve(before, case.history[-1]), DECISIONS * 10),
        (f"replay all {len(case.history)} facts", lambda: replay(case.history), DECISIONS),
    )
    return [
        alternate(what, repeated(call, times), floor_name="look up a key in a dict", floor=floor, rounds=rounds)
        for what, call, times in measured
    ]


def _longest(runtime: Runtime) -> Case:
    """The commitment with the longest history that ends in an approval, as it stood before that."""
    basis = runtime.basis(fresh=True)
    found: Case | None = None
    for stream in runtime.store.streams(COMMITMENT_PREFIX, limit=10_000):
        history = [recorded(event) for event in runtime.store.read_stream(stream)]
        ends = [n for n, event in enumerate(history) if isinstance(event.fact, RequestApproved)]
        if not ends or (found is not None and ends[-1] <= len(found.history)):
            continue
        event, before = history[ends[-1]], history[: ends[-1]]
        state = replay(before)
        assert state is not None
        assert state.open_request is not None
        drafted, request = state.drafted, state.open_request
        by = Acting(event.office, event.person)
        approver = basis.context(drafted.programme, state.definition_version, by=by, now=event.recorded_at)
        asked = next(act for act in request.acts if act.kind == "asked")
        found = Case(
            history=tuple(before),
            state=state,
            approve=ApproveRequest(request.opened.request),
            approver=approver,
            asker=replace(approver, by=Acting(asked.office, asked.person)),
        )
    assert found is not None, "nobody approved anything in this log"
    return found


if __name__ == "__main__":
    main()
