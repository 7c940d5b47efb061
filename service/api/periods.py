"""Endpoints: a programme's reporting periods, and what is changed about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service import period_acts
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.refusals import shown_blocker
from service.api.schemas import reports as schemas
from service.api.shown import Shown
from service.api.shown_reports import shown_windows
from service.catalog import COMMITMENT_PREFIX
from service.errors import NotFound
from service.period_acts import Followed
from workflows.commands import ClosePeriod, DrawSample, ExtendPeriod, PeriodCommand, ReopenPeriod
from workflows.facts import NAMES, PeriodFact

endpoints = Endpoints("periods", "When progress is reported: windows, extensions, closures, and the lot of a sample.")


@endpoints.get("/programmes/<string:programme>/periods", schemas.Periods, query=schemas.PeriodsQuery)
def read_periods(door: Door, query: Mapping[str, Any], programme: str) -> Reply:
    """Read a programme's periods, with the windows that hold for a party or for all"""
    known_programme(door, programme)
    context = door.basis.context(programme, None, by=door.principal.acting, now=door.now)
    body = {
        "programme": programme,
        "periods": shown_windows(context, query["party"] or ""),
        "changes": [_change(one) for one in context.period_changes],
        "samples": context.samples,
    }
    return Reply(body)


@endpoints.post(
    "/programmes/<string:programme>/periods/<string:period>/extensions",
    schemas.PeriodAnswer,
    body=schemas.ExtensionBody,
)
def extend_period(door: Door, body: Mapping[str, Any], programme: str, period: str) -> Reply:
    """Let reports be due and be taken until later days, for all parties or some"""
    fields = {**body, "parties": tuple(body["parties"])}
    return _changed(door, ExtendPeriod(programme=programme, period=period, **fields))


@endpoints.post(
    "/programmes/<string:programme>/periods/<string:period>/closures", schemas.PeriodAnswer, body=schemas.ClosureBody
)
def close_period(door: Door, body: Mapping[str, Any], programme: str, period: str) -> Reply:
    """Take no more reports from now on, of anybody or of some"""
    return _changed(door, ClosePeriod(programme, period, tuple(body["parties"]), body["reason"]))


@endpoints.post(
    "/programmes/<string:programme>/periods/<string:period>/reopenings",
    schemas.PeriodAnswer,
    body=schemas.ReopeningBody,
)
def reopen_period(door: Door, body: Mapping[str, Any], programme: str, period: str) -> Reply:
    """Take reports for a closed period again, until a day"""
    return _changed(door, ReopenPeriod(programme, period, tuple(body["parties"]), body["closes_on"], body["reason"]))


@endpoints.post("/programmes/<string:programme>/periods/<string:period>/sample", schemas.PeriodAnswer)
def draw_sample(door: Door, programme: str, period: str) -> Reply:
    """Draw which checked claims of a closed period are verified

    Once a period; the seed is chance that nobody chose, and stands in the log.
    """
    return _changed(door, DrawSample(programme, period, period_acts.new_seed()))


@endpoints.post("/programmes/<string:programme>/periods/<string:period>/duties", schemas.PeriodAnswer)
def follow_period(door: Door, programme: str, period: str) -> Reply:
    """Let every commitment owe the period's report by the day that holds now, and take part in its lot

    For a period whose calendar came after the signatures, or where an extension was interrupted; again is nothing new.
    """
    known_programme(door, programme)
    if period not in _codes(door, programme):
        raise NotFound("period", period)
    door.about.programme = programme
    followed = period_acts.catch_up(door.runtime, programme, period, caller=door.caller, operation=door.operation())
    return _answer(door, programme, period, followed)


def _changed(door: Door, command: PeriodCommand) -> Reply:
    known_programme(door, command.programme)
    door.about.programme = command.programme
    followed = period_acts.change_period(door.runtime, command, caller=door.caller, operation=door.operation())
    return _answer(door, command.programme, command.period, followed)


def _answer(door: Door, programme: str, period: str, followed: Followed) -> Reply:
    body = {
        "programme": programme,
        "period": period,
        "position": followed.position,
        "moved": [outcome.stream.removeprefix(COMMITMENT_PREFIX) for outcome in followed.moved],
        "left": [_behind(door, one) for one in followed.left],
    }
    headers = {"X-Kawal-Position": str(followed.position)}
    if followed.changed is not None and followed.changed.repeated:
        headers["Idempotency-Replayed"] = "true"
    return Reply(body, headers=headers)


def _behind(door: Door, one: period_acts.LeftBehind) -> Shown:
    words, reference = door.words(one.commitment), one.commitment.drafted.reference
    return {
        "commitment": one.commitment.id,
        "reference": reference,
        "code": one.problem.code,
        "blockers": [shown_blocker(blocker, words, reference=reference) for blocker in one.problem.blockers],
    }


def _change(fact: PeriodFact) -> Shown:
    return {
        "fact": NAMES[type(fact)],
        "period": fact.period,
        "parties": fact.parties,
        "reason": fact.reason,
        "due_on": getattr(fact, "due_on", None),
        "closes_on": getattr(fact, "closes_on", None),
    }


def _codes(door: Door, programme: str) -> tuple[str, ...]:
    opened = door.basis.programmes[programme]
    scheme = door.basis.definition(opened.definition, opened.definition_version).periods
    return () if scheme is None else scheme.codes
