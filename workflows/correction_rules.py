"""What must hold for putting a slip of the pen right: in words or the PIC, never in the promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from workflows.commitment import Commitment
from workflows.errors import Blocker
from workflows.facts import Correction
from workflows.moving import Moving
from workflows.plan import PROMISE_FIELDS, WORDING_FIELDS
from workflows.plan_rules import office_blockers
from workflows.rules import NONE, Blockers

PIC = "pic"


def corrected(commitment: Commitment, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections with what stands there now, their words without blanks around them."""
    return tuple(replace(one, new=one.new.strip(), old=written(commitment, one)) for one in corrections)


def written(commitment: Commitment, correction: Correction) -> str | None:
    """What stands in the field that is corrected; None where there is no such field."""
    match correction.field:
        case "pic":
            return commitment.pic if correction.item is None else None
        case field if field in WORDING_FIELDS and correction.item is not None:
            item = commitment.item(correction.item)
            return None if item is None else str(getattr(item, field))
        case _:
            return None


def no_promise_corrected(case: Moving) -> Blockers:
    """A target, a date, money or whatever else was promised is amended, never corrected."""
    return _about("correction_forbidden", (one for one in _asked(case) if one.field in PROMISE_FIELDS))


def corrected_fields_exist(case: Moving) -> Blockers:
    """Each correction is of something that stands there, once."""
    asked = [one for one in _asked(case) if one.field not in PROMISE_FIELDS]
    places = Counter((one.field, one.item) for one in asked)
    wrong = [one for one in asked if written(case.commitment, one) is None or places[(one.field, one.item)] > 1]
    return _about("correction_unknown", wrong)


def corrections_change_something(case: Moving) -> Blockers:
    """Each correction writes something, and not what stands there."""
    empty = [one for one in _known(case) if one.new.strip() in ("", written(case.commitment, one))]
    return _about("correction_empty", empty)


def figures_stay(case: Moving) -> Blockers:
    """No figure inside a plan's text changes: it may be a target, a date or money."""
    moved = [
        one
        for one in _known(case)
        if one.field in WORDING_FIELDS and _figures(one.new) != _figures(written(case.commitment, one) or "")
    ]
    return _about("correction_of_figures", moved)


def new_pic_is_of_the_party(case: Moving) -> Blockers:
    """The person in charge is an office of the party."""
    party = case.commitment.drafted.party
    return tuple(
        blocker
        for one in _known(case)
        if one.field == PIC
        for blocker in office_blockers(PIC, one.new.strip(), party=party, context=case.context)
    )


CORRECTION_RULES = (
    no_promise_corrected,
    corrected_fields_exist,
    corrections_change_something,
    figures_stay,
    new_pic_is_of_the_party,
)


def _asked(case: Moving) -> tuple[Correction, ...]:
    return () if case.terms is None else case.terms.corrections


def _known(case: Moving) -> list[Correction]:
    return [one for one in _asked(case) if written(case.commitment, one) is not None]


def _figures(text: str) -> str:
    return "".join(one for one in text if one.isdigit())


def _about(code: str, corrections: Iterable[Correction]) -> Blockers:
    named = [one.field if one.item is None else f"{one.item} {one.field}" for one in corrections]
    return (Blocker(code, {"fields": ", ".join(dict.fromkeys(named))}),) if named else NONE
