"""Run benches and put what they print into docs/benchmarks.md, each between its own marks.

python -m bench.fill                              all of them, with the demo's story played anew where it is needed
python -m bench.fill reading decide --data var    some, on a copy of what a data directory holds
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
ON_A_LOG = ("projection", "decide", "reading")
BENCHES = {
    "log_append sqlite": ("log_append", "--engine", "sqlite"),
    "log_append postgresql": ("log_append", "--engine", "postgresql"),
    "projection": ("projection",),
    "decide": ("decide",),
    "reading": ("reading",),
    "demo_load": ("demo_load",),
}
"""By the mark on the page: the bench and its arguments."""


def main() -> None:
    """Run what is asked for, one after the other, and fill the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"of: {', '.join(dict.fromkeys(_names()))}")
    parser.add_argument("--data", metavar="DIR", help="for those that measure on a log: copy this one")
    arguments = parser.parse_args()
    unknown = set(arguments.benches) - set(_names())
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    for mark, (name, *more) in BENCHES.items():
        if not arguments.benches or name in arguments.benches:
            data = ["--data", arguments.data] if arguments.data and name in ON_A_LOG else []
            print(f"bench.{name} {' '.join(more)}", flush=True)
            ran = subprocess.run(
                [sys.executable, "-m", f"bench.{name}", *more, *data], stdout=subprocess.PIPE, text=True, check=True
            )
            PAGE.write_text(filled(PAGE.read_text(), mark, said=ran.stdout))


def filled(page: str, mark: str, *, said: str) -> str:
    """The page with what a bench said between `<!-- bench: MARK -->` and the next `<!-- /bench -->`."""
    block = re.compile(rf"(<!-- bench: {re.escape(mark)} -->\n).*?(<!-- /bench -->)", re.DOTALL)
    text = said.strip()
    body = text if "\n|" in text else f"```\n{text}\n```"
    found, count = block.subn(lambda match: f"{match[1]}{body}\n{match[2]}", page)
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no block for {mark}")
    return found


def _names() -> list[str]:
    return [name for name, *_ in BENCHES.values()]


if __name__ == "__main__":
    main()
