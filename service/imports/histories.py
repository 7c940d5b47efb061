"""Histories held against the log: which commitment an id means, and what is new about it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection

from events.engine import answering
from service.external_ids import COMMITMENT, External, target_of
from service.imports.history_file import History, HistoryFile
from service.imports.problems import Problem, Unreadable, problem_at
from service.references import commitment_of, reference_of
from service.runtime import Runtime
from workflows.commands import ImportHistory
from workflows.facts import ProgrammeOpened

LONGEST_NAME = 80
_DIGEST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class HistoryWish:
    """How a history is to be taken in.

    system      who gave the ids; party: whose commitments they are where the file doesn't say
    correction  why moves that the workflow doesn't know are recorded all the same; None: they are refused
    """

    programme: ProgrammeOpened
    system: str
    party: str
    correction: str | None = None


def commands(
    runtime: Runtime, file: HistoryFile, wish: HistoryWish
) -> tuple[tuple[tuple[History, ImportHistory], ...], tuple[Problem, ...]]:
    """The command of each history; two ids that would be one commitment are problems.

    A command's `commitment` is empty where there is none yet.
    """
    found: dict[str, tuple[History, ImportHistory]] = {}
    problems: list[Problem] = []
    with answering(), runtime.engine.connect() as connection:
        for one in file.histories:
            command = _command(connection, runtime, one, file, wish)
            if command.reference in found:
                other = found[command.reference][0].external_id
                twice = Unreadable(
                    "commitment_twice", f"another commitment than that of {other!r}: {command.reference}"
                )
                problems.append(problem_at(one.first, one.external_id, twice))
                continue
            found[command.reference] = (one, command)
    return tuple(found.values()), tuple(problems)


def _command(
    connection: Connection, runtime: Runtime, one: History, file: HistoryFile, wish: HistoryWish
) -> ImportHistory:
    programme = wish.programme.programme
    subject = one.subject or _short(one.external_id)
    external = External(programme, COMMITMENT, wish.system, one.external_id)
    own = reference_of(programme, one.party or wish.party, subject) if one.subject else f"{programme.upper()}-{subject}"
    commitment = target_of(connection, external)
    names = (one.external_id, own)
    known = commitment or next((found for name in names if (found := _in(connection, runtime, name, programme))), "")
    state = runtime.commitment(known, fresh=True).state if known else None
    drafted = None if state is None else state.drafted
    return ImportHistory(
        commitment=known,
        reference=own if drafted is None else drafted.reference,
        programme=programme,
        party=one.party or (wish.party if drafted is None else drafted.party),
        subject=one.subject or (subject if drafted is None else drafted.subject),
        title=one.title,
        past=one.past,
        file=file.name,
        digest=file.digest,
        correction=wish.correction,
        system=wish.system,
        external_id=one.external_id,
        agency=one.agency,
        pic=one.pic,
    )


def _in(connection: Connection, runtime: Runtime, name: str, programme: str) -> str | None:
    """The id of the commitment of that reference, if it is one of the programme's."""
    commitment = commitment_of(connection, name)
    state = None if commitment is None else runtime.commitment(commitment, fresh=True).state
    return commitment if state is not None and state.drafted.programme == programme else None


def _short(external_id: str) -> str:
    """The id as part of a reference: itself, or its digest where it is too long or holds what nobody sees."""
    if len(external_id.encode()) <= LONGEST_NAME and external_id.isprintable():
        return external_id
    return sha256(external_id.encode()).hexdigest()[:_DIGEST_SHOWN]
