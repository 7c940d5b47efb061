"""Being heard on a request: an invited office says what it thinks, or enters what an outside body wrote."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import facts
from workflows.commands import GiveOpinion
from workflows.commitment import Commitment, Request
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, OpinionInvited
from workflows.requests import closed_blocks, move_of, unknown_request
from workflows.rules import NONE, Blockers, collect, evidence, holding, text_given


@dataclass(frozen=True, slots=True)
class Heard:
    """An opinion that somebody wants to give or enter. command: empty where only the question is whether they might"""

    request: Request
    command: GiveOpinion
    context: Context

    @property
    def invitation(self) -> OpinionInvited | None:
        """What asked the acting office."""
        office = self.context.by.authority
        return next((one for one in self.request.invited if one.office == office), None)

    @property
    def is_for_another(self) -> bool:
        """True if the acting office enters what an outside body wrote."""
        return self.invitation is not None and self.invitation.body != ""


def opinion_blockers(commitment: Commitment, command: GiveOpinion, context: Context) -> Blockers:
    """Why the acting office can't be heard. The invitation is its authority: its scope is not asked."""
    request = commitment.requests.get(command.request)
    denied = holding(context, move=move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    return collect(OPINION_RULES, Heard(request, command, context))


def may_opine(request: Request, context: Context) -> Blockers:
    """Why the acting office can't be heard, whatever it were to say."""
    case = Heard(request, GiveOpinion(request.opened.request, ""), context)
    return holding(context, move=request.opened.move) or collect(INVITED_RULES, case)


def give_opinion(commitment: Commitment, command: GiveOpinion, context: Context) -> tuple[CommitmentFact, ...]:
    """An invited office was heard, or the body that it speaks for. Nothing stands in the way."""
    invitation = Heard(commitment.requests[command.request], command, context).invitation
    assert invitation is not None, "asked for blockers first"
    return (
        facts.OpinionGiven(
            command.request,
            context.by.authority,
            command.text,
            invitation.body,
            command.letter.strip(),
            command.letter_on,
            command.evidence,
        ),
    )


def still_open(case: Heard) -> Blockers:
    return closed_blocks(case.request)


def is_invited(case: Heard) -> Blockers:
    if case.invitation is not None:
        return NONE
    offices = tuple(one.office for one in case.request.invited)
    return (Blocker("not_invited", {"request": case.request.opened.request}, offices),)


def not_heard_yet(case: Heard) -> Blockers:
    office = case.context.by.authority
    if office not in {opinion.office for opinion in case.request.opinions}:
        return NONE
    return (Blocker("acted_already", {"request": case.request.opened.request, "office": office}),)


def says_something(case: Heard) -> Blockers:
    return text_given(case.command.text, case.context)


def letter_names_itself(case: Heard) -> Blockers:
    """What an outside body thinks stands in a letter of it, with number and date; an office writes for itself."""
    command, acting = case.command, (case.context.by.authority,)
    named, dated = command.letter.strip() != "", command.letter_on is not None
    if not case.is_for_another:
        return (Blocker("opinion_letter_not_asked", {}, acting),) if named or dated or command.evidence else NONE
    missing = (
        (Blocker("letter_missing", {}, acting), named),
        (Blocker("letter_date_missing", {}, acting), dated),
        (Blocker("letter_file_missing", {}, acting), command.evidence),
    )
    return tuple(blocker for blocker, there in missing if not there)


def letter_is_no_future_one(case: Heard) -> Blockers:
    written, today = case.command.letter_on, case.context.today
    if written is None or written <= today:
        return NONE
    return (Blocker("letter_in_future", {"letter_on": written.isoformat()}, (case.context.by.authority,)),)


def letter_file_sound(case: Heard) -> Blockers:
    return evidence(case.command.evidence)


INVITED_RULES = (still_open, is_invited, not_heard_yet)
OPINION_RULES = (
    *INVITED_RULES,
    says_something,
    letter_names_itself,
    letter_is_no_future_one,
    letter_file_sound,
)
