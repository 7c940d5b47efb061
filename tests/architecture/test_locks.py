"""The locks: every package pinned and hashed, the same versions for running and testing, and no host."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^]]*\])?==([^ ;\\]+)", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


def pins(lock: str) -> dict[str, str]:
    return {name.lower().replace("_", "-"): version for name, version in PIN.findall((ROOT / lock).read_text())}


def wanted(requirements: str) -> set[str]:
    lines = (line.split("#")[0].strip() for line in (ROOT / requirements).read_text().splitlines())
    return {re.split(r"[\[<>=!~; ]", line)[0].lower().replace("_", "-") for line in lines if line and line[0] != "-"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_a_hash_or_a_comment(lock: str) -> None:
    kinds = re.compile(
        r"^(#.*|    #.*|    --hash=sha256:[0-9a-f]{64}( \\)?|[A-Za-z0-9._-]+(\[[^]]*\])?==\S+( ; .*)? \\)?$"
    )
    strange = [line for line in (ROOT / lock).read_text().splitlines() if line and not kinds.match(line)]
    assert strange == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


def test_testing_runs_on_the_very_versions_that_running_uses() -> None:
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert run
    assert {name: dev.get(name) for name in run} == run


def test_the_benches_run_on_the_very_versions_that_testing_uses() -> None:
    dev, bench = pins("requirements-dev.lock"), pins("requirements-bench.lock")
    assert {name: bench.get(name) for name in dev} == dev


def test_the_locks_hold_all_that_is_asked_for() -> None:
    assert wanted("requirements.in") <= set(pins("requirements.lock"))
    assert wanted("requirements-dev.in") <= set(pins("requirements-dev.lock"))
    assert wanted("requirements-bench.in") <= set(pins("requirements-bench.lock"))


def test_running_installs_no_test_tool() -> None:
    assert not wanted("requirements-dev.in") & set(pins("requirements.lock"))
