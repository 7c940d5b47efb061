"""Endpoints: programmes, organisations and offices, as the log's head has them; every office may read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from service import reading
from service.api import cursors
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import directory as schemas
from service.api.schemas.commitments import Page
from service.api.shown import Shown, shown_programme
from service.errors import NotFound
from workflows.definition import Label
from workflows.facts import OfficeEstablished

T = TypeVar("T")
endpoints = Endpoints("directory", "Programmes, organisations and offices.")


class _OrganisationQuery(Page, schemas.OrganisationFilter):
    """One page of organisations."""


class _OfficeQuery(Page, schemas.OfficeFilter):
    """One page of offices."""


@endpoints.get("/programmes", schemas.Programmes)
def list_programmes(door: Door) -> Reply:
    """List every programme"""
    return Reply({"programmes": [shown_programme(door.basis, name) for name in sorted(door.basis.programmes)]})


@endpoints.get("/programmes/<string:programme>", schemas.Programme)
def read_programme(door: Door, programme: str) -> Reply:
    """Read a programme with its parties and subjects"""
    _known(door.basis.programmes, programme, "programme")
    return Reply(shown_programme(door.basis, programme))


@endpoints.get("/organisations", schemas.Organisations, query=_OrganisationQuery)
def list_organisations(door: Door, query: Mapping[str, Any]) -> Reply:
    """List organisations, by id"""
    parent = query["parent"]
    found = {
        one.organisation: one
        for one in door.basis.directory.organisations.values()
        if parent is None or one.parent == parent
    }
    rows, cursor = _page(found, query, "organisations")
    return Reply({"organisations": rows, "next": cursor}, headers=cursors.link_next(cursor))


@endpoints.get("/organisations/<string:organisation>", schemas.Organisation)
def read_organisation(door: Door, organisation: str) -> Reply:
    """Read an organisation"""
    return Reply(_known(door.basis.directory.organisations, organisation, "organisation"))


@endpoints.get("/offices", schemas.Offices, query=_OfficeQuery)
def list_offices(door: Door, query: Mapping[str, Any]) -> Reply:
    """List offices, by id"""
    found = {
        one.office: one
        for one in door.basis.directory.offices.values()
        if query["organisation"] in (None, one.organisation) and query["role"] in (None, one.role)
    }
    rows, cursor = _page(found, query, "offices")
    body = {"offices": [_office(door, one) for one in rows], "next": cursor}
    return Reply(body, headers=cursors.link_next(cursor))


@endpoints.get("/offices/<string:office>", schemas.Office)
def read_office(door: Door, office: str) -> Reply:
    """Read an office; who holds it is shown where the reader's scope reaches"""
    return Reply(_office(door, _known(door.basis.directory.offices, office, "office")))


def oversees(door: Door, office: str) -> bool:
    """Whether the acting office may know who holds an office: it is that one, or its organisation lies above."""
    if office == door.office:
        return True
    directory = door.basis.directory
    mine, theirs = directory.office(door.office), directory.office(office)
    if mine is None or theirs is None or mine.scope != "organisation":
        return False
    return mine.organisation in directory.path(theirs.organisation)


def _office(door: Door, office: OfficeEstablished) -> Shown:
    holders = door.basis.directory.holders(office.office, reading.today(door.basis, office.office, door.now))
    return {
        "id": office.office,
        "name": office.name,
        "role": office.role,
        "role_label": _role_label(door, office.role),
        "organisation": office.organisation,
        "scope": office.scope,
        "reports_to": office.reports_to,
        "acts_for": office.acts_for,
        "vacant": not holders,
        "holders": holders if oversees(door, office.office) else None,
    }


def _role_label(door: Door, role: str) -> Label | None:
    for name in door.basis.installed.definitions:
        latest = door.basis.latest(name)
        known = door.basis.definition(name, latest.version).roles.get(role) if latest else None
        if known is not None:
            return known.label
    return None


def _known(known: Mapping[str, T], name: str, what: str) -> T:
    if name not in known:
        raise NotFound(what, name)
    return known[name]


def _page(found: Mapping[str, T], query: Mapping[str, Any], kind: str) -> tuple[Sequence[T], str | None]:
    after = "" if query["cursor"] is None else str(cursors.decode(query["cursor"], kind, str)[0])
    names = sorted(name for name in found if name > after)
    shown = names[: query["limit"]]
    more = len(names) > len(shown)
    return [found[name] for name in shown], cursors.encode(kind, shown[-1]) if more else None
