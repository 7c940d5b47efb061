"""Pages: what the visitor was told in this office."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from service import formats
from service.errors import NotFound
from service.notifications.reading import ReadNotice, mark_read, notices_of
from service.web.forms import place_here, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.visit import Visit

LIMIT = 30
pages = new_pages("notices")


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A notice with its time in words."""

    notice: ReadNotice
    at: str


@pages.get("/notices")
def read_notices(visit: Visit) -> ResponseReturnValue:
    """Notices, the newest first; unread ones are marked, in words too."""
    unread = request.args.get("unread") == "1"
    found = notices_of(
        visit.runtime.engine,
        office=visit.principal.office,
        person=visit.principal.person,
        unread=unread,
        before=request.args.get("before") or None,
        limit=LIMIT + 1,
    )
    shown = [NoticeShown(one, formats.moment(one.created_at, visit.zone, visit.language)) for one in found[:LIMIT]]
    more = found[LIMIT - 1].id if len(found) > LIMIT else ""
    return page(visit, "pages/notices.html", notices=shown, more=more, unread=unread)


@pages.post("/notices/<notice>/read")
def read_notice(visit: Visit, notice: str) -> ResponseReturnValue:
    """Note that it was read, and go to what it is about, or back."""
    principal = visit.principal
    known = mark_read(visit.runtime.engine, notice, office=principal.office, person=principal.person, now=visit.now)
    if not known:
        raise NotFound("notice", notice)
    return go(place_here(text(request.form, "next") or "/notices"))
