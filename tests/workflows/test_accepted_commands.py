"""Every kind of command that a shipped workflow has is accepted somewhere, and the rules hold on the way there."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from tests.support.accepting import kinds_of, walk
from tests.support.any_workflow import stage
from tests.support.holding import everything_holds
from workflows.definition_yaml import shipped_names

SEED, MOST_WALKS = 1, 40


@pytest.mark.parametrize("name", shipped_names())
def test_every_kind_of_command_that_a_shipped_workflow_has_is_accepted(name: str) -> None:
    one, chance, accepted = stage(name), Random(SEED), Counter[type]()
    wanted = kinds_of(one.definition)
    for _ in range(MOST_WALKS):
        everything_holds(one, walk(one, chance, accepted))
        if wanted <= accepted.keys():
            break
    never = sorted(kind.__name__ for kind in wanted - accepted.keys())
    assert not never, f"nobody could give these under {name}"
    assert accepted.keys() <= wanted, "what a workflow doesn't have is nobody's"
