"""What is wrong with a field is said in the caller's language."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import getmembers, isclass

import pytest
from marshmallow import Schema, fields, validate

from service.api.field_errors import indonesian
from service.api.schemas import asked, commitments, directory, overviews, sheets
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import HEAD, REGION

SCHEMAS = {
    found
    for module in (asked, commitments, directory, overviews, sheets)
    for name, found in getmembers(module, isclass)
    if issubclass(found, Schema) and found is not Schema and name.endswith(("Body", "Query", "Filter", "Page"))
}


def _inner(field: fields.Field) -> Iterator[fields.Field]:
    yield field
    if isinstance(field, fields.List):
        yield from _inner(field.inner)


def _messages(schema: type[Schema]) -> Iterator[str]:
    yield from schema.error_messages.values() or ()
    yield from Schema._default_error_messages.values()
    for field in (inner for outer in schema().fields.values() for inner in _inner(outer)):
        kind = getattr(field, "OBJ_TYPE", "")
        for name, message in field.error_messages.items():
            if name == "invalid_awareness" and kind == "date":
                continue  # a day has none
            yield message.format(input="x", obj_type=kind, nested_type="x", awareness="aware")
        for rule in field.validators:
            yield from _of_rule(rule)


def _of_rule(rule: object) -> Iterator[str]:
    match rule:
        case validate.Length() | validate.Range():
            for message in (rule.message_min, rule.message_max, rule.message_all):
                yield message.format(min=1, max=2, input=3)
        case validate.OneOf():
            yield rule.error.format(choices="a, b", input="c", labels="")
        case validate.Regexp():
            yield rule.error.format(input="x", regex="y")


def test_every_error_of_every_field_has_its_indonesian() -> None:
    found = {message for schema in SCHEMAS for message in _messages(schema)}
    assert len(found) > 15
    assert [message for message in sorted(found) if indonesian(message) == message] == []


@pytest.mark.parametrize(("language", "said"), [("id", "Harus bilangan bulat."), ("en", "Not a valid integer.")])
def test_a_field_is_named_with_its_error_in_the_callers_language(world: ApiWorld, language: str, said: str) -> None:
    body = draft_body(fiscal_year="dua")
    problem = world.post(REGION, "/commitments", body, Accept_Language=language).get_json()
    assert problem["errors"] == {"fiscal_year": [said]}


def test_a_nested_field_too(world: ApiWorld) -> None:
    items = [{**draft_body()["items"][0], "starts_on": "2022-02-30"}]
    problem = world.post(REGION, "/commitments", draft_body(items=items)).get_json()
    assert problem["errors"] == {"items": {"0": {"starts_on": ["Harus tanggal yang ada, seperti 2022-03-31."]}}}


def test_an_unknown_value_too(world: ApiWorld) -> None:
    assert world.get(HEAD, "/commitments?state=x").get_json()["errors"] == {"state": ["tidak dikenal: x"]}
