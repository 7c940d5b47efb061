"""Pages: sittings, their attendance and minutes, and what was signed and decided in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from flask.typing import ResponseReturnValue
from uuid6 import uuid7

from service.catalog import SITTING_PREFIX, sitting_stream
from service.given_files import given_file
from service.sittings import acts_in, closing, sittings_of, visible_sitting
from service.web.acting import Wrong, tried
from service.web.forms import FieldWrong, key_of, moment, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.sittings_shown import act_shown, candidates, modes_of, sitting_shown
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.commands import CloseSitting, CorrectSitting, OpenSitting, Present, RecordAttendance, SittingCommand
from workflows.context import Context
from workflows.in_sitting import MODES
from workflows.sitting_rules import may_keep, may_open
from workflows.sittings import Sitting

pages = new_pages("sittings")
OPENING = ("programme", "title", "mode", "place", "day", "time")
KEEPING = ("presence", "capacity", "reason", "title", "place", "mode", "minutes", "day", "time")
NOTHING = Uploaded(())


@pages.get("/sittings")
def read_sittings(visit: Visit) -> ResponseReturnValue:
    """The sittings that the office reads, and the form to open one."""
    return _list(visit)


@pages.post("/sittings")
def open_sitting(visit: Visit) -> ResponseReturnValue:
    """Open the record of a sitting."""

    def act() -> Response:
        programme = _chosen_programme(visit)
        form = request.form
        at = moment(form, "day", "time", zone=visit.basis.programmes[programme].zone).astimezone(UTC)
        command = OpenSitting(str(uuid7()), programme, text(form, "title"), text(form, "mode"), text(form, "place"), at)
        stream = sitting_stream(command.sitting)
        outcome = visit.record(command, stream, key=key_of(request), leave_out=("sitting",))
        return go(f"/sittings/{outcome.stream.removeprefix(SITTING_PREFIX)}")

    return tried(visit, act, lambda wrong: _list(visit, wrong), None)


@pages.get("/sittings/<sitting>")
def read_sitting_page(visit: Visit, sitting: str) -> ResponseReturnValue:
    """One sitting: its record, what was made in it, and the forms to write into the record."""
    return _page(visit, _visible(visit, sitting))


@pages.get("/sittings/<sitting>/files/<digest>")
def read_minutes(visit: Visit, sitting: str, digest: str) -> ResponseReturnValue:
    """A file that the minutes are in, or were in before a correction, to be saved."""
    return given_file(visit.runtime, _visible(visit, sitting).files, digest)


@pages.post("/sittings/<sitting>/attendance")
def record_attendance(visit: Visit, sitting: str) -> ResponseReturnValue:
    """Say that the ticked offices were there."""
    form = request.form
    presence, capacity = text(form, "presence"), text(form, "capacity") or None

    def command() -> SittingCommand:
        return RecordAttendance(sitting, tuple(Present(one, presence, capacity) for one in form.getlist("office")))

    return _kept(visit, sitting, command)


@pages.post("/sittings/<sitting>/corrections", uploads=True)
def correct_sitting(visit: Visit, sitting: str) -> ResponseReturnValue:
    """Put the record right: what the form leaves as it is stays."""
    files, found = uploaded(visit, request), _visible(visit, sitting)

    def command() -> SittingCommand:
        return CorrectSitting(
            sitting,
            text(request.form, "reason"),
            title=_changed("title", found.title),
            mode=_changed("mode", found.mode),
            place=_changed("place", found.place),
            minutes=_changed("minutes", found.minutes),
            file=next(iter(files.evidence), None),
            struck=tuple(request.form.getlist("struck")),
        )

    return _kept(visit, sitting, command, files)


@pages.post("/sittings/<sitting>/closure", uploads=True)
def close_sitting(visit: Visit, sitting: str) -> ResponseReturnValue:
    """Close the record with its minutes."""
    files, found = uploaded(visit, request), _visible(visit, sitting)

    def command() -> SittingCommand:
        ended_at = moment(request.form, "day", "time", zone=found.opened.zone).astimezone(UTC)
        closed = CloseSitting(sitting, ended_at, text(request.form, "minutes"), next(iter(files.evidence), None))
        return closing(visit.runtime, found, closed)

    return _kept(visit, sitting, command, files, leave_out=("last_made_at",))


def _kept(
    visit: Visit,
    name: str,
    command: Callable[[], SittingCommand],
    files: Uploaded = NOTHING,
    leave_out: tuple[str, ...] = (),
) -> Response:
    sitting = _visible(visit, name)

    def act() -> Response:
        if files.error:
            raise files.error
        visit.record(command(), sitting_stream(sitting.id), key=key_of(request), leave_out=leave_out)
        return go(f"/sittings/{sitting.id}")

    return tried(visit, act, lambda wrong: _page(visit, sitting, wrong=wrong, kept=files), None)


def _changed(field: str, before: str) -> str | None:
    """What a field says now; None where it says the same as before, or the form doesn't have it."""
    return None if field not in request.form or text(request.form, field) == before else text(request.form, field)


def _chosen_programme(visit: Visit) -> str:
    programme = text(request.form, "programme")
    if programme not in visit.basis.programmes:
        raise FieldWrong("programme", "choice")
    return programme


def _visible(visit: Visit, sitting: str) -> Sitting:
    return visible_sitting(visit.basis, visit.office, sitting, programmes=visit.principal.programmes)


def _context(visit: Visit, programme: str) -> Context:
    return visit.basis.context(programme, None, by=visit.principal.acting, now=visit.now)


def _list(visit: Visit, wrong: Wrong | None = None) -> Response:
    programmes = visit.principal.programmes
    known = sorted((one.programme, one.name) for one in visit.basis.programmes.values())
    mine = [(programme, name) for programme, name in known if not may_open(_context(visit, programme))]
    return page(
        visit,
        "pages/sittings.html",
        status=200 if wrong is None else wrong.status,
        sittings=[sitting_shown(visit, one) for one in sittings_of(visit.basis, visit.office, programmes=programmes)],
        programmes=mine,
        modes=modes_of(visit),
        **_form(visit, visit.zone, OPENING, wrong),
    )


def _page(visit: Visit, sitting: Sitting, *, wrong: Wrong | None = None, kept: Uploaded = NOTHING) -> Response:
    return page(
        visit,
        "pages/sitting.html",
        status=200 if wrong is None else wrong.status,
        sitting=sitting_shown(visit, sitting),
        acts=[act_shown(visit, one) for one in acts_in(visit.runtime, sitting, visit.scope)],
        candidates=candidates(visit, sitting),
        keeps=not may_keep(sitting, _context(visit, sitting.opened.programme)),
        modes=modes_of(visit),
        kept=kept.evidence,
        tried="" if wrong is None else request.path.rpartition("/")[2],
        ticked=frozenset(() if wrong is None else (*request.form.getlist("office"), *request.form.getlist("struck"))),
        **_form(
            visit, sitting.opened.zone, KEEPING, wrong, title=sitting.title, place=sitting.place, mode=sitting.mode
        ),
    )


def _form(visit: Visit, zone: str, fields: tuple[str, ...], wrong: Wrong | None, **now: str) -> dict[str, Any]:
    """What the forms hold: what was typed, else now and here."""
    here: datetime = visit.now.astimezone(ZoneInfo(zone))
    entered = {"mode": MODES[0], "day": here.date().isoformat(), "time": here.strftime("%H.%M"), **now}
    if wrong is not None:
        entered |= {name: text(request.form, name) for name in fields if name in request.form}
    return {"entered": entered, "errors": {} if wrong is None else wrong.errors, "wrong": wrong}
