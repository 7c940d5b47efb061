"""The whole text: its sections, each read by the file of its name.

A section that others refer to by name is read in `_known`, before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from workflows.definition import AnswerRule, Definition, OwnFields, Publication, State
from workflows.definition_yaml.answers import answers, check_acts
from workflows.definition_yaml.claims import asks_two, first_look, hold_to_roles, verification
from workflows.definition_yaml.duties import duties
from workflows.definition_yaml.fields import own_fields
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import catalogues, label, labels
from workflows.definition_yaml.ladders import ladders
from workflows.definition_yaml.limits import limit
from workflows.definition_yaml.moves import moves
from workflows.definition_yaml.notices import notices
from workflows.definition_yaml.parents import parents
from workflows.definition_yaml.periods import periods
from workflows.definition_yaml.records import publication, retention, scale
from workflows.definition_yaml.roles import roles
from workflows.definition_yaml.states import states
from workflows.definition_yaml.values import at_least
from workflows.yaml_nodes import Value, document

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
RECORD = (
    *("name", "version", "label", "party", "subject", "item_ladder", "claim_limit", "replication_scopes", "stages"),
    *("funds", "states", "moves", "roles", "reasons", "ladders", "notices"),
)
OPTIONAL = (
    *("answers", "ceiling", "claims", "duties", "fields", "ledger", "parents", "periods", "publication", "retention"),
    "scale",
)
NO_ANSWERS: Mapping[str, AnswerRule] = MappingProxyType({})


@lru_cache(maxsize=16)
def parse(text: str) -> Definition:
    """The workflow that the text says. Raises DefinitionInvalid at the first place that breaks the schema.

    Refused are unknown or missing keys, wrong types, names that nothing declares, and anything but one initial state.
    """
    parts = document(text).record(RECORD, OPTIONAL)
    known = _known(parts)
    known_moves = moves(parts["moves"], known)
    fields = own_fields(parts["fields"], known, known_moves) if "fields" in parts else OwnFields()
    return Definition(
        name=parts["name"].identifier(SLUG),
        version=at_least(1, parts["version"]),
        digest=sha256(text.encode()).hexdigest(),
        label=label(parts["label"]),
        party=label(parts["party"]),
        subject=label(parts["subject"]),
        states=known.states,
        moves=known_moves,
        roles=known.roles,
        reasons=known.reasons,
        ladders=known.ladders,
        notices=notices(parts["notices"], known),
        item_ladder=parts["item_ladder"].one_of(known.ladders, "ladder"),
        claim_limit=limit(parts["claim_limit"]),
        replication_scopes=labels(parts["replication_scopes"]),
        stages=labels(parts["stages"]),
        funds=labels(parts["funds"]),
        ceiling=parts["ceiling"].one_of(known.roles, "role") if "ceiling" in parts else None,
        fields=fields,
        scale=scale(parts["scale"]) if "scale" in parts else None,
        publication=publication(parts["publication"], known, fields) if "publication" in parts else Publication(),
        retention=retention(parts["retention"]) if "retention" in parts else (),
        ledger=label(parts["ledger"].record(("label",))["label"]) if "ledger" in parts else None,
        parents=parents(parts["parents"], fields, _initial(known)) if "parents" in parts else (),
        duties=duties(parts["duties"], known) if "duties" in parts else MappingProxyType({}),
        answers=_answers(parts, known),
        periods=periods(parts["periods"], known.ladders) if "periods" in parts else None,
        first_look=first_look(parts["claims"], known.ladders) if "claims" in parts else None,
        verification=verification(parts["claims"], known.ladders) if "claims" in parts else None,
    )


def _initial(known: Known) -> State:
    return next(state for state in known.states.values() if state.initial)


def _answers(parts: Mapping[str, Value], known: Known) -> Mapping[str, AnswerRule]:
    owed = answers(parts["answers"], known.ladders) if "answers" in parts else NO_ANSWERS
    check_acts(parts["roles"], known.roles, answers=owed, reasons=known.reasons)
    return owed


def _known(parts: Mapping[str, Value]) -> Known:
    known_roles = roles(parts["roles"])
    known = Known(
        roles=known_roles,
        states=states(parts["states"]),
        reasons=catalogues(parts["reasons"]),
        ladders=ladders(parts["ladders"], known_roles),
    )
    if any(state.claims for state in known.states.values()) and "return" not in known.reasons:
        parts["reasons"].fail("claims can be returned, expected a catalogue return")
    hold_to_roles(parts["roles"], known_roles, verified="claims" in parts and asks_two(parts["claims"]))
    return known
