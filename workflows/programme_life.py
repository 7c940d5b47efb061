"""A programme's go-live and its end: who may set them, and what has to be over before."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from workflows.commands import CloseProgramme, LifeCommand, ReopenProgramme, SetGoLive
from workflows.errors import Blocker, Refused
from workflows.facts import GoLiveSet, LifeFact, ProgrammeClosed, ProgrammeReopened
from workflows.period_changes import NONE, Blockers, Managing, acts_in_role, programme_runs

MANAGE = "open_programme"
"""Who may open a programme sets its go-live, closes it and opens it again."""
MOST_NAMED = 20


Rule = Callable[[Managing, LifeCommand], Blockers]


def change_life(case: Managing, command: LifeCommand) -> tuple[LifeFact, ...]:
    """State the change; nothing where it is so already. Raises Refused with every reason why not."""
    found = life_blockers(case, command)
    if found:
        raise Refused(found)
    programme, by = command.programme, case.by.authority
    match command:
        case SetGoLive():
            stated = GoLiveSet(programme, command.on, command.text.strip(), by)
            return () if case.go_live == command.on else (stated,)
        case CloseProgramme():
            return (ProgrammeClosed(programme, command.letter.strip(), command.text.strip(), by),)
        case ReopenProgramme():
            return (ProgrammeReopened(programme, command.letter.strip(), command.text.strip(), by),)
        case _:
            assert_never(command)


def life_blockers(case: Managing, command: LifeCommand) -> Blockers:
    """Why a programme's life can't be changed in this way."""
    denied = may_manage(case)
    return denied or tuple(blocker for rule in RULES[type(command)] for blocker in rule(case, command))


def may_manage(case: Managing) -> Blockers:
    """Why the acting office may neither set the go-live nor close the programme."""
    return acts_in_role(case, MANAGE, (case.programme.organisation,))


def words_filled(case: Managing, command: LifeCommand) -> Blockers:
    fields = {"text": command.text} if isinstance(command, SetGoLive) else _words(command)
    return tuple(Blocker("field_blank", {"field": name}) for name, value in fields.items() if not value.strip())


def was_closed(case: Managing, command: LifeCommand) -> Blockers:
    return NONE if case.is_closed else (Blocker("programme_not_closed", {"programme": command.programme}),)


def nothing_open(case: Managing, command: LifeCommand) -> Blockers:
    """Every commitment came to its end: completed, or left by an exit."""
    assert isinstance(command, CloseProgramme), "asked of closing alone"
    if not command.still_open:
        return NONE
    left_out = len(command.still_open) - MOST_NAMED
    named = [*command.still_open[:MOST_NAMED], *([f"+{left_out}"] if left_out > 0 else [])]
    return (Blocker("commitments_open", {"count": str(len(command.still_open)), "commitments": ", ".join(named)}),)


RULES: dict[type, tuple[Rule, ...]] = {
    SetGoLive: (words_filled, programme_runs),
    CloseProgramme: (words_filled, programme_runs, nothing_open),
    ReopenProgramme: (words_filled, was_closed),
}


def _words(command: CloseProgramme | ReopenProgramme) -> dict[str, str]:
    return {"letter": command.letter, "text": command.text}
