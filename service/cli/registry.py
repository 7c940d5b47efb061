"""Every command of `kawal`: its name, where it is, and its line in `kawal --help`.

A command's module is imported only when it is called, so that a worker starts without loading the web.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A command or group of commands: `attribute` of `module` is a click command."""

    name: str
    module: str
    attribute: str
    help: str


COMMANDS = (
    Entry("up", "service.cli.up", "up", "Run everything: Valkey, web, workers and clock; restart what dies."),
    Entry("web", "service.cli.web", "web", "Run the web process alone."),
    Entry("worker", "service.cli.processes", "worker", "Run one worker process alone."),
    Entry("clock", "service.cli.processes", "clock", "Run the clock process alone."),
    Entry("migrate", "service.cli.migrate", "migrate", "Make or upgrade the database."),
    Entry("alive", "service.cli.alive", "alive", "Tell whether the web, worker or clock of this host works."),
    Entry("docs", "service.cli.docs", "docs", "Write the generated pages of docs/ anew, or check them."),
    Entry("valkey", "service.cli.processes", "valkey", "Run the embedded Valkey alone."),
)
"""In the order of `kawal --help`."""
