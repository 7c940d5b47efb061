"""Guides in docs/ that are run as tests: their blocks, their command lines, and what they say comes."""

from __future__ import annotations

import re
import shlex

from click.testing import CliRunner

from service.cli.root import kawal

BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)


def run(line: str) -> str:
    """What a command line of the page prints on either stream, and whether it could be carried out at all."""
    done = CliRunner().invoke(kawal, shlex.split(line)[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.output


def compare(said: str, shown: str) -> None:
    """Each line that the page says comes, in this order; "..." stands for anything inside a line."""
    lines = iter(shown.splitlines())
    for line in said.splitlines():
        pattern = re.compile(".*".join(re.escape(part) for part in line.split("...")))
        assert any(pattern.fullmatch(one) for one in lines), f"{line!r} isn't in:\n{shown}"
