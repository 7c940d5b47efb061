"""Programmes, organisations and offices."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Day, LongText, Name, nothing
from service.api.schemas.parts import Label


class Component(Schema):
    """A part of a subject. kind: core or adaptable."""

    name = fields.String(required=True)
    kind = fields.String(required=True)


class Subject(Schema):
    """What can be promised."""

    subject = fields.String(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    sector = fields.String(required=True)
    kind = fields.String(required=True)
    origin = fields.String(required=True)
    lead_agency = fields.String(required=True)
    owner_office = fields.String(allow_none=True)
    components = fields.List(fields.Nested(Component), required=True)


class Programme(Schema):
    """A programme with its parties and subjects. sample: its data is made up."""

    id = fields.String(required=True, attribute="programme")
    name = fields.String(required=True)
    definition = fields.String(required=True)
    definition_version = fields.Integer(required=True)
    organisation = fields.String(required=True)
    zone = fields.String(required=True)
    calendar = fields.String(required=True)
    fiscal_year = fields.Integer(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    parties = fields.List(fields.String(), required=True)
    subjects = fields.List(fields.Nested(Subject), required=True)
    sample = fields.Boolean(required=True)
    go_live_on = Day(allow_none=True, metadata={"description": "what fell due before fires nothing"})
    closed = fields.Boolean(required=True)


class GoLiveBody(Schema):
    """The day from which kawal is used for the programme; null takes it back."""

    on = Day(required=True, allow_none=True)
    text = LongText(required=True, most=1000)


class LifeBody(Schema):
    """By which letter, and why, a programme is closed or opened again."""

    letter = Name(required=True)
    text = LongText(required=True, most=1000)


class Programmes(Schema):
    """Every programme."""

    programmes = fields.List(fields.Nested(Programme), required=True)


class Organisation(Schema):
    """An organisation in the tree."""

    id = fields.String(required=True, attribute="organisation")
    parent = fields.String(allow_none=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    zone = fields.String(required=True)
    calendar = fields.String(required=True)


class Organisations(Schema):
    """Organisations, by id."""

    organisations = fields.List(fields.Nested(Organisation), required=True)
    next = fields.String(allow_none=True)


class Holder(Schema):
    """Who holds an office, by pseudonym. capacity: definitive, pj, plt or plh."""

    appointment = fields.String(required=True)
    person = fields.String(required=True)
    capacity = fields.String(required=True)
    letter = fields.String(required=True)
    starts_on = Day(required=True)
    ends_on = Day(allow_none=True)


class Office(Schema):
    """An office. scope: organisation, own or granted; holders: only where the reader's scope reaches."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    role_label = fields.Nested(Label, allow_none=True)
    organisation = fields.String(required=True)
    scope = fields.String(required=True)
    reports_to = fields.String(allow_none=True)
    acts_for = fields.String(allow_none=True, metadata={"description": "another organisation that it stands for"})
    vacant = fields.Boolean(required=True)
    holders = fields.List(fields.Nested(Holder), allow_none=True)


class Offices(Schema):
    """Offices, by id."""

    offices = fields.List(fields.Nested(Office), required=True)
    next = fields.String(allow_none=True)


class OrganisationFilter(Schema):
    """What a list of organisations is narrowed to."""

    parent = Name(load_default=nothing)


class OfficeFilter(Schema):
    """What a list of offices is narrowed to."""

    organisation = Name(load_default=nothing)
    role = Name(load_default=nothing)
