"""The demo's programme and drafts, imported as an office would import the folder."""

from __future__ import annotations

from service.demo.material import COORDINATOR, FOLDER, PROGRAMME
from service.demo.people import OPERATOR
from service.dispatch import Caller
from service.imports.carrying_out import Callers, carry_out
from service.imports.plan import plan_programme
from service.imports.programme import read_folder
from service.runtime import Runtime
from workflows.calendar import Calendar
from workflows.context import Acting


def import_structure(runtime: Runtime) -> None:
    """Import organisations, offices, calendar, workflow and programme; again is nothing new."""
    drafter = Caller(Acting(COORDINATOR, OPERATOR.acting.person), OPERATOR.signin)
    _import(runtime, drafter, with_drafts=False)


def import_drafts(runtime: Runtime, drafter: Caller) -> None:
    """Import the commitments and their plans as drafts; again is nothing new."""
    _import(runtime, drafter, with_drafts=True)


def adopted_calendar(runtime: Runtime) -> Calendar:
    """The working calendar that the demo's log counts with."""
    basis = runtime.basis(fresh=True)
    return basis.calendars[basis.programmes[PROGRAMME].calendar]


def _import(runtime: Runtime, drafter: Caller, *, with_drafts: bool) -> None:
    plan = plan_programme(runtime, read_folder(FOLDER), by=drafter.acting, now=runtime.now(), with_drafts=with_drafts)
    if plan.left_out:
        raise LookupError(f"the demo's own folder can't be imported whole: {', '.join(plan.left_out)}")
    failed = [one for one in carry_out(runtime, plan, Callers(OPERATOR, drafter)) if one.left_out]
    if failed:
        raise LookupError(f"the demo's own folder went in without {failed[0].step.name}: {failed[0].left_out}")
