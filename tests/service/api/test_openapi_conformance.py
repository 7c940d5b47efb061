"""Whatever the description allows, and what it forbids: the real application answers as described, and never breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from service.api.openapi import described
from tests.support.api_story import started
from tests.support.api_world import ApiWorld, api_world
from tests.support.world import HEAD

EXAMPLES = 8
METHODS = ("get", "post", "patch")
OPERATIONS = [
    (path, method.upper())
    for path, operations in described()["paths"].items()
    for method in operations
    if method in METHODS
]


@pytest.fixture(scope="module")
def busy_world(tmp_path_factory: pytest.TempPathFactory) -> ApiWorld:
    """A world where something happens, shared by all examples: they come by hundreds."""
    world = api_world(Path(tmp_path_factory.mktemp("conformance")))
    started(world)
    world.catch_up()
    return world


@pytest.fixture(scope="module")
def schema(busy_world: ApiWorld) -> Any:
    """The description as the application serves it."""
    return schemathesis.openapi.from_wsgi("/openapi.json", busy_world.app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_described(
    busy_world: ApiWorld, schema: Any, path: str, method: str, mode: GenerationMode
) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def answer(case: Any) -> None:
        # The description knows the shape; whether the rules of the workflow allow it, it can't.
        case.call_and_validate(headers=busy_world.bearer(HEAD), excluded_checks=[positive_data_acceptance])

    answer()
