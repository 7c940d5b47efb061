"""Why not, for any office and any act: what it may do, and what stands in the way of all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from workflows import approvals, claims, drafts, opinions, requests, signatures
from workflows.blockers import Possible, overview
from workflows.clearing import with_clearers
from workflows.commands import ApproveRequest
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.errors import Blocker
from workflows.offices import Directory
from workflows.rules import Blockers, access, offices_in_roles, own_offices, roles_that_may

ON_A_REQUEST = ("approve", "sign", "return", "reject", "withdraw_request", "give_opinion")
"""What is done with an open request alone."""
Attempt = tuple[Acting, Possible]


def everything(commitment: Commitment, context: Context) -> tuple[Possible, ...]:
    """Every act of the workflow for the acting office: what `overview` offers, then what the state doesn't offer."""
    offered = overview(commitment, context)
    known = {(one.act, one.on) for one in offered}
    acts = {one.act for one in offered}
    others = (
        replace(one, blockers=with_clearers(one.blockers, commitment, context))
        for one in _unoffered(commitment, context, acts)
        if (one.act, one.on) not in known
    )
    return (*offered, *others)


def as_held(office: str, directory: Directory, on: date) -> tuple[Acting, ...]:
    """How the office would act on that day: a way for each of its holders; one by nobody where it is vacant."""
    held = tuple(Acting(office, one.person, one.capacity) for one in directory.holders(office, on))
    return held or (Acting(office, ""),)


def nearest_to_doing(commitment: Commitment, ways: Iterable[Acting], context: Context) -> tuple[Attempt, ...]:
    """For each act whoever of these has the least in the way; of equals the first.

    ways  who might act; never empty
    """
    best: dict[tuple[str, str], Attempt] = {}
    for acting in ways:
        for one in everything(commitment, replace(context, by=acting)):
            known = best.get((one.act, one.on))
            if known is None or len(one.blockers) < len(known[1].blockers):
                best[one.act, one.on] = (acting, one)
    return tuple(best.values())


def line_of(commitment: Commitment, directory: Directory) -> tuple[str, ...]:
    """The offices that have to do with a commitment: those it names or hears, then its party's line upwards."""
    line = (
        office
        for above in directory.path(commitment.drafted.party)
        for office in directory.in_organisation.get(above, ())
    )
    named = (office for office in (*own_offices(commitment), *sorted(commitment.names | commitment.invites)) if office)
    return tuple(dict.fromkeys((*named, *line)))


def _unoffered(commitment: Commitment, context: Context, offered: set[str]) -> Iterator[Possible]:
    yield Possible("edit_draft", "", drafts.may_edit(commitment, context))
    for move in context.definition.moves.values():
        yield Possible("ask", move.name, requests.may_ask(commitment, move, context))
    yield from _on_request(commitment, context, offered)
    yield Possible("witness", "", signatures.may_witness(commitment, context))
    for number in [item.number for item in commitment.items] or [0]:
        yield Possible("claim", str(number or ""), claims.may_claim(commitment, number, context))
    if "check_claim" not in offered:
        yield Possible("check_claim", "", access(commitment, context) or nothing_claimed(commitment, context))


def _on_request(commitment: Commitment, context: Context, offered: set[str]) -> Iterator[Possible]:
    request = commitment.open_request
    if request is None:
        for act in ON_A_REQUEST:
            yield Possible(act, "", access(commitment, context) or no_request_open(commitment, context))
        return
    name = request.opened.request
    if "approve" not in offered:
        yield Possible("approve", name, approvals.approve_blockers(commitment, ApproveRequest(name), context))
    if "sign" not in offered:
        yield Possible("sign", name, signatures.may_sign(commitment, context))
    if "give_opinion" not in offered:
        yield Possible("give_opinion", name, opinions.may_opine(request, context))


def no_request_open(commitment: Commitment, context: Context) -> Blockers:
    """Nothing was asked for: whoever may ask for a move from here can change that."""
    moves = context.definition.moves.values()
    roles = [role for move in moves if commitment.state in move.sources for role in move.ask]
    party, named = commitment.drafted.party, own_offices(commitment)
    found = {"state": commitment.state}
    return (Blocker("no_request_open", found, offices_in_roles(roles, context, party=party, named=named)),)


def nothing_claimed(commitment: Commitment, context: Context) -> Blockers:
    """No claim waits to be checked: whoever may claim can change that."""
    party, named = commitment.drafted.party, own_offices(commitment)
    claimants = offices_in_roles(roles_that_may("claim", context), context, party=party, named=named)
    return (Blocker("nothing_claimed", {}, claimants),)
