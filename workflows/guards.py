"""The guards and conditions that a definition may name, each as one function.

A guard must hold when a move is asked for and again when its last step passes. A condition tells whether a step or an
opinion is needed at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflows.closing_rules import new_items
from workflows.commitment.promise import plans_so_far
from workflows.effect_rules import effect_rules, long_hold, not_on_hold
from workflows.errors import Blocker
from workflows.facts import PlanItem
from workflows.field_rules import missing, missing_in_plan
from workflows.moving import Moving
from workflows.plan import changed_components, differences, dropped_components, falls_over_quarter, last_day
from workflows.rules import NONE, Blockers, offices_in_roles, own_offices, roles_that_may

AMENDMENTS_BEFORE_THE_THIRD = 2


def guards(case: Moving) -> Blockers:
    """Everything that the move's guards find, in their order, its effect does, and the own fields that it misses."""
    found = tuple(blocker for name in case.move.guards for blocker in GUARDS[name](case))
    return (*found, *effect_rules(case), *fields_filled(case))


def stands(when: tuple[str, ...], case: Moving) -> bool:
    """True if a step or opinion with these conditions is needed: any of them holds, or there are none."""
    return not when or any(CONDITIONS[name](case) for name in when)


def plan_complete(case: Moving) -> Blockers:
    """The plan has items, and each says what is measured, how much, who does it and who pays."""
    if case.items is None:
        return NONE
    gaps = [str(item.number) for item in case.items if not _says_all(item)]
    if case.items and not gaps:
        return NONE
    return (Blocker("plan_incomplete", {"items": ", ".join(gaps) or "-"}, _planners(case)),)


def ends_after_signature(case: Moving) -> Blockers:
    """No item ends before the party signs."""
    signed_on = case.signed_on
    early = [str(item.number) for item in case.items or () if item.ends_on < signed_on]
    if not early:
        return NONE
    found = {"items": ", ".join(early), "signed_on": signed_on.isoformat()}
    return (Blocker("item_ends_before_signature", found, _planners(case)),)


def signature_effective(case: Moving) -> Blockers:
    """The party has signed."""
    if case.commitment.signature is not None:
        return NONE
    moves = case.context.definition.moves.values()
    signers = [step.role for move in moves for step in move.steps if step.signs]
    party = case.commitment.drafted.party
    return (Blocker("signature_missing", {"party": party}, offices_in_roles(signers, case.context, party=party)),)


def pic_named(case: Moving) -> Blockers:
    """The commitment names a PIC, and somebody holds that office."""
    pic, context = case.commitment.pic, case.context
    if context.directory.office(pic) is not None and not context.directory.is_vacant(pic, context.today):
        return NONE
    return (Blocker("pic_missing", {"pic": pic or "-"}, _planners(case)),)


def plan_differs(case: Moving) -> Blockers:
    """The plan that the move carries isn't the plan in force."""
    if case.items is None or differences(case.commitment.items, case.items):
        return NONE
    return (Blocker("plan_unchanged", {"revision": str(case.commitment.revision)}),)


def all_items_verified(case: Moving) -> Blockers:
    """Every item in force was verified at or over its target."""
    commitment = case.commitment
    left = [number for number, progress in commitment.progress.items() if not progress.complete]
    if not left:
        return NONE
    standing = {claim.made.item: claim for claim in commitment.claims.values() if claim.waits_for is not None}
    first = "verify_claim" if case.context.definition.verification is None else "check_claim"
    acts = ["verify_claim" if standing[number].status == "checked" else first for number in left if number in standing]
    if set(left) - set(standing):
        acts.append("claim" if roles_that_may("claim", case.context) else "submit_report")
    roles = dict.fromkeys(role for act in dict.fromkeys(acts) for role in roles_that_may(act, case.context))
    owed = [commitment.owed[name] for number in left if (name := f"item-{number}") in commitment.owed]
    looks = (commitment.look_owed(claim.made.number) for number, claim in standing.items() if number in left)
    dues = [one.obligation.due_at for one in owed if one.is_open]
    dues.extend(one.due_at for one in looks if one is not None)
    return (
        Blocker(
            "items_unverified",
            {"items": ", ".join(str(number) for number in left)},
            offices_in_roles(roles, case.context, party=commitment.drafted.party, named=own_offices(commitment)),
            max(dues, default=None),
        ),
    )


def fields_filled(case: Moving) -> Blockers:
    """What the move, or the state that it leads to, asks of the commitment and its items, is filled."""
    commitment, own = case.commitment, case.context.definition.fields
    stages = (case.move.name, case.move.leads_to(commitment.state))
    if not (own.commitment or own.item):
        return NONE
    return (
        *missing("commitment", own.commitment, commitment.fields, stages, _planners(case)),
        *missing_in_plan(case.items or (), own.item, stages, _planners(case)),
    )


def no_open_finding(case: Moving) -> Blockers:
    """Whatever was found wrong has been closed."""
    commitment = case.commitment
    found = [one for one in commitment.matters.values() if one.kind == "finding" and one.is_open]
    if not found:
        return NONE
    waiting = [one.addressee if one.status == "open" else one.office for one in found]
    owed = [commitment.owed[one.obligation] for one in found if one.obligation is not None]
    dues = [one.obligation.due_at for one in owed if one.is_open]
    return (
        Blocker(
            "findings_open",
            {"findings": ", ".join(one.id for one in found)},
            tuple(dict.fromkeys(office for office in waiting if office is not None)),
            max(dues, default=None),
        ),
    )


def money_settled(case: Moving) -> Blockers:
    """All the money that was established is proven; nothing is asked where none was."""
    ledger = case.commitment.ledger
    if ledger.remaining_idr <= 0:
        return NONE
    waiting = any(payment.status == "recorded" for payment in ledger.payments.values())
    roles = roles_that_may("prove_payment" if waiting else "pay", case.context)
    party, named = case.commitment.drafted.party, own_offices(case.commitment)
    return (
        Blocker(
            "money_remaining",
            {"remaining_idr": str(ledger.remaining_idr)},
            offices_in_roles(roles, case.context, party=party, named=named),
        ),
    )


def not_initial(case: Moving) -> bool:
    """The commitment has left the state it began in."""
    return not case.context.definition.states[case.commitment.state].initial


def core_component_changes(case: Moving) -> bool:
    """The new plan touches what the subject's owner calls core."""
    touched = changed_components(case.commitment.items, case.items or ())
    return not touched.isdisjoint(_core(case))


def core_component_dropped(case: Moving) -> bool:
    """The new plan no longer works on something that the subject's owner calls core."""
    dropped = dropped_components(case.commitment.items, case.items or ())
    return not dropped.isdisjoint(_core(case))


def target_falls_over_quarter(case: Moving) -> bool:
    """The new plan leaves an item under three quarters of what was promised, in its own measure."""
    commitment = case.commitment
    return bool(falls_over_quarter(plans_so_far(commitment), commitment.items, case.items or ()))


def ends_after_year(case: Moving) -> bool:
    """The new plan runs on after the commitment's fiscal year."""
    ends_on = last_day(case.items or ())
    return ends_on is not None and ends_on.year > case.commitment.drafted.fiscal_year


def third_amendment(case: Moving) -> bool:
    """The plan was amended twice already; an adaptation is no amendment."""
    return case.commitment.revision - case.commitment.adaptations >= AMENDMENTS_BEFORE_THE_THIRD


GUARDS: Mapping[str, Callable[[Moving], Blockers]] = MappingProxyType(
    {
        "plan_complete": plan_complete,
        "ends_after_signature": ends_after_signature,
        "signature_effective": signature_effective,
        "pic_named": pic_named,
        "plan_differs": plan_differs,
        "all_items_verified": all_items_verified,
        "money_settled": money_settled,
        "not_on_hold": not_on_hold,
        "no_open_finding": no_open_finding,
        "new_items": new_items,
    }
)
CONDITIONS: Mapping[str, Callable[[Moving], bool]] = MappingProxyType(
    {
        "not_initial": not_initial,
        "core_component_changes": core_component_changes,
        "core_component_dropped": core_component_dropped,
        "target_falls_over_quarter": target_falls_over_quarter,
        "ends_after_year": ends_after_year,
        "third_amendment": third_amendment,
        "long_hold": long_hold,
    }
)


def _says_all(item: PlanItem) -> bool:
    return all((item.activity, item.indicator, item.unit, item.agency, item.fund)) and item.target > 0


def _core(case: Moving) -> frozenset[str]:
    subject = case.context.subject(case.commitment.drafted.subject)
    components = () if subject is None else subject.components
    return frozenset(component.name for component in components if component.kind == "core")


def _planners(case: Moving) -> tuple[str, ...]:
    """Who can mend the plan: while it is a draft whoever edits it, later whoever asks for this move."""
    commitment, context = case.commitment, case.context
    initial = context.definition.states[commitment.state].initial
    roles = roles_that_may("edit_draft", context) if initial else case.move.ask
    return offices_in_roles(roles, context, party=commitment.drafted.party, named=own_offices(commitment))
