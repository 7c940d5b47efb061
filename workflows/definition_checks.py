"""What may be meant, but is probably a slip in a workflow: each kind one named function, listed in `CHECKS`.

A text that breaks the schema never comes this far. With the offices of a log more can be known: `OFFICE_CHECKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import groupby

from workflows.definition import ADDRESSEE_NAMES, OWNER, Definition, Ladder, LookRule, Move, NoticeRule, Step
from workflows.doubts import Doubt
from workflows.facts import NAMES, ClaimsSampled, CommitmentFact, GoLiveSet
from workflows.lifecycle import compile_table
from workflows.offices import Directory

OF_ACTS = {"claim": "return", "revoke_verification": "revoke", "report_obstacle": "obstacle"}
"""Catalogues that an act takes its reason from, by the act that a role may do."""
MONEY_ACTS = ("establish_money", "pay", "prove_payment")
OF_PLANS = ("plan_differs", "new_items")
"""Guards that look at the plan which a move carries."""
OF_REQUESTS = frozenset({"approver", "asker", "acted", "heard"})
OF_CLAIMS = frozenset({"claimant", "verifier"})
OF_MATTERS = frozenset({"addressee", "raiser"})
OF_PROGRAMMES = frozenset({NAMES[GoLiveSet]})
"""Facts of a programme that a role in every party's line hears of."""


Doubts = Iterator[Doubt]


@dataclass(frozen=True, slots=True)
class Organised:
    """A workflow among the offices that are there; parties: whose commitments follow it."""

    definition: Definition
    directory: Directory
    parties: tuple[str, ...]


def doubts(definition: Definition) -> tuple[Doubt, ...]:
    """Everything doubtful that the text alone shows, check by check."""
    return tuple(doubt for check in CHECKS for doubt in check(definition))


def office_doubts(case: Organised) -> tuple[Doubt, ...]:
    """Everything doubtful about a workflow among these offices, check by check."""
    return tuple(doubt for check in OFFICE_CHECKS for doubt in check(case))


def unreachable_states(definition: Definition) -> Doubts:
    """No chain of moves leads from the first state there."""
    reached = _reachable(definition, definition.initial.name)
    for name in definition.states:
        if name not in reached:
            yield Doubt("unreachable_state", f"states.{name}", {"state": name})


def dead_ends(definition: Definition) -> Doubts:
    """An open state that nothing leads out of, or from which no way leads to a closed one."""
    table = compile_table(definition)
    for state in definition.states.values():
        if not state.is_open:
            continue
        if all(target == state.name for (source, _), target in table.items() if source == state.name):
            yield Doubt("dead_end", f"states.{state.name}", {"state": state.name})
        elif all(definition.states[name].is_open for name in _reachable(definition, state.name)):
            yield Doubt("never_closes", f"states.{state.name}", {"state": state.name})


def endless_waits(definition: Definition) -> Doubts:
    """A step that blocks where its office is vacant or conflicted, and whose ladder tells nobody else."""
    for move, number, step in _steps(definition):
        blocks = [way for way in ("if_vacant", "if_conflicted") if getattr(step, way) == "block"]
        if blocks and not _reaches_others(definition.ladders[step.ladder]):
            facts = {"move": move.name, "step": step.name, "ways": ", ".join(blocks), "ladder": step.ladder}
            yield Doubt("endless_wait", f"moves.{move.name}.steps[{number}]", facts)


def duties_never_met(definition: Definition) -> Doubts:
    """A duty that no state ends which is reached from where it begins."""
    reached = _reachable(definition, definition.initial.name) - {definition.initial.name}
    for duty in definition.duties.values():
        begins = {duty.begins_in} if duty.begins_in else {name for name in reached if definition.states[name].is_open}
        endless = sorted(name for name in begins if duty.until.isdisjoint(_reachable(definition, name)))
        if endless:
            facts = {"duty": duty.name, "states": ", ".join(endless), "until": ", ".join(sorted(duty.until))}
            yield Doubt("duty_never_met", f"duties.{duty.name}.until", facts)


def steps_nobody_can_fill(definition: Definition) -> Doubts:
    """A step whose office has certainly acted already, as the only role that asks or in an earlier step.

    Where the step blocks nobody stands in for it, nor where its role is the ceiling.
    """
    for move in definition.moves.values():
        acted = set(move.ask) if len(move.ask) == 1 else set()
        for number, step in enumerate(move.steps):
            code = "acted_already" if step.if_conflicted == "block" else "acted_at_ceiling"
            fixed = code == "acted_already" or step.role == definition.ceiling
            if fixed and not step.is_shared and step.role in acted:
                facts = {"move": move.name, "step": step.name, "role": step.role}
                yield Doubt(code, f"moves.{move.name}.steps[{number}].role", facts)
            if not step.when:
                acted.add(step.role)


def guards_never_hold(definition: Definition) -> Doubts:
    """A guard that waits for what nobody can bring about."""
    claimed = any(state.claims for state in definition.states.values())
    hopeless = {
        "signature_effective": "" if definition.is_signed else "signs",
        "all_items_verified": "" if claimed and not _missing_acts(definition) else "claim, verify_claim",
    }
    for move in definition.moves.values():
        carried = {} if move.plan else dict.fromkeys(OF_PLANS, "plan: true")
        for number, guard in enumerate(move.guards):
            missing = (hopeless | carried).get(guard)
            if missing:
                facts = {"move": move.name, "guard": guard, "missing": missing}
                yield Doubt("guard_never_holds", f"moves.{move.name}.guards[{number}]", facts)


def claims_nobody_handles(definition: Definition) -> Doubts:
    """Progress may be claimed in a state, and no role may claim or verify it."""
    for state in definition.states.values():
        for act in _missing_acts(definition) if state.claims else ():
            yield Doubt("act_without_role", f"states.{state.name}.claims", {"state": state.name, "act": act})


def money_nobody_handles(definition: Definition) -> Doubts:
    """A ledger that some act is missing for, or a guard on money where no ledger is kept."""
    may = {act for role in definition.roles.values() for act in role.may}
    missing = tuple(act for act in MONEY_ACTS if act not in may)
    if definition.ledger is not None and missing:
        yield Doubt("ledger_without_role", "ledger", {"acts": ", ".join(missing)})
    for move in definition.moves.values():
        if definition.ledger is None and "money_settled" in move.guards:
            place = f"moves.{move.name}.guards[{move.guards.index('money_settled')}]"
            yield Doubt("guard_without_ledger", place, {"move": move.name})


def fields_nobody_fills(definition: Definition) -> Doubts:
    """A field that is required, and that no role sees which writes it: what waits for it waits for ever."""
    for place, field in definition.fields.each():
        if field.required_in and field.visible_to is not None and not field.visible_to & _writers(definition, place):
            facts = {"field": field.name, "roles": ", ".join(sorted(field.visible_to))}
            yield Doubt("field_nobody_fills", f"fields.{place}.{field.name}.visible_to", facts)


def late_fields(definition: Definition) -> Doubts:
    """A field of the commitment is written in the draft alone: required later, it must be filled before."""
    table = compile_table(definition)
    drafts = {move for (source, move) in table if definition.states[source].initial}
    entered = {target for (source, _), target in table.items() if definition.states[source].initial}
    for field in definition.fields.commitment.values():
        late = field.required_in - drafts - entered - {definition.initial.name}
        if late:
            facts = {"field": field.name, "stages": ", ".join(sorted(late))}
            yield Doubt("field_late", f"fields.commitment.{field.name}.required_in", facts)


def unused_catalogues(definition: Definition) -> Doubts:
    """Neither a move asks for a reason of it, nor is it a verdict's that some step may give or that ends a claim."""
    may = {act for role in definition.roles.values() for act in role.may}
    used = {move.reasons for move in definition.moves.values()}
    used |= {catalogue for act, catalogue in OF_ACTS.items() if act in may}
    used |= {verdict for _, _, step in _steps(definition) for verdict in step.verdicts}
    for name in definition.reasons:
        if name not in used:
            yield Doubt("unused_catalogue", f"reasons.{name}", {"name": name})


def unused_ladders(definition: Definition) -> Doubts:
    """Nothing is told by it when it is late."""
    used = {definition.item_ladder, *(step.ladder for _, _, step in _steps(definition))}
    used |= {duty.ladder for duty in definition.duties.values()}
    used |= {answer.ladder for answer in definition.answers.values()}
    if definition.periods is not None and definition.periods.ladder is not None:
        used.add(definition.periods.ladder)
    used |= {look.ladder for look in _looks(definition)}
    for name in definition.ladders:
        if name not in used:
            yield Doubt("unused_ladder", f"ladders.{name}", {"name": name})


def notices_nobody_hears(definition: Definition) -> Doubts:
    """An addressee that the fact never has, a fact that is no commitment's, or a state that nothing leads to."""
    by_name = {name: fact for fact, name in NAMES.items()}
    entered = set(compile_table(definition).values())
    for number, row, addressees in _rows(definition):
        place, fact = f"notices[{number}]", row.fact
        if by_name[fact] not in CommitmentFact.__args__ and fact not in OF_PROGRAMMES:
            yield Doubt("notice_of_nothing", place, {"fact": fact})
        lost = sorted(row.states - entered)
        if lost:
            yield Doubt("notice_of_no_state", place, {"fact": fact, "states": ", ".join(lost)})
        deaf = sorted(to for to in addressees if to in ADDRESSEE_NAMES and to not in _parts_of(by_name[fact]))
        if deaf:
            yield Doubt("notice_nobody_hears", place, {"fact": fact, "addressees": ", ".join(deaf)})


def roles_without_offices(case: Organised) -> Doubts:
    """A role of the workflow that no office has."""
    there = {office.role for office in case.directory.offices.values()}
    for place, role in _roles_used(case.definition):
        if role not in there:
            yield Doubt("role_without_office", place, {"role": role})


def parties_without_offices(case: Organised) -> Doubts:
    """A step whose role no office has from some party upwards."""
    there = {office.role for office in case.directory.offices.values()}
    for move, number, step in _steps(case.definition):
        for role in step.roles:
            lost = [party for party in case.parties if case.directory.nearest(role, party) is None]
            if lost and role in there:
                facts = {"role": role, "parties": ", ".join(lost), "move": move.name, "step": step.name}
                yield Doubt("step_unfilled_for", f"moves.{move.name}.steps[{number}]", facts)


def quorums_too_large(case: Organised) -> Doubts:
    """A quorum of a step of every office of a role that is larger than the offices of some party."""
    for move, number, step in _steps(case.definition):
        if not step.every or step.quorum is None:
            continue
        few = [party for party in case.parties if len(case.directory.every(step.role, party)) < step.quorum]
        if few:
            facts = {"move": move.name, "step": step.name, "quorum": str(step.quorum), "parties": ", ".join(few)}
            yield Doubt("quorum_too_large", f"moves.{move.name}.steps[{number}]", facts)


CHECKS: tuple[Callable[[Definition], Doubts], ...] = (
    unreachable_states,
    dead_ends,
    endless_waits,
    duties_never_met,
    steps_nobody_can_fill,
    guards_never_hold,
    claims_nobody_handles,
    money_nobody_handles,
    fields_nobody_fills,
    late_fields,
    unused_catalogues,
    unused_ladders,
    notices_nobody_hears,
)
OFFICE_CHECKS: tuple[Callable[[Organised], Doubts], ...] = (
    roles_without_offices,
    parties_without_offices,
    quorums_too_large,
)


def _reachable(definition: Definition, start: str) -> frozenset[str]:
    table = compile_table(definition)
    reached, left = {start}, [start]
    while left:
        here = left.pop()
        further = {target for (source, _), target in table.items() if source == here} - reached
        reached |= further
        left.extend(further)
    return frozenset(reached)


def _steps(definition: Definition) -> Iterator[tuple[Move, int, Step]]:
    for move in definition.moves.values():
        yield from ((move, number, step) for number, step in enumerate(move.steps))


def _looks(definition: Definition) -> Iterator[LookRule]:
    """The looks at a claim that are owed."""
    second = None if definition.verification is None else definition.verification.look
    yield from (look for look in (definition.first_look, second) if look is not None)


def _reaches_others(ladder: Ladder) -> bool:
    return any(one.kind != "obliged" for level in ladder.levels for one in level.recipients)


def _missing_acts(definition: Definition) -> tuple[str, ...]:
    """What progress needs and no role may do; a report claims as well."""
    may = {act for role in definition.roles.values() for act in role.may}
    if definition.periods is not None and "submit_report" in may:
        may.add("claim")
    return tuple(act for act in ("claim", "verify_claim") if act not in may)


def _writers(definition: Definition, place: str) -> frozenset[str]:
    """The roles that write fields of an object."""
    kind, _, name = place.partition(".")
    acts = {"claim": {"claim"}}.get(kind, {"draft", "edit_draft", "import"})
    if kind == "request":
        return frozenset(definition.moves[name].ask)
    writers = {role.name for role in definition.roles.values() if role.may & acts}
    if kind == "item":
        writers |= {role for move in definition.moves.values() if move.plan for role in move.ask}
    return frozenset(writers)


def _rows(definition: Definition) -> Iterator[tuple[int, NoticeRule, tuple[str, ...]]]:
    """The table's rows: their number, any cell of them, and all their addressees."""
    for number, cells in groupby(definition.notices, key=lambda rule: rule.row):
        row = tuple(cells)
        yield number, row[0], tuple(rule.to for rule in row)


def _parts_of(fact: type) -> frozenset[str]:
    """The addressees that a fact can have: by what it is about."""
    if fact is ClaimsSampled:
        return frozenset({"verifier"})
    about = {one.name for one in fields(fact)}
    found: frozenset[str] = frozenset()
    for name, parts in (("request", OF_REQUESTS), ("claim", OF_CLAIMS), ("matter", OF_MATTERS)):
        found |= parts if name in about else frozenset()
    return found


def _roles_used(definition: Definition) -> Iterable[tuple[str, str]]:
    """Every role that an act, a step, an opinion or a ladder needs, with the first place that does; each once."""
    found: dict[str, str] = {}
    for move in definition.moves.values():
        for role in move.ask:
            found.setdefault(role, f"moves.{move.name}.ask")
        for number, step in enumerate(move.steps):
            for role in step.roles:
                found.setdefault(role, f"moves.{move.name}.steps[{number}]")
        for number, heard in enumerate(move.heard):
            if heard.entered_by is not None:
                found.setdefault(heard.entered_by, f"moves.{move.name}.heard[{number}].entered_by")
            if heard.role != OWNER:
                found.setdefault(heard.role, f"moves.{move.name}.heard[{number}].role")
    for role_name, one in definition.roles.items():
        if one.may:
            found.setdefault(role_name, f"roles.{role_name}.may")
    for ladder in definition.ladders.values():
        for number, level in enumerate(ladder.levels):
            for recipient in level.recipients:
                for role in recipient.roles:
                    found.setdefault(role, f"ladders.{ladder.name}.levels[{number}]")
    return ((place, role) for role, place in found.items())
