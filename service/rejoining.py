"""Which commitment a party's next one to the same subject follows: looked up here, judged by the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select

from events.engine import answering
from service.read_models.commitments import commitment_table
from service.references import commitment_of, next_reference, reference_of
from service.runtime import Runtime
from workflows.commands import DraftCommitment, Earlier
from workflows.commitment import Commitment
from workflows.facts import CommitmentDrafted
from workflows.rejoining import earlier_of


def earlier(runtime: Runtime, programme: str, party: str, subject: str, *, beside: str) -> Earlier | None:
    """The newest commitment of the party to the subject as its own stream has it, but the one of that reference.

    Those that count on from the first reference are found in any case, those that a file called otherwise once the
    read models know them.
    cost  one fold for each; as a rule there is none
    """
    found = [one for one in _others(runtime, programme, party, subject) if one.drafted.reference != beside]
    return earlier_of(max(found, key=lambda one: (one.drafted_at, one.id))) if found else None


def following(runtime: Runtime, command: DraftCommitment) -> DraftCommitment:
    """The draft with what it follows, as it stands now."""
    wanted = (command.programme, command.party, command.subject)
    return replace(command, earlier=earlier(runtime, *wanted, beside=command.reference))


def follower(runtime: Runtime, commitment: Commitment) -> Commitment | None:
    """The commitment that follows this one under the reference that counts on from its own, if it was begun."""
    opened = runtime.basis().programmes[commitment.drafted.programme]
    with answering(), runtime.engine.connect() as connection:
        known = commitment_of(connection, next_reference(opened, commitment.drafted))
    state = None if known is None else runtime.commitment(known, fresh=True).state
    return state if state is not None and state.drafted.follows == commitment.id else None


def _others(runtime: Runtime, programme: str, party: str, subject: str) -> Iterator[Commitment]:
    """Every commitment of the party to the subject, each once."""
    seen: set[str] = set()
    for name in (*_counted_on(runtime, programme, party, subject), *_listed(runtime, programme, party, subject)):
        state = None if name in seen else runtime.commitment(name, fresh=True).state
        seen.add(name)
        if state is not None and _placed(state.drafted) == (programme, party, subject):
            yield state


def _placed(drafted: CommitmentDrafted) -> tuple[str, str, str]:
    return drafted.programme, drafted.party, drafted.subject


def _counted_on(runtime: Runtime, programme: str, party: str, subject: str) -> Iterator[str]:
    """The ids under the first reference and those that count on from it, as far as they were begun."""
    opened, reference = runtime.basis().programmes.get(programme), reference_of(programme, party, subject)
    while opened is not None:
        with answering(), runtime.engine.connect() as connection:
            known = commitment_of(connection, reference)
        state = None if known is None else runtime.commitment(known, fresh=True).state
        if known is None or state is None:
            return
        yield known
        reference = next_reference(opened, state.drafted)


def _listed(runtime: Runtime, programme: str, party: str, subject: str) -> Sequence[str]:
    row = commitment_table.c
    query = select(row.commitment).where(row.programme == programme, row.party == party, row.subject == subject)
    with answering(), runtime.engine.connect() as connection:
        return list(connection.execute(query).scalars())
