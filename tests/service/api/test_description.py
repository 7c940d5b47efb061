"""The description says all that a query may hold, and no more than there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.api.mount import GROUPS
from service.api.openapi import described
from service.api.schemas import commitments, directory, overviews
from service.release import VERSION
from tests.support.api_story import refused
from tests.support.api_world import ApiWorld
from tests.support.world import HEAD

CHECKOUT = Path(__file__).resolve().parents[3]
QUERIES = {
    "/commitments": commitments.CommitmentFilter,
    "/commitments/{commitment}": commitments.PastQuery,
    "/commitments/{commitment}/history": commitments.Page,
    "/events": overviews.FeedQuery,
    "/inbox": overviews.InboxQuery,
    "/matrix": overviews.MatrixQuery,
    "/notices": overviews.NoticeQuery,
}


@pytest.mark.parametrize("path", QUERIES)
def test_every_field_of_a_query_is_one_described_parameter(path: str) -> None:
    found = described()["paths"][f"/api/v1{path}"]["get"]["parameters"]
    names = sorted(one["name"] for one in found if one["in"] == "query")
    assert names == sorted(QUERIES[path]().fields)


@pytest.mark.parametrize(
    ("path", "own"), [("/organisations", directory.OrganisationFilter), ("/offices", directory.OfficeFilter)]
)
def test_a_filter_with_pages_is_described_with_both(path: str, own: type[directory.OrganisationFilter]) -> None:
    found = described()["paths"][f"/api/v1{path}"]["get"]["parameters"]
    names = {one["name"] for one in found if one["in"] == "query"}
    assert names == set(own().fields) | set(commitments.Page().fields)


def test_a_parameter_may_be_left_out_but_is_never_a_null() -> None:
    for path in described()["paths"].values():
        for one in path.get("get", {}).get("parameters", ()):
            assert one["in"] != "query" or "null" not in one["schema"]["type"], one


def test_headers_stand_beside_the_query() -> None:
    found = described()["paths"]["/api/v1/commitments"]["get"]["parameters"]
    assert {"q", "X-Kawal-Position"} <= {one["name"] for one in found}


def test_every_described_schema_is_used() -> None:
    description = described()
    text = str(description)
    assert [name for name in description["components"]["schemas"] if f"schemas/{name}'" not in text] == []


def test_the_api_has_kawals_version() -> None:
    assert described()["info"]["version"] == VERSION


@pytest.mark.parametrize(("path", "name"), [("/commitments", "party"), ("/inbox", "limit"), ("/events", "after")])
def test_a_parameter_given_twice_is_refused_and_named(world: ApiWorld, path: str, name: str) -> None:
    problem = refused(world.get(HEAD, f"{path}?{name}=1&{name}=2"), 422, "input_invalid")
    assert list(problem["errors"]) == [name]


def test_no_group_is_without_a_description() -> None:
    assert all(group.blueprint.description for group in GROUPS)
