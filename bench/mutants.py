"""How many small faults in the domain its tests notice: mutmut on workflows/, the report in docs/mutants.md.

python -m bench.mutants --sample 300 --seed 7411     a random sample, drawn from all mutants
python -m bench.mutants                              all of them: days on two cores

Needs requirements-bench.lock. Works on a copy in a temporary directory, or in --work, where a run that was broken off
goes on.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "mutants.md"
COPIED = ("workflows", "events", "service", "tests")
FORGETTING = ROOT / "bench" / "forgetting.py"
READS_SOURCE = "every_code_has_its_sentence"
"""A test that reads the source, and so would find the mutants themselves."""
TESTS = f"not random and not whatever and not wherever and not {READS_SOURCE}"
"""Those that play at random take longer than all the others, and would be run for nearly every mutant."""
SETTINGS = f"""
[tool.mutmut]
source_paths = ["workflows"]
also_copy = ["conftest.py", "events", "service", "tests", "pyproject.toml"]
pytest_add_cli_args_test_selection = ["tests/workflows"]
pytest_add_cli_args = ["-m", "not full", "-p", "no:cacheprovider", "-k", "{TESTS}"]
"""
STATUS = {
    0: "survived",
    5: "no test",
    33: "no test",
    36: "timeout",
    24: "timeout",
    -24: "timeout",
    152: "timeout",
    255: "timeout",
}
"""What mutmut's exit codes mean; any other: killed."""
Verdicts = Mapping[str, str]


def main() -> None:
    """Run mutmut and write what came of it between the marks of the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, metavar="N", help="try so many mutants, drawn at random; else all")
    parser.add_argument("--seed", type=int, default=2022, help="of the draw")
    parser.add_argument("--children", type=int, default=os.cpu_count(), metavar="N", help="try so many at a time")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the copy here and go on with it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kawal-mutants-") as temporary:
        work = arguments.work or Path(temporary)
        if not (work / "pyproject.toml").exists():
            _copy(work)
        if not verdicts(work):
            _mutmut(work, ("nothing.is.called.so",), arguments.children)
        names = sorted(verdicts(work))
        drawn = names if arguments.sample is None else random.Random(arguments.seed).sample(names, arguments.sample)
        _mutmut(work, drawn, arguments.children)
        found = {name: verdict for name, verdict in verdicts(work).items() if name in set(drawn)}
        diffs = {name: _diff(work, name) for name, verdict in sorted(found.items()) if verdict != "killed"}
    share = "all" if arguments.sample is None else f"a random sample of {len(drawn):,}, seed {arguments.seed},"
    page = filled(PAGE.read_text(), "mutants", report(found, diffs, conditions=_conditions(share, total=len(names))))
    PAGE.write_text(with_row(page, row(found, seed=arguments.seed, total=len(names))))


def verdicts(work: Path) -> Verdicts:
    """What became of each mutant so far, by its name; killed, timeout, survived, no test, or not tried."""
    found: dict[str, str] = {}
    for meta in sorted((work / "mutants" / "workflows").rglob("*.meta")):
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items():
            found[name] = "not tried" if code is None else STATUS.get(code, "killed")
    return found


def report(found: Verdicts, diffs: Mapping[str, str], *, conditions: str) -> str:
    """The score, a row a file, and what wasn't killed with its change."""
    tried = {name: verdict for name, verdict in found.items() if verdict != "not tried"}
    rows = [f"| {file} | {caught(own)} | {len(own)} |" for file, own in _by_file(tried).items()]
    kept = [f"`{name}`: {verdict}\n\n```diff\n{diffs[name]}\n```\n" for name, verdict in tried.items() if name in diffs]
    low, high = interval(caught(tried.values()), len(tried))
    return "\n".join(
        (
            conditions,
            "",
            f"**{_percent(tried)}** noticed ({low:.1f} to {high:.1f} % of all, with 95 % confidence): "
            f"{caught(tried.values())} of {len(tried)} tried "
            f"({', '.join(f'{count} {verdict}' for verdict, count in sorted(Counter(tried.values()).items()))}).",
            "",
            "| file | noticed | tried |",
            "|---|---|---|",
            *rows,
            "",
            "## Not noticed",
            "",
            *(kept or ["Nothing."]),
        )
    )


def caught(of: Iterable[str]) -> int:
    """How many were noticed: by a test that failed, or by one that never ended."""
    return sum(verdict in ("killed", "timeout") for verdict in of)


def interval(noticed: int, tried: int) -> tuple[float, float]:
    """The share of all, in percent, that a sample speaks for: Wilson's interval at 95 %."""
    z, n = 1.96, max(1, tried)
    share = noticed / n
    middle, spread = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    return 100 * (middle - spread) / (1 + z * z / n), 100 * (middle + spread) / (1 + z * z / n)


def row(found: Verdicts, *, seed: int, total: int) -> str:
    """A row of the page's list of samples."""
    tried = {name: verdict for name, verdict in found.items() if verdict != "not tried"}
    low, high = interval(caught(tried.values()), len(tried))
    cells = (f"{seed}", f"{total:,}", f"{len(tried)}", f"{caught(tried.values())}", f"{_percent(tried)}")
    return f"| {' | '.join(cells)} | {low:.1f} to {high:.1f} % |"


def filled(page: str, block: str, text: str) -> str:
    """The page with a text between the marks of a block."""
    marks = rf"(?s)(<!-- {block} -->\n).*?(<!-- /{block} -->)"
    found, count = re.subn(marks, lambda m: f"{m[1]}{text}\n{m[2]}", page)
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no block {block}")
    return found


def with_row(page: str, text: str) -> str:
    """The page with one more row in its list of samples, which says what each showed on its day."""
    return page.replace("<!-- /samples -->", f"{text}\n<!-- /samples -->")


def _percent(tried: Verdicts) -> str:
    return f"{100 * caught(tried.values()) / max(1, len(tried)):.1f} %"


def _by_file(tried: Verdicts) -> Mapping[str, list[str]]:
    files: dict[str, list[str]] = {}
    for name, verdict in sorted(tried.items()):
        files.setdefault(name.rpartition(".")[0].replace(".", "/") + ".py", []).append(verdict)
    return files


def _copy(work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(FORGETTING, work / "conftest.py")
    (work / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text() + SETTINGS)


def _mutmut(work: Path, names: Iterable[str], children: int) -> None:
    """Run mutmut on these; it ends non-zero where none is called so, after having made and listed them all."""
    environment = {**os.environ, "PYTHONPATH": "", "PYTHONSAFEPATH": ""}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(children), *names]
    subprocess.run(command, cwd=work, env=environment, check=False)


def _diff(work: Path, name: str) -> str:
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "show", name], cwd=work, stdout=subprocess.PIPE, text=True, check=False
    )
    return "\n".join(line for line in shown.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---"))


def _conditions(share: str, *, total: int) -> str:
    load = f"load {os.getloadavg()[2]:.1f}"
    tools = f"mutmut {version('mutmut')}, Python {platform.python_version()}, {os.cpu_count()} cores, {load}"
    return f"{tools}; {share} of {total:,} mutants; the tests of `tests/workflows` without those that play at random."


if __name__ == "__main__":
    main()
