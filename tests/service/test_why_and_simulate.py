"""`kawal why` and `kawal simulate`: what stands in the way, and what would happen, at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli.root import kawal
from service.references import commitment_of
from service.runtime import Runtime
from tests.support.played import NOBODY_LISTENS, copied, opened

WAITS, DONE = "KALBAR-2022-6171-e-open", "KALBAR-2022-6102-e-open"


@pytest.fixture(scope="module")
def runtime(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    with opened(copied(played, tmp_path_factory.mktemp("asked"))) as runtime:
        yield runtime


def run(runtime: Runtime, *words: str) -> Result:
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
    return CliRunner().invoke(kawal, [*words], env=environment)


def asked(runtime: Runtime, *words: str) -> dict[str, Any]:
    result = run(runtime, "why", *words, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def one(answer: dict[str, Any], act: str) -> dict[str, Any]:
    found: dict[str, Any] = next(possible for possible in answer["possible"] if possible["act"] == act)
    return found


def test_why_says_who_may_go_on_and_what_stands_in_the_way_of_the_rest(runtime: Runtime) -> None:
    answer = asked(runtime, WAITS)
    assert (one(answer, "return")["may"], one(answer, "return")["office"]) == (True, "61.71.sekda")
    assert [blocker["code"] for blocker in one(answer, "sign")["blockers"]] == ["item_ends_before_signature"]
    blocked = one(answer, "claim")["blockers"][0]
    assert blocked["code"] == "claim_not_allowed"
    assert blocked["cleared_by"]
    printed = run(runtime, "why", WAITS, "--language", "en").stdout
    assert "✓ return: r1 (" in printed
    assert "✗ claim progress: 1 (" in printed
    assert "[claim" not in printed


def test_why_answers_for_one_office_act_or_move(runtime: Runtime) -> None:
    sign = asked(runtime, WAITS, "--office", "61.71.bag-organisasi", "--act", "sign")["possible"]
    assert [(found["act"], found["may"]) for found in sign] == [("sign", False)]
    assert sign[0]["blockers"][0]["cleared_by"][0]["office"] == "61.71.sekda"
    move = asked(runtime, DONE, "--move", "start")["possible"]
    assert [found["on"] for found in move] == ["start"]
    assert "not_in_state" in {blocker["code"] for blocker in move[0]["blockers"]}


def test_why_answers_for_a_past_day(runtime: Runtime) -> None:
    past = asked(runtime, DONE, "--known-on", "2021-12-08")
    assert past["state"] == "drafted"
    assert one(past, "sign")["may"]
    assert run(runtime, "why", DONE, "--known-on", "1999-01-01").exit_code == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["NO-SUCH"], "there is no commitment NO-SUCH"),
        ([DONE, "--office", "99"], "there is no office 99"),
        ([DONE, "--act", "dance"], "one of "),
        ([DONE, "--move", "fly"], "one of "),
        ([DONE, "--known-on", "soon"], "expected a date"),
    ],
)
def test_what_cannot_be_asked_is_named(runtime: Runtime, words: list[str], said: str) -> None:
    result = run(runtime, "why", *words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr


def commitment(runtime: Runtime, reference: str) -> str:
    with runtime.engine.connect() as connection:
        known = commitment_of(connection, reference)
    assert known is not None
    return known


def written(tmp_path: Path, document: object) -> str:
    file = tmp_path / "commands.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return str(file)


def signature(runtime: Runtime, office: str) -> dict[str, Any]:
    request = f"{commitment(runtime, WAITS)}.r1"
    return {"office": office, "path": f"/requests/{request}/returns", "body": {"reason": "rencana_belum_jelas"}}


def test_simulate_tells_what_would_happen_and_writes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    before = runtime.store.log_head()
    file = written(tmp_path, {"commands": [signature(runtime, "61.71.sekda")]})
    result = run(runtime, "simulate", file, "--language", "en")
    assert result.exit_code == 0, result.output
    assert "→" in result.stdout
    assert "A supposition: nothing was recorded." in result.stdout
    answer = json.loads(run(runtime, "simulate", file, "--json").stdout)
    assert answer["steps"][0]["effects"][0]["facts"][0]["fact"] == "request-returned"
    assert runtime.store.log_head() == before


def test_simulate_ends_at_the_first_refusal_with_its_reasons(runtime: Runtime, tmp_path: Path) -> None:
    file = written(tmp_path, {"commands": [signature(runtime, "61.sekda"), signature(runtime, "61.71.sekda")]})
    result = run(runtime, "simulate", file)
    assert result.exit_code == 3
    assert "not_your_turn" in result.stdout
    assert "2. " not in result.stdout


@pytest.mark.parametrize(
    ("document", "code", "said"),
    [
        ("no json", 2, "body_malformed"),
        ({"commands": []}, 2, "commands"),
        ({"orders": []}, 2, "orders"),
        ([], 2, "commands.json"),
        ({"commands": [{"office": "61.sekda", "path": "/nowhere"}]}, 1, "commands[0]"),
        ({"commands": [{"office": "61.sekda", "path": "/requests/none.r1/approvals"}]}, 1, "commands[0]"),
    ],
)
def test_a_file_that_cannot_be_read_names_the_place(
    runtime: Runtime, tmp_path: Path, document: object, code: int, said: str
) -> None:
    result = run(runtime, "simulate", written(tmp_path, document))
    assert result.exit_code == code, result.output
    assert said in result.stderr


def test_a_file_that_is_too_large_is_not_read(runtime: Runtime, tmp_path: Path) -> None:
    result = run(runtime, "simulate", written(tmp_path, "x" * 1_000_001))
    assert result.exit_code == 2
    assert "over 1,000,000 bytes" in result.stderr


def test_an_unknown_office_is_named(runtime: Runtime, tmp_path: Path) -> None:
    result = run(runtime, "simulate", written(tmp_path, {"commands": [signature(runtime, "99.nobody")]}))
    assert result.exit_code == 1
    assert "99.nobody" in result.stderr
