"""Which kinds of command a workflow has, and walks through it that look for those that were accepted least."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from random import Random

from tests.support.any_workflow import COMMANDS, Stage, gone, up_to
from tests.support.sound_commands import attempts
from tests.support.world import DRAFT_DAY, Story
from workflows import commands as said
from workflows.definition import Definition

LONGEST_START, LONGEST_WALK, MOST_TRIED, OFTEN = 3, 25, 12, 5


def kinds_of(definition: Definition) -> frozenset[type]:
    """The kinds of command that somebody may give under the workflow."""
    return frozenset(
        kind
        for kind in COMMANDS
        if (kind not in ACTS or _may(definition, *ACTS[kind])) and (kind not in NEEDS or NEEDS[kind](definition))
    )


def walk(one: Stage, chance: Random, accepted: Counter[type]) -> list[Story]:
    """A story step by step: of the commands that somebody may give, one of a kind that was accepted seldom.

    It ends where nothing but what was accepted often is possible.
    """
    story = Story(one.world, DRAFT_DAY)
    if chance.random() < 0.8:
        story = up_to(gone(one, LONGEST_START), chance.randrange(1, 12))
    seen = [story]
    for _ in range(LONGEST_WALK):
        kinds = [kind for kind in COMMANDS if accepted[kind] < OFTEN]
        kinds.sort(key=lambda kind: accepted[kind] + 2 * chance.random())
        found = next(((kind, after) for kind in kinds if (after := done(kind, one, story, chance))), None)
        if found is None:
            break
        kind, story = found
        accepted[kind] += 1
        seen.append(story)
    return seen


def done(kind: type, one: Stage, story: Story, chance: Random) -> Story | None:
    """The story after a sound command of that kind by the first office that may give it; None where none may."""
    sound = list(attempts(kind, one, story))
    chance.shuffle(sound)
    for attempt in sound[:MOST_TRIED]:
        offices = _givers(kind, one) if attempt.office is None else (attempt.office,)
        for office in offices:
            after = story.when(office, attempt.command, at=attempt.at).after
            if after is not None and after.new:
                return after
    return None


def _givers(kind: type, one: Stage) -> tuple[str, ...]:
    if kind not in ACTS:
        return one.offices
    roles = {name for name, role in one.definition.roles.items() if not role.may.isdisjoint(ACTS[kind])}
    return tuple(office for office in one.offices if one.world.directory.offices[office].role in roles)


def _may(one: Definition, *acts: str) -> bool:
    return any(act in role.may for role in one.roles.values() for act in acts)


def _signs(one: Definition) -> bool:
    return any(step.signs for move in one.moves.values() for step in move.steps)


ACTS: Mapping[type, tuple[str, ...]] = {
    said.WitnessCommitment: ("witness",),
    said.MakeClaim: ("claim",),
    said.AttachEvidence: ("claim", "submit_report"),
    said.CheckClaim: ("check_claim",),
    said.FollowSample: ("draw_sample",),
    said.VerifyClaim: ("verify_claim",),
    said.ReturnClaim: ("verify_claim", "check_claim"),
    said.RevokeVerification: ("revoke_verification",),
    said.SubmitReport: ("submit_report",),
    said.FollowPeriod: ("manage_periods", "reopen_period"),
    said.RecordFinding: ("record_finding",),
    said.GiveDirection: ("give_direction",),
    said.ReportObstacle: ("report_obstacle",),
    said.RequestHelp: ("ask_help",),
    said.NoteVisit: ("note_visit",),
    said.MakeNote: ("note",),
    said.ReceiveDocument: ("receive_document",),
    said.EstablishMoney: ("establish_money",),
    said.RecordPayment: ("pay",),
    said.ProvePayment: ("prove_payment",),
    said.ReturnPayment: ("prove_payment",),
}
"""By kind: the acts of which a role must have one to give it; for a kind that isn't here, roles alone don't tell."""
MATTERS = ("record_finding", "give_direction", "ask_help")
NEEDS: Mapping[type, Callable[[Definition], bool]] = {
    said.SignCommitment: _signs,
    said.WitnessCommitment: _signs,
    said.GiveOpinion: lambda one: any(move.heard for move in one.moves.values()),
    said.SubmitReport: lambda one: one.periods is not None,
    said.FollowPeriod: lambda one: one.periods is not None and bool(one.periods.ladder),
    said.AnswerMatter: lambda one: _may(one, *MATTERS),
    said.ReturnMatter: lambda one: _may(one, *MATTERS),
    said.CloseMatter: lambda one: _may(one, *MATTERS, "close_obstacle"),
}
"""By kind: what else the workflow must have."""
