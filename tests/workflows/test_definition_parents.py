"""Parents of a workflow: fields of its own that say under what a commitment hangs."""

from __future__ import annotations

import pytest

from tests.support.own_fields import text_with_fields
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid

TEXT = text_with_fields().replace(
    "    hotline:",
    "    dossier: {label: {id: Berkas, en: Dossier}, type: text, required_in: [drafted]}\n    hotline:",
)
TWO = TEXT.replace("parents: [group]", "parents: [dossier, group]")


def test_the_levels_go_from_the_top_down() -> None:
    found = parse(TWO)
    assert found.parents == ("dossier", "group")
    assert found.parents_down_to(None) == ("dossier", "group")
    assert found.parents_down_to("dossier") == ("dossier",)
    assert found.parents_down_to("group") == ("dossier", "group")
    assert found.parents_down_to("decree") is None


def test_a_workflow_may_have_none() -> None:
    assert parse(shipped("replikasi-inovasi")).parents == ()


@pytest.mark.parametrize(
    ("written", "place", "reason"),
    [
        ("[]", "parents", "no parent"),
        ("[nobody]", "parents[0]", "unknown field of the commitment 'nobody'"),
        ("[group, secret]", "parents[1]", "visible to some roles alone"),
        ("[hotline]", "parents[0]", "isn't required in drafted"),
        ("[group, group]", "parents[1]", "twice"),
    ],
)
def test_a_parent_that_not_every_commitment_has_or_not_all_see_is_refused(
    written: str, place: str, reason: str
) -> None:
    with pytest.raises(DefinitionInvalid) as caught:
        parse(TEXT.replace("parents: [group]", f"parents: {written}"))
    assert caught.value.place.startswith(place)
    assert reason in caught.value.reason
