"""Appointments that need a second person, as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Name
from workflows.office_rules import CAPACITIES


class ProposeHolderBody(Schema):
    """Who is to hold an office, by the address under which kawal knows them."""

    office = Name(required=True)
    email = Name(required=True, most=254)
    capacity = fields.String(required=True, validate=validate.OneOf(CAPACITIES))
    letter = Name(required=True, metadata={"description": "the number of the letter of appointment"})
    starts_on = Day(required=True)
    ends_on = Day(load_default=None, allow_none=True)


class DeclineHolderBody(Schema):
    """Why a proposed appointment comes to nothing."""

    reason = LongText(required=True, least=1, most=500)


class ProposedAppointment(Schema):
    """An appointment and whether it holds. status: proposed, confirmed or declined; person: by pseudonym."""

    id = fields.String(required=True)
    office = fields.String(required=True)
    person = fields.String(allow_none=True)
    capacity = fields.String(allow_none=True)
    letter = fields.String(allow_none=True)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    proposed_by = fields.String(allow_none=True)
    status = fields.String(required=True)


class ProposedAppointments(Schema):
    """What waits for a second person and concerns the office, oldest first."""

    appointments = fields.List(fields.Nested(ProposedAppointment), required=True)


class AppointmentAnswer(Schema):
    """What a command did. A repeat under the same key gives the same."""

    appointment = fields.Nested(ProposedAppointment, required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
